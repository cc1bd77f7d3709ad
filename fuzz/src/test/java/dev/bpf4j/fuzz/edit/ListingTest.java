// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.fuzz.edit.Listing.Item;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramGenerator;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {

    private static Program program(String text) {
        return Program.raw("test", ByteOrder.LITTLE_ENDIAN, new Assembler(Isa.bpf()).assemble("test", text, ByteOrder.LITTLE_ENDIAN));
    }

    private static List<String> text(Program program) {
        return Disassembler.list(new Decoder(Isa.bpf()), program.code(), program.order()).stream().map(Disassembler.Line::text).toList();
    }

    @Test
    void targetsFollowTheirInstructions() {
        Program program = program("""
                r0 = 1
                if r0 == 1 goto end
                r1 = 0x123456789 ll
                r2 = 5
                end:
                call local f
                exit
                f:
                exit
                """);
        Listing listing = Listing.of(program).orElseThrow();
        assertThat(text(listing.program(program))).isEqualTo(text(program));
        assertThat(text(listing.without(2, 3).program(program))).containsExactly("r0 = 1", "if r0 == 1 goto +1", "r2 = 5", "call local +1",
                "exit", "exit");
        assertThat(text(listing.without(4, 5).program(program))).contains("if r0 == 1 goto +3");
        Listing longer = listing.insert(4, List.of(Item.of(Listing.insn("mov64_imm", 3, 0, 0, 9))));
        assertThat(text(longer.program(program))).contains("if r0 == 1 goto +4", "r3 = 9", "call local +1");
        assertThat(listing.position(2)).isEqualTo(2);
        assertThat(listing.position(3)).isEqualTo(2);
        assertThat(listing.slot(3)).isEqualTo(4);
    }

    @Test
    void listingWhoseTargetIsGoneIsNotComplete() {
        Listing listing = Listing.of(program("goto end\nr0 = 0\nend:\nexit")).orElseThrow();
        assertThat(listing.isComplete()).isTrue();
        assertThat(listing.without(2, 3).isComplete()).isFalse();
    }

    @Test
    void codeThatDoesNotDecodeHasNoListing() {
        assertThat(Listing.of(Program.raw("test", ByteOrder.LITTLE_ENDIAN, new byte[] {-1, 0, 0, 0, 0, 0, 0, 0}))).isEmpty();
        assertThat(Listing.of(Program.raw("test", ByteOrder.LITTLE_ENDIAN, new byte[] {5, 0, 9, 0, 0, 0, 0, 0}))).isEmpty();
    }

    @Test
    void everyGeneratedProgramIsMadeAgainFromItsListing() {
        ProgramGenerator generator = new ProgramGenerator(Profile.MIXED);
        GeneratedProgram generated = new GeneratedProgram();
        Entropy entropy = new Entropy();
        for (int seed = 0; seed < 2000; seed++) {
            entropy.seed(seed);
            generator.generate(entropy, generated);
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                Program program = Program.raw("test", order, generated.code(order));
                assertThat(Listing.of(program).orElseThrow().program(program).code()).isEqualTo(program.code());
            }
        }
    }
}
