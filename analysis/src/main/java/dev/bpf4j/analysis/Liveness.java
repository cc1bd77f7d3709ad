// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.analysis.Functions.Callee;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Which halves of r0 to r9 somebody will read, before and after every instruction, across calls. r10 is not tracked: it is always there.
 *
 * <p>
 * A register is read by an instruction whose effect has it, by a function that is called and reads it before writing it, by a helper (r1 to
 * r5), and at an exit by whoever called: r0 always, r1 to r5 if some caller reads them afterwards. Clobbered registers are 0 after a helper
 * call; whoever reads them reads that zero. A value that nobody reads is not computed, unless computing it may fault.
 */
public final class Liveness {
    /** Visits of instructions, per instruction of the program, after which everything is taken for live. */
    private static final long PATIENCE = 200;
    private static final int ARGUMENTS = Halves.range(1, 5);
    private static final int CALLER_SAVED = Halves.range(0, 5);
    private static final int ALL = Halves.range(0, 9);

    private final Functions functions;
    private final boolean observed;
    private final int[][] liveIn;
    private final int[] exit;
    private final List<List<Place>> callers = new ArrayList<>();
    private final Deque<Place> work = new ArrayDeque<>();
    private final boolean[][] queued;
    /** Places with a call whose target is only known when it runs. */
    private final List<Place> indirectCallers = new ArrayList<>();
    private int anyFunctionIn;
    private int anyFunctionExit;

    private record Place(int function, int block) {}

    private Liveness(Functions functions, boolean observed) {
        this.functions = functions;
        this.observed = observed;
        List<FlowGraph> graphs = functions.graphs();
        this.liveIn = new int[graphs.size()][];
        this.queued = new boolean[graphs.size()][];
        this.exit = new int[graphs.size()];
        for (int f = 0; f < graphs.size(); f++) {
            liveIn[f] = new int[graphs.get(f).blocks().size()];
            queued[f] = new boolean[liveIn[f].length];
            exit[f] = Halves.full(0);
            callers.add(new ArrayList<>());
        }
        if (observed) {
            exit[0] = ALL;
        }
    }

    /**
     * Computes the liveness of a program.
     *
     * @param observed whether r0 to r9 are read at the end of main; otherwise only r0 is
     */
    public static Liveness of(Functions functions, boolean observed) {
        Liveness liveness = new Liveness(functions, observed);
        liveness.solve();
        return liveness;
    }

    /** Halves of r0 to r9 read at or after the start of a block. */
    public int liveIn(int function, int block) {
        return liveIn[function][block];
    }

    /** Halves of r0 to r9 that a function reads of what it is given. */
    public int liveIn(int function) {
        return liveIn[function][0];
    }

    /** Halves that are read after a function returns, of what it leaves. */
    public int liveAtExit(int function) {
        return exit[function];
    }

    /** Halves that are read after each instruction of a block. */
    public int[] liveAfter(int function, Block block) {
        int[] after = new int[block.steps().size()];
        int live = liveOut(function, block);
        for (int i = after.length - 1; i >= 0; i--) {
            after[i] = live;
            live = before(block.steps().get(i), live, function);
        }
        return after;
    }

    /**
     * The effects of an instruction that are worth doing: settings of registers that nobody reads and that cannot fault are left out; of what is
     * set only the low half is computed if nobody reads the high one (then the register holds it zero-extended, which nobody sees).
     */
    public static List<Effect> needed(Step step, int liveAfter) {
        List<Effect> needed = new ArrayList<>();
        int live = liveAfter;
        for (int i = step.effects().size() - 1; i >= 0; i--) {
            Effect effect = step.effects().get(i);
            if (effect instanceof Effect.SetRegister(Expr.Role target, Expr value)) {
                int register = step.register(target);
                if (!Halves.any(live, register) && !mayFault(value)) {
                    continue;
                }
                if (!Halves.hasHigh(live, register)) {
                    effect = new Effect.SetRegister(target, Folding.zeroExtendedLow(value));
                }
                live &= ~Halves.full(register);
            }
            live |= uses(step, effect);
            needed.addFirst(effect);
        }
        return needed;
    }

    private static boolean mayFault(Expr value) {
        boolean[] found = {false};
        Effects.walk(value, expr -> found[0] |= expr instanceof Expr.Load || expr instanceof Expr.PacketLoad);
        return found[0];
    }

    /** The halves that an effect itself reads. */
    private static int uses(Step step, Effect effect) {
        int used = Halves.NONE;
        for (Expr operand : effect.operands()) {
            used |= uses(step, operand);
        }
        return used;
    }

    private static int uses(Step step, Expr expr) {
        return switch (expr) {
            case Expr.Register(Expr.Role role) -> Halves.full(step.register(role)) & ALL;
            case Expr.Low(Expr.Register(Expr.Role role), int width) when width <= 32 -> Halves.low(step.register(role)) & ALL;
            case Expr other -> {
                int used = Halves.NONE;
                for (Expr operand : other.operands()) {
                    used |= uses(step, operand);
                }
                yield used;
            }
        };
    }

    // ---- the equations ----

    private int liveOut(int function, Block block) {
        int live = Halves.NONE;
        for (int successor : block.successors()) {
            live |= liveIn[function][successor];
        }
        return live;
    }

