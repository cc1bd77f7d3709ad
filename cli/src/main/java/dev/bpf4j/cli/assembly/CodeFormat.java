// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How assembled code is written. */
enum CodeFormat {
    /** One line of hex per instruction. */
    HEX {
        @Override
        String write(List<Insn> insns, ByteOrder order) {
            HexFormat hex = HexFormat.ofDelimiter(" ");
            return insns.stream().map(insn -> hex.formatHex(Encoding.encode(insn, order)) + "\n").collect(Collectors.joining());
        }
    },
    /** The bytes themselves. */
    BIN {
        @Override
        String write(List<Insn> insns, ByteOrder order) {
            throw new IllegalStateException("binary code is no text");
        }
    },
    /** Elements of an array of {@code struct bpf_insn}, which have no byte order. */
    C {
        @Override
        String write(List<Insn> insns, ByteOrder order) {
            return insns.stream().map(CodeFormat::struct).collect(Collectors.joining());
        }
    };

    /** The code as text. */
    abstract String write(List<Insn> insns, ByteOrder order);

    private static String struct(Insn insn) {
        String first = element(insn.instruction().opcode(), insn.dst(), insn.src(), insn.off(), insn.imm(), " // " + Disassembler.print(
                insn));
        return insn.slots() == 1 ? first : first + element(0, 0, 0, 0, insn.next(), "");
    }

    private static String element(int code, int dst, int src, int off, int imm, String comment) {
        return String.format("{ .code = 0x%02x, .dst_reg = %d, .src_reg = %d, .off = %d, .imm = %d },%s%n", code, dst, src, off, imm,
                comment);
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
