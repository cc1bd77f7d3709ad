// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.BinaryOp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to registers from one round of a {@link Loop} to the next: which addresses and which compared values grow by a constant per
 * round. All {@link Linear} values here are over the registers as they are at the head in the first round.
 *
 * <p>
 * The value of a {@link Progression} in round {@code k = 0, 1, …} is {@code first + k * step}, provided that in all rounds up to there each of
 * its {@link Cut}s is, as an unsigned number, below 2^32 (or 2^31): these are the values that 32-bit operations cut, which changes nothing
 * then. What has to be 0 is the distance of two registers that grow together, one of which gets its value from the other one.
 */
public final class Induction {
    private static final int INT = 32;
    private static final int LONG = 64;
    private static final int STACK_POINTER = 10;
    /** By register: its own value. */
    private static final List<Value> OWN = IntStream.rangeClosed(0, STACK_POINTER).mapToObj(register -> Value.of(Linear.register(
            register))).toList();

    private final FlowGraph graph;
    private final Loop loop;
    private final Map<Integer, Access> accesses = new HashMap<>();
    private @Nullable Trip trip;

    /**
     * A value that grows by a constant.
     *
     * @param first in the first round
     * @param step  per round
     * @param cuts  what has to stay small for this to hold
     */
    public record Progression(Linear first, long step, List<Cut> cuts) {}

    /**
     * A value that has to stay below a limit, as an unsigned number.
     *
     * @param first in the first round
     * @param step  per round
     * @param bits  it has to stay below 2^bits; 0 for what has to be 0
     */
    public record Cut(Linear first, long step, int bits) {}

    /**
     * A memory access whose address is a progression.
     *
     * @param address the address
     * @param bytes   size of the access
     * @param write   whether it writes
     */
    public record Access(Progression address, int bytes, boolean write) {}

    /**
     * The condition under which the latch jumps back, if it compares a progression with a value that does not change.
     *
     * @param op    the comparison, of 64-bit numbers; one of 32 bits has cuts that make it the same
     * @param value what is compared, when the latch is reached in round k
     * @param limit what it is compared with
     */
    public record Trip(BinaryOp op, Progression value, Linear limit) {}

    /** A value over the registers at the head of the same round, and the values that 32-bit operations cut on the way. */
    private record Value(Linear linear, Set<Linear> cut) {
        static Value of(Linear linear) {
            return new Value(linear, Set.of());
        }

        boolean isCut() {
            return !cut.isEmpty();
        }

        Value with(Linear sum, Value other) {
            if (cut.isEmpty() && other.cut.isEmpty()) {
                return new Value(sum, Set.of());
            }
            Set<Linear> all = new LinkedHashSet<>(cut);
            all.addAll(other.cut);
            return new Value(sum, all);
        }
    }

    private final Map<Integer, @Nullable Value[]> atEnd = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private @Nullable Value compared;
    private @Nullable Value limit;
    private @Nullable BinaryOp comparison;
    private int comparedBits;
    private @Nullable Value[] steps = new Value[0];

    private record Pending(int slot, Value address, int bytes, boolean write) {}

    private Induction(FlowGraph graph, Loop loop) {
        this.graph = graph;
        this.loop = loop;
    }

    /** Looks at a loop. */
    public static Induction of(FlowGraph graph, Loop loop) {
        Induction induction = new Induction(graph, loop);
        induction.solve();
        return induction;
    }

    /** The access of the instruction at a slot, if its address is a progression; null if not. */
    public @Nullable Access access(int slot) {
        return accesses.get(slot);
    }

    /** All accesses whose addresses are progressions, by slot. */
    public Map<Integer, Access> accesses() {
        return accesses;
    }

    /** When the loop goes on; null if that is nothing simple. */
    public @Nullable Trip trip() {
        return trip;
    }

    // ---- one round ----

