// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.analysis.Functions.Callee;
import dev.bpf4j.analysis.Halves;
import dev.bpf4j.analysis.Step;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.runtime.GuestLayout;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Calls as bytecode: of functions, routines, helpers, other programs. */
final class CallWriter {
    private static final int FIRST_ARGUMENT = 1;
    private static final int LAST_ARGUMENT = 5;
    private static final long NO_ENTRY = -2;
    private static final ClassDesc HELPER_FUNCTION = Names.of(HelperFunction.class);
    private static final MethodTypeDesc CALL_JAVA = Names.type(Names.LONG, List.of(HELPER_FUNCTION, Names.RUN), 6, List.of(Names.INT));

    private final CodeBuilder code;
    private final Compilation compilation;
    private final Method method;
    private final Frame frame;
    private final RegisterFile registers;
    private final Expressions expressions;

    CallWriter(CodeBuilder code, Compilation compilation, Method method, Frame frame, RegisterFile registers, Expressions expressions) {
        this.code = code;
        this.compilation = compilation;
        this.method = method;
        this.frame = frame;
        this.registers = registers;
        this.expressions = expressions;
    }

    /** Calls what an instruction names; false if the program always ends there. */
    boolean call(Callee callee, Step step, int liveAfter) {
        int pc = step.slot();
        frame.takeUnit(pc);
        switch (callee) {
            case Callee.Local(int function) -> local(compilation.shape(function), pc, liveAfter);
            case Callee.Routine(int function) -> {
                routine(compilation.shape(function), pc);
                result(liveAfter);
                clobber(liveAfter);
            }
            case Callee.Java(Helper helper) -> {
                java(helper, pc);
                result(liveAfter);
                clobber(liveAfter);
            }
            case Callee.Tail t -> tail(liveAfter);
            case Callee.Unknown(long id) -> {
                frame.pushRun();
                code.loadConstant(pc).loadConstant(id);
                code.invokestatic(Names.CALLS, "unknownHelper", MethodTypeDesc.of(Names.ENDED, Names.RUN, Names.INT, Names.LONG)).athrow();
                return false;
            }
            case Callee.Kfunc(int id) -> {
                frame.pushRun();
                code.loadConstant(pc).loadConstant(id);
                code.invokestatic(Names.CALLS, "unknownKfunc", MethodTypeDesc.of(Names.ENDED, Names.RUN, Names.INT, Names.INT)).athrow();
                return false;
            }
        }
        return true;
    }

    private void local(Shape callee, int pc, int liveAfter) {
        Label enough = code.newLabel();
        frame.pushStackPointer();
        frame.pushRun();
        code.getfield(Names.RUN, "lowest", Names.LONG).lcmp().ifgt(enough);
        frame.pushRun();
        code.loadConstant(pc).invokevirtual(Names.RUN, "callDepth", MethodTypeDesc.of(Names.ENDED, Names.INT)).athrow();
        code.labelBinding(enough);
        frame.leaveFuel();
        if (near(callee)) {
            pushArguments(callee);
            pushCalleeFrame();
            code.invokestatic(Names.GENERATED, callee.name(), callee.type());
        } else {
            leaveArguments();
            frame.pushRun();
            code.loadConstant(callee.index());
            pushCalleeFrame();
            code.invokestatic(Names.CALLS, "far", MethodTypeDesc.of(Names.LONG, Names.RUN, Names.INT, Names.LONG));
        }
        if (callee.tails()) {
            finish();
        }
        frame.takeFuel();
        method.bounds().reload();
        result(liveAfter);
        arguments(liveAfter);
    }

    private boolean near(Shape callee) {
        return compilation.classOf(callee.index()) == method.home().index();
    }

    private void pushArguments(Shape callee) {
        frame.pushRun();
        for (int register = 0; register < Shape.registers(); register++) {
            if (callee.reads(register)) {
                registers.loadLong(register);
            }
        }
    }

    private void pushCalleeFrame() {
        frame.pushStackPointer();
        code.loadConstant((long) GuestLayout.FRAME_SIZE).lsub();
    }

    /** Puts all registers that have values where calls that do not go directly look for them. */
    private void leaveArguments() {
        for (int register = 0; register < Shape.registers(); register++) {
            if (registers.has(register)) {
                frame.pushRun();
                code.getfield(Names.RUN, "arguments", Names.LONGS).loadConstant(register);
                registers.loadLong(register);
                code.lastore();
            }
        }
    }

