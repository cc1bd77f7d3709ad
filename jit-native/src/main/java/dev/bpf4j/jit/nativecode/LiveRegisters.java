// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Functions;
import dev.bpf4j.analysis.Functions.Callee;
import dev.bpf4j.analysis.Steps;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which registers somebody reads after an instruction, the observer of r0 to r9 at the end of main included. For one thread.
 *
 * <p>
 * What Java sees of registers while code has left is less than that: a fault shows none, and what goes on does so with all of them. Sets of
 * registers are bits; r10 is in none of them, since it is always there. This is what {@link dev.bpf4j.analysis.Liveness} says of whole registers,
 * without halves and without looking at the effects of each instruction.
 */
final class LiveRegisters {
    private static final int ARGUMENTS = 0b11_1110;
    private static final int CALLER_SAVED = 0b11_1111;
    private static final int ALL = 0b11_1111_1111;
    /** Visits of instructions, per instruction of the program, after which everything is taken for live. */
    private static final long PATIENCE = 200;
    private static final Row[] ROWS = Isa.system().instructions().stream().map(Row::of).toArray(Row[]::new);

    private final Functions functions;
    private final Steps steps;
    /** By function; null for routines that nobody calls. */
    private final @Nullable LiveFunction[] live;
    private int anyFunctionIn;
    private int anyFunctionExit;
    /** By slot: registers that are read after the instruction, of functions that somebody has asked about. */
    private final short[] after;
    /** Those functions; all, if it is not known. */
    private final BitSet asked = new BitSet();

    private enum Kind {
        PLAIN, REMOVABLE, PACKET, LOCAL, HELPER, KFUNC, INDIRECT, EXIT
    }

    /** A row of the table: what its instructions read and write, as a mask of {@link Expr.Role}s, and how. */
    private record Row(int reads, int writes, Kind kind) {
        static Row of(Instruction row) {
            return new Row(mask(Effects.reads(row.effects())), mask(Effects.writes(row.effects())), kindOf(row));
        }

        private static int mask(List<Expr.Role> roles) {
            return roles.stream().mapToInt(role -> 1 << role.ordinal()).reduce(0, (a, b) -> a | b);
        }
    }

    private static Kind kindOf(Instruction row) {
        return switch (row.effects().getLast()) {
            case Effect.SetRegister set -> Effects.any(row.effects(), Expr.PacketLoad.class::isInstance) ? Kind.PACKET
                    : row.effects().size() > 1 || Effects.any(row.effects(), Expr.Load.class::isInstance) ? Kind.PLAIN : Kind.REMOVABLE;
            case Effect.Call(Effect.CallKind kind) -> switch (kind) {
                case LOCAL -> Kind.LOCAL;
                case HELPER -> Kind.HELPER;
                case KFUNC -> Kind.KFUNC;
            };
            case Effect.CallIndirect c -> Kind.INDIRECT;
            case Effect.Exit e -> Kind.EXIT;
            case Effect.Store e -> Kind.PLAIN;
            case Effect.Atomic e -> Kind.PLAIN;
            case Effect.CompareExchange e -> Kind.PLAIN;
            case Effect.LoadAcquire e -> Kind.PLAIN;
            case Effect.StoreRelease e -> Kind.PLAIN;
            case Effect.Jump e -> Kind.PLAIN;
            case Effect.JumpIndirect e -> Kind.PLAIN;
            case Effect.MayGoto e -> Kind.PLAIN;
            case Effect.CheckAccess e -> Kind.PLAIN;
        };
    }

    private LiveRegisters(Functions functions) {
        this.functions = functions;
        this.steps = functions.steps();
        this.live = new LiveFunction[functions.count()];
        this.after = new short[functions.program().totalSlots()];
        // Whatever is done about an instruction that is never reached does not matter.
        Arrays.fill(after, (short) ALL);
    }

    static LiveRegisters of(Functions functions) {
        LiveRegisters made = new LiveRegisters(functions);
        if (!made.solve()) {
            made.asked.set(0, made.live.length);
        }
        return made;
    }

    /** Whether a register, r0 to r10, is read after the instruction at a slot. */
    boolean after(int slot, int register) {
        if (register == Translator.STACK_POINTER) {
            return true;
        }
        int function = functions.at(functions.program().functionOf(slot));
        if (!asked.get(function)) {
            asked.set(function);
            finish(function);
        }
        return (after[slot] & 1 << register) != 0;
    }

    // ---- the equations ----

