// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static dev.bpf4j.jit.x86_64.Lowering.ABOVE;
import static dev.bpf4j.jit.x86_64.Lowering.BELOW;
import static dev.bpf4j.jit.x86_64.Lowering.NOT_ABOVE;
import static dev.bpf4j.jit.x86_64.Lowering.NOT_BELOW;
import static dev.bpf4j.jit.x86_64.Lowering.NOT_EQUAL;
import static dev.bpf4j.jit.x86_64.Lowering.field;
import static dev.bpf4j.jit.x86_64.Registers.MEMORY;
import static dev.bpf4j.jit.x86_64.Registers.RCX;
import static dev.bpf4j.jit.x86_64.Registers.RDX;

import dev.bpf4j.analysis.Induction.Cut;
import dev.bpf4j.analysis.Induction.Trip;
import dev.bpf4j.analysis.Linear;
import dev.bpf4j.isa.Expr.BinaryOp;
import dev.bpf4j.jit.nativecode.Bulk;
import dev.bpf4j.jit.nativecode.LoopTarget;
import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.Translator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many rounds of a loop are certain. All is computed in rcx and rdx, as lower bounds; the counter is the fuel, in its register or in the
 * context, which is far smaller than 2^31.
 */
final class RoundsCode implements LoopTarget {
    private static final int GREATER = 15;
    private static final int NOT_LESS = 13;
    private static final int LESS = 12;
    private static final int NOT_GREATER = 14;
    /** What a distance is cut to before it is divided by a multiplication. */
    private static final int FAR = Integer.MAX_VALUE;
    private static final int STACK_LIMIT_BYTES = 8;
    /** Bytes that are copied, and elements that are added, at once. */
    private static final int COPIED = 32;
    private static final int SUMMED = 8;

    private final Encoder asm;
    private final boolean strict;
    private final int fuel;

    /** @param fuel the register that counts; -1 if the context does */
    RoundsCode(Encoder asm, boolean strict, int fuel) {
        this.asm = asm;
        this.strict = strict;
        this.fuel = fuel;
    }

    // ---- the fuel ----

    @Override
    public void begin() {
        move(NativeContext.FUEL, NativeContext.REST, false);
    }

    @Override
    public void start() {
        asm.mov32_rm(RCX, field(NativeContext.REST));
        if (fuel >= 0) {
            asm.sub32_rr(RCX, fuel);
        } else {
            asm.sub32_rm(RCX, field(NativeContext.FUEL));
        }
        asm.mov32_mr(field(NativeContext.REST), RCX);
    }

    @Override
    public void giveUp() {
        move(NativeContext.REST, NativeContext.FUEL, true);
    }

    @Override
    public void finish() {
        giveUp();
    }

    @Override
    public void leave() {
        if (fuel >= 0) {
            asm.add32_rm(fuel, field(NativeContext.REST));
        } else {
            asm.mov32_rm(RCX, field(NativeContext.REST));
            asm.add32_mr(field(NativeContext.FUEL), RCX);
        }
        asm.mov32_mi(field(NativeContext.REST), 0);
    }

    private void move(int from, int to, boolean back) {
        if (fuel >= 0 && back) {
            asm.mov32_rm(fuel, field(from));
        } else if (fuel >= 0) {
            asm.mov32_mr(field(to), fuel);
        } else {
            asm.mov32_rm(RCX, field(from));
            asm.mov32_mr(field(to), RCX);
        }
        if (back) {
            asm.mov32_mi(field(NativeContext.REST), 0);
        }
    }

    /** The counter is no more than a register, rcx or rdx; the other one is lost. */
    private void atMost(int rounds) {
        int enough = asm.label();
        int counter = fuel >= 0 ? fuel : rounds == RCX ? RDX : RCX;
        if (fuel < 0) {
            asm.mov32_rm(counter, field(NativeContext.FUEL));
        }
        asm.cmp64_rr(rounds, counter);
        asm.jump(NOT_BELOW, enough);
        if (fuel >= 0) {
            asm.mov32_rr(fuel, rounds);
        } else {
            asm.mov32_mr(field(NativeContext.FUEL), rounds);
        }
        asm.bind(enough);
    }

    // ---- conditions ----

