// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.data;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Assembler.Dialect;
import dev.bpf4j.isa.Diagnostic;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code .data} file as the public runner does: everything from {@code #} on is a comment; a line with {@code --} in it is a
 * directive, known by a word in it. Two things that the public runner passes over by mistake are read: programs given as bytes instead of
 * instruction words, and an empty {@code error}, which any rejection fulfils.
 */
public final class DataFile {
    /** What file names end with. */
    public static final String SUFFIX = ".data";

    private static final int MOST_BYTES = 16 << 20;
    private static final Assembler ASSEMBLER = new Assembler(Isa.bpf());

    private final String name;
    private final StringBuilder assembly = new StringBuilder();
    private final List<Word> raw = new ArrayList<>();
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Section section = Section.NONE;
    private boolean hasAssembly;
    private @Nullable Line result;
    private @Nullable Line error;
    private boolean hasError;

    private enum Section {
        NONE, ASSEMBLY, RESULT, MEMORY, RAW, IGNORED, ERROR
    }

    private record Line(int number, String whole, String text) {}

    private record Word(Line line, String text) {}

    private DataFile(String name) {
        this.name = name;
    }

    /**
     * Reads a text.
     *
     * @param name for messages; without folders and suffix it is the case's name
     * @throws SourceException at the first thing that is wrong, with its place
     */
    public static DataCase parse(String name, String text) {
        return new DataFile(name).parse(text);
    }

    /**
     * Reads a file; see {@link #parse}.
     *
     * @throws IOException if it cannot be read, or has more than 16 MiB
     */
    public static DataCase read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " has more than " + MOST_BYTES + " bytes");
        }
        return parse(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /** All files of a folder, without its subfolders, by name. */
    public static List<DataCase> suite(Path folder) throws IOException {
        return suite(folder, name -> true);
    }

    /**
     * Files of a folder, without its subfolders, by name.
     *
     * @param wanted of a file's name without suffix; the others are not read
     * @throws IOException if there is no such folder, or no such file in it
     */
    public static List<DataCase> suite(Path folder, Predicate<String> wanted) throws IOException {
        List<DataCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
            if (found.isEmpty()) {
                throw new IOException(folder + " has no file that ends with " + SUFFIX);
            }
            for (Path file : found) {
                if (wanted.test(stem(file.toString()))) {
                    cases.add(read(file));
                }
            }
        }
        return cases;
    }

    private static String stem(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.endsWith(SUFFIX) ? last.substring(0, last.length() - SUFFIX.length()) : last;
    }

    private DataCase parse(String text) {
        int number = 0;
        for (String whole : text.split("\n", -1)) {
            number++;
            int comment = whole.indexOf('#');
            Line line = new Line(number, whole.stripTrailing(), (comment < 0 ? whole : whole.substring(0, comment)).strip());
            if (line.text().contains("--")) {
                section = directive(line);
                hasAssembly |= section == Section.ASSEMBLY;
                hasError |= section == Section.ERROR;
            } else if (!line.text().isEmpty()) {
                body(line);
            }
            // The assembly keeps its line numbers: errors in it name the place in the file.
            boolean assembled = section == Section.ASSEMBLY && !line.text().contains("--");
            assembly.append(assembled ? line.text() : "").append('\n');
        }
        byte[] code = raw.isEmpty() ? ASSEMBLER.assemble(name, assembly.toString(), ByteOrder.LITTLE_ENDIAN, Dialect.CONFORMANCE)
                : rawCode();
        if (code.length == 0) {
            throw error(new Line(1, "", ""), hasAssembly ? "the program has no instruction" : "there is no program: neither asm nor raw");
        }
        return new DataCase(stem(name), code, memory.toByteArray(), expectation());
    }

    private Section directive(Line line) {
        String text = line.text();
        if (text.contains("asm")) {
            return Section.ASSEMBLY;
        } else if (text.contains("result")) {
            return Section.RESULT;
        } else if (text.contains("mem")) {
            return Section.MEMORY;
        } else if (text.contains("raw")) {
            return Section.RAW;
        } else if (text.contains("no register offset") || text.contains(" c")) {
            return Section.IGNORED;
        } else if (text.contains("error")) {
            return Section.ERROR;
        }
        throw error(line, "unknown directive; expected asm, raw, mem, result, error, c or no register offset");
    }

    private void body(Line line) {
        switch (section) {
            case NONE, ASSEMBLY, IGNORED -> {
                // ignored, or kept where the lines are
            }
            case RESULT -> result = line;
            case ERROR -> error = line;
            case RAW -> {
                for (String word : line.text().split("\\s+")) {
                    raw.add(new Word(line, word));
                }
            }
            case MEMORY -> {
                for (String digits : line.text().split("\\s+")) {
                    memory.write(oneByte(line, digits));
                }
            }
        }
    }

    private int oneByte(Line line, String digits) {
        try {
            int value = Integer.parseInt(digits.startsWith("0x") ? digits.substring(2) : digits, 16);
            if (value >= 0 && value <= 0xff) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw error(line, "'" + digits + "' is no byte in hexadecimal", e);
        }
        throw error(line, "'" + digits + "' is no byte in hexadecimal");
    }

    /** Words of 64 bits; or bytes, which is what a program looks like in which no word has more than two digits. */
    private byte[] rawCode() {
        boolean bytes = raw.stream().allMatch(word -> word.text().matches("[0-9a-fA-F]{1,2}"));
        if (bytes && raw.size() % 8 != 0) {
            throw error(raw.getLast().line(), "the program has " + raw.size() + " bytes, which is no multiple of 8");
        }
        ByteBuffer code = ByteBuffer.allocate(raw.size() * (bytes ? 1 : 8)).order(ByteOrder.LITTLE_ENDIAN);
        for (Word word : raw) {
            if (bytes) {
                code.put((byte) oneByte(word.line(), word.text()));
            } else {
                code.putLong(number(word.line(), word.text()));
            }
        }
        return code.array();
    }

    private DataCase.Expectation expectation() {
        Line value = result;
        if (value != null) {
            return new DataCase.Result(number(value, value.text()));
        }
        if (hasError) {
            return new DataCase.Failure(error == null ? "" : error.text());
        }
        throw error(new Line(1, "", ""), "there is neither a result nor an error");
    }

    private long number(Line line, String text) {
        try {
            return text.contains("0x") ? Long.parseUnsignedLong(text.substring(text.indexOf("0x") + 2), 16) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw error(line, "'" + text + "' is no number of 64 bits, in decimal or with 0x in hexadecimal", e);
        }
    }

    private SourceException error(Line line, String message) {
        int column = Math.max(0, line.whole().indexOf(line.text()));
        return new Diagnostic(name, line.number(), column + 1, line.whole(), message).exception();
    }

    private SourceException error(Line line, String message, NumberFormatException cause) {
        SourceException error = error(line, message);
        error.initCause(cause);
        return error;
    }
}
