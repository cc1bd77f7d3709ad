// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Unicorn and Keystone are under the GPL: only {@code emulation} has them, and of what is delivered only the command has {@code emulation}. */
class GplPartsTest {
    private static final Path ROOT = Path.of(System.getProperty("bpf4j.root"));
    private static final String EMULATION = "bpf4j-emulation";
    /** Artifacts whose names contain one of these have parts under the GPL. */
    private static final List<String> GPL = List.of("unicorn", "keystone", "unidbg");
    /** The command, in whose jar Unicorn is. */
    private static final Set<String> MAY_USE_EMULATION = Set.of(EMULATION, "bpf4j-cli");

    @Test
    void nothingThatAnEmbedderDependsOnHasThem() throws Exception {
        Map<String, Set<String>> modules = modules(ROOT);
        assertThat(modules).containsKeys("bpf4j-vm", "bpf4j-jit-x86_64", "bpf4j-jit-jvm", EMULATION);
        assertThat(reached(modules, EMULATION)).anyMatch(GplPartsTest::isGpl);
        for (String module : modules.keySet()) {
            if (!MAY_USE_EMULATION.contains(module)) {
                assertThat(reached(modules, module)).as("what %s brings along", module).doesNotContain(EMULATION).noneMatch(
                        GplPartsTest::isGpl);
            }
        }
    }

    @Test
    void aDependencyBehindAnotherIsFound() {
        Map<String, Set<String>> modules = Map.of("bpf4j-vm", Set.of("bpf4j-jit-x86_64"), "bpf4j-jit-x86_64", Set.of(EMULATION), EMULATION,
                Set.of("unidbg-unicorn2"));
        assertThat(reached(modules, "bpf4j-vm")).contains(EMULATION).anyMatch(GplPartsTest::isGpl);
    }

    private static boolean isGpl(String artifact) {
        return GPL.stream().anyMatch(artifact::contains);
    }

    /** All that a module depends on, directly or not. */
    private static Set<String> reached(Map<String, Set<String>> modules, String module) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(module));
        while (!open.isEmpty()) {
            modules.getOrDefault(open.pop(), Set.of()).stream().filter(reached::add).forEach(open::push);
        }
        return reached;
    }

    /** By module: the artifacts that whoever depends on it gets with it. */
    private static Map<String, Set<String>> modules(Path root) throws IOException, ParserConfigurationException, SAXException {
        Map<String, Set<String>> modules = new HashMap<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path pom : folders.map(folder -> folder.resolve("pom.xml")).filter(Files::exists).toList()) {
                Element project = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
                modules.put(child(project, "artifactId"), dependencies(project));
            }
        }
        return modules;
    }

    private static Set<String> dependencies(Element project) {
        Set<String> artifacts = new TreeSet<>();
        NodeList all = project.getElementsByTagName("dependency");
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element dependency && !child(dependency, "scope").equals("test")) {
                artifacts.add(child(dependency, "artifactId"));
            }
        }
        return artifacts;
    }

    /** The text of a child element; empty if there is none. */
    private static String child(Element parent, String name) {
        NodeList children = parent.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element element && element.getTagName().equals(name)) {
                return element.getTextContent().strip();
            }
        }
        return "";
    }
}
