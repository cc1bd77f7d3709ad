// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.Block;
import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Step;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rotations whose parts lie apart: eBPF has none, so that compilers shift two copies of a value in both directions and put them together.
 *
 * <p>
 * Structure: each block is gone through once with a number for every value, so that copies have the same one. An {@code or} of the two shifts of
 * one value, which some register still holds, becomes a rotation of that register. Afterwards shifts and copies that nobody reads any more are
 * left out. What {@link Sequences} makes of neighbours comes after this and touches none of it. Invariant: behind each instruction every register
 * that somebody reads has the value that eBPF says; nothing that is left out or replaced can fault or leave for Java.
 */
final class Rotations {
    private static final int REGISTERS = 11;
    private static final List<Shape> SHAPES = Isa.system().instructions().stream().map(Shape::of).toList();

    /** {@code dst = src} rotated to the left; eBPF registers. */
    record Rotation(int width, int dst, int src, int count) {}

    private enum Sort {
        MOVE, LEFT, RIGHT, OR, OTHER
    }

    /** What a row of the table is here. */
    private record Shape(Sort sort, int width, List<Expr.Role> reads, List<Expr.Role> writes) {
        static Shape of(Instruction instruction) {
            String name = instruction.name();
            int width = name.contains("32") ? 32 : 64;
            Sort sort = switch (name) {
                case "mov32_reg", "mov64_reg" -> Sort.MOVE;
                case "lsh32_imm", "lsh64_imm" -> Sort.LEFT;
                case "rsh32_imm", "rsh64_imm" -> Sort.RIGHT;
                case "or32_reg", "or64_reg" -> Sort.OR;
                default -> Sort.OTHER;
            };
            return new Shape(sort, width, Effects.reads(instruction.effects()), Effects.writes(instruction.effects()));
        }
    }

    /** What is known of a value: that it is another one, shifted. */
    private record Shifted(Sort sort, int width, int value, int count, int by) {}

    private final Translation translation;
    private final Map<Integer, Rotation> rotations = new HashMap<>();
    private final BitSet leftOut = new BitSet();
    private final Map<Integer, Shifted> shifted = new HashMap<>();
    /** By register: the number of its value, and of its low half. */
    private final int[] whole = new int[REGISTERS];
    private final int[] low = new int[REGISTERS];
    private int numbers;

    private Rotations(Translation translation) {
        this.translation = translation;
    }

    /** Those of a program. */
    static Rotations of(Translation translation) {
        Rotations found = new Rotations(translation);
        if (Tuning.ROTATIONS && found.worthLooking()) {
            for (FlowGraph graph : translation.functions().graphs()) {
                for (Block block : graph.blocks()) {
                    found.look(block);
                }
            }
        }
        return found;
    }

    private boolean worthLooking() {
        BitSet seen = new BitSet();
        for (int slot = 0; slot < translation.program().totalSlots(); slot++) {
            if (translation.program().insn(slot) != null) {
                seen.set(SHAPES.get(translation.insn(slot).instruction().index()).sort().ordinal());
            }
        }
        return seen.get(Sort.LEFT.ordinal()) && seen.get(Sort.RIGHT.ordinal()) && seen.get(Sort.OR.ordinal());
    }

    /** The rotation that stands in the place of an instruction; null if none does. */
    @Nullable
    Rotation at(int slot) {
        return rotations.get(slot);
    }

    /** Whether nothing stands in the place of an instruction. */
    boolean leftOut(int slot) {
        return leftOut.get(slot);
    }

    /** Whether an instruction is as it was. */
    boolean untouched(int slot) {
        return !leftOut.get(slot) && !rotations.containsKey(slot);
    }

    private static Shape shape(Step step) {
        return SHAPES.get(step.insn().instruction().index());
    }

    // ---- finding ----

    private void look(Block block) {
        shifted.clear();
        forget();
        boolean found = false;
        for (int i = 0; i < block.steps().size(); i++) {
            found |= look(block.steps().get(i), i);
        }
        if (found) {
            leaveOut(block);
        }
    }

