// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs and their files. Thread-safe.
 *
 * <p>
 * File names are relative to the folder of the table and may lead out of it ({@code ../../examples/traffic.pcap}): what is shipped keeps the
 * layout of the source tree.
 */
public final class Corpus {
    /** The table's file name. */
    public static final String TABLE = "corpus.txt";

    private static final String FOLDER = "bench/corpus";
    private static final String SHIPPED = "files/";
    private static final int COLUMNS = 7;
    /** Where {@code #include <…>} is looked for. */
    public static final String INCLUDE = "../../examples/include";
    private static final Pattern INCLUDED = Pattern.compile("(?m)^#include ([\"<])([^\">]+)[\">]");

    private final Function<String, byte[]> files;
    private final List<CorpusProgram> programs;

    private Corpus(Function<String, byte[]> files) {
        this.files = files;
        this.programs = parse(new String(files.apply(TABLE), StandardCharsets.UTF_8));
    }

    /** The corpus that comes with this class. */
    public static Corpus shipped() {
        return new Corpus(Corpus::resource);
    }

    /** A corpus in a folder of the source tree. */
    public static Corpus in(Path folder) {
        return new Corpus(name -> {
            try {
                return Files.readAllBytes(folder.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(name + " of the corpus cannot be read", e);
            }
        });
    }

    private static byte[] resource(String name) {
        String path = SHIPPED + Path.of(FOLDER, name).normalize().toString().replace('\\', '/');
        try (InputStream in = Corpus.class.getResourceAsStream("/dev/bpf4j/bench/" + path)) {
            if (in == null) {
                throw new IllegalStateException("the corpus was shipped without " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " of the corpus cannot be read", e);
        }
    }

    /** All programs, in the order of the table. */
    public List<CorpusProgram> programs() {
        return programs;
    }

    /** The program with this name. */
    public Optional<CorpusProgram> program(String name) {
        return programs.stream().filter(program -> program.name().equals(name)).findFirst();
    }

    /** The bytes of a file; a name like those in the table. */
    public byte[] file(String name) {
        return files.apply(name);
    }

    /**
     * Copies sources, and all that they include, into a folder, laid out as in the source tree.
     *
     * @param names file names like those in the table
     * @return the folder that stands for the table's folder
     */
    public Path copy(List<String> names, Path root) throws IOException {
        Path folder = root.resolve(FOLDER);
        Set<String> done = new TreeSet<>();
        List<String> todo = new ArrayList<>(names);
        while (!todo.isEmpty()) {
            String name = todo.removeLast();
            if (done.add(name)) {
                byte[] bytes = file(name);
                Path target = folder.resolve(name).normalize();
                Files.createDirectories(target.getParent());
                Files.write(target, bytes);
                Matcher matcher = INCLUDED.matcher(new String(bytes, StandardCharsets.UTF_8));
                while (matcher.find()) {
                    todo.add(matcher.group(1).equals("<") ? INCLUDE + "/" + matcher.group(2) : matcher.group(2));
                }
            }
        }
        return folder;
    }

    private List<CorpusProgram> parse(String table) {
        List<CorpusProgram> rows = new ArrayList<>();
        for (String line : table.lines().toList()) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] cells = line.split(" +", COLUMNS);
                if (cells.length != COLUMNS) {
                    throw new IllegalArgumentException(TABLE + ": " + cells.length + " columns, expected " + COLUMNS + ": " + line);
                }
                rows.add(new CorpusProgram(this, cells[0], cells[1], Kind.valueOf(cells[2].toUpperCase(Locale.ROOT)), cells[3], cells[4],
                        HexFormat.fromHexDigitsToLong(cells[5]), cells[6]));
            }
        }
        return List.copyOf(rows);
    }
}
