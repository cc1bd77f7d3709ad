// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.Block;
import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Induction;
import dev.bpf4j.analysis.Induction.Access;
import dev.bpf4j.analysis.Linear;
import dev.bpf4j.analysis.Loop;
import dev.bpf4j.analysis.Step;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.BinaryOp;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a loop of one block does in many rounds at once: it copies elements that follow each other, or adds them up. Whatever else a round computes
 * is not carried to the next one, so that the last rounds, which run one by one, leave it as it has to be.
 *
 * <p>
 * A round starts with the registers as they are at the head; {@code from}, {@code to} and what follows are sums over them.
 *
 * @param from      address of the first element that is read, over the registers at the head
 * @param to        where it is copied to; null for a sum
 * @param sum       the register that elements are added to; -1 for a copy
 * @param element   bytes of an element, which are also the step of the addresses
 * @param temporary a register that nobody reads before it is written in a round
 * @param growing   by register: what it grows by in a round
 * @param following by register: the register that it has the value of after a round, and a constant
 */
public record Bulk(Linear from, @Nullable Linear to, int sum, int element, int temporary, Map<Integer, Long> growing,
        Map<Integer, Linear> following) {

    /** Rows that load, by index. */
    private static final BitSet LOADS = loads();

    /** By row: what its instructions read. */
    private static final List<List<Expr.Role>> READS = Isa.system().instructions().stream().map(row -> Effects.reads(row.effects()))
            .toList();

    private static BitSet loads() {
        BitSet rows = new BitSet();
        Isa.system().instructions().stream().filter(row -> Effects.any(row.effects(), Expr.Load.class::isInstance)).forEach(row -> rows.set(
                row
                        .index()));
        return rows;
    }

    /** What a register holds at some place of a round: a sum over the registers at the head, and perhaps the element that was read. */
    private record Held(Linear linear, boolean element) {}

    /** A round, while it is looked at. */
    private static final class Round {
        final @Nullable Held[] held = new Held[Translator.STACK_POINTER + 1];
        final boolean[] written = new boolean[Translator.STACK_POINTER + 1];
        final boolean[] carried = new boolean[Translator.STACK_POINTER + 1];
        @Nullable Access load;
        @Nullable Access store;
        int temporary;
        boolean simple = true;

        Round() {
            for (int register = 0; register < held.length; register++) {
                held[register] = new Held(Linear.register(register), false);
            }
        }
    }

    /** Whether a program has a jump back over a few instructions that are not jumps and load once: a look that costs little. */
    static boolean mayComeIn(LinkedProgram program) {
        int start = 0;
        int loads = 0;
        for (int slot = 0; slot < program.slots(); slot++) {
            Insn insn = program.insn(slot);
            if (insn == null) {
                continue;
            }
            int target = program.target(slot);
            if (target >= start && target <= slot && loads == 1) {
                return true;
            }
            if (target >= 0) {
                start = slot + 1;
                loads = 0;
            } else if (LOADS.get(insn.instruction().index())) {
                loads++;
            }
        }
        return false;
    }

    /** What a loop does in bulk; null if that is nothing of the kind. */
    static @Nullable Bulk of(FlowGraph graph, Loop loop, Induction induction) {
        if (loop.blocks().size() != 1 || induction.trip() == null) {
            return null;
        }
        Block block = graph.block(loop.head());
        if (!loadsElements(block, induction)) {
            return null;
        }
        Round round = new Round();
        for (Step step : block.steps()) {
            look(step, round, induction);
        }
        Access load = round.load;
        if (!round.simple || load == null || load.address().step() != load.bytes()) {
            return null;
        }
        Access store = round.store;
        if (store != null && (store.bytes() != load.bytes() || store.address().step() != load.bytes())) {
            return null;
        }
        return carried(round, load, store);
    }

    /** Whether there is one load, of elements that follow each other: a look that costs little. */
    private static boolean loadsElements(Block block, Induction induction) {
        int loads = 0;
        boolean follow = false;
        for (Step step : block.steps()) {
            if (LOADS.get(step.insn().instruction().index())) {
                Access access = induction.access(step.slot());
                follow = access != null && access.address().step() == access.bytes();
                loads++;
            }
        }
        return loads == 1 && follow;
    }

    private static void look(Step step, Round round, Induction induction) {
        Effect effect = step.effects().size() == 1 ? step.effects().getFirst() : null;
        for (Expr.Role role : READS.get(step.insn().instruction().index())) {
            int register = step.register(role);
            round.carried[register] |= !round.written[register];
        }
        if (effect instanceof Effect.SetRegister(Expr.Role target, Expr value)) {
            int register = step.register(target);
            Held held = held(value, step, round, induction);
            if (held != null && held.element() && isLoad(value)) {
                round.temporary = register;
            }
            round.held[register] = held;
            round.written[register] = true;
        } else if (effect instanceof Effect.Store(Expr address, Expr value)) {
            Held held = value instanceof Expr.Low(Expr operand, int width) ? held(operand, step, round, induction)
                    : held(value, step, round,
                            induction);
            round.simple &= round.store == null && new Held(Linear.of(0), true).equals(held);
            round.store = induction.access(step.slot());
            round.simple &= round.store != null;
        } else {
            round.simple &= effect instanceof Effect.Jump;
        }
    }

    private static boolean isLoad(Expr value) {
        return value instanceof Expr.Load || value instanceof Expr.ZeroExtend(Expr operand, int width) && operand instanceof Expr.Load;
    }

    private static @Nullable Held held(Expr value, Step step, Round round, Induction induction) {
        if (isLoad(value)) {
            round.simple &= round.load == null;
            round.load = induction.access(step.slot());
            round.simple &= round.load != null;
            return new Held(Linear.of(0), true);
        }
        if (Effects.any(step.effects(), Expr.Load.class::isInstance)) {
            round.simple = false;
        }
        if (value instanceof Expr.Const(long number, int width)) {
            return new Held(Linear.of(number), false);
        }
        if (value instanceof Expr.Register(Expr.Role role)) {
            return round.held[step.register(role)];
        }
        if (value instanceof Expr.Binary(BinaryOp op, Expr left, Expr right) && op == BinaryOp.ADD && value.width() == Long.SIZE) {
            Held a = held(left, step, round, induction);
            Held b = held(right, step, round, induction);
            return a == null || b == null || a.element() && b.element() ? null
                    : new Held(a.linear().plus(b.linear(), 1), a.element()
                            || b.element());
        }
        return null;
    }

    /** Whether all that a round leaves for the next one is a constant more than before, or a sum of elements. */
    private static @Nullable Bulk carried(Round round, Access load, @Nullable Access store) {
        Map<Integer, Long> growing = new TreeMap<>();
        Map<Integer, Linear> following = new HashMap<>();
        int sum = -1;
        for (int register = 0; register < round.held.length; register++) {
            if (!round.written[register] || !round.carried[register]) {
                continue;
            }
            Held held = round.held[register];
            if (held == null) {
                return null;
            }
            if (held.element()) {
                if (sum >= 0 || store != null || !held.linear().equals(Linear.register(register))) {
                    return null;
                }
                sum = register;
            } else if (held.linear().isOffsetOf(register)) {
                growing.put(register, held.linear().constant());
            } else {
                following.put(register, held.linear());
            }
        }
        boolean adds = store == null && sum >= 0;
        if (!adds && store == null || round.carried[round.temporary] || !follow(growing, following)) {
            return null;
        }
        return new Bulk(load.address().first(), store == null ? null : store.address().first(), sum, load.bytes(), round.temporary, growing,
                following);
    }

    private static boolean follow(Map<Integer, Long> growing, Map<Integer, Linear> following) {
        boolean small = growing.values().stream().allMatch(step -> Math.abs(step) < 1 << 16);
        return small && following.values().stream().allMatch(linear -> growing.keySet().stream().anyMatch(linear::isOffsetOf) && Math.abs(
                linear.constant()) < 1 << 16);
    }
}