    private void forget() {
        for (int register = 0; register < REGISTERS; register++) {
            fresh(register);
        }
    }

    private void fresh(int register) {
        whole[register] = ++numbers;
        low[register] = ++numbers;
    }

    private boolean look(Step step, int index) {
        Shape shape = shape(step);
        int dst = step.insn().dst();
        int src = step.insn().src();
        switch (shape.sort()) {
            case MOVE -> {
                int moved = shape.width() == Long.SIZE ? whole[src] : ++numbers;
                low[dst] = low[src];
                whole[dst] = moved;
            }
            case LEFT, RIGHT -> {
                int value = number(dst, shape.width());
                fresh(dst);
                shifted.put(number(dst, shape.width()), new Shifted(shape.sort(), shape.width(), value, step.insn().imm(), index));
            }
            case OR -> {
                boolean rotates = rotates(step, shape.width());
                fresh(dst);
                return rotates;
            }
            case OTHER -> {
                if (isPlain(step)) {
                    shape.writes().forEach(role -> fresh(step.register(role)));
                } else {
                    forget();
                }
            }
        }
        return false;
    }

    /** Whether an instruction reads and changes no registers but those that it names. */
    private static boolean isPlain(Step step) {
        return step.effects().size() == 1 && switch (step.effects().getFirst()) {
            case Effect.SetRegister set -> !Effects.any(step.effects(), Expr.PacketLoad.class::isInstance);
            case Effect.Store e -> true;
            case Effect.Atomic e -> true;
            case Effect.CompareExchange e -> true;
            case Effect.LoadAcquire e -> true;
            case Effect.StoreRelease e -> true;
            case Effect.Jump e -> true;
            case Effect.JumpIndirect e -> false;
            case Effect.MayGoto e -> false;
            case Effect.Call e -> false;
            case Effect.CallIndirect e -> false;
            case Effect.Exit e -> false;
            case Effect.CheckAccess e -> false;
        };
    }

    private int number(int register, int width) {
        return width == Long.SIZE ? whole[register] : low[register];
    }

    private boolean rotates(Step step, int width) {
        Shifted a = shifted.get(number(step.insn().dst(), width));
        Shifted b = shifted.get(number(step.insn().src(), width));
        if (a == null || b == null || a.sort() == b.sort() || a.width() != width || b.width() != width || a.value() != b.value()) {
            return false;
        }
        int left = (a.sort() == Sort.LEFT ? a : b).count();
        int right = (a.sort() == Sort.LEFT ? b : a).count();
        if (left <= 0 || left >= width || left + right != width) {
            return false;
        }
        for (int register = 0; register < REGISTERS; register++) {
            if (number(register, width) == a.value()) {
                rotations.put(step.slot(), new Rotation(width, step.insn().dst(), register, left));
                return true;
            }
        }
        return false;
    }

    // ---- leaving out ----

    /** From the last to the first, so that a copy goes when the shift that reads it has gone. */
    private void leaveOut(Block block) {
        for (int i = block.steps().size() - 1; i >= 0; i--) {
            Step step = block.steps().get(i);
            boolean removable = shape(step).sort() != Sort.OTHER && shape(step).sort() != Sort.OR;
            if (removable && !isRead(block, i)) {
                leftOut.set(step.slot());
            }
        }
    }

    /** Whether what an instruction leaves in its destination is read, by what is there now. */
    private boolean isRead(Block block, int index) {
        int register = block.steps().get(index).insn().dst();
        for (int i = index + 1; i < block.steps().size(); i++) {
            Step step = block.steps().get(i);
            if (leftOut.get(step.slot())) {
                continue;
            }
            Rotation rotation = rotations.get(step.slot());
            if (rotation == null && (!isPlain(step) || names(step, shape(step).reads(), register))) {
                return true;
            }
            if (rotation != null && rotation.src() == register) {
                return true;
            }
            if (names(step, shape(step).writes(), register)) {
                return false;
            }
        }
        return translation.live().after(block.last().slot(), register);
    }

    private static boolean names(Step step, List<Expr.Role> roles, int register) {
        return roles.stream().anyMatch(role -> step.register(role) == register);
    }
}
