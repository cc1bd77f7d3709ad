// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.isa.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A {@code .bpft} file: cases in order. Immutable. */
public final class BpftFile {
    /** What file names end with. */
    public static final String SUFFIX = ".bpft";
    /** A program of a million slots as text has half of it. */
    private static final int MOST_BYTES = 64 << 20;

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

    /**
     * Reads a file; see {@link #parse}.
     *
     * @throws IOException if it cannot be read, or is larger than 64 MiB
     */
    public static BpftFile read(Path file) throws IOException {
        return read(file.toString(), file);
    }

    /** Like {@link #read(Path)}, under another name. */
    public static BpftFile read(String name, Path file) throws IOException {
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(MOST_BYTES);
            if (bytes.length == MOST_BYTES && stream.read() >= 0) {
                throw new IOException(file + " has more than " + MOST_BYTES + " bytes, the most for a file of cases");
            }
        }
        return parse(name, Utf8.text(name, bytes));
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
