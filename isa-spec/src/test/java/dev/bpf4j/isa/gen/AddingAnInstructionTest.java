// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Assembler.Dialect;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.SourceException;
import dev.bpf4j.isa.eval.Evaluator;
import dev.bpf4j.isa.eval.State;
import dev.bpf4j.isa.fusion.Fusion;
import dev.bpf4j.isa.vectors.Layout;
import dev.bpf4j.isa.vectors.TestMachine;
import dev.bpf4j.isa.vectors.Vector;
import dev.bpf4j.isa.vectors.Vectors;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Performs {@code docs/adding-an-instruction.md}: reads the built-in tables and the one of the page, and finds the instruction everywhere. */
class AddingAnInstructionTest {
    private String page = "";
    private String table = "";
    private Isa isa = Isa.bpf();

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(Golden.repository("docs/adding-an-instruction.md"));
        int start = page.indexOf("```\ntable") + "```\n".length();
        table = page.substring(start, page.indexOf("```", start));
        isa = Isa.read(withTable(table));
    }

    private static Map<String, String> withTable(String text) {
        Map<String, String> files = new LinkedHashMap<>(Isa.sources());
        files.put("andn.isa", text);
        return files;
    }

    private Decoder.Result decode(String hex) {
        return new Decoder(isa).decode(HexFormat.ofDelimiter(" ").parseHex(hex), 0, ByteOrder.LITTLE_ENDIAN);
    }

    private Insn insn() {
        return new Insn(isa.get("andn64_reg"), 1, 2, 0, 0, 0);
    }

    @Test
    void isInTheDecoder() {
        String bytes = "ff 21 00 00 00 00 00 00";
        assertThat(page).contains("`" + bytes + "` is `" + Disassembler.print(insn()) + "`");
        assertThat(decode(bytes)).isEqualTo(new Decoder.Decoded(insn()));
        assertThat(decode("ff 21 01 00 00 00 00 00")).isInstanceOf(Decoder.Rejected.class);
        assertThat(decode("ff 21 00 00 01 00 00 00")).isInstanceOf(Decoder.Rejected.class);
    }

    @Test
    void isInAssemblerAndDisassembler() {
        Assembler assembler = new Assembler(isa);
        for (Dialect dialect : Dialect.values()) {
            assertThat(assembler.parse("page", Disassembler.print(insn(), dialect), dialect)).containsExactly(insn());
        }
    }

    @Test
    void isInTheEvaluator() {
        Registers registers = new Registers();
        registers.register(1, 0xff);
        registers.register(2, 0x0f);
        new Evaluator(isa, ByteOrder.LITTLE_ENDIAN).execute(insn(), registers.state());
        assertThat(page).contains("with r1 = 0xff and r2 = 0x0f, r1 becomes 0x" + Long.toHexString(registers.register(1)));
    }

    @Test
    void isInTheInterpreter() {
        Fusion fusion = Fusion.of(isa, false);
        List<Fusion.Case> cases = fusion.rare().stream().filter(fused -> Fusion.describe(fused.pattern()).startsWith("andn64_reg"))
                .toList();
        assertThat(cases).hasSize(1);
        String source = InterpreterGenerator.generate(fusion, false, ByteOrder.LITTLE_ENDIAN);
        int start = page.indexOf("`regs[") + 1;
        assertThat(source).contains(page.substring(start, page.indexOf('`', start)));
    }

    @Test
    void isInTheVectors() {
        Layout layout = new Layout(0x1020_0000L, 0xf800_0000L);
        Vectors vectors = new Vectors(isa, ByteOrder.LITTLE_ENDIAN, layout);
        Set<List<Integer>> registers = new HashSet<>();
        for (Vector vector : vectors.of(isa.get("andn64_reg"), 2_000)) {
            if (!(new Decoder(isa).decode(vector.code(), vector.slot(), vector.order()) instanceof Decoder.Decoded(Insn tested))) {
                throw new AssertionError(vector + " does not decode");
            }
            registers.add(List.of(tested.dst(), tested.src()));
            long[] entry = vector.entryRegisters();
            long source = tested.src() == 10 ? TestMachine.STACK_TOP : entry[tested.src()];
            assertThat(new TestMachine(isa, layout, vector).run().dumped(tested.dst())).isEqualTo(entry[tested.dst()] & ~source);
        }
        assertThat(page).contains("2,000 programs, with all " + registers.size() + " combinations of registers");
        assertThat(page).contains(vectors.malformed(isa.get("andn64_reg")).size() + " that must be refused");
    }

    @Test
    void isInTheManual() {
        assertThat(Manual.files(isa)).containsKey("ours.md");
        assertThat(Manual.page(isa.get("andn64_reg"))).contains("clears the bits");
    }

    @Test
    void aMistakeIsReportedWithItsPlace() {
        String wrong = table.replace("dst:w", "dst:r");
        int start = page.indexOf("andn.isa:");
        String expected = page.substring(start, page.indexOf('\n', start));
        assertThatThrownBy(() -> Isa.read(withTable(wrong))).isInstanceOf(SourceException.class).hasMessageContaining(expected);
    }

    /** Registers alone, for an instruction that touches nothing else. */
    private static final class Registers {
        private final long[] values = new long[11];

        void register(int number, long value) {
            values[number] = value;
        }

        long register(int number) {
            return values[number];
        }

        State state() {
            return (State) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {
                State.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("register")) {
                        throw new AssertionError(method + " is not expected");
                    }
                    int number = (int) arguments[0];
                    if (arguments.length == 1) {
                        return values[number];
                    }
                    values[number] = (long) arguments[1];
                    return null;
                });
        }
    }

    @Test
    void theInstructionIsNotPartOfTheBuiltInTables() {
        assertThat(Isa.bpf().instructions()).extracting(Instruction::name).doesNotContain("andn64_reg");
    }
}