    private int before(Step step, int liveAfter, int function) {
        int live = liveAfter;
        if (Functions.readsPacket(step)) {
            live &= ~CALLER_SAVED;
        }
        List<Effect> needed = needed(step, liveAfter);
        for (int i = needed.size() - 1; i >= 0; i--) {
            Effect effect = needed.get(i);
            live = written(step, effect, live, function) | uses(step, effect);
        }
        return live;
    }

    /** What is live before an effect, of what is not read by it as an operand. */
    private int written(Step step, Effect effect, int live, int function) {
        return switch (effect) {
            case Effect.SetRegister set -> live & ~Halves.full(step.register(set.target()));
            case Effect.Atomic atomic -> atomic.old() == null ? live : live & ~Halves.full(step.register(atomic.old()));
            case Effect.CompareExchange exchange -> live & ~Halves.full(step.register(exchange.old()));
            case Effect.LoadAcquire load -> live & ~Halves.full(step.register(load.target()));
            case Effect.Call(Effect.CallKind kind) -> live & ~CALLER_SAVED | called(functions.callee(step, kind), live);
            case Effect.CallIndirect call -> live & ~CALLER_SAVED | calledAnywhere(live);
            case Effect.Exit e -> exit[function];
            case Effect.Store e -> live;
            case Effect.StoreRelease e -> live;
            case Effect.Jump e -> live;
            case Effect.MayGoto e -> live;
            case Effect.JumpIndirect e -> live;
            case Effect.CheckAccess e -> live;
        };
    }

    private int called(Callee callee, int liveAfter) {
        return switch (callee) {
            case Callee.Local(int f) -> {
                demand(f, liveAfter);
                yield liveIn[f][0];
            }
            case Callee.Routine(int f) -> liveIn[f][0];
            case Callee.Java j -> ARGUMENTS;
            case Callee.Tail t -> Halves.full(2) | Halves.full(3);
            case Callee.Unknown u -> Halves.NONE;
            case Callee.Kfunc k -> ARGUMENTS;
        };
    }

    /** What an indirect call may read: arguments of helpers, and what any function reads. */
    private int calledAnywhere(int liveAfter) {
        int wanted = anyFunctionExit | liveAfter & CALLER_SAVED;
        if (wanted != anyFunctionExit) {
            anyFunctionExit = wanted;
            for (int f = 0; f < liveIn.length; f++) {
                if (!functions.isRoutine(f)) {
                    demand(f, wanted);
                }
            }
        }
        return anyFunctionIn | ARGUMENTS;
    }

    /** A caller reads these halves of r0 to r5 after the function. */
    private void demand(int function, int live) {
        int wanted = exit[function] | live & CALLER_SAVED;
        if (wanted != exit[function]) {
            exit[function] = wanted;
            for (Block block : functions.graph(function).blocks()) {
                if (block.successors().isEmpty()) {
                    queue(new Place(function, block.index()));
                }
            }
        }
    }

    // ---- the solution ----

    private void solve() {
        long patience = 0;
        for (int f = liveIn.length - 1; f >= 0; f--) {
            FlowGraph graph = functions.graph(f);
            for (int block : graph.reversePostorder()) {
                work.addFirst(new Place(f, block));
                queued[f][block] = true;
                noteCalls(f, graph.blocks().get(block));
                patience += PATIENCE * (1 + graph.blocks().get(block).steps().size());
            }
        }
        while (!work.isEmpty()) {
            Place place = work.removeFirst();
            queued[place.function()][place.block()] = false;
            Block block = functions.graph(place.function()).block(place.block());
            patience -= 1 + block.steps().size();
            if (patience < 0) {
                everythingLives();
                return;
            }
            update(place, block);
        }
    }

    private void update(Place place, Block block) {
        int function = place.function();
        int live = liveOut(function, block);
        for (int i = block.steps().size() - 1; i >= 0; i--) {
            live = before(block.steps().get(i), live, function);
        }
        if (live == liveIn[function][place.block()]) {
            return;
        }
        liveIn[function][place.block()] = live;
        for (int predecessor : functions.graph(function).predecessors(place.block())) {
            queue(new Place(function, predecessor));
        }
        if (place.block() == 0) {
            callers.get(function).forEach(this::queue);
            if ((anyFunctionIn | live) != anyFunctionIn) {
                anyFunctionIn |= live;
                indirectCallers.forEach(this::queue);
            }
        }
    }

    private void queue(Place place) {
        if (!queued[place.function()][place.block()]) {
            queued[place.function()][place.block()] = true;
            work.addLast(place);
        }
    }

    private void noteCalls(int function, Block block) {
        Place place = new Place(function, block.index());
        for (Step step : block.steps()) {
            for (Effect effect : step.effects()) {
                if (effect instanceof Effect.CallIndirect) {
                    indirectCallers.add(place);
                } else if (effect instanceof Effect.Call(Effect.CallKind kind)) {
                    Callee callee = functions.callee(step, kind);
                    if (callee instanceof Callee.Local(int f)) {
                        callers.get(f).add(place);
                    } else if (callee instanceof Callee.Routine(int f)) {
                        callers.get(f).add(place);
                    }
                }
            }
        }
    }

    private void everythingLives() {
        for (int[] blocks : liveIn) {
            Arrays.fill(blocks, ALL);
        }
        Arrays.fill(exit, CALLER_SAVED);
        exit[0] |= observed ? ALL : CALLER_SAVED;
    }
}