    private int before(int slot, int liveAfter, LiveFunction function, int block) {
        int number = steps.row(slot);
        if (number < 0) {
            return liveAfter;
        }
        Row row = ROWS[number];
        Insn insn = steps.insn(slot);
        if (row.kind() == Kind.REMOVABLE || row.kind() == Kind.PLAIN) {
            int writes = registers(row.writes(), insn);
            boolean done = row.kind() == Kind.PLAIN || (liveAfter & writes) != 0;
            return done ? liveAfter & ~writes | registers(row.reads(), insn) : liveAfter;
        }
        return switch (row.kind()) {
            case PLAIN, REMOVABLE -> throw new IllegalStateException("done above");
            case PACKET -> liveAfter & ~CALLER_SAVED | registers(row.reads(), insn);
            case LOCAL, HELPER -> liveAfter & ~CALLER_SAVED | called(slot, row.kind(), liveAfter, function, block);
            case KFUNC -> liveAfter & ~CALLER_SAVED | ARGUMENTS;
            case INDIRECT -> liveAfter & ~CALLER_SAVED | calledAnywhere(liveAfter, function, block) | registers(row.reads(), insn);
            case EXIT -> function.exit();
        };
    }

    private static int registers(int roles, Insn insn) {
        int set = 0;
        if ((roles & 1 << Expr.Role.DST.ordinal()) != 0) {
            set |= 1 << insn.dst();
        }
        if ((roles & 1 << Expr.Role.SRC.ordinal()) != 0) {
            set |= 1 << insn.src();
        }
        if ((roles & 1 << Expr.Role.R0.ordinal()) != 0) {
            set |= 1;
        }
        return set & ALL;
    }

    private int called(int slot, Kind kind, int liveAfter, LiveFunction caller, int block) {
        return switch (functions.callee(slot, kind == Kind.LOCAL ? Effect.CallKind.LOCAL : Effect.CallKind.HELPER)) {
            case Callee.Local(int f) -> {
                LiveFunction callee = function(f);
                callee.calledFrom(caller, block);
                callee.demand(liveAfter & CALLER_SAVED);
                yield callee.liveIn(0);
            }
            case Callee.Routine(int f) -> {
                LiveFunction callee = function(f);
                callee.calledFrom(caller, block);
                yield callee.liveIn(0);
            }
            case Callee.Java j -> ARGUMENTS;
            case Callee.Tail t -> 1 << 2 | 1 << 3;
            case Callee.Unknown u -> 0;
            case Callee.Kfunc k -> ARGUMENTS;
        };
    }

    /** What an indirect call may read: arguments of helpers, and what any function reads. */
    private int calledAnywhere(int liveAfter, LiveFunction caller, int block) {
        int wanted = anyFunctionExit | liveAfter & CALLER_SAVED;
        boolean more = wanted != anyFunctionExit;
        anyFunctionExit = wanted;
        for (int f = 0; f < live.length; f++) {
            if (!functions.isRoutine(f)) {
                if (more) {
                    function(f).demand(wanted);
                }
                function(f).calledFrom(caller, block);
            }
        }
        return anyFunctionIn | ARGUMENTS;
    }

    private LiveFunction function(int f) {
        LiveFunction made = live[f];
        if (made == null) {
            made = new LiveFunction(functions.graph(f), f == 0 ? ALL : 1);
            live[f] = made;
        }
        return made;
    }

    // ---- the solution ----

    /** False if it takes too long, which leaves everything live. */
    private boolean solve() {
        long patience = PATIENCE * (after.length + 64L);
        for (int f = 0; f < live.length; f++) {
            if (!functions.isRoutine(f)) {
                function(f);
            }
        }
        boolean again = true;
        while (again) {
            again = false;
            for (int f = live.length - 1; f >= 0; f--) {
                LiveFunction function = live[f];
                if (function == null) {
                    continue;
                }
                for (int block = function.next(); block >= 0; block = function.next()) {
                    again = true;
                    FlowGraph graph = function.graph();
                    patience -= 2 + (graph.isHub(block) ? block : graph.last(block) - graph.first(block));
                    if (patience < 0) {
                        return false;
                    }
                    if (function.update(block, blockIn(function, block, false)) && block == 0 && !functions.isRoutine(f)) {
                        anyFunctionIn |= function.liveIn(0);
                    }
                }
            }
        }
        return true;
    }

    /** What is live at the start of a block; what is live after each of its instructions may be kept. */
    private int blockIn(LiveFunction function, int block, boolean keep) {
        FlowGraph graph = function.graph();
        int out = function.liveOut(block);
        if (graph.isHub(block)) {
            return out;
        }
        int first = graph.first(block);
        for (int slot = graph.last(block); slot >= first; slot--) {
            if (keep) {
                after[slot] = (short) out;
            }
            out = before(slot, out, function, block);
        }
        return out;
    }

    private void finish(int f) {
        LiveFunction function = live[f];
        if (function != null) {
            for (int block = 0; block < function.graph().size(); block++) {
                blockIn(function, block, true);
            }
        }
    }
}
