// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The report of every test object, and the code of those that libbpf does not take (see {@link LibbpfTest}), against {@code src/test/golden}.
 * {@code -Dbpf4j.bless=true} writes the files anew; look at the difference before it is committed.
 */
final class ObjectReportTest {
    private static final Path GOLDEN = Path.of("src/test/golden");
    private static final String BLESS = "bpf4j.bless";

    @TestFactory
    List<DynamicTest> reports() throws IOException {
        String recorded = Files.readString(TestObjects.FOLDER.resolve("libbpf.txt"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Stream.concat(TestObjects.all().stream(), TestObjects.examples().stream()).toList()) {
            String name = TestObjects.name(file);
            boolean code = !recorded.contains("== " + name + "\n") && !file.startsWith(TestObjects.EXAMPLES);
            tests.add(DynamicTest.dynamicTest(name, () -> check(name + ".txt", report(file, LoadOptions.DEFAULT, code))));
        }
        for (String suffix : List.of(".o", ".be.o")) {
            tests.add(DynamicTest.dynamicTest("core" + suffix + " against core_target" + suffix, () -> {
                Btf target = Objects.requireNonNull(BpfObject.load(TestObjects.FOLDER.resolve("core_target" + suffix)).btf());
                check("core" + suffix + ".resolved.txt", report(TestObjects.FOLDER.resolve("core" + suffix), LoadOptions.DEFAULT.withTarget(
                        target), true));
            }));
        }
        return tests;
    }

    private static String report(Path file, LoadOptions options, boolean code) {
        try {
            BpfObject object = BpfObject.load(file, options);
            StringBuilder text = new StringBuilder(ObjectReport.of(object));
            if (code) {
                object.programs().forEach(program -> appendCode(text, program));
            }
            return text.toString();
        } catch (LoadException e) {
            return "refused " + e.getMessage() + "\n";
        }
    }

    /** Opcode, dst, src, off, imm, as in libbpf.txt. */
    private static void appendCode(StringBuilder text, Program program) {
        Slots slots = new Slots(program.code(), program.order());
        text.append("code ").append(program.name()).append('\n');
        for (int slot = 0; slot < slots.count(); slot++) {
            text.append("  ").append(slot).append(' ').append(HexFormat.of().toHexDigits((byte) slots.opcode(slot))).append(' ').append(
                    slots.dst(slot)).append(
                            ' ').append(slots.src(slot)).append(' ').append(slots.off(slot)).append(' ').append(slots.imm(slot)).append(
                                    '\n');
        }
    }

    private static void check(String name, String found) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean(BLESS)) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, found);
        }
        if (!Files.exists(golden)) {
            fail("there is no " + golden + "; write it with -D" + BLESS + "=true");
        }
        assertThat(found).as("%s; if the change is meant, write it with -D%s=true", golden, BLESS).isEqualTo(Files.readString(golden));
    }
}
