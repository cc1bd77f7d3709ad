// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.Callback;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;

/**
 * Calls of one run: local functions (RFC 9669 section 4.3.2), helpers (section 4.3.1), tail calls, and helpers that call back.
 *
 * <p>
 * Every function that is waiting for a callee has a {@link Frame}. A callee's stack lies below its caller's, 512 bytes each (Ruling 2).
 */
final class Calls {
    /** Linux's -ENOENT, what r0 holds after a failed tail call (Ruling 11). */
    static final long NO_ENTRY = -2;

    private final RfcRun run;
    private final Lane lane;
    private final Deque<Frame> callers = new ArrayDeque<>();
    private final Callback callback = this::callBack;
    private long mayGotoLeft;

    /**
     * A function that waits.
     *
     * @param program     what it is part of; a callee can end in another program, by a tail call
     * @param returnTo    slot of the instruction behind the call
     * @param r6          to {@code r10}: its registers that a callee leaves alone
     * @param mayGotoLeft its counter for may_goto
     */
    private record Frame(RfcProgram program, int returnTo, long r6, long r7, long r8, long r9, long r10, long mayGotoLeft) {}

    Calls(RfcRun run, Lane lane) {
        this.run = run;
        this.lane = lane;
        this.mayGotoLeft = lane.machine().limits().mayGoto();
    }

    /** Number of functions that wait for a callee; 0 in main. */
    int depth() {
        return callers.size();
    }

    /** Ruling 9: counts one may_goto of this activation; false if the counter is used up. */
    boolean countMayGoto() {
        if (mayGotoLeft == 0) {
            return false;
        }
        mayGotoLeft--;
        return true;
    }

    // ---- section 4.3.2: program-local functions ----

    /** Calls the function at a slot of the running program. */
    void local(int target) {
        if (run.takeBudget()) {
            enter(target);
        }
    }

    /**
     * Rulings 2 and 3: registers enter unchanged, save that r10 is 512 lower; one frame too many is a fault at the call.
     *
     * @return false if it was one frame too many
     */
    private boolean enter(int target) {
        if (callers.size() + 1 >= lane.machine().limits().frames()) {
            run.fault(FaultKind.CALL_DEPTH, 0, 0, false, "");
            return false;
        }
        long[] r = run.registers();
        callers.push(new Frame(run.program(), run.next(), r[6], r[7], r[8], r[9], r[10], mayGotoLeft));
        mayGotoLeft = lane.machine().limits().mayGoto();
        r[10] -= GuestLayout.FRAME_SIZE;
        stackInUse();
        run.continueAt(run.program(), target);
        return true;
    }

    /** Ruling 3, "An EXIT within the program-local function will return to the caller": r6 to r10 are the caller's again. */
    void exit() {
        Frame frame = callers.pop();
        long[] r = run.registers();
        r[6] = frame.r6();
        r[7] = frame.r7();
        r[8] = frame.r8();
        r[9] = frame.r9();
        r[10] = frame.r10();
        mayGotoLeft = frame.mayGotoLeft();
        stackInUse();
        run.continueAt(frame.program(), frame.returnTo());
    }

    /** Ruling 2: the stack region is from 512 below the running function's r10 to the top. */
    private void stackInUse() {
        long bottom = run.registers()[10] - GuestLayout.FRAME_SIZE;
        lane.regions().set(Regions.STACK, bottom, lane.stackTop() - bottom);
    }

    /** Ruling 8, callx: a code pointer is a local call, a value outside the code range is a helper's number. Ruling 5: budget comes first. */
    void indirect(long value) {
        boolean inCodeRange = value >= GuestLayout.CODE_BASE && value < GuestLayout.SPACE_SIZE;
        if (!inCodeRange) {
            helper(value);
        } else if (run.takeBudget() && isFunction(value)) {
            enter(GuestLayout.codeSlot(value));
        }
    }

    private boolean isFunction(long pointer) {
        if (run.program().isFunction(GuestLayout.codeSlot(pointer))) {
            return true;
        }
        run.fault(FaultKind.BAD_TARGET, pointer, 0, false, "no function of the program starts there");
        return false;
    }

    // ---- section 4.3.1: helper functions ----

    /** Calls a helper by its number, imm or the value of callx. */
    void helper(long id) {
        if (!run.takeBudget()) {
            return;
        }
        Helper helper = id == (int) id ? lane.machine().helpers().find((int) id) : null;
        if (helper == null) {
            run.fault(FaultKind.UNKNOWN_HELPER, id, 0, false, "");
            return;
        }
        if (helper.id() == HelperTable.TAIL_CALL) {
            tailCall();
        } else {
            call(function(helper));
        }
    }

    /** A helper is Java code, or a routine that somebody runs for us. */
    private HelperFunction function(Helper helper) {
        if (helper.routine() == null) {
            return Objects.requireNonNull(helper.function());
        }
        RoutineRunner runner = run.program().engine().routines();
        return (on, r1, r2, r3, r4, r5) -> runner.run(on, helper, r1, r2, r3, r4, r5);
    }

    /**
     * Ruling 11: the program in a prog array (r2) at an index (r3) takes over the running function's frame. It starts with its context in r1
     * and all else 0. If there is none, or the run had its tail calls, the caller goes on with an error.
     */
    private void tailCall() {
        long[] r = run.registers();
        Machine machine = lane.machine();
        int index = machine.maps().tailCall(r[2], r[3]);
        LoadedProgram target = index < 0 ? null : machine.tailTarget(run.program().engine(), index);
        if (target == null || !lane.countTailCall()) {
            r[0] = NO_ENTRY;
            Arrays.fill(r, 1, 6, 0);
            return;
        }
        Arrays.fill(r, 0, 10, 0);
        r[1] = lane.entry()[1];
        mayGotoLeft = machine.limits().mayGoto();
        run.continueAt((RfcProgram) target, 0);
    }

    /** Calls a kernel function by its BTF id. There is no kernel here, so there is none. */
    void kernelFunction(long id) {
        if (run.takeBudget()) {
            run.fault(FaultKind.UNKNOWN_HELPER, id, 0, false, "");
        }
    }

    /** Ruling 4: after a helper r0 is its result and r1 to r5 are 0. A helper can end the run. */
    private void call(HelperFunction function) {
        long[] r = run.registers();
        lane.calling(run.program().program().index(), run.pc(), callback);
        long result = function.call(lane, r[1], r[2], r[3], r[4], r[5]);
        if (lane.interrupted()) {
            run.end(lane.pending());
        }
        r[0] = run.outcome() instanceof Outcome.Returned(long r0) ? r0 : result;
        Arrays.fill(r, 1, 6, 0);
    }

    /**
     * {@link Callback#call}: a helper calls a function of the program, in a new frame, for one unit of budget. It enters with its arguments
     * and 0 in the other registers. What goes wrong before it is entered is a fault of the helper's call.
     */
    private long callBack(long codePointer, long r1, long r2, long r3, long r4, long r5) {
        int call = run.pc();
        if (run.takeBudget() && isFunction(codePointer) && enter(GuestLayout.codeSlot(codePointer))) {
            long[] arguments = {0, r1, r2, r3, r4, r5, 0, 0, 0, 0};
            System.arraycopy(arguments, 0, run.registers(), 0, arguments.length);
            run.untilExit();
        }
        if (run.outcome() instanceof Outcome.Fault fault) {
            lane.fault(fault);
        }
        if (run.outcome() != null) {
            return 0;
        }
        exit();
        run.resumeCall(call);
        lane.calling(run.program().program().index(), call, callback);
        return run.registers()[0];
    }
}
