// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LinkedProgram;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of eBPF instructions that are one or two machine instructions: what eBPF cannot say. Here they are found; targets emit them. Every register has the value afterwards that the
 * single instructions would have left, so that nothing needs to be known about what follows.
 *
 * <p>
 * A sequence is used only if nothing jumps into it. Programs with {@code gotox}, which may jump anywhere, have none.
 */
public final class Sequences {
    private static final int ROTATION = 4;

    private final LinkedProgram program;
    private final Translation translation;
    private final Rotations rotations;
    private final Target target;
    private final BitSet targets = new BitSet();

    /** What emits sequences. Registers are machine registers. */
    public interface Target {
        /** {@code dst = src + imm}, in 32 or 64 bits. */
        void sum(int width, int dst, int src, int imm);

        /** {@code dst = src + other}, where {@code other} may be {@code src} but not {@code dst}. */
        void sumOf(int width, int dst, int src, int other);

        /**
         * A rotation to the left by {@code count}, which goes into the copy or into the original; the other one is shifted, left by
         * {@code count} or right by {@code width - count}.
         */
        void rotation(int width, int copy, int original, int count, boolean intoCopy, boolean otherLeft);

        /** {@code dst = src} rotated to the left by {@code count}; they may be the same. */
        void rotate(int width, int dst, int src, int count);

        /**
         * An operation whose first operand, instead of in its destination, is still in another register. Gives false, and emits nothing, if the
         * target has no instructions for that.
         */
        default boolean operation(Insn insn, int dst, int src) {
            return false;
        }
    }

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

    /** By row: what it computes from its destination, if it is nothing but a computation. */
    private enum Computes {
        /** Nothing, or it does more than compute. */
        NOT,
        /** From all of it. */
        FROM_ALL,
        /** From the low half or less. */
        FROM_LOW
    }

    private static final Computes[] COMPUTES = Isa.system().instructions().stream().map(Sequences::computes).toArray(Computes[]::new);
    private static final Rows NARROW = Rows.of(32);
    private static final Rows WIDE = Rows.of(64);

    Sequences(Translation translation, Rotations rotations, Target target) {
        this.translation = translation;
        this.rotations = rotations;
        this.program = translation.program();
        this.target = target;
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
        if (first == null || !rotations.untouched(slot)) {
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
        int dst = translation.register(move.dst());
        int src = translation.register(move.src());
        if (row == rows.addImmediate()) {
            target.sum(rows.width(), dst, src, second.imm());
            return 2;
        }
        if (row == rows.add() && second.src() != move.dst()) {
            target.sumOf(rows.width(), dst, src, translation.register(second.src()));
            return 2;
        }
        boolean computes = COMPUTES[row] == Computes.FROM_LOW || COMPUTES[row] == Computes.FROM_ALL && rows.width() == Long.SIZE;
        return computes && target.operation(second, dst, src) ? 2 : 0;
    }

    private static Computes computes(Instruction instruction) {
        List<Effect> effects = Effects.specialize(instruction.effects(), ByteOrder.LITTLE_ENDIAN);
        if (effects.size() != 1 || !(effects.getFirst() instanceof Effect.SetRegister(Expr.Role role, Expr value)) || role != Expr.Role.DST
                || Effects.any(effects, expr -> expr instanceof Expr.Load || expr instanceof Expr.PacketLoad)) {
            return Computes.NOT;
        }
        Expr.Register dst = new Expr.Register(Expr.Role.DST);
        if (!Effects.any(effects, dst::equals)) {
            return Computes.NOT;
        }
        return narrow(value, dst) ? Computes.FROM_LOW : Computes.FROM_ALL;
    }

    /** Whether an expression sees no more than the low 32 bits of a register. */
    private static boolean narrow(Expr value, Expr.Register register) {
        if (value instanceof Expr.Low(Expr operand, int width) && operand.equals(register)) {
            return width <= 32;
        }
        return !value.equals(register) && value.operands().stream().allMatch(operand -> narrow(operand, register));
    }

    /** An instruction inside a sequence; null if something jumps to it. */
    private @Nullable Insn at(int slot) {
        return slot < program.totalSlots() && !targets.get(slot) && rotations.untouched(slot) ? program.insn(slot) : null;
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
        int copy = translation.register(move.dst());
        int original = translation.register(move.src());
        if (!translation.analyses() || translation.live().after(slot + ROTATION - 1, resultIsCopy ? move.src() : move.dst())) {
            target.rotation(rows.width(), copy, original, count, resultIsCopy, otherIsLeft);
        } else {
            target.rotate(rows.width(), resultIsCopy ? copy : original, original, count);
        }
        return true;
    }
}
