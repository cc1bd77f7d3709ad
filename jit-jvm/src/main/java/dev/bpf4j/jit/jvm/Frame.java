// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.isa.Expr;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;

/**
 * The local variables of a generated method that are no registers r0 to r9: the run, r10, the fuel, the iterations left for {@code may_goto},
 * in a routine the slot of the call.
 */
final class Frame {
    static final int STACK_POINTER = 10;
    private static final int RUN = 0;

    private final CodeBuilder code;
    private final int stackPointer;
    private final int call;
    private final int fuel;
    private final int iterations;
    private final int slot;
    private int round = -1;
    private int rounds = -1;

    /**
     * @param stackPointer local variable of r10
     * @param call         local variable with the slot of the call that a routine works for; -1 if this is no routine
     * @param counts       whether anything in the method takes budget
     * @param iterates     whether anything in the method is a {@code may_goto}
     * @param jumps        whether anything in the method is an indirect jump
     */
    Frame(CodeBuilder code, int stackPointer, int call, boolean counts, boolean iterates, boolean jumps) {
        this.code = code;
        this.stackPointer = stackPointer;
        this.call = call;
        this.fuel = counts ? code.allocateLocal(TypeKind.INT) : -1;
        this.iterations = iterates ? code.allocateLocal(TypeKind.LONG) : -1;
        this.slot = jumps ? code.allocateLocal(TypeKind.INT) : -1;
    }

    void pushRun() {
        code.aload(RUN);
    }

    void pushStackPointer() {
        code.lload(stackPointer);
    }

    /** At the start of a part: gets r10 out of the array that parts hand over. */
    void loadStackPointer(int array) {
        code.aload(array).loadConstant(STACK_POINTER).laload().lstore(stackPointer);
    }

    /** At the start of a routine's part: gets the slot of the call out of the array that parts hand over. */
    void loadCall(int array) {
        if (call >= 0) {
            code.aload(array).loadConstant(Parts.CALL).laload().l2i().istore(call);
        }
    }

    /** Pushes the slot that a fault at this slot is reported at. */
    void pushPlace(int pc) {
        if (call >= 0) {
            code.iload(call);
        } else {
            code.loadConstant(pc);
        }
    }

    void push(Expr.Supply supply) {
        pushRun();
        switch (supply) {
            case ARENA_HIGH -> code.getfield(Names.RUN, "arenaHigh", Names.LONG);
            case LANE_CELLS -> code.getfield(Names.RUN, "cells", Names.LONG);
        }
    }

    // ---- budget ----

    /** Gets the fuel from the run: at the start, and after a call. */
    void takeFuel() {
        if (fuel >= 0) {
            pushRun();
            code.getfield(Names.RUN, "fuel", Names.INT).istore(fuel);
        }
    }

    /** Puts the fuel into the run: before a call, and at the end. */
    void leaveFuel() {
        if (fuel >= 0) {
            pushRun();
            code.iload(fuel).putfield(Names.RUN, "fuel", Names.INT);
        }
    }

    /** Takes a unit for the event at a slot. */
    void takeUnit(int pc) {
        if (fuel >= 0) {
            Label enough = code.newLabel();
            code.iinc(fuel, -1).iload(fuel).ifge(enough);
            refill(pc);
            code.labelBinding(enough);
        }
    }

    /** Takes a unit for a jump back to a loop's head: straight to the inner head, or by way of the outer one when the chunk was used up. */
    void takeUnit(int pc, Label inner, Label outer) {
        code.iinc(fuel, -1).iload(fuel).ifge(inner);
        refill(pc);
        code.goto_(outer);
    }

    private void refill(int pc) {
        pushRun();
        code.loadConstant(pc).invokevirtual(Names.RUN, "refill", MethodTypeDesc.of(Names.INT, Names.INT)).istore(fuel);
    }

    /** Local variable of the fuel. */
    int fuel() {
        return fuel;
    }

    /** Local variable that counts the rounds of the running loop's fast copy. */
    int round() {
        if (round < 0) {
            round = code.allocateLocal(TypeKind.INT);
        }
        return round;
    }

    /** Local variable of the number of rounds that the fast copy does. */
    int rounds() {
        if (rounds < 0) {
            rounds = code.allocateLocal(TypeKind.INT);
        }
        return rounds;
    }

    /** An instruction that does nothing, which keeps a loop's outer head apart from its inner one. */
    void separate() {
        code.iload(fuel).istore(fuel);
    }

    // ---- may_goto ----

    void startIterations(long limit) {
        if (iterations >= 0) {
            code.loadConstant(limit).lstore(iterations);
        }
    }

    int iterations() {
        return iterations;
    }

    /** Local variable of the slot that an indirect jump goes to. */
    int slot() {
        return slot;
    }
}
