// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import java.util.ArrayList;
import java.util.List;

/** Operand shapes derived from the kinds of an instruction's fields: what vectors, round trips and random programs draw from. */
public final class Operands {
    private static final List<Integer> OFFSETS = List.of(0, 1, -1, 8, -8, 127, 128, 129, -127, -128, -129, 255, 256, 32767, -32768);
    private static final List<Integer> IMMEDIATES = List.of(0, 1, -1, 2, -2, 7, 31, 32, 33, 63, 64, 65, 127, 128, 129, -127, -128, -129,
            255, 256, 0x7fff,
            0x8000, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0x5555_5555, 0xaaaa_aaaa, 0x1234_5678);
    private static final List<Integer> NUMBERS = List.of(0, 1, 2, 5, 211, 0x7fff_ffff, -1);
    private static final List<Integer> READABLE = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    private static final List<Integer> WRITABLE = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    private Operands() {
    }

    /** The boundary values of a field: every register, every limit of every width and its neighbours. */
    public static List<Integer> boundary(Operand operand) {
        return switch (operand.kind()) {
            case FIXED -> List.of(operand.fixed());
            case REGISTER_READ -> READABLE;
            case REGISTER_WRITE -> WRITABLE;
            case DISPLACEMENT, TARGET -> OFFSETS;
            case ANY -> IMMEDIATES;
            case HELPER, KFUNC, MAP, VARIABLE -> NUMBERS;
        };
    }

    /** Instructions that have every boundary value in every field: registers in all combinations, other fields one after the other. */
    public static List<Insn> boundary(Instruction instruction) {
        List<Insn> insns = new ArrayList<>();
        List<Integer> offs = boundary(instruction.operand(FieldName.OFF));
        List<Integer> imms = boundary(instruction.operand(FieldName.IMM));
        List<Integer> nexts = boundary(instruction.operand(FieldName.NEXT));
        for (int dst : boundary(instruction.operand(FieldName.DST))) {
            for (int src : boundary(instruction.operand(FieldName.SRC))) {
                insns.add(new Insn(instruction, dst, src, offs.getFirst(), imms.getFirst(), nexts.getFirst()));
            }
        }
        Insn first = insns.getLast();
        for (int off : offs) {
            for (int imm : imms) {
                for (int next : nexts) {
                    insns.add(new Insn(instruction, first.dst(), first.src(), off, imm, next));
                }
            }
        }
        return insns;
    }
}
