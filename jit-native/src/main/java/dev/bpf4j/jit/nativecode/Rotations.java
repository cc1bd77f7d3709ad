// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Steps;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rotations whose parts lie apart: eBPF has none, so that compilers shift two copies of a value in both directions and put them together.
 *
 * <p>
 * Structure: each block with shifts in both directions and an {@code or} is gone through once with a number for every value, so that copies have
 * the same one. An {@code or} of the two shifts of one value, which some register still holds, becomes a rotation of that register. Afterwards
 * shifts and copies that nobody reads any more are left out. What {@link Sequences} makes of neighbours comes after this and touches none of it.
 * Invariant: behind each instruction every register that somebody reads has the value that eBPF says; nothing that is left out or replaced can
 * fault or leave for Java.
 */
final class Rotations {
    private static final int REGISTERS = 11;
    private static final int EVERY = (1 << REGISTERS) - 1;
    private static final Shape[] SHAPES = Isa.system().instructions().stream().map(Shape::of).toArray(Shape[]::new);
    /** What a block needs. */
    private static final int WANTED = 1 << Sort.LEFT.ordinal() | 1 << Sort.RIGHT.ordinal() | 1 << Sort.OR.ordinal();

    /** {@code dst = src} rotated to the left; eBPF registers. */
    record Rotation(int width, int dst, int src, int count) {}

    private enum Sort {
        MOVE, LEFT, RIGHT, OR,
        /** Reads and changes no registers but those that it names. */
        PLAIN, OTHER
    }

    /** What a row of the table is here; registers as a mask of {@link Expr.Role}s. */
    private record Shape(Sort sort, int width, int reads, int writes) {
        static Shape of(Instruction instruction) {
            String name = instruction.name();
            int width = name.contains("32") ? 32 : 64;
            Sort sort = switch (name) {
                case "mov32_reg", "mov64_reg" -> Sort.MOVE;
                case "lsh32_imm", "lsh64_imm" -> Sort.LEFT;
                case "rsh32_imm", "rsh64_imm" -> Sort.RIGHT;
                case "or32_reg", "or64_reg" -> Sort.OR;
                default -> isPlain(instruction) ? Sort.PLAIN : Sort.OTHER;
            };
            return new Shape(sort, width, mask(Effects.reads(instruction.effects())), mask(Effects.writes(instruction.effects())));
        }

        private static int mask(List<Expr.Role> roles) {
            return roles.stream().mapToInt(role -> 1 << role.ordinal()).reduce(0, (a, b) -> a | b);
        }

        /** The registers that these roles are, as bits. */
        int registers(int roles, Insn insn) {
            int dst = (roles & 1 << Expr.Role.DST.ordinal()) == 0 ? 0 : 1 << insn.dst();
            int src = (roles & 1 << Expr.Role.SRC.ordinal()) == 0 ? 0 : 1 << insn.src();
            return dst | src | ((roles & 1 << Expr.Role.R0.ordinal()) == 0 ? 0 : 1);
        }
    }