    private void solve() {
        for (int block : loop.blocks()) {
            @Nullable Value[] values = atStart(block);
            for (Step step : graph.block(block).steps()) {
                for (Effect effect : step.effects()) {
                    execute(effect, step, values, block);
                }
            }
            atEnd.put(block, values);
        }
        steps = ended(loop.latch());
        for (Pending access : pending) {
            Progression address = progression(access.address());
            if (address != null) {
                accesses.put(access.slot(), new Access(address, access.bytes(), access.write()));
            }
        }
        trip = findTrip();
    }

    private @Nullable Value[] ended(int block) {
        return Objects.requireNonNull(atEnd.get(block), "a block before its predecessor");
    }

    private @Nullable Value[] atStart(int block) {
        @Nullable Value[] values = new Value[STACK_POINTER + 1];
        if (block == loop.head()) {
            return OWN.toArray(values);
        }
        boolean first = true;
        for (int predecessor : graph.predecessors(block)) {
            @Nullable Value[] incoming = ended(predecessor);
            for (int register = 0; register <= STACK_POINTER; register++) {
                Value own = values[register];
                values[register] = first || own != null && own.equals(incoming[register]) ? incoming[register] : null;
            }
            first = false;
        }
        return values;
    }

    private void execute(Effect effect, Step step, @Nullable Value[] values, int block) {
        switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> {
                loads(value, step, values);
                values[step.register(target)] = evaluate(value, step, values);
            }
            case Effect.Store(Expr address, Expr value) -> {
                loads(value, step, values);
                access(address, value.width(), true, step, values);
            }
            case Effect.Atomic atomic -> {
                if (atomic.old() != null) {
                    values[step.register(atomic.old())] = null;
                }
            }
            case Effect.CompareExchange exchange -> values[step.register(exchange.old())] = null;
            case Effect.LoadAcquire load -> values[step.register(load.target())] = null;
            case Effect.Jump(Expr condition) -> {
                if (block == loop.latch()) {
                    condition(condition, step, values);
                }
            }
            case Effect.StoreRelease e -> nothing();
            case Effect.MayGoto e -> nothing();
            case Effect.JumpIndirect e -> nothing();
            case Effect.Call e -> nothing();
            case Effect.CallIndirect e -> nothing();
            case Effect.Exit e -> nothing();
            case Effect.CheckAccess e -> nothing();
        }
    }

    private static void nothing() {
        // changes no register and makes no access that matters here
    }

    /** An instruction's only load, if it is not inside of something that computes. */
    private void loads(Expr value, Step step, @Nullable Value[] values) {
        Expr inner = switch (value) {
            case Expr.ZeroExtend(Expr operand, int width) -> operand;
            case Expr.SignExtend(Expr operand, int width) -> operand;
            case Expr other -> other;
        };
        if (inner instanceof Expr.Load(Expr address, int width)) {
            access(address, width, false, step, values);
        }
    }

    private void access(Expr address, int width, boolean write, Step step, @Nullable Value[] values) {
        Value value = evaluate(address, step, values);
        if (value != null) {
            pending.add(new Pending(step.slot(), value, width / 8, write));
        }
    }

    private void condition(Expr condition, Step step, @Nullable Value[] values) {
        if (condition instanceof Expr.Binary(BinaryOp op, Expr left, Expr right) && op.isComparison()) {
            compared = evaluateUnsigned(left, step, values);
            limit = evaluateUnsigned(right, step, values);
            comparison = op;
            comparedBits = left.width() == INT && isSigned(op) ? INT - 1 : left.width();
            if (left.width() < INT) {
                comparison = null;
            }
        }
    }

    /** A compared operand of 64 bits, or of 32 bits as the number that it is. */
    private @Nullable Value evaluateUnsigned(Expr expr, Step step, @Nullable Value[] values) {
        return evaluate(expr.width() == LONG ? expr : new Expr.ZeroExtend(expr, LONG), step, values);
    }

    /** A value of 64 bits; null if it is nothing linear. */
    private static @Nullable Value evaluate(Expr expr, Step step, @Nullable Value[] values) {
        return switch (expr) {
            case Expr.Const(long value, int width) -> Value.of(Linear.of(value));
            case Expr.Register(Expr.Role role) -> values[step.register(role)];
            case Expr.Binary(BinaryOp op, Expr left, Expr right) -> {
                Value a = evaluate(left, step, values);
                Value b = a == null ? null : evaluate(right, step, values);
                yield a == null || b == null || expr.width() != LONG ? null : combine(op, a, b);
            }
            case Expr.ZeroExtend(Expr operand, int width) -> operand.width() == INT ? narrow(operand, step, values) : null;
            case Expr.Unary u -> null;
            case Expr.Low l -> null;
            case Expr.SignExtend s -> null;
            case Expr.IfElse i -> null;
            case Expr.Load l -> null;
            case Expr.PacketLoad p -> null;
            case Expr.Supplied s -> null;
            case Expr.FieldValue f -> null;
            case Expr.BigEndian b -> null;
            case Expr.Linked l -> null;
        };
    }

    /** A value of 32 bits as the number from 0 to 2^32 - 1 that it is. */
    private static @Nullable Value narrow(Expr expr, Step step, @Nullable Value[] values) {
        Value whole = switch (expr) {
            case Expr.Const(long value, int width) -> Value.of(Linear.of(value));
            case Expr.Low(Expr operand, int width) -> operand.width() == LONG ? evaluate(operand, step, values) : null;
            case Expr.Binary(BinaryOp op, Expr left, Expr.Const(long constant, int width)) when op == BinaryOp.ADD
                    || op == BinaryOp.SUB -> {
                Value a = narrow(left, step, values);
                yield a == null ? null : combine(op, a, Value.of(Linear.of(Bits.sx(constant, INT))));
            }
            case Expr.Binary(BinaryOp op, Expr left, Expr right) -> {
                Value a = narrow(left, step, values);
                Value b = a == null ? null : narrow(right, step, values);
                yield a == null || b == null ? null : combine(op, a, b);
            }
            case Expr.Unary u -> null;
            case Expr.ZeroExtend z -> null;
            case Expr.SignExtend s -> null;
            case Expr.IfElse i -> null;
            case Expr.Load l -> null;
            case Expr.PacketLoad p -> null;
            case Expr.Register r -> null;
            case Expr.Supplied s -> null;
            case Expr.FieldValue f -> null;
            case Expr.BigEndian b -> null;
            case Expr.Linked l -> null;
        };
        if (whole == null || whole.linear().isConstant()) {
            return whole;
        }
        return new Value(whole.linear(), whole.with(whole.linear(), new Value(whole.linear(), Set.of(whole.linear()))).cut());
    }

    private static @Nullable Value combine(BinaryOp op, Value a, Value b) {
        Linear result = switch (op) {
            case ADD -> a.linear().plus(b.linear(), 1);
            case SUB -> a.linear().plus(b.linear(), -1);
            case MUL -> b.linear().isConstant() ? a.linear().times(b.linear().constant()) : null;
            case SHL -> b.linear().isConstant() && Long.compareUnsigned(b.linear().constant(), INT) < 0 ? a.linear().times(1L << b.linear()
                    .constant()) : null;
            case DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHR, SAR, EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> null;
        };
        return result == null || !result.isShort() ? null : a.with(result, b);
    }

    private static boolean isSigned(BinaryOp op) {
        return op == BinaryOp.LT_S || op == BinaryOp.LE_S || op == BinaryOp.GT_S || op == BinaryOp.GE_S;
    }

    // ---- from round to round ----

    /** A round's value as a progression; null if a register in it does not grow by a constant. */
    private @Nullable Progression progression(Value value) {
        Long step = step(value.linear());
        if (step == null || !value.isCut() && value.linear().terms().keySet().stream().allMatch(this::isPlain)) {
            return step == null ? null : new Progression(value.linear(), step, List.of());
        }
        Set<Linear> cut = new LinkedHashSet<>(value.cut());
        Set<Linear> equal = new LinkedHashSet<>();
        Deque<Linear> work = new ArrayDeque<>(cut);
        work.add(value.linear());
        while (!work.isEmpty()) {
            for (int register : work.remove().terms().keySet()) {
                Value next = steps[register];
                if (next != null) {
                    next.cut().stream().filter(cut::add).forEach(work::add);
                }
                Linear follows = follows(register);
                if (follows != null && equal.add(follows)) {
                    work.add(follows);
                }
            }
        }
        List<Cut> cuts = new ArrayList<>();
        equal.forEach(linear -> cuts.add(new Cut(linear, 0, 0)));
        for (Linear linear : cut) {
            Long own = step(linear);
            if (own == null) {
                return null;
            }
            cuts.add(new Cut(linear, own, INT));
        }
        return new Progression(value.linear(), step, cuts);
    }

    /** Whether a register grows by itself, without anything being cut. */
    private boolean isPlain(int register) {
        Value next = steps[register];
        return next != null && !next.isCut() && next.linear().isOffsetOf(register);
    }

    /** What a linear value grows by per round; null if that is not constant. */
    private @Nullable Long step(Linear linear) {
        long sum = 0;
        for (Map.Entry<Integer, Long> term : linear.terms().entrySet()) {
            Long own = own(term.getKey());
            if (own == null) {
                return null;
            }
            sum += term.getValue() * own;
        }
        return sum;
    }

    /** What a register grows by per round: by itself, or because it follows one that does. */
    private @Nullable Long own(int register) {
        Value next = steps[register];
        if (next == null || next.linear().terms().size() != 1) {
            return null;
        }
        int from = next.linear().terms().keySet().iterator().next();
        Value before = steps[from];
        boolean grows = next.linear().isOffsetOf(from) && before != null && before.linear().isOffsetOf(from);
        return grows ? Objects.requireNonNull(before).linear().constant() : null;
    }

    /**
     * For a register that each round leaves with another one's value and a constant: what has to be 0 in the first round, so that it grows like
     * that one from there on. Null for one that grows by itself.
     */
    private @Nullable Linear follows(int register) {
        Value next = steps[register];
        Long own = own(register);
        if (next == null || own == null || next.linear().isOffsetOf(register)) {
            return null;
        }
        return Linear.register(register).plus(next.linear(), -1).plus(Linear.of(own), 1);
    }

    private @Nullable Trip findTrip() {
        Value value = compared;
        Value bound = limit;
        BinaryOp op = comparison;
        if (value == null || bound == null || op == null) {
            return null;
        }
        Progression left = progression(value);
        Progression right = progression(bound);
        if (left == null || right == null || left.step() == 0 == (right.step() == 0)) {
            return null;
        }
        boolean swapped = left.step() == 0;
        Progression moving = swapped ? right : left;
        Progression fixed = swapped ? left : right;
        Set<Cut> cuts = new LinkedHashSet<>(moving.cuts());
        cuts.addAll(fixed.cuts());
        if (comparedBits < INT) {
            cuts.add(new Cut(moving.first(), moving.step(), comparedBits));
            cuts.add(new Cut(fixed.first(), 0, comparedBits));
        }
        BinaryOp directed = swapped ? swap(op) : op;
        return counts(directed, moving.step()) ? new Trip(directed, new Progression(moving.first(), moving.step(), List.copyOf(cuts)), fixed
                .first()) : null;
    }

    /** Whether the comparison ends when the value grows in this direction. */
    private static boolean counts(BinaryOp op, long step) {
        return switch (op) {
            case LT_U, LE_U, LT_S, LE_S -> step > 0;
            case GT_U, GE_U, GT_S, GE_S -> step < 0;
            case NE -> step != Long.MIN_VALUE;
            case EQ, ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR -> false;
        };
    }

    private static BinaryOp swap(BinaryOp op) {
        return switch (op) {
            case LT_U -> BinaryOp.GT_U;
            case LE_U -> BinaryOp.GE_U;
            case GT_U -> BinaryOp.LT_U;
            case GE_U -> BinaryOp.LE_U;
            case LT_S -> BinaryOp.GT_S;
            case LE_S -> BinaryOp.GE_S;
            case GT_S -> BinaryOp.LT_S;
            case GE_S -> BinaryOp.LE_S;
            case EQ, NE, ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR -> op;
        };
    }
}
