// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.analysis.Functions.Callee;
import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.BinaryOp;
import dev.bpf4j.isa.eval.Evaluator;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.Region;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predicts for each memory access the region that it goes to. {@link Origin.Frame} and the address of {@link Origin.Fixed} are certain;
 * everything else is a guess that costs time if it is wrong: what is spilled to the stack is taken to be there still, a value read from a context is taken
 * for a packet pointer if it is used as one.
 */
public final class Provenance {
    private static final Origin NUMBER = Origin.number();
    private static final Origin NONE = new Origin.None();
    private static final Origin UNKNOWN = new Origin.Unknown();
    private static final Origin STACK = new Origin.Stack();
    private static final Origin CONTEXT = new Origin.Context();
    private static final Origin PACKET = new Origin.Packet();
    private static final int REGISTERS = 11;
    private static final int STACK_POINTER = 10;
    private static final int LOOKUP = 1;
    private static final int LONG = 64;
    private static final int INT = 32;
    /** Visits of instructions, per instruction of the program, after which nothing more is learnt. */
    private static final long PATIENCE = 100;

    private final Functions functions;
    private final LinkedProgram program;
    /** By slot; null where no access has been seen. */
    private final @Nullable Origin[] bySlot;
    private final Origin[][][] atStart;
    private final Origin[] results;
    private final Map<Integer, Map<Long, Origin>> spilled = new HashMap<>();
    private final Deque<Place> work = new ArrayDeque<>();
    private final boolean[][] queued;
    private final Map<Integer, List<Place>> callers = new HashMap<>();
    private final List<Region> lasting;
    private boolean spillsChanged;

    private record Place(int function, int block) {}

    private Provenance(Functions functions) {
        this.functions = functions;
        this.program = functions.program();
        int count = functions.graphs().size();
        this.bySlot = new Origin[program.totalSlots()];
        this.lasting = lasting(program);
        this.atStart = new Origin[count][][];
        this.queued = new boolean[count][];
        this.results = new Origin[count];
        Arrays.fill(results, NONE);
        for (int f = 0; f < count; f++) {
            int blocks = functions.graphs().get(f).blocks().size();
            atStart[f] = new Origin[blocks][];
            queued[f] = new boolean[blocks];
        }
    }

    /** Predictions for a program. */
    public static Provenance of(Functions functions) {
        Provenance provenance = new Provenance(functions);
        provenance.solve();
        return provenance;
    }

    /** What the address of the access at a slot is taken for. */
    public Origin at(int slot) {
        Origin origin = bySlot[slot];
        return origin == null ? UNKNOWN : origin;
    }

    private void solve() {
        long patience = PATIENCE * (program.totalSlots() + 64L);
        for (int f = functions.graphs().size() - 1; f >= 0; f--) {
            if (functions.isRoutine(f)) {
                continue;
            }
            Origin[] entry = new Origin[REGISTERS];
            Arrays.fill(entry, NUMBER);
            if (f == 0) {
                entry[1] = CONTEXT;
            }
            entry[STACK_POINTER] = new Origin.Frame(0);
            enter(f, 0, entry);
        }
        while (!work.isEmpty() && patience > 0) {
            Place place = work.remove();
            queued[place.function()][place.block()] = false;
            patience -= 1 + visit(place);
        }
        if (patience <= 0) {
            Arrays.fill(bySlot, null);
        }
    }

    private void enter(int function, int block, Origin[] incoming) {
        Origin[] known = atStart[function][block];
        boolean changed = known == null;
        Origin[] joined = incoming.clone();
        if (known != null) {
            for (int r = 0; r < REGISTERS; r++) {
                joined[r] = known[r].join(incoming[r]);
                changed |= !joined[r].equals(known[r]);
            }
        }
        if (changed) {
            atStart[function][block] = joined;
            queue(new Place(function, block));
        }
    }

    private void queue(Place place) {
        if (!queued[place.function()][place.block()]) {
            queued[place.function()][place.block()] = true;
            work.add(place);
        }
    }