    private static boolean isPlain(Instruction instruction) {
        return instruction.effects().size() == 1 && switch (instruction.effects().getFirst()) {
            case Effect.SetRegister set -> !Effects.any(instruction.effects(), Expr.PacketLoad.class::isInstance);
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

    /** In the place of what is left out. */
    private static final Rotation LEFT_OUT = new Rotation(0, 0, 0, 0);

    /** What is known of a value: that it is another one, shifted. */
    private record Shifted(Sort sort, int width, int value, int count) {}

    private final Translation translation;
    /** By slot: the rotation there; {@link #LEFT_OUT}; or null for what is as it was. Empty as long as there is no rotation. */
    private @Nullable Rotation[] places = new Rotation[0];
    /** By register: the number of its value, and of its low half; and what is known of either. */
    private final int[] whole = new int[REGISTERS];
    private final int[] low = new int[REGISTERS];
    private final @Nullable Shifted[] wholeShifted = new Shifted[REGISTERS];
    private final @Nullable Shifted[] lowShifted = new Shifted[REGISTERS];
    private int numbers;

    private Rotations(Translation translation) {
        this.translation = translation;
    }

    /** Those of a program. */
    static Rotations of(Translation translation) {
        Rotations found = new Rotations(translation);
        LinkedProgram program = translation.program();
        if (Tuning.ROTATIONS && translation.analyses() && found.worthLooking(0, program.totalSlots() - 1)) {
            for (int f = 0; f < translation.functions().count(); f++) {
                FlowGraph graph = translation.functions().graph(f);
                if (found.worthLooking(graph.start(), graph.end() - 1)) {
                    for (int block = 0; block < graph.size(); block++) {
                        found.look(graph, block);
                    }
                }
            }
        }
        return found;
    }

    /** Whether all parts of a rotation are in a range of slots. */
    private boolean worthLooking(int first, int last) {
        LinkedProgram program = translation.program();
        int seen = 0;
        for (int slot = first; slot <= last && (seen & WANTED) != WANTED; slot++) {
            Insn insn = program.insn(slot);
            if (insn != null) {
                seen |= 1 << SHAPES[insn.instruction().index()].sort().ordinal();
            }
        }
        return (seen & WANTED) == WANTED;
    }

    /** The rotation that stands in the place of an instruction; null if none does. */
    @SuppressWarnings("ReferenceEquality") // it stands for nothing, whatever it says
    @Nullable
    Rotation at(int slot) {
        Rotation place = places.length == 0 ? null : places[slot];
        return place == LEFT_OUT ? null : place;
    }

    /** Whether an instruction is as it was. */
    boolean untouched(int slot) {
        return places.length == 0 || places[slot] == null;
    }

    // ---- finding ----

    private void look(FlowGraph graph, int block) {
        if (graph.isHub(block) || !worthLooking(graph.first(block), graph.last(block))) {
            return;
        }
        forget();
        boolean found = false;
        Steps steps = translation.functions().steps();
        for (int slot = graph.first(block); slot <= graph.last(block); slot++) {
            if (steps.row(slot) >= 0) {
                found |= look(slot, SHAPES[steps.row(slot)], steps.insn(slot));
            }
        }
        if (found) {
            leaveOut(graph.first(block), graph.last(block));
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
        wholeShifted[register] = null;
        lowShifted[register] = null;
    }

    private boolean look(int slot, Shape shape, Insn insn) {
        int dst = insn.dst();
        int src = insn.src();
        switch (shape.sort()) {
            case MOVE -> {
                boolean all = shape.width() == Long.SIZE;
                whole[dst] = all ? whole[src] : ++numbers;
                wholeShifted[dst] = all ? wholeShifted[src] : null;
                low[dst] = low[src];
                lowShifted[dst] = lowShifted[src];
            }
            case LEFT, RIGHT -> {
                Shifted now = new Shifted(shape.sort(), shape.width(), number(dst, shape.width()), insn.imm());
                fresh(dst);
                (shape.width() == Long.SIZE ? wholeShifted : lowShifted)[dst] = now;
            }
            case OR -> {
                boolean rotates = rotates(slot, insn, shape.width());
                fresh(dst);
                return rotates;
            }
            case PLAIN -> {
                for (int writes = shape.registers(shape.writes(), insn); writes != 0; writes &= writes - 1) {
                    fresh(Integer.numberOfTrailingZeros(writes));
                }
            }
            case OTHER -> forget();
        }
        return false;
    }

    private int number(int register, int width) {
        return width == Long.SIZE ? whole[register] : low[register];
    }

    private boolean rotates(int slot, Insn insn, int width) {
        @Nullable Shifted[] shifted = width == Long.SIZE ? wholeShifted : lowShifted;
        Shifted a = shifted[insn.dst()];
        Shifted b = shifted[insn.src()];
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
                if (places.length == 0) {
                    places = new Rotation[translation.program().totalSlots()];
                }
                places[slot] = new Rotation(width, insn.dst(), register, left);
                return true;
            }
        }
        return false;
    }

    // ---- leaving out ----

    /**
     * From the last to the first, so that a copy goes when the shift that reads it has gone. On the way {@code read} are registers that somebody
     * reads before they change, {@code kept} those that keep their value to the end of the block.
     */
    private void leaveOut(int first, int last) {
        Steps steps = translation.functions().steps();
        int read = 0;
        int kept = EVERY;
        for (int slot = last; slot >= first; slot--) {
            int row = steps.row(slot);
            if (row < 0) {
                continue;
            }
            Shape shape = SHAPES[row];
            Insn insn = steps.insn(slot);
            int dst = 1 << insn.dst();
            Rotation rotation = at(slot);
            boolean removable = shape.sort() == Sort.MOVE || shape.sort() == Sort.LEFT || shape.sort() == Sort.RIGHT;
            if (rotation != null) {
                read = read & ~dst | 1 << rotation.src();
                kept &= ~dst & ~(1 << rotation.src());
            } else if (shape.sort() == Sort.OTHER) {
                read = EVERY;
                kept = 0;
            } else if (removable && (read & dst) == 0 && ((kept & dst) == 0 || !translation.live().after(last, insn.dst()))) {
                places[slot] = LEFT_OUT;
            } else {
                int reads = shape.registers(shape.reads(), insn);
                int writes = shape.registers(shape.writes(), insn);
                read = read & ~writes | reads;
                kept &= ~writes & ~reads;
            }
        }
    }
}
