// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The report of every test object, and the code of those that libbpf does not take (see {@link LibbpfTest}), against golden texts. */
final class ObjectReportTest {

    @Test
    void reports() throws IOException, LoadException {
        String recorded = Files.readString(TestObjects.FOLDER.resolve("libbpf.txt"));
        Map<String, String> reports = new TreeMap<>();
        for (Path file : Stream.concat(TestObjects.all().stream(), TestObjects.examples().stream()).toList()) {
            String name = TestObjects.name(file);
            boolean code = !recorded.contains("== " + name + "\n") && !file.startsWith(TestObjects.EXAMPLES);
            reports.put(name + ".txt", report(file, LoadOptions.DEFAULT, code));
        }
        for (String suffix : List.of(".o", ".be.o")) {
            Btf target = Objects.requireNonNull(BpfObject.load(TestObjects.FOLDER.resolve("core_target" + suffix)).btf());
            reports.put("core" + suffix + ".resolved.txt", report(TestObjects.FOLDER.resolve("core" + suffix), LoadOptions.DEFAULT
                    .withTarget(target), true));
        }
        Golden.checkFolder(Golden.resource("reports"), reports);
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
}