    private int visit(Place place) {
        Block block = functions.graphs().get(place.function()).blocks().get(place.block());
        Origin[] values = atStart[place.function()][place.block()].clone();
        spillsChanged = false;
        for (Step step : block.steps()) {
            for (Effect effect : step.unfolded()) {
                execute(effect, step, values, place);
            }
        }
        for (int successor : block.successors()) {
            enter(place.function(), successor, values);
        }
        if (spillsChanged) {
            requeue(place.function());
        }
        return block.steps().size();
    }

    /** What was spilled has become something else: whoever has read it may have to see that. */
    private void requeue(int function) {
        for (Block block : functions.graphs().get(function).blocks()) {
            if (atStart[function][block.index()] != null && block.steps().stream().anyMatch(step -> Effects.any(step.unfolded(),
                    Expr.Load.class::isInstance))) {
                queue(new Place(function, block.index()));
            }
        }
    }

    private void execute(Effect effect, Step step, Origin[] values, Place place) {
        switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> {
                Origin origin = evaluate(value, step, values, place.function());
                if (Functions.readsPacket(step)) {
                    Arrays.fill(values, 0, 6, NUMBER);
                }
                values[step.register(target)] = origin;
            }
            case Effect.Store(Expr address, Expr value) -> {
                Origin to = evaluate(address, step, values, place.function());
                note(step, to);
                if (to instanceof Origin.Frame(long offset) && value.width() == LONG) {
                    spill(place.function(), offset, evaluate(value, step, values, place.function()));
                }
            }
            case Effect.Atomic atomic -> {
                note(step, evaluate(atomic.address(), step, values, place.function()));
                if (atomic.old() != null) {
                    values[step.register(atomic.old())] = NUMBER;
                }
            }
            case Effect.CompareExchange exchange -> {
                note(step, evaluate(exchange.address(), step, values, place.function()));
                values[step.register(exchange.old())] = NUMBER;
            }
            case Effect.LoadAcquire load -> {
                note(step, evaluate(load.address(), step, values, place.function()));
                values[step.register(load.target())] = NUMBER;
            }
            case Effect.StoreRelease store -> note(step, evaluate(store.address(), step, values, place.function()));
            case Effect.Call(Effect.CallKind kind) -> call(functions.callee(step, kind), values, place);
            case Effect.CallIndirect c -> Arrays.fill(values, 0, 6, NUMBER);
            case Effect.Exit e -> leave(place.function(), values[0]);
            case Effect.Jump j -> nothing();
            case Effect.MayGoto m -> nothing();
            case Effect.JumpIndirect j -> nothing();
            case Effect.CheckAccess c -> nothing();
        }
    }

    private static void nothing() {
        // no register changes, and no access is predicted
    }

    private void note(Step step, Origin origin) {
        bySlot[step.slot()] = switch (origin) {
            case Origin.Scalar n -> UNKNOWN;
            case Origin.None n -> UNKNOWN;
            case Origin.Frame f -> f;
            case Origin.Stack s -> s;
            case Origin.Context c -> c;
            case Origin.Packet p -> p;
            case Origin.Shared s -> s;
            case Origin.Fixed f -> f;
            case Origin.Unknown u -> u;
        };
    }

    private void spill(int function, long offset, Origin value) {
        Map<Long, Origin> slots = spilled.computeIfAbsent(function, f -> new HashMap<>());
        Origin before = slots.getOrDefault(offset, NONE);
        Origin joined = before.join(value.blurred());
        if (!joined.equals(before)) {
            slots.put(offset, joined);
            spillsChanged = true;
        }
    }

    private void leave(int function, Origin r0) {
        Origin joined = results[function].join(r0.blurred());
        if (!joined.equals(results[function])) {
            results[function] = joined;
            callers.getOrDefault(function, List.of()).forEach(this::queue);
        }
    }

    private void call(Callee callee, Origin[] values, Place place) {
        Origin result = switch (callee) {
            case Callee.Local(int f) -> {
                Origin[] given = values.clone();
                for (int r = 0; r < STACK_POINTER; r++) {
                    given[r] = given[r].blurred();
                }
                given[STACK_POINTER] = new Origin.Frame(0);
                enter(f, 0, given);
                callers.computeIfAbsent(f, x -> new ArrayList<>()).add(place);
                yield results[f] instanceof Origin.None ? NUMBER : results[f];
            }
            case Callee.Routine r -> lookedUp(values);
            case Callee.Java j -> j.helper().id() == LOOKUP ? lookedUp(values) : NUMBER;
            case Callee.Tail t -> NUMBER;
            case Callee.Unknown u -> NUMBER;
            case Callee.Kfunc k -> NUMBER;
        };
        Arrays.fill(values, 0, 6, NUMBER);
        values[0] = result;
    }

    /** The values of the map whose handle is in r1, if that is known. */
    private Origin lookedUp(Origin[] values) {
        if (values[1] instanceof Origin.Scalar(boolean known, long handle) && known) {
            BpfMap map = program.machine().maps().byHandle(handle);
            return map == null ? NUMBER : shared(map.values()).blurred();
        }
        return UNKNOWN;
    }

    /** Values of maps, which stay as long as the machine does; others, such as open reservations, come and go. */
    private static List<Region> lasting(LinkedProgram program) {
        Set<Long> values = new HashSet<>();
        program.machine().maps().all().stream().filter(map -> map.type().storage().addressable()).forEach(map -> values.add(map.values()));
        Regions regions = program.machine().lane(0).regions();
        return IntStream.range(Regions.SHARED, regions.count()).filter(i -> regions.size(i) > 0 && values.contains(regions.base(i)))
                .mapToObj(regions::region).toList();
    }

    /**
     * The region that an {@link Origin.Shared} or {@link Origin.Fixed} names. It stays as it is as long as the machine.
     *
     * @param base its first address
     * @throws IllegalArgumentException if there is none
     */
    public Region region(long base) {
        return lasting.stream().filter(region -> region.base() == base).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no region of a map starts at 0x" + Long.toHexString(base)));
    }

    /** What a constant is: an address in a shared region, or a number. */
    private Origin shared(long value) {
        if (value >= GuestLayout.MAP_BASE && value < GuestLayout.MAP_END) {
            for (Region region : lasting) {
                if (region.contains(value, 1)) {
                    return new Origin.Fixed(region.base(), value);
                }
            }
        }
        return new Origin.Scalar(true, value);
    }

    // ---- expressions ----

    private Origin evaluate(Expr expr, Step step, Origin[] values, int function) {
        return switch (expr) {
            case Expr.Const(long value, int width) -> width == LONG ? shared(value) : new Origin.Scalar(true, value);
            case Expr.Register(Expr.Role role) -> values[step.register(role)];
            case Expr.Binary(BinaryOp op, Expr left, Expr right) -> binary(op, evaluate(left, step, values, function), evaluate(right, step,
                    values, function), left.width());
            case Expr.Load(Expr address, int width) -> {
                Origin from = evaluate(address, step, values, function);
                note(step, from);
                yield loaded(from, width, function);
            }
            case Expr.ZeroExtend(Expr operand, int width) -> extended(evaluate(operand, step, values, function), operand, width, true);
            case Expr.SignExtend(Expr operand, int width) -> extended(evaluate(operand, step, values, function), operand, width, false);
            case Expr.Low(Expr operand, int width) -> low(evaluate(operand, step, values, function), operand, width);
            case Expr.IfElse choice -> chosen(choice, step, values, function);
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> evaluate(operand, step, values,
                    function) instanceof Origin.Scalar(boolean known, long value) && known ? new Origin.Scalar(true, Evaluator.unary(op,
                            value, operand.width()))
                            : NUMBER;
            case Expr.Supplied s -> NUMBER;
            case Expr.PacketLoad p -> NUMBER;
            case Expr.FieldValue f -> evaluate(step.constant(f), step, values, function);
            case Expr.Linked l -> evaluate(step.constant(l), step, values, function);
            case Expr.BigEndian b -> NUMBER;
        };
    }

    private Origin loaded(Origin from, int width, int function) {
        return switch (from) {
            case Origin.Frame(long offset) -> width == LONG ? spilled.getOrDefault(function, Map.of()).getOrDefault(offset, NUMBER)
                    : NUMBER;
            case Origin.Context c -> width == INT && program.source().type() != ProgramType.RAW ? PACKET : NUMBER;
            case Origin.Scalar n -> NUMBER;
            case Origin.None n -> NUMBER;
            case Origin.Stack s -> NUMBER;
            case Origin.Packet p -> NUMBER;
            case Origin.Shared s -> NUMBER;
            case Origin.Fixed f -> NUMBER;
            case Origin.Unknown u -> NUMBER;
        };
    }

    /** One side if the condition is known, else whatever both may be. */
    private Origin chosen(Expr.IfElse choice, Step step, Origin[] values, int function) {
        if (evaluate(choice.condition(), step, values, function) instanceof Origin.Scalar(boolean known, long value) && known) {
            return evaluate(value != 0 ? choice.then() : choice.otherwise(), step, values, function);
        }
        return evaluate(choice.then(), step, values, function).join(evaluate(choice.otherwise(), step, values, function));
    }

    private static Origin extended(Origin origin, Expr operand, int width, boolean zeros) {
        if (operand.width() == width) {
            return origin;
        }
        if (origin instanceof Origin.Scalar(boolean known, long value) && known) {
            return new Origin.Scalar(true, zeros ? value : Bits.sx(value, operand.width()));
        }
        return operand.width() == INT ? origin.blurred() : NUMBER;
    }

    private static Origin low(Origin origin, Expr operand, int width) {
        if (operand.width() == width) {
            return origin;
        }
        if (origin instanceof Origin.Scalar(boolean known, long value) && known) {
            return new Origin.Scalar(true, Bits.lo(value, width));
        }
        return width == INT ? origin.blurred() : NUMBER;
    }

    private Origin binary(BinaryOp op, Origin left, Origin right, int width) {
        if (left instanceof Origin.Scalar(boolean knowsLeft, long a) && right instanceof Origin.Scalar(boolean knowsRight, long b)) {
            boolean undefined = b == 0 && (op == BinaryOp.DIV_U || op == BinaryOp.DIV_S || op == BinaryOp.MOD_U || op == BinaryOp.MOD_S);
            return knowsLeft && knowsRight && !undefined ? new Origin.Scalar(true, Evaluator.binary(op, a, b, width)) : NUMBER;
        }
        return switch (op) {
            case ADD -> width == LONG ? sum(left, right, 1) : left.blurred().join(right.blurred());
            case SUB -> right instanceof Origin.Scalar ? width == LONG ? sum(left, right, -1) : left.blurred() : NUMBER;
            case MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR, EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S ->
                NUMBER;
        };
    }

    /** A pointer and a number, in either order. */
    private Origin sum(Origin left, Origin right, int sign) {
        if (left instanceof Origin.Scalar && sign > 0) {
            return sum(right, left, sign);
        }
        if (right instanceof Origin.Scalar(boolean known, long value)) {
            return switch (left) {
                case Origin.Frame(long offset) -> known ? new Origin.Frame(offset + sign * value) : STACK;
                case Origin.Scalar n -> NUMBER;
                case Origin.None n -> n;
                case Origin.Stack s -> s;
                case Origin.Context c -> c;
                case Origin.Packet p -> p;
                case Origin.Shared s -> s;
                case Origin.Fixed(long base, long address) -> known ? new Origin.Fixed(base, address + sign * value)
                        : left.blurred();
                case Origin.Unknown u -> u;
            };
        }
        return left instanceof Origin.Packet && !(right instanceof Origin.Packet) ? right : left.blurred();
    }
}