    /** With the callee's r0 on the stack: runs what the callee has left pending, and takes the r0 of that. */
    private void finish() {
        Label nothing = code.newLabel();
        frame.pushRun();
        code.getfield(Names.RUN, "pending", Names.FORM).ifnull(nothing);
        code.pop2();
        frame.pushRun();
        pushCalleeFrame();
        code.invokevirtual(Names.RUN, "finish", MethodTypeDesc.of(Names.LONG, Names.LONG));
        code.labelBinding(nothing);
    }

    private void routine(Shape routine, int pc) {
        if (near(routine)) {
            pushArguments(routine);
            frame.pushStackPointer();
            frame.pushPlace(pc);
            code.invokestatic(Names.GENERATED, routine.name(), routine.type());
        } else {
            leaveArguments();
            frame.pushRun();
            code.loadConstant(pc).putfield(Names.RUN, "routinePc", Names.INT);
            frame.pushRun();
            code.loadConstant(routine.index());
            frame.pushStackPointer();
            code.invokestatic(Names.CALLS, "far", MethodTypeDesc.of(Names.LONG, Names.RUN, Names.INT, Names.LONG));
        }
    }

    private void java(Helper helper, int pc) {
        frame.leaveFuel();
        code.getstatic(Names.GENERATED, method.home().helper(helper), HELPER_FUNCTION);
        frame.pushRun();
        for (int register = FIRST_ARGUMENT; register <= LAST_ARGUMENT; register++) {
            registers.loadLong(register);
        }
        frame.pushStackPointer();
        code.loadConstant(pc).invokestatic(Names.CALLS, "helper", CALL_JAVA);
        frame.takeFuel();
        method.bounds().reload();
    }

    private void tail(int liveAfter) {
        Label failed = code.newLabel();
        frame.leaveFuel();
        frame.pushRun();
        registers.loadLong(2);
        registers.loadLong(3);
        code.invokevirtual(Names.RUN, "tailCall", MethodTypeDesc.of(Names.BOOLEAN, Names.LONG, Names.LONG)).ifeq(failed);
        method.returnPending();
        code.labelBinding(failed).loadConstant(NO_ENTRY);
        result(liveAfter);
        clobber(liveAfter);
    }

    /** Calls what a register names. */
    void indirect(Expr target, Step step, int liveAfter) {
        frame.leaveFuel();
        leaveArguments();
        frame.pushRun();
        expressions.pushLong(target, step);
        frame.pushStackPointer();
        code.loadConstant(step.slot()).invokestatic(Names.CALLS, "indirect", Names.type(Names.LONG, List.of(Names.RUN), 2, List.of(
                Names.INT)));
        Label goesOn = code.newLabel();
        frame.pushRun();
        code.getfield(Names.RUN, "pending", Names.FORM).ifnull(goesOn);
        code.pop2();
        method.returnPending();
        code.labelBinding(goesOn);
        frame.takeFuel();
        method.bounds().reload();
        result(liveAfter);
        arguments(liveAfter);
    }

    // ---- afterwards ----

    /** Pops r0. */
    private void result(int liveAfter) {
        if (Halves.any(liveAfter, 0)) {
            registers.storeLong(0);
        } else {
            code.pop2();
            registers.forget(0);
        }
    }

    /** r1 to r5 are those that the callee left, as far as somebody reads them. */
    private void arguments(int liveAfter) {
        for (int register = FIRST_ARGUMENT; register <= LAST_ARGUMENT; register++) {
            if (Halves.any(liveAfter, register)) {
                frame.pushRun();
                code.getfield(Names.RUN, "registers", Names.LONGS).loadConstant(register).laload();
                registers.storeLong(register);
            } else {
                registers.forget(register);
            }
        }
    }

    /** r1 to r5 are 0, as far as somebody reads them. */
    void clobber(int liveAfter) {
        for (int register = FIRST_ARGUMENT; register <= LAST_ARGUMENT; register++) {
            if (Halves.any(liveAfter, register)) {
                code.iconst_0();
                registers.storeInt(register);
            } else {
                registers.forget(register);
            }
        }
    }
}
