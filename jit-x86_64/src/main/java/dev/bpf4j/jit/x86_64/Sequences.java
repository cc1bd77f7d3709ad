// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of eBPF instructions that are one or two machine instructions: what eBPF cannot say. Every register has the value afterwards that the
 * single instructions would have left, so that nothing needs to be known about what follows.
 *
 * <p>
 * A sequence is used only if nothing jumps into it. Programs with {@code gotox}, which may jump anywhere, have none.
 */
final class Sequences {
    private static final int ROTATION = 4;

    private final LinkedProgram program;
    private final Encoder asm;
    private final boolean bmi2;
    private final BitSet targets = new BitSet();

    /** Rows that sequences are made of, in one width. */
    private record Rows(int width, int move, int addImmediate, int add, int left, int right, int or) {
        static Rows of(int width) {
            return new Rows(width, row("mov" + width + "_reg"), row("add" + width + "_imm"), row("add" + width + "_reg"), row("lsh" + width
                    + "_imm"), row("rsh" + width + "_imm"), row("or" + width + "_reg"));
        }

        private static int row(String name) {
            return Isa.system().get(name).index();
        }
    }

    private static final Rows NARROW = Rows.of(32);
    private static final Rows WIDE = Rows.of(64);

    Sequences(Translation translation, Encoder asm) {
        this.program = translation.program();
        this.asm = asm;
        this.bmi2 = translation.has("bmi2");
        for (int slot = 0; slot < program.totalSlots(); slot++) {
            Insn insn = program.insn(slot);
            if (insn != null && program.target(slot) >= 0) {
                targets.set(program.target(slot));
            }
            if (insn != null && insn.instruction().effects().getFirst() instanceof Effect.JumpIndirect || program.poison(slot) != null) {
                targets.set(0, program.totalSlots());
            }
        }
    }

    /** Emits the sequence that starts at a slot. Gives the slots that it takes; 0 if there is none. */
    int emit(int slot) {
        Insn first = program.insn(slot);
        if (first == null) {
            return 0;
        }
        int row = first.instruction().index();
        if (row == WIDE.move()) {
            return emit(slot, first, WIDE);
        }
        return row == NARROW.move() ? emit(slot, first, NARROW) : 0;
    }

    private int emit(int slot, Insn move, Rows rows) {
        Insn second = at(slot + 1);
        if (second == null || move.dst() == move.src() || second.dst() != move.dst() && second.dst() != move.src()) {
            return 0;
        }
        int row = second.instruction().index();
        if (row == rows.left() || row == rows.right()) {
            return rotation(slot, move, second, rows) ? ROTATION : 0;
        }
        if (second.dst() != move.dst()) {
            return 0;
        }
        int dst = Registers.of(move.dst());
        int src = Registers.of(move.src());
        if (row == rows.addImmediate()) {
            address(rows, dst, Mem.of(src, second.imm()));
            return 2;
        }
        if (row == rows.add() && second.src() != move.dst()) {
            address(rows, dst, Mem.of(src, Registers.of(second.src()), 0));
            return 2;
        }
        return 0;
    }

    /** An instruction inside a sequence; null if something jumps to it. */
    private @Nullable Insn at(int slot) {
        return slot < program.totalSlots() && !targets.get(slot) ? program.insn(slot) : null;
    }

    private void address(Rows rows, int dst, Mem mem) {
        asm.comment("mov_add");
        if (rows.width() == 32) {
            asm.lea32(dst, mem);
        } else {
            asm.lea64(dst, mem);
        }
    }

    /**
     * {@code copy = x; one of both shifted one way, the other one the other way; or}: the result is a rotation, and the other register a shifted
     * value. The two shifts come in any order.
     */
    private boolean rotation(int slot, Insn move, Insn second, Rows rows) {
        Insn third = at(slot + 2);
        Insn last = at(slot + 3);
        if (third == null || last == null || last.instruction().index() != rows.or() || second.dst() == third.dst()) {
            return false;
        }
        boolean leftFirst = second.instruction().index() == rows.left();
        if (third.instruction().index() != (leftFirst ? rows.right() : rows.left()) || third.dst() != move.dst() && third.dst() != move
                .src()) {
            return false;
        }
        Insn left = leftFirst ? second : third;
        Insn right = leftFirst ? third : second;
        boolean pair = last.dst() == left.dst() && last.src() == right.dst() || last.dst() == right.dst() && last.src() == left.dst();
        int count = left.imm();
        if (!pair || count <= 0 || count >= rows.width() || right.imm() != rows.width() - count) {
            return false;
        }
        boolean resultIsCopy = last.dst() == move.dst();
        boolean otherIsLeft = last.dst() != left.dst();
        rotate(rows.width(), Registers.of(move.dst()), Registers.of(move.src()), count, resultIsCopy, otherIsLeft);
        return true;
    }

    /** The rotation goes into the copy or into the original; the other one is shifted, left or right. */
    private void rotate(int width, int copy, int original, int count, boolean intoCopy, boolean otherLeft) {
        asm.comment("rotation");
        int rotated = intoCopy ? copy : original;
        int other = intoCopy ? original : copy;
        if (intoCopy && bmi2) {
            if (width == 32) {
                asm.rorx32(copy, original, 32 - count);
            } else {
                asm.rorx64(copy, original, 64 - count);
            }
        } else {
            if (width == 32) {
                asm.mov32_rr(copy, original);
                asm.rol32_ri(rotated, count);
            } else {
                asm.mov64_rr(copy, original);
                asm.rol64_ri(rotated, count);
            }
        }
        shift(width, other, count, otherLeft);
    }

    private void shift(int width, int register, int count, boolean left) {
        if (width == 32 && left) {
            asm.shl32_ri(register, count);
        } else if (width == 32) {
            asm.shr32_ri(register, 32 - count);
        } else if (left) {
            asm.shl64_ri(register, count);
        } else {
            asm.shr64_ri(register, 64 - count);
        }
    }
}