    @Override
    public void goesOn(Trip trip, int careful) {
        long step = trip.value().step();
        boolean up = step > 0;
        int from = up ? RCX : RDX;
        int to = up ? RDX : RCX;
        evaluate(RCX, trip.value().first());
        evaluate(RDX, trip.limit());
        if (trip.op() == BinaryOp.NE) {
            asm.sub64_rr(to, from);
            divide(to, Math.abs(step));
            atMost(to);
            return;
        }
        asm.cmp64_rr(RCX, RDX);
        asm.jump(opposite(trip.op()), careful);
        asm.sub64_rr(to, from);
        boolean strictly = trip.op() == BinaryOp.LT_U || trip.op() == BinaryOp.GT_U || trip.op() == BinaryOp.LT_S || trip
                .op() == BinaryOp.GT_S;
        if (strictly) {
            asm.sub64_ri8(to, 1);
        }
        divide(to, Math.abs(step));
        asm.add64_ri8(to, 1);
        atMost(to);
    }

    /** The condition under which a comparison does not hold. */
    private static int opposite(BinaryOp op) {
        return switch (op) {
            case LT_U -> NOT_BELOW;
            case LE_U -> ABOVE;
            case GT_U -> NOT_ABOVE;
            case GE_U -> BELOW;
            case LT_S -> NOT_LESS;
            case LE_S -> GREATER;
            case GT_S -> NOT_GREATER;
            case GE_S -> LESS;
            case NE, EQ, ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR -> throw new IllegalStateException(op
                    + " has no direction");
        };
    }

    @Override
    public void inside(int region, Linear first, long step, int bytes, boolean write, int careful) {
        evaluate(RCX, first);
        if (region == SPACE) {
            asm.mov32_rr(RCX, RCX);
            Arithmetic.constant(asm, RDX, (1L << 32) - bytes);
        } else {
            asm.sub64_rm(RCX, field(region));
            lastStart(region, bytes, write, careful);
        }
        asm.cmp64_rr(RCX, RDX);
        asm.jump(ABOVE, careful);
        if (step > 0) {
            asm.sub64_rr(RDX, RCX);
        }
        atMostSteps(step, RDX, RCX);
    }

    /** rdx = where in a region so many bytes may start at most. */
    private void lastStart(int region, int bytes, boolean write, int careful) {
        if (region == NativeContext.STACK) {
            // never below zero: the stack in use is larger than any range
            asm.mov64_rm(RDX, field(Translator.limit(region, STACK_LIMIT_BYTES, write)));
            asm.sub64_ri(RDX, bytes - STACK_LIMIT_BYTES + 1);
        } else {
            asm.mov64_rm(RDX, field(Translator.limit(region, 1, write)));
            asm.sub64_ri(RDX, bytes);
            asm.jump(BELOW, careful);
        }
    }

    @Override
    public void within(Cut cut, int careful) {
        evaluate(RCX, cut.first());
        if (cut.bits() == 0) {
            asm.test64_rr(RCX, RCX);
            asm.jump(NOT_EQUAL, careful);
            return;
        }
        asm.mov64_rr(RDX, RCX);
        asm.shr64_ri(RDX, cut.bits());
        asm.jump(NOT_EQUAL, careful);
        if (cut.step() > 0) {
            Arithmetic.constant(asm, RDX, (1L << cut.bits()) - 1);
            asm.sub64_rr(RDX, RCX);
        }
        atMostSteps(cut.step(), RDX, RCX);
    }

    /** No more rounds than steps upwards, or downwards, fit into a distance. */
    private void atMostSteps(long step, int above, int below) {
        if (step != 0) {
            int distance = step > 0 ? above : below;
            divide(distance, Math.abs(step));
            atMost(distance);
        }
    }

    // ---- in bulk ----

    @Override
    public void bulk(Bulk bulk) {
        int group = bulk.to() == null ? SUMMED : COPIED / bulk.element();
        int done = asm.label();
        asm.comment("in bulk:");
        compareFuel(group);
        asm.jump(BELOW, done);
        if (bulk.to() == null) {
            asm.xor32_rr(RDX, RDX);
        } else if (bulk.element() < Long.BYTES) {
            tooNear(bulk, done);
        }
        int again = asm.here();
        guestAddress(RCX, bulk.from());
        if (bulk.to() == null) {
            add(bulk);
        } else {
            guestAddress(RDX, bulk.to());
            copy(Registers.of(bulk.temporary()));
        }
        advance(bulk, group);
        subtractFuel(group);
        compareFuel(group);
        asm.jump(NOT_BELOW, again);
        if (bulk.to() == null) {
            asm.add64_rr(Registers.of(bulk.sum()), RDX);
        }
        asm.bind(done);
    }

    /** A copy to a place less than a word behind the original reads what it has written. */
    private void tooNear(Bulk bulk, int done) {
        guestAddress(RCX, bulk.from());
        guestAddress(RDX, Objects.requireNonNull(bulk.to()));
        asm.sub64_rr(RDX, RCX);
        asm.sub64_ri8(RDX, 1);
        asm.cmp64_ri8(RDX, Long.BYTES - 1);
        asm.jump(BELOW, done);
    }

