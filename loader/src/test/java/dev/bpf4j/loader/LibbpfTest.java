// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Programs and maps are, instruction by instruction, what libbpf makes of the same objects ({@code src/test/bpf/libbpf.txt}, written by
 * {@code make libbpf} there).
 */
final class LibbpfTest {
    private static final Path RECORDED = TestObjects.FOLDER.resolve("libbpf.txt");
    /** What a poisoned instruction is in libbpf. */
    private static final String POISON = "85 0 0 0 " + ProgramLinker.POISON;
    /** {@code BPF_F_MMAPABLE}: says how user space reaches a data section, which is no question here. */
    private static final int MMAPABLE = 1 << 10;
    /** Where {@code externs.weak.o} finds LINUX_KERNEL_VERSION: the recording has that of the machine it was made on. */
    private static final int VERSION_OFFSET = 12;

    /** The lines recorded of an object: per program, and the maps. */
    private record Recorded(Map<String, List<String>> programs, List<String> maps) {}

    private static Map<String, Recorded> recorded() throws IOException {
        Map<String, Recorded> all = new LinkedHashMap<>();
        Recorded object = new Recorded(new HashMap<>(), new ArrayList<>());
        List<String> program = new ArrayList<>();
        for (String line : Files.readAllLines(RECORDED)) {
            if (line.startsWith("== ")) {
                object = new Recorded(new LinkedHashMap<>(), new ArrayList<>());
                all.put(line.substring(3), object);
            } else if (line.startsWith("program ")) {
                program = new ArrayList<>();
                object.programs.put(line.substring("program ".length()), program);
            } else if (line.startsWith("map ")) {
                object.maps.add(line.substring("map ".length()));
            } else {
                program.add(line.substring(line.indexOf(' ') + 1));
            }
        }
        return all;
    }

    @TestFactory
    List<DynamicTest> sameAsLibbpf() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        recorded().forEach((name, recorded) -> tests.add(DynamicTest.dynamicTest(name, () -> compare(name, recorded))));
        assertThat(tests).hasSizeGreaterThanOrEqualTo(30);
        return tests;
    }

    private static void compare(String name, Recorded recorded) throws LoadException, IOException {
        String[] files = name.split(" ", -1);
        LoadOptions options = LoadOptions.DEFAULT.withKconfig(TestObjects.kconfig());
        if (files.length > 1) {
            options = options.withTarget(Objects.requireNonNull(BpfObject.load(TestObjects.FOLDER.resolve(files[1])).btf()));
        }
        BpfObject object = BpfObject.load(TestObjects.FOLDER.resolve(files[0]), options);
        assertThat(object.programs().stream().map(Program::name)).containsExactlyInAnyOrderElementsOf(recorded.programs.keySet());
        for (Program program : object.programs()) {
            assertThat(describe(program, Objects.requireNonNull(recorded.programs.get(program.name())))).as(name + " " + program.name())
                    .containsExactlyElementsOf(recorded.programs.get(program.name()));
        }
        if (!recorded.maps.isEmpty()) {
            assertThat(object.maps().stream().map(map -> describe(map.definition()))).containsExactlyElementsOf(recorded.maps.stream().map(
                    LibbpfTest::withoutPrefix).toList());
        }
    }

    /** The program in the recording's form. Where we poison and libbpf does too, libbpf's instruction is taken. */
    private static List<String> describe(Program program, List<String> recorded) {
        Slots slots = new Slots(program.code(), program.order());
        List<String> lines = new ArrayList<>();
        for (int slot = 0; slot < slots.count(); slot++) {
            int src = slots.src(slot);
            String imm = Integer.toString(slots.imm(slot));
            boolean wide = slots.opcode(slot) == Slots.WIDE_LOAD && (slot == 0 || slots.opcode(slot - 1) != Slots.WIDE_LOAD);
            if (wide && (src == 1 || src == 2)) {
                imm = recordedName(program.maps().get(slots.imm(slot)).name(), recorded.get(slot));
            }
            boolean weakCall = slots.opcode(slot) == Slots.CALL && src == 2 && recorded.get(slot).equals("85 0 2 0 0");
            String line = HexFormat.of().toHexDigits((byte) slots.opcode(slot)) + " " + slots.dst(slot) + " " + src + " " + slots.off(slot)
                    + " " + imm;
            // libbpf 1.1 leaves the call of a weak kernel function that does not exist without a number; we name it.
            boolean poisoned = program.poisoned().containsKey(slot) || program.poisoned().containsKey(slot - 1) && slots.opcode(slot
                    - 1) == Slots.WIDE_LOAD;
            lines.add(poisoned ? POISON : weakCall ? recorded.get(slot) : line);
        }
        return lines;
    }

    /** libbpf puts eight letters of the object's name in front of the names of data sections. */
    private static String recordedName(String name, String line) {
        return line.endsWith(name) ? line.substring(line.lastIndexOf(' ') + 1) : name;
    }

    private static String withoutPrefix(String line) {
        String[] fields = line.split(" ", -1);
        int dot = fields[0].indexOf('.');
        fields[0] = dot > 0 ? fields[0].substring(dot) : fields[0];
        fields[5] = Integer.toString(Integer.parseInt(fields[5]) & ~MMAPABLE);
        return withoutVersion(String.join(" ", fields));
    }

    private static String withoutVersion(String line) {
        int bytes = line.lastIndexOf(' ') + 1;
        return line.startsWith(".kconfig ") ? line.substring(0, bytes + 2 * VERSION_OFFSET) + line.substring(bytes + 2 * VERSION_OFFSET + 8)
                : line;
    }

    private static String describe(MapDefinition map) {
        byte[] bytes = map.initial();
        int used = bytes.length;
        while (used > 0 && bytes[used - 1] == 0) {
            used--;
        }
        return withoutVersion(map.name() + " " + map.type() + " " + map.keySize() + " " + map.valueSize() + " " + map.maxEntries() + " "
                + map.flags() + " "
                + HexFormat.of().formatHex(bytes, 0, used));
    }

    @Test
    void aDifferenceIsFound() throws IOException, LoadException {
        Recorded recorded = Objects.requireNonNull(recorded().get("compute.v3.o"));
        List<String> lines = Objects.requireNonNull(recorded.programs.get("hash"));
        Program program = BpfObject.load(TestObjects.FOLDER.resolve("compute.v3.o")).program("hash");
        assertThat(describe(program, lines)).isEqualTo(lines);
        program.code()[12]++;
        assertThat(describe(program, lines)).isNotEqualTo(lines);
    }
}
