// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Induction.Cut;
import dev.bpf4j.analysis.Induction.Trip;
import dev.bpf4j.analysis.Linear;
import dev.bpf4j.analysis.Origin;
import dev.bpf4j.isa.Expr.BinaryOp;
import dev.bpf4j.runtime.Region;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;
import java.util.List;

/** Writes what stands before and behind the rounds of a {@link FastLoop}. */
final class LoopWriter {
    private static final ClassDesc ROUNDS = Names.of(Rounds.class);
    private static final ClassDesc MATH = Names.of(Math.class);
    private static final MethodTypeDesc LONGS_TO_LONG = MethodTypeDesc.of(Names.LONG, Names.LONG, Names.LONG);

    private final CodeBuilder code;
    private final Compilation compilation;
    private final Frame frame;
    private final RegisterFile registers;
    private final RegionBounds bounds;

    LoopWriter(CodeBuilder code, Compilation compilation, Frame frame, RegisterFile registers, RegionBounds bounds) {
        this.code = code;
        this.compilation = compilation;
        this.frame = frame;
        this.registers = registers;
        this.bounds = bounds;
    }

    /** Computes the number of rounds, goes to {@code careful} if it is 0, and starts counting. */
    void enter(FastLoop fast, Label careful) {
        code.iload(frame.fuel()).i2l().lconst_1().ladd();
        Trip trip = fast.induction().trip();
        if (trip != null) {
            takes(trip);
            code.lconst_1().ladd();
            least();
        }
        for (FastLoop.Range range : fast.ranges()) {
            inside(range);
            least();
        }
        for (Cut cut : fast.cuts()) {
            within(cut);
            least();
        }
        code.l2i().istore(frame.rounds());
        if (fast.needsCareful()) {
            code.iload(frame.rounds()).ifle(careful);
        }
        code.iconst_0().istore(frame.round());
    }

    private void least() {
        code.invokestatic(MATH, "min", LONGS_TO_LONG);
    }

    /** Pushes how often the latch certainly jumps back. */
    private void takes(Trip trip) {
        push(trip.value().first());
        push(trip.limit());
        code.loadConstant(trip.value().step());
        code.invokestatic(ROUNDS, method(trip.op()), longs(3));
        for (Cut cut : trip.value().cuts()) {
            within(cut);
            least();
        }
    }

    private static String method(BinaryOp op) {
        return switch (op) {
            case LT_U -> "belowUnsigned";
            case LE_U -> "atMostUnsigned";
            case GT_U -> "aboveUnsigned";
            case GE_U -> "atLeastUnsigned";
            case LT_S -> "belowSigned";
            case LE_S -> "atMostSigned";
            case GT_S -> "aboveSigned";
            case GE_S -> "atLeastSigned";
            case NE -> "notEqual";
            case EQ, ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR -> throw new IllegalStateException(op
                    + " does not end a loop");
        };
    }

    /** Pushes in how many rounds a value certainly stays small. */
    private void within(Cut cut) {
        push(cut.first());
        code.loadConstant(cut.step()).lconst_0().loadConstant((1L << cut.bits()) - 1);
        code.invokestatic(ROUNDS, "inside", longs(4));
    }

    /** Pushes in how many rounds the bytes of a range certainly lie in its region. */
    private void inside(FastLoop.Range range) {
        Linear first = range.base().plus(Linear.of(range.low()), 1);
        int bytes = Math.toIntExact(range.high() - range.low());
        switch (range.region()) {
            case Origin.Context c -> inside(first, range.step(), bytes, "context");
            case Origin.Packet p -> inside(first, range.step(), bytes, "packet");
            case Origin.Shared(long base) -> inShared(range, first, bytes, base);
            case Origin.Stack s -> {
                frame.pushRun();
                push(first);
                code.loadConstant(range.step()).loadConstant(bytes);
                frame.pushStackPointer();
                code.invokestatic(ROUNDS, "inStack", MethodTypeDesc.of(Names.LONG, Names.RUN, Names.LONG, Names.LONG, Names.INT,
                        Names.LONG));
            }
            case Origin.Unknown u -> somewhere(range, first, bytes);
            case Origin.Frame f -> throw new IllegalStateException("not blurred");
            case Origin.Fixed f -> throw new IllegalStateException("not blurred");
            case Origin.None n -> somewhere(range, first, bytes);
            case Origin.Scalar s -> somewhere(range, first, bytes);
        }
    }

    private void inside(Linear first, long step, int bytes, String region) {
        push(first);
        code.loadConstant(step);
        bounds.push(region + "Base");
        frame.pushRun();
        code.getfield(Names.RUN, region + "Size", Names.LONG).loadConstant((long) bytes).lsub();
        code.invokestatic(ROUNDS, "inside", longs(4));
    }

    private void inShared(FastLoop.Range range, Linear first, int bytes, long base) {
        Region region = compilation.shared(base);
        if (range.write() && !region.writable()) {
            code.lconst_0();
            return;
        }
        push(first);
        code.loadConstant(range.step()).loadConstant(base).loadConstant(region.size() - bytes);
        code.invokestatic(ROUNDS, "inside", longs(4));
    }

    private void somewhere(FastLoop.Range range, Linear first, int bytes) {
        frame.pushRun();
        push(first);
        code.loadConstant(range.step()).loadConstant(bytes).loadConstant(range.write() ? 1 : 0);
        frame.pushStackPointer();
        code.invokestatic(ROUNDS, "somewhere", MethodTypeDesc.of(Names.LONG, Names.RUN, Names.LONG, Names.LONG, Names.INT,
                ConstantDescs.CD_boolean, Names.LONG));
    }

    private static MethodTypeDesc longs(int count) {
        return Names.type(Names.LONG, List.of(), count, List.of());
    }

    /** Pushes a linear value over the registers as they are now. */
    private void push(Linear linear) {
        code.loadConstant(linear.constant());
        linear.terms().keySet().stream().sorted(Collections.reverseOrder()).forEach(register -> {
            if (register == Frame.STACK_POINTER) {
                frame.pushStackPointer();
            } else {
                registers.loadLong(register);
            }
            long factor = linear.terms().getOrDefault(register, 0L);
            if (factor != 1) {
                code.loadConstant(factor).lmul();
            }
            code.ladd();
        });
    }

    /** In the latch, where the loop goes on: starts the next round if the number is not reached; otherwise takes the fuel that was used. */
    void next(Label head) {
        code.iinc(frame.round(), 1).iload(frame.round()).iload(frame.rounds()).if_icmplt(head);
        code.iload(frame.fuel()).iload(frame.round()).isub().iconst_1().iadd().istore(frame.fuel());
    }

    /** On a way out of the loop: takes the fuel that was used. */
    void leave() {
        code.iload(frame.fuel()).iload(frame.round()).isub().istore(frame.fuel());
    }
}
