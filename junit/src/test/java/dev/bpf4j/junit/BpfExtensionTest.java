// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.vm.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What the extension says when something is wrong with its use; and its tutorial. */
class BpfExtensionTest {
    private static final Path ROOT = Path.of(System.getProperty("bpf4j.root", ".."));

    @Test
    void missingAndWrongObjectsAreNamed() {
        assertThatThrownBy(() -> BpfExtension.of("no/such.o").start(BpfExtensionTest.class)).isInstanceOf(
                ExtensionConfigurationException.class).hasMessageContaining("the object no/such.o cannot be loaded");
        assertThatThrownBy(() -> BpfExtension.of("classpath:no/such.o").start(BpfExtensionTest.class)).hasMessageContaining(
                "no such resource");
        assertThatThrownBy(() -> BpfExtension.of("pom.xml").start(BpfExtensionTest.class)).hasMessageContaining("pom.xml");
        assertThatThrownBy(() -> new BpfExtension().start(BpfExtensionTest.class)).hasMessageContaining("no object to load");
    }

    @Test
    void objectIsToldCapacities() {
        BpfExtension extension = BpfExtension.of("src/test/bpf/router.bpf.o").object(options -> options.withMaxEntries(Map.of(
                "forwarded", 1)));
        try (BpfMachine machine = extension.start(BpfExtensionTest.class)) {
            machine.map("forwarded", Codec.u32(), Codec.u64()).put(1, 1L);
            assertThatThrownBy(() -> machine.map("forwarded", Codec.u32(), Codec.u64()).put(2, 1L)).hasMessageContaining("the map is full");
        }
    }

    @Test
    @BpfTest("../examples/xdp_firewall.bpf.o")
    void annotationAtTheMethodAndTheSameMachineForAllParameters(BpfMachine first, BpfMachine second) {
        assertThat(first).isSameAs(second);
        assertThat(first.object().programs()).hasSize(1);
    }

    @Test
    void snippetsOfTheTutorialAreCodeOfTheTests() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String test : List.of("FirewallTest", "RouterTest", "BpfExtensionTest")) {
            code.append(flat(Files.readString(ROOT.resolve("junit/src/test/java/dev/bpf4j/junit/" + test + ".java"))));
        }
        List<String> snippets = new ArrayList<>();
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(ROOT.resolve("docs/junit.md")));
        while (block.find()) {
            snippets.add(flat(block.group(1)));
        }
        assertThat(snippets).hasSizeGreaterThan(3).allSatisfy(snippet -> assertThat(code.toString()).contains(snippet));
    }

    /** Without blanks and line breaks, which are the formatter's. */
    private static String flat(String code) {
        return code.replaceAll("\\s+", "");
    }
}
