// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Compares what a test makes with files that are checked in. With the system property {@value #SWITCH} set to true the files are rewritten
 * instead, and every check holds. Line ends are {@code \n}. Thread-safe as long as no two threads check the same file.
 */
public final class Golden {
    /** The property that turns checks into rewriting. */
    public static final String SWITCH = "bpf4j.bless";

    private final boolean bless;

    private Golden(boolean bless) {
        this.bless = bless;
    }

    /** Checks that compare, or that rewrite. */
    static Golden of(boolean bless) {
        return new Golden(bless);
    }

    private static Golden current() {
        return new Golden(Boolean.getBoolean(SWITCH));
    }

    /** A file or folder below {@code src/test/resources} of the module under test, in the sources. */
    public static Path resource(String name) {
        return Path.of(System.getProperty("basedir", "")).resolve("src/test/resources").resolve(name);
    }

    /** A file or folder of the repository. */
    public static Path repository(String name) {
        String root = System.getProperty("bpf4j.root");
        return root == null ? Path.of("..").resolve(name) : Path.of(root).resolve(name);
    }

    /**
     * Checks that a file holds a text.
     *
     * @throws AssertionError with a diff and the way to accept it
     */
    public static void check(Path file, String actual) {
        current().compare(file, actual);
    }

    /**
     * Checks a file that holds its own expectation: the lines that do not start with the marker are the case, those that do are what is made
     * of it.
     *
     * @param marker the start of an expected line; a comment in the language of the case
     * @param make   gives the expectation from the case's lines
     */
    public static void checkAnnotated(Path file, String marker, UnaryOperator<String> make) {
        current().compareAnnotated(file, marker, make);
    }

    /**
     * Checks that a folder holds exactly these files.
     *
     * @param actual texts by file name, which may have folders in front, separated by {@code /}
     */
    public static void checkFolder(Path folder, Map<String, String> actual) {
        current().compareFolder(folder, actual);
    }

    /** The files of a folder of cases, by name; a folder without any is an error. */
    public static List<Path> cases(String folder, String ending) {
        try (Stream<Path> files = Files.list(resource(folder))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
            if (found.isEmpty()) {
                throw new AssertionError(shown(resource(folder)) + " has no file *" + ending);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void compare(Path file, String actual) {
        boolean exists = Files.isRegularFile(file);
        String expected = exists ? read(file) : "";
        if (exists && expected.equals(actual)) {
            return;
        }
        if (!bless) {
            String how = "\nIf this is meant, run the test again with -D" + SWITCH + "=true, which rewrites the file, and review it.";
            throw new AssertionError((exists ? shown(file) + " differs from what was made (- file, + made):\n"
                    : shown(file)
                            + " does not exist; made was:\n") + Diff.of(lines(expected), lines(actual)) + how);
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, actual);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void compareAnnotated(Path file, String marker, UnaryOperator<String> make) {
        StringBuilder text = new StringBuilder();
        for (String line : lines(read(file))) {
            if (!line.startsWith(marker.stripTrailing())) {
                text.append(line).append('\n');
            }
        }
        for (String line : lines(make.apply(text.toString()))) {
            text.append((marker + line).stripTrailing()).append('\n');
        }
        compare(file, text.toString());
    }

    void compareFolder(Path folder, Map<String, String> actual) {
        List<String> wrong = new ArrayList<>();
        TreeSet<String> stale = new TreeSet<>(files(folder));
        stale.removeAll(actual.keySet());
        for (String name : stale) {
            if (bless) {
                delete(folder.resolve(name));
            } else {
                wrong.add(shown(folder.resolve(name)) + " is made by nothing. If this is meant, run the test again with -D" + SWITCH
                        + "=true, which deletes it.");
            }
        }
        for (Map.Entry<String, String> file : new TreeMap<>(actual).entrySet()) {
            try {
                compare(folder.resolve(file.getKey()), file.getValue());
            } catch (AssertionError e) {
                wrong.add(String.valueOf(e.getMessage()));
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n\n", wrong));
        }
    }

    private static List<String> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString().replace('\\', '/')).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a text; a newline at its end starts no line of its own. */
    static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1));
    }

    /** A path as it is written in the repository, without the machine's folders. */
    private static String shown(Path file) {
        Path root = Path.of(System.getProperty("bpf4j.root", "..")).toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        return (absolute.startsWith(root) ? root.relativize(absolute) : file).toString();
    }
}
