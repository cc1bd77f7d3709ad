// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.runtime.Callback;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Regions;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a running program has besides its registers, which are local variables of the generated methods: lane, budget, regions, outcome. One
 * per lane and program started; programs reached by tail calls go on with it.
 *
 * <p>
 * <b>Budget.</b> Generated code counts in a local variable, the <em>fuel</em>, taken from the budget in chunks: every event takes one unit, and
 * one that finds none calls {@link #refill}, the only place that looks at the stop request. Around calls the fuel is in {@link #fuel}.
 *
 * <p>
 * <b>Ends.</b> A fault anywhere sets {@link #outcome} and throws {@link Ended} through all frames.
 *
 * <p>
 * <b>Tail calls.</b> A function that does one sets {@link #pending} and returns; whoever called it runs the pending program in its place.
 */
final class Run implements Callback {
    /** Units of budget that are taken at once. */
    static final int CHUNK = 1 << 16;
    private static final int REGISTERS = 10;

    final Lane lane;
    final MemorySegment memory;
    final Machine machine;
    final boolean strict;
    /** r10 of main in the first frame. */
    final long stackTop;
    /** r10 in the deepest frame. */
    final long lowest;
    /** Guest address of the lane's cells. */
    final long cells;
    /** r0 to r9 as the function that returned last left them, as far as somebody reads them. */
    final long[] registers = new long[REGISTERS];
    /** r0 to r9 for a call that does not go directly. */
    final long[] arguments = new long[REGISTERS];
    private final Ended ended = new Ended();

    /** Units left of the chunk, while no generated function counts itself. */
    int fuel;
    /** Units of budget left without those of the chunk. */
    long reserve;
    /** The high half of user pointers into the arena. */
    long arenaHigh;
    /** The program that is running. */
    Form form;
    /** The target of a tail call that has not started yet. */
    @Nullable Form pending;

    /** Where the context lies in this run, and how large it is. */
    long contextBase;
    long contextSize;
    /** Where an access of 1, 2, 4 or 8 bytes ends to lie in the context: bytes from its base that it has to begin below. */
    long contextLimit1;
    long contextLimit2;
    long contextLimit4;
    long contextLimit8;
    /** The same of the packet as it is now. */
    long packetBase;
    long packetSize;
    long packetLimit1;
    long packetLimit2;
    long packetLimit4;
    long packetLimit8;

    private final long[] tailEntry = new long[REGISTERS];
    private @Nullable Outcome outcome;
    private boolean abandoned;
    /** Bytes at the top of the stack that must be cleared before anything looks at it. */
    private int dirtyStack;
    /** The call that a routine works for, if it is not called directly. */
    int routinePc;
    private int helperPc;
    private long helperFrame;

    Run(Lane lane, Form form) {
        this.lane = lane;
        this.memory = lane.memory();
        this.machine = lane.machine();
        this.strict = machine.policy() == Policy.STRICT;
        this.stackTop = lane.stackTop();
        this.lowest = stackTop - (long) (machine.limits().frames() - 1) * GuestLayout.FRAME_SIZE;
        this.cells = lane.cells();
        this.form = form;
    }

    // ---- a run ----

    /** Runs a program from the lane's entry registers. */
    Outcome run(Form entry) {
        lane.begin(entry.stack().atStart());
        dirtyStack = entry.stack().later();
        fuel = 0;
        reserve = lane.budget();
        arenaHigh = machine.arenaHigh();
        outcome = null;
        pending = null;
        abandoned = false;
        lookAtContext();
        lookAtPacket();
        Outcome end = execute(entry);
        lane.budget(reserve + Math.max(fuel, 0));
        lane.end();
        return end;
    }

    private Outcome execute(Form entry) {
        try {
            long r0 = entry.main(this, lane.entry(), stackTop);
            if (pending != null) {
                r0 = finish(stackTop);
            }
            if (entry.observed()) {
                System.arraycopy(registers, 0, lane.exitRegisters(), 0, REGISTERS);
            }
            return new Outcome.Returned(r0);
        } catch (Ended thrown) {
            Outcome end = Objects.requireNonNull(outcome, "ended without an outcome");
            if (entry.observed()) {
                Arrays.fill(lane.exitRegisters(), 0);
                lane.exitRegisters()[0] = end instanceof Outcome.Returned(long r0) ? r0 : 0;
            }
            return end;
        }
    }

    private void lookAtContext() {
        Regions regions = lane.regions();
        contextBase = regions.base(Regions.CONTEXT);
        contextSize = regions.size(Regions.CONTEXT);
        contextLimit1 = contextSize;
        contextLimit2 = Math.max(contextSize - 1, 0);
        contextLimit4 = Math.max(contextSize - 3, 0);
        contextLimit8 = Math.max(contextSize - 7, 0);
    }

    private void lookAtPacket() {
        Regions regions = lane.regions();
        packetBase = regions.base(Regions.PACKET);
        packetSize = regions.size(Regions.PACKET);
        packetLimit1 = packetSize;
        packetLimit2 = Math.max(packetSize - 1, 0);
        packetLimit4 = Math.max(packetSize - 3, 0);
        packetLimit8 = Math.max(packetSize - 7, 0);
    }

    // ---- faults and budget ----

    /** Ends the run with a fault; the result is for throwing, so that callers see that nothing follows. */
    Ended fault(FaultKind kind, int pc, long address, int size, boolean write, String detail) {
        outcome = new Outcome.Fault(kind, form.program().index(), pc, address, size, write, detail);
        return ended;
    }

    /** Takes a unit for the event at a slot when the chunk is used up; gives the units that are left of the next chunk. */
    int refill(int pc) {
        if (lane.stopRequested()) {
            throw fault(FaultKind.STOPPED, pc, 0, 0, false, "");
        }
        if (reserve == 0) {
            throw fault(FaultKind.BUDGET, pc, 0, 0, false, "");
        }
        int units = (int) Math.min(reserve, CHUNK);
        reserve -= units;
        return units - 1;
    }

    /** Takes a unit for an event outside of generated code. */
    void takeUnit(int pc) {
        fuel = fuel > 0 ? fuel - 1 : refill(pc);
    }

    /** The fault of a local call that finds no frame left. */
    Ended callDepth(int pc) {
        return fault(FaultKind.CALL_DEPTH, pc, 0, 0, false, "the stack has " + machine.limits().frames() + " frames");
    }

    /** Sets the stack in use to that of a frame, for everything that asks the regions. */
    void frame(long r10) {
        if (dirtyStack > 0) {
            lane.clearStack(dirtyStack);
            dirtyStack = 0;
        }
        long base = r10 - GuestLayout.FRAME_SIZE;
        lane.regions().set(Regions.STACK, base, stackTop - base);
    }

    // ---- helpers ----

    /** Before a helper in Java. */
    void calling(int pc, long r10) {
        helperPc = pc;
        helperFrame = r10;
        frame(r10);
        lane.calling(form.program().index(), pc, this);
    }

    /** After a helper in Java: it may have ended the run, or moved the packet. */
    void called() {
        if (lane.interrupted()) {
            outcome = lane.pending();
            throw ended;
        }
        lookAtPacket();
    }

    /** Ends the whole program with 0, as a legacy packet load out of bounds does (Ruling 12). */
    Ended abandon() {
        outcome = new Outcome.Returned(0);
        abandoned = true;
        return ended;
    }

    @Override
    public long call(long codePointer, long r1, long r2, long r3, long r4, long r5) {
        int pc = helperPc;
        long frame = helperFrame;
        Form caller = form;
        long result = 0;
        try {
            result = callBack(caller, codePointer, pc, frame, new long[] {0, r1, r2, r3, r4, r5, 0, 0, 0, 0});
        } catch (Ended thrown) {
            if (outcome instanceof Outcome.Fault fault) {
                lane.fault(fault);
            } else if (abandoned) {
                lane.unwind(0);
            }
        }
        form = caller;
        calling(pc, frame);
        return result;
    }

    private long callBack(Form caller, long codePointer, int pc, long frame, long[] entry) {
        takeUnit(pc);
        int slot = GuestLayout.codeSlot(codePointer);
        if (slot < 0 || slot >= caller.program().slots() || !caller.program().isFunction(slot)) {
            throw fault(FaultKind.BAD_TARGET, pc, codePointer, 0, false, "no function of this program");
        }
        if (frame <= lowest) {
            throw callDepth(pc);
        }
        long r10 = frame - GuestLayout.FRAME_SIZE;
        long r0 = caller.call(this, caller.functionAt(slot), entry, r10);
        return pending == null ? r0 : finish(r10);
    }

    // ---- tail calls ----

    /** Makes a program the pending one; false if there is none, or one tail call too many (Ruling 11). */
    boolean tailCall(long map, long index) {
        int target = machine.maps().tailCall(map, index);
        LoadedProgram loaded = target < 0 ? null : machine.tailTarget(form.engine(), target);
        if (!(loaded instanceof JvmProgram program) || !lane.countTailCall()) {
            return false;
        }
        pending = program.form(form.observed() || form.passesRegisters());
        return true;
    }

    /** Runs the pending programs in a frame; gives the r0 that the last one leaves. */
    long finish(long r10) {
        Form caller = form;
        long r0 = 0;
        Form next = pending;
        while (next != null) {
            pending = null;
            tailEntry[1] = lane.entry()[1];
            r0 = next.main(this, tailEntry, r10);
            next = pending;
        }
        form = caller;
        return r0;
    }

    /** The program of the form that is running. */
    LinkedProgram program() {
        return form.program();
    }
}