    private void copy(int temporary) {
        for (int offset = 0; offset < COPIED; offset += Long.BYTES) {
            asm.mov64_rm(temporary, Mem.of(MEMORY, RCX, offset));
            asm.mov64_mr(Mem.of(MEMORY, RDX, offset), temporary);
        }
    }

    /** By turns to the sum and to rdx, so that no addition waits for the one before. */
    private void add(Bulk bulk) {
        int sum = Registers.of(bulk.sum());
        int temporary = Registers.of(bulk.temporary());
        for (int i = 0; i < SUMMED; i++) {
            int target = i % 2 == 0 ? sum : RDX;
            Mem mem = Mem.of(MEMORY, RCX, i * bulk.element());
            switch (bulk.element()) {
                case 1 -> asm.movzx32_m8(temporary, mem);
                case 2 -> asm.movzx32_m16(temporary, mem);
                case 4 -> asm.mov32_rm(temporary, mem);
                default -> asm.add64_rm(target, mem);
            }
            if (bulk.element() < Long.BYTES) {
                asm.add64_rr(target, temporary);
            }
        }
    }

    private void advance(Bulk bulk, int rounds) {
        bulk.growing().forEach((register, step) -> {
            if (step != 0) {
                asm.add64_ri(Registers.of(register), (int) (step * rounds));
            }
        });
        bulk.following().forEach((register, linear) -> {
            int leader = linear.terms().keySet().iterator().next();
            long behind = linear.constant() - bulk.growing().getOrDefault(leader, 0L);
            asm.lea64(Registers.of(register), Mem.of(Registers.of(leader), (int) behind));
        });
    }

    private void compareFuel(int rounds) {
        if (fuel >= 0) {
            asm.cmp32_ri8(fuel, rounds);
        } else {
            asm.cmp32_mi8(field(NativeContext.FUEL), rounds);
        }
    }

    private void subtractFuel(int rounds) {
        if (fuel >= 0) {
            asm.sub32_ri8(fuel, rounds);
        } else {
            asm.sub32_mi8(field(NativeContext.FUEL), rounds);
        }
    }

    /** The address, which may have an upper half that means nothing. */
    private void guestAddress(int target, Linear address) {
        evaluate(target, address);
        if (!strict) {
            asm.mov32_rr(target, target);
        }
    }

    // ---- arithmetic ----

    /** Divides, or gives a little less. */
    private void divide(int register, long divisor) {
        if ((divisor & divisor - 1) == 0) {
            if (divisor > 1) {
                asm.shr64_ri(register, Long.numberOfTrailingZeros(divisor));
            }
            return;
        }
        int near = asm.label();
        asm.cmp64_ri(register, FAR);
        asm.jump(NOT_ABOVE, near);
        asm.mov32_ri(register, FAR);
        asm.bind(near);
        asm.imul64_rri(register, register, (int) ((1L << 32) / divisor));
        asm.shr64_ri(register, 32);
    }

    /** Computes a sum in rcx, or in rdx with rcx kept. */
    private void evaluate(int target, Linear sum) {
        List<Integer> plain = sum.terms().keySet().stream().filter(register -> sum.terms().getOrDefault(register, 0L) == 1).sorted().limit(
                2).toList();
        long constant = sum.constant();
        if (constant != (int) constant || plain.isEmpty()) {
            Arithmetic.constant(asm, target, constant);
            plain = List.of();
        } else if (plain.size() == 2) {
            asm.lea64(target, Mem.of(Registers.of(plain.get(0)), Registers.of(plain.get(1)), (int) constant));
        } else if (constant != 0) {
            asm.lea64(target, Mem.of(Registers.of(plain.get(0)), (int) constant));
        } else {
            asm.mov64_rr(target, Registers.of(plain.get(0)));
        }
        for (Map.Entry<Integer, Long> term : sum.terms().entrySet()) {
            if (!plain.contains(term.getKey())) {
                add(target, Registers.of(term.getKey()), term.getValue());
            }
        }
    }

    private void add(int target, int register, long factor) {
        if (factor == 1) {
            asm.add64_rr(target, register);
        } else if (factor == -1) {
            asm.sub64_rr(target, register);
        } else {
            addProduct(target, register, (int) factor);
        }
    }

    /** Adds a multiple of a register, which is changed and put back: there is no other one. */
    private void addProduct(int target, int register, int factor) {
        asm.push(register);
        asm.imul64_rri(register, register, factor);
        asm.add64_rr(target, register);
        asm.pop(register);
    }
}
