// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.runtime.Callback;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A running program as the engines in Java see it: registers, frames, budget, and everything about control flow that is not worth being
 * written into generated code: calls, returns, helpers, tail calls, callbacks, faults.
 *
 * <p>
 * Methods that move control return the slot to go on with. {@link #ENDED} means that the run, or the callback, is over and {@link #outcome()}
 * tells how; {@link #SWITCH} that another program goes on, at {@link #pc()} of {@link #program()}. A routine (hot helper) is a frame that keeps
 * r10, counts no budget and faults at its call.
 */
final class Activation implements Callback {
    /** The run is over. */
    static final int ENDED = -1;
    /** Another program goes on. */
    static final int SWITCH = -2;
    private static final int SAVED = 4;
    private static final int FIRST_SAVED = 6;
    private static final int STACK_POINTER = 10;

    private final Loop engine;
    private final Lane lane;
    private final Machine machine;
    private final boolean strict;
    /** Depth at which a return ends this activation: 0 for a run, more for a callback. */
    private final int baseDepth;
    private final Frame[] frames;
    private @Nullable Activation child;

    /** Registers r0 to r10, padded to a power of two. */
    final long[] registers = new long[16];
    private LoadedProgram loaded;
    private LinkedProgram program;
    private int depth;
    private int pc;
    private long budget;
    private long mayGoto;
    private int routineCall = -1;
    private int helperCall = -1;
    private int lastRegion;
    private @Nullable WordState words;
    private @Nullable Stepper stepper;
    private @Nullable Outcome outcome;
    /** Whether the outcome is that of main's {@code exit}. */
    private boolean atExit;

    /** How an engine runs an activation until it ends. */
    interface Loop extends Engine {
        /** Runs from {@link Activation#pc()} until the activation's outcome is set. */
        void loop(Activation activation);
    }

    /** What a return needs: where to, and what the caller kept. */
    private static final class Frame {
        @Nullable LoadedProgram loaded;
        int pc;
        long mayGoto;
        final long[] saved = new long[SAVED];
    }

    /** The main activation of a run. */
    Activation(Loop engine, LoadedProgram loaded, Lane lane) {
        this(engine, loaded, lane, 0, new Frame[lane.machine().limits().frames() + 1]);
        Arrays.setAll(frames, i -> new Frame());
    }

    private Activation(Loop engine, LoadedProgram loaded, Lane lane, int baseDepth, Frame[] frames) {
        this.engine = engine;
        this.loaded = loaded;
        this.program = loaded.program();
        this.lane = lane;
        this.machine = lane.machine();
        this.strict = machine.policy() == Policy.STRICT;
        this.baseDepth = baseDepth;
        this.frames = frames;
    }

    // ---- what the loops over words need ----

    /** The loop's state, kept with the activation. */
    WordState words() {
        WordState ready = words;
        if (ready == null) {
            ready = new WordState();
            words = ready;
        }
        return ready;
    }

    /** What executes instructions one by one, kept with the activation; it is made for its engine once. */
    Stepper stepper(Stepper.Meaning meaning, @Nullable StepListener listener) {
        Stepper ready = stepper;
        if (ready == null) {
            ready = new Stepper(this, meaning, listener);
            stepper = ready;
        }
        return ready;
    }

    /** Whether a loop may run: there is budget, and nobody asks to stop. Otherwise single steps find the event that ends the run. */
    boolean mayRun() {
        return routineCall >= 0 || budget > 0 && !lane.stopRequested();
    }

    /** Local calls that the stack has room for. */
    int freeFrames() {
        return machine.limits().frames() - 1 - depth;
    }

    /** Takes over a frame that a loop pushed. */
    void pushed(int returnSlot, long[] saved, int from) {
        Frame frame = frames[++depth];
        frame.loaded = loaded;
        frame.pc = returnSlot;
        frame.mayGoto = mayGoto;
        System.arraycopy(saved, from, frame.saved, 0, SAVED);
        mayGoto = machine.limits().mayGoto();
    }

    /** Where a loop stopped; the stack pointer is in its register already. */
    void resumeAt(int slot) {
        pc = slot;
        stackRegion();
    }

    /** The region that {@link #region} found last. */
    int lastRegion() {
        return lastRegion;
    }

    /** Starts a run at the program's entry. */
    Outcome run(LoadedProgram entry, boolean observed) {
        switchTo(entry);
        lane.begin(program.usesStack());
        System.arraycopy(lane.entry(), 0, registers, 0, STACK_POINTER);
        registers[STACK_POINTER] = lane.stackTop();
        depth = 0;
        pc = 0;
        routineCall = -1;
        budget = lane.budget();
        mayGoto = machine.limits().mayGoto();
        outcome = null;
        atExit = false;
        engine.loop(this);
        lane.budget(budget);
        lane.end();
        if (observed) {
            leaveRegisters(lane.exitRegisters());
        }
        return outcome();
    }

    private void leaveRegisters(long[] left) {
        if (atExit) {
            System.arraycopy(registers, 0, left, 0, STACK_POINTER);
            return;
        }
        Arrays.fill(left, 0);
        if (outcome() instanceof Outcome.Returned(long r0)) {
            left[0] = r0;
        }
    }

    /** How the activation ended. */
    Outcome outcome() {
        return Objects.requireNonNull(outcome, "still running");
    }

    /** Whether it ended. */
    boolean ended() {
        return outcome != null;
    }

    Lane lane() {
        return lane;
    }

    Machine machine() {
        return machine;
    }

    LoadedProgram loaded() {
        return loaded;
    }

    LinkedProgram program() {
        return program;
    }

    /** The slot to go on with after {@link #SWITCH}, and at the start. */
    int pc() {
        return pc;
    }

    private void switchTo(LoadedProgram other) {
        loaded = other;
        program = other.program();
    }

    // ---- faults and budget ----

    /** Ends the run with a fault at a slot; in a routine, at its call. */
    int fault(FaultKind kind, int at, long address, int size, boolean write, String detail) {
        outcome = new Outcome.Fault(kind, program.index(), routineCall >= 0 ? routineCall : at, address, size, write, detail);
        return ENDED;
    }

    /** Ends the run at an access that no region allows. */
    int badAccess(int at, long address, int size, boolean write) {
        return fault(FaultKind.BAD_ACCESS, at, address, size, write, "");
    }

    /** Units of budget left. */
    long budget() {
        return budget;
    }

    /** Sets the units of budget left. */
    void budget(long units) {
        budget = units;
    }

    /** Takes a unit of budget for the event at a slot (Ruling 5); false if the run ended instead. Routines take none. */
    boolean takeUnit(int at) {
        if (routineCall >= 0) {
            return true;
        }
        if (lane.stopRequested()) {
            fault(FaultKind.STOPPED, at, 0, 0, false, "");
            return false;
        }
        if (budget == 0) {
            fault(FaultKind.BUDGET, at, 0, 0, false, "");
            return false;
        }
        budget--;
        return true;
    }

    // ---- memory ----

    /**
     * The region that allows an access, or -1. Routines may touch everything, as may all programs under {@link Policy#SANDBOX}: then it is
     * {@link Regions#STACK}.
     */
    int region(long address, int size, boolean write) {
        lastRegion = strict && routineCall < 0 ? lane.regions().find(address, size, write) : Regions.STACK;
        return lastRegion;
    }

    /** Whether the running instruction is in a routine. */
    boolean inRoutine() {
        return routineCall >= 0;
    }

    /** Checks that the program may access a range, for a routine; ends the run otherwise. */
    boolean check(long address, long size, boolean write) {
        if (strict && (size > Integer.MAX_VALUE || size < 0 || lane.regions().find(address, (int) size, write) < 0)) {
            badAccess(routineCall, address, (int) size, write);
            return false;
        }
        return true;
    }

    // ---- control ----

    /** Takes a jump from a slot to a slot. */
    int jump(int at, int target) {
        return target > at || takeUnit(at) ? target : ENDED;
    }

    /** Whether a {@code may_goto} jumps: the function's iterations are used up. Counts one otherwise. */
    boolean mayGotoJumps() {
        if (mayGoto == 0) {
            return true;
        }
        mayGoto--;
        return false;
    }

    /** Jumps to a code pointer: any instruction of the running function (Ruling 8). */
    int jumpTo(int at, long pointer) {
        int target = GuestLayout.codeSlot(pointer);
        if (target < 0 || target >= program.slots() || program.insn(target) == null || program.functionOf(target) != program.functionOf(
                at)) {
            return fault(FaultKind.BAD_TARGET, at, pointer, 0, false, "no instruction of the running function");
        }
        return jump(at, target);
    }

    /** Calls a local function. */
    int callLocal(int at, int next, int target) {
        return takeUnit(at) ? enterLocal(at, next, target) : ENDED;
    }

    private int enterLocal(int at, int next, int target) {
        if (depth + 1 >= machine.limits().frames()) {
            return fault(FaultKind.CALL_DEPTH, at, 0, 0, false, "the stack has " + machine.limits().frames() + " frames");
        }
        push(next);
        mayGoto = machine.limits().mayGoto();
        registers[STACK_POINTER] -= GuestLayout.FRAME_SIZE;
        stackRegion();
        return target;
    }

    private void push(int next) {
        Frame frame = frames[++depth];
        frame.loaded = loaded;
        frame.pc = next;
        frame.mayGoto = mayGoto;
        System.arraycopy(registers, FIRST_SAVED, frame.saved, 0, SAVED);
    }

    private void pop() {
        Frame frame = frames[depth--];
        pc = frame.pc;
        mayGoto = frame.mayGoto;
        System.arraycopy(frame.saved, 0, registers, FIRST_SAVED, SAVED);
    }

    private void stackRegion() {
        long base = registers[STACK_POINTER] - GuestLayout.FRAME_SIZE;
        lane.regions().set(Regions.STACK, base, lane.stackTop() - base);
    }

    /** Returns from the running function, or routine. */
    int exit() {
        if (routineCall >= 0) {
            pop();
            routineCall = -1;
            clobber();
            return pc;
        }
        if (depth == baseDepth) {
            outcome = new Outcome.Returned(registers[0]);
            atExit = true;
            return ENDED;
        }
        LoadedProgram caller = Objects.requireNonNull(frames[depth].loaded);
        pop();
        registers[STACK_POINTER] += GuestLayout.FRAME_SIZE;
        stackRegion();
        if (caller.program().index() == program.index()) {
            return pc;
        }
        switchTo(caller);
        return SWITCH;
    }

    /** After a helper call and a legacy packet load, r1 to r5 are 0 (Ruling 4). */
    void clobber() {
        Arrays.fill(registers, 1, 6, 0);
    }

    /** Ends the whole program with 0, as a legacy packet load out of bounds does (Ruling 12). */
    int abandon() {
        registers[0] = 0;
        outcome = new Outcome.Returned(0);
        if (baseDepth > 0) {
            lane.unwind(0);
        }
        return ENDED;
    }

    /** Calls a helper by its number; {@code routine} is the slot of its routine, or -1. */
    int callHelper(int at, int next, long id, int routine) {
        if (!takeUnit(at)) {
            return ENDED;
        }
        if (routine >= 0) {
            push(next);
            routineCall = at;
            return routine;
        }
        Helper helper = id == (int) id ? machine.helpers().find((int) id) : null;
        if (helper == null) {
            return fault(FaultKind.UNKNOWN_HELPER, at, id, 0, false, HelperTable.describe(id));
        }
        if (helper.id() == HelperTable.TAIL_CALL) {
            return tailCall(next);
        }
        return callJava(at, next, Objects.requireNonNull(helper.function(), helper::name));
    }

    private int callJava(int at, int next, HelperFunction function) {
        helperCall = at;
        lane.calling(program.index(), at, this);
        long[] r = registers;
        long result = function.call(lane, r[1], r[2], r[3], r[4], r[5]);
        if (lane.interrupted()) {
            outcome = lane.pending();
            if (outcome instanceof Outcome.Returned(long r0)) {
                r[0] = r0;
                clobber();
            }
            return ENDED;
        }
        r[0] = result;
        clobber();
        return next;
    }

    /** Calls a kernel function: this machine has none. */
    int callKfunc(int at, int id) {
        String name = program.source().kfuncs().get(id);
        return takeUnit(at) ? fault(FaultKind.UNKNOWN_HELPER, at, id & 0xffff_ffffL, 0, false, "kfunc " + (name == null ? "" : name))
                : ENDED;
    }

    /** Calls what a value names: a code pointer, else a helper (Ruling 8). Budget is asked before the value is looked at (Ruling 5). */
    int callTo(int at, int next, long value) {
        if (value >= GuestLayout.CODE_BASE && value < GuestLayout.SPACE_SIZE) {
            if (!takeUnit(at)) {
                return ENDED;
            }
            int target = GuestLayout.codeSlot(value);
            if (target < 0 || target >= program.slots() || !program.isFunction(target)) {
                return fault(FaultKind.BAD_TARGET, at, value, 0, false, "no function of this program");
            }
            return enterLocal(at, next, target);
        }
        return callHelper(at, next, value, program.routineOf(value));
    }

    private int tailCall(int next) {
        int index = machine.maps().tailCall(registers[2], registers[3]);
        LoadedProgram target = index < 0 ? null : machine.tailTarget(engine, index);
        if (target == null || !lane.countTailCall()) {
            registers[0] = -2;
            clobber();
            return next;
        }
        switchTo(target);
        long stack = registers[STACK_POINTER];
        Arrays.fill(registers, 0);
        registers[1] = lane.entry()[1];
        registers[STACK_POINTER] = stack;
        mayGoto = machine.limits().mayGoto();
        pc = 0;
        return SWITCH;
    }

    /** A helper calls back: a nested activation in the next frame. It starts with its arguments, r10, and 0 in all other registers. */
    @Override
    public long call(long codePointer, long r1, long r2, long r3, long r4, long r5) {
        int at = helperCall;
        int target = GuestLayout.codeSlot(codePointer);
        if (!takeUnit(at)) {
            return pass(this);
        }
        if (target < 0 || target >= program.slots() || !program.isFunction(target)) {
            fault(FaultKind.BAD_TARGET, at, codePointer, 0, false, "no function of this program");
            return pass(this);
        }
        if (depth + 1 >= machine.limits().frames()) {
            fault(FaultKind.CALL_DEPTH, at, 0, 0, false, "the stack has " + machine.limits().frames() + " frames");
            return pass(this);
        }
        Activation inner = child;
        if (inner == null || inner.baseDepth != depth + 1) {
            inner = new Activation(engine, loaded, lane, depth + 1, frames);
            child = inner;
        }
        inner.enter(this, target, r1, r2, r3, r4, r5);
        engine.loop(inner);
        budget = inner.budget;
        stackRegion();
        lane.calling(program.index(), at, this);
        return inner.outcome() instanceof Outcome.Returned(long r0) && !lane.interrupted() ? r0 : pass(inner);
    }

    /** Makes the lane end the helper, and with it the run, because of how an activation ended. */
    private long pass(Activation ended) {
        if (ended.outcome() instanceof Outcome.Fault fault) {
            lane.fault(fault);
        }
        outcome = null;
        return 0;
    }

    private void enter(Activation caller, int target, long r1, long r2, long r3, long r4, long r5) {
        switchTo(caller.loaded);
        Arrays.fill(registers, 0);
        registers[1] = r1;
        registers[2] = r2;
        registers[3] = r3;
        registers[4] = r4;
        registers[5] = r5;
        registers[STACK_POINTER] = caller.registers[STACK_POINTER] - GuestLayout.FRAME_SIZE;
        depth = baseDepth;
        pc = target;
        budget = caller.budget;
        mayGoto = machine.limits().mayGoto();
        routineCall = -1;
        outcome = null;
        stackRegion();
    }
}
