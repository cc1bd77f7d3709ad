// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.suite;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.data.DataCase;
import dev.bpf4j.conformance.data.DataFile;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where cases come from. */
public final class Suites {
    /** The first part of the ids of the bundled cases. */
    public static final String BUNDLED = "bpf4j";
    /** The first part of the ids of vectors. */
    public static final String VECTORS = "vectors";
    /** The first part of the ids of malformed encodings. */
    public static final String MALFORMED = "malformed";

    private static final String RULINGS = "rulings/";
    private static final Decoder DECODER = new Decoder(Isa.bpf());

    private Suites() {
    }

    /** The suite that comes with this module. */
    public static List<TestCase> bundled() throws IOException {
        URL place = Suites.class.getResource("/suite");
        if (place == null) {
            throw new IOException("the suite is missing in the jar");
        }
        try {
            URI uri = place.toURI();
            if (!uri.getScheme().equals("jar")) {
                return bpft(BUNDLED, Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return bpft(BUNDLED, jar.getPath("/suite"));
            }
        } catch (URISyntaxException e) {
            throw new IOException("the suite cannot be read from " + place, e);
        }
    }

    /** The {@code .bpft} files below a folder. */
    public static List<TestCase> bpft(String suite, Path folder) throws IOException {
        List<TestCase> cases = new ArrayList<>();
        for (Path file : BpftFile.suite(folder)) {
            String name = folder.relativize(file).toString().replace('\\', '/').replaceAll("\\.bpft$", "");
            for (BpftCase testCase : BpftFile.read(name, file).cases()) {
                String id = name.endsWith("/" + testCase.name()) || name.equals(testCase.name()) ? name : name + "/" + testCase.name();
                boolean ruling = name.startsWith(RULINGS);
                cases.add(of(suite + "/" + id, suite, ruling ? Group.RULINGS : null, testCase.programs(), new TestCase.Bpft(testCase)));
            }
        }
        return cases;
    }

    /** The public suite's files in a folder; the suite has the folder's name. */
    public static List<TestCase> data(Path folder) throws IOException {
        return data(folder, name -> true);
    }

    /**
     * The public suite's files in a folder.
     *
     * @param wanted of a case's id; the others are not read
     */
    public static List<TestCase> data(Path folder, Predicate<String> wanted) throws IOException {
        String suite = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        List<TestCase> cases = new ArrayList<>();
        for (DataCase data : DataFile.suite(folder, name -> wanted.test(suite + "/" + name))) {
            Program program = Program.raw(data.name(), ByteOrder.LITTLE_ENDIAN, data.code());
            cases.add(of(suite + "/" + data.name(), suite, null, List.of(program), new TestCase.Data(data)));
        }
        return cases;
    }

    /** Vectors and malformed encodings of every row, in both byte orders. */
    public static List<TestCase> vectors(int perRow) {
        List<TestCase> cases = new ArrayList<>();
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            String suffix = order == ByteOrder.BIG_ENDIAN ? "/big-endian" : "";
            for (Instruction row : Isa.bpf().instructions()) {
                cases.add(ofRow(VECTORS, row, suffix, new TestCase.Vectors(row, order, perRow)));
                cases.add(ofRow(MALFORMED, row, suffix, new TestCase.Malformed(row, order)));
            }
        }
        return cases;
    }

    private static TestCase ofRow(String suite, Instruction row, String suffix, TestCase.Body body) {
        return new TestCase(suite + "/" + row.name() + suffix, suite, Group.of(row), row.since(), row.section(), List.of(), List.of(row),
                body);
    }

    private static TestCase of(String id, String suite, @Nullable Group group, List<Program> programs, TestCase.Body body) {
        TreeSet<Instruction> rows = new TreeSet<>(Comparator.comparingInt(Instruction::index));
        List<Insn> insns = new ArrayList<>();
        programs.forEach(program -> decode(program, insns, rows));
        Group tested = Group.of(rows);
        String since = rows.stream().map(Instruction::since).max(Comparator.comparingInt(Suites::age)).orElse("v1");
        String section = rows.stream().filter(row -> Group.of(row) == tested).reduce((a, b) -> b).map(Instruction::section).orElse("");
        return new TestCase(id, suite, group == null ? tested : group, since, section, insns, List.copyOf(rows), body);
    }

    /** A number that grows with versions: first clang's, then those of Linux. */
    public static int age(String since) {
        if (since.startsWith("v")) {
            return Integer.parseInt(since.substring(1));
        }
        String[] parts = since.split("\\.");
        return 1000 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
    }

    /** The instructions of a program; of one that must be rejected, those that can be decoded, and of the others a row of their opcode. */
    private static void decode(Program program, List<Insn> insns, Set<Instruction> rows) {
        for (int slot = 0; slot < program.slots(); slot++) {
            if (DECODER.decode(program.code(), slot, program.order()) instanceof Decoder.Decoded(Insn insn)) {
                insns.add(insn);
                rows.add(insn.instruction());
                slot += insn.slots() - 1;
            } else {
                int opcode = program.code()[8 * slot] & 0xff;
                Isa.bpf().instructions().stream().filter(row -> row.opcode() == opcode).findFirst().ifPresent(rows::add);
            }
        }
    }
}
