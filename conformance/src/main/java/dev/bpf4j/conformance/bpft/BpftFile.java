// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.isa.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A {@code .bpft} file: cases in order. Immutable. */
public final class BpftFile {
    /** What file names end with. */
    public static final String SUFFIX = ".bpft";

    private final String name;
    private final String text;
    private final List<Section> sections;
    private final List<BpftCase> cases;

    private BpftFile(String name, String text, List<Section> sections, List<BpftCase> cases) {
        this.name = name;
        this.text = text;
        this.sections = List.copyOf(sections);
        this.cases = List.copyOf(cases);
    }

    /**
     * Reads a text.
     *
     * @param name for messages; without folders and suffix it is the name of the case in a file that names none
     * @throws dev.bpf4j.isa.SourceException at the first thing that is wrong, with its place
     */
    public static BpftFile parse(String name, String text) {
        String stem = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        if (stem.endsWith(SUFFIX)) {
            stem = stem.substring(0, stem.length() - SUFFIX.length());
        }
        List<Section> sections = Lines.read(name, stem, text);
        List<BpftCase> cases = new ArrayList<>();
        Section first = sections.getFirst();
        if (sections.size() == 1) {
            cases.add(new CaseParser(first, null).parse());
        } else {
            sections.subList(1, sections.size()).forEach(section -> cases.add(new CaseParser(section, first).parse()));
        }
        return new BpftFile(name, text, sections, cases);
    }

    /** Reads a file; see {@link #parse}. */
    public static BpftFile read(Path file) throws IOException {
        return parse(file.toString(), Utf8.text(file.toString(), Files.readAllBytes(file)));
    }

    /**
     * The files of a suite: the file itself, or all that are below a folder, by name.
     *
     * @throws IOException if there is no such file or folder, or a folder without any file of cases
     */
    public static List<Path> suite(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
            if (found.isEmpty()) {
                throw new IOException(path + " has no file that ends with " + SUFFIX);
            }
            return found;
        }
    }

    /** The name that it was read by. */
    public String name() {
        return name;
    }

    /** The text that it was read from. */
    public String text() {
        return text;
    }

    /** Its cases, in order; at least one. */
    public List<BpftCase> cases() {
        return cases;
    }

    /** The lines of a case. */
    Section section(String testCase) {
        return sections.stream().filter(section -> section.name().text().equals(testCase)).findFirst().orElseThrow(
                () -> new IllegalArgumentException(name + " has no case " + testCase));
    }
}
