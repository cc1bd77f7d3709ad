// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.Assembler.Dialect;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the assembler reads: the texts of {@code assembler} with what is made of them, every form of the table, labels, damaged texts. */
class AssemblerTest {
    private static final Isa ISA = Isa.system();
    private static final Assembler ASSEMBLER = new Assembler(ISA);

    /** A file and its dialect, which is its folder's name. */
    record Case(Dialect dialect, Path file) {
        @Override
        public String toString() {
            return dialect + "/" + file.getFileName();
        }
    }

    static List<Case> texts() {
        return Stream.of(Dialect.values()).flatMap(dialect -> Golden.cases("assembler/" + dialect, ".asm").stream().map(
                file -> new Case(dialect, file))).toList();
    }

    static Stream<Instruction> instructions() {
        return ISA.instructions().stream();
    }

    /** Each instruction's bytes and text, or the error. */
    @ParameterizedTest
    @MethodSource("texts")
    void reads(Case text) {
        String name = String.valueOf(text.file().getFileName());
        Dialect dialect = text.dialect();
        Golden.checkAnnotated(text.file(), dialect == Dialect.LLVM ? ";! " : "#! ", source -> {
            try {
                StringBuilder listing = new StringBuilder();
                int slot = 0;
                for (Insn insn : ASSEMBLER.parse(name, source, dialect)) {
                    String bytes = HexFormat.ofDelimiter(" ").formatHex(Encoding.encode(insn, ByteOrder.LITTLE_ENDIAN));
                    listing.append(String.format("%3d: %-47s %s%n", slot, bytes, Disassembler.print(insn)).replace("\r", ""));
                    slot += insn.slots();
                }
                return listing.toString();
            } catch (SourceException e) {
                return e.diagnostic().render();
            }
        });
    }

    /** A listing's bytes decide what cannot be told from the text alone. */
    @ParameterizedTest
    @MethodSource("instructions")
    void readsEveryFormInAListing(Instruction instruction) {
        for (Insn insn : Operands.boundary(instruction)) {
            for (Syntax syntax : instruction.syntaxes()) {
                Insn shown = shown(insn, syntax);
                for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                    String bytes = HexFormat.ofDelimiter(" ").formatHex(Encoding.encode(shown, order));
                    String line = "0: " + bytes + " " + Disassembler.fill(shown, syntax, Dialect.LLVM, null);
                    assertThat(ASSEMBLER.parse("test", line, Dialect.LLVM)).as(line).containsExactly(shown);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void readsEveryFormOfTheConformanceSuite(Instruction instruction) {
        for (Insn insn : Operands.boundary(instruction)) {
            for (Syntax syntax : instruction.conformanceSyntaxes()) {
                String line = Disassembler.fill(insn, syntax, Dialect.CONFORMANCE, null);
                assertThat(ASSEMBLER.parse("test", line, Dialect.CONFORMANCE)).as(line).containsExactly(insn);
            }
        }
    }

    /** The instruction with 0 in what the form does not show. */
    private static Insn shown(Insn insn, Syntax syntax) {
        boolean immediate = insn.instruction().operand(Instruction.FieldName.IMM).isFixed() || syntax.fields().contains(
                Instruction.FieldName.IMM);
        return immediate ? insn : new Insn(insn.instruction(), insn.dst(), insn.src(), insn.off(), 0, insn.next());
    }

    @Test
    void aLabelTooFarAway() {
        String text = "goto end\n" + "r0 = 0\n".repeat(32768) + "end: exit\n";
        assertThatThrownBy(() -> ASSEMBLER.parse("far", text, Dialect.LLVM)).isInstanceOf(SourceException.class).hasMessageStartingWith(
                "far:1:6: label 'end' is 32768 slots away, more than 16 bits can hold");
        String nearer = "goto end\n" + "r0 = 0\n".repeat(32767) + "end: exit\n";
        assertThat(ASSEMBLER.parse("near", nearer, Dialect.LLVM).getFirst().off()).isEqualTo(32767);
    }

    @Test
    void aLongJumpReachesIt() {
        String text = "gotol end\n" + "r0 = 0\n".repeat(40_000) + "end: exit\n";
        assertThat(ASSEMBLER.parse("far", text, Dialect.LLVM).getFirst().imm()).isEqualTo(40_000);
    }

    @Test
    void aProgramIsWrittenInEitherByteOrder() {
        assertThat(ASSEMBLER.assemble("a", "r1 = 2", ByteOrder.LITTLE_ENDIAN)).containsExactly(0xb7, 1, 0, 0, 2, 0, 0, 0);
        assertThat(ASSEMBLER.assemble("a", "r1 = 2", ByteOrder.BIG_ENDIAN)).containsExactly(0xb7, 0x10, 0, 0, 0, 0, 0, 2);
        assertThat(ASSEMBLER.assemble("a", "", ByteOrder.BIG_ENDIAN)).isEmpty();
    }

    @Test
    void linesMayEndLikeOnWindows() {
        assertThat(ASSEMBLER.assemble("a", "exit\r\n\r\nexit\r\n", ByteOrder.LITTLE_ENDIAN)).hasSize(16);
    }

    @Test
    void manyLabelsInOneLine() {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            line.append('l').append(i).append(": ");
        }
        assertThat(ASSEMBLER.parse("labels", line + "exit\ngoto l99999", Dialect.LLVM).getLast().off()).isEqualTo(-2);
    }

    @Test
    @Timeout(300)
    void damagedTextsGiveClearErrors() throws IOException {
        assertThat(rejected(1, 3_000)).isGreaterThan(1_000);
    }

    @Test
    @Tag("long")
    @Timeout(7200)
    void manyDamagedTextsGiveClearErrors() throws IOException {
        assertThat(rejected(1_000_000, 300_000)).isGreaterThan(100_000);
    }

    /** How many of the damaged texts were rejected. */
    private static int rejected(long firstSeed, int count) throws IOException {
        int rejected = 0;
        List<Case> texts = texts();
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            Case chosen = texts.get((int) (seed % texts.size()));
            String text = new Mutator(seed).text(Files.readString(chosen.file()));
            try {
                ASSEMBLER.parse("damaged", text, chosen.dialect());
            } catch (SourceException e) {
                rejected++;
                checkPlace(e.diagnostic(), seed, text);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ":\n" + text, e);
            }
        }
        return rejected;
    }

    private static void checkPlace(Diagnostic diagnostic, long seed, String text) {
        String[] lines = text.split("\n", -1);
        if (diagnostic.line() < 1 || diagnostic.line() > lines.length || diagnostic.column() < 1 || diagnostic.column() > lines[diagnostic
                .line() - 1].length() + 1) {
            throw new AssertionError("seed " + seed + ": the place is not in the text: " + diagnostic.render());
        }
    }
}
