// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One CPU of a machine: stack, context, packet, budget, clock cells. Serves one thread at a time; only {@link #stop()} may be called from
 * another.
 *
 * <p>
 * A run goes: the host fills context and packet and sets the entry registers; the engine calls {@link #begin}, runs, and leaves the outcome;
 * the host reads packet, context and maps. What the host filled in stays until it is replaced, so that a run can be repeated.
 */
public final class Lane {
    private final Machine machine;
    private final int cpu;
    private final long base;
    private final MemorySegment memory;
    private final Regions regions = new Regions();
    private final long[] entry = new long[10];
    private final long[] exit = new long[10];

    private long budget;
    /** Units of budget that a run starts with. */
    private long allowed;
    /** Bytes at the top of the stack that may be other than 0, and so many of them that the current run has found and left. */
    private int dirtyStack;
    private int keptDirty;
    private int tailCalls;
    private volatile boolean stop;
    private Outcome.@Nullable Fault fault;
    private boolean unwinding;
    private long unwindValue;
    private int callProgram;
    private int callPc;
    private @Nullable Callback callback;
    private final IdentityHashMap<Object, Object> attachments = new IdentityHashMap<>();
    private @Nullable Object lastKey;
    private @Nullable Object lastKept;
    private @Nullable Object environment;
    private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();
    private volatile boolean changed;
    private final LinkedHashMap<Long, Runnable> held = new LinkedHashMap<>();

    Lane(Machine machine, int cpu) {
        this.machine = machine;
        this.cpu = cpu;
        this.base = GuestLayout.lane(cpu);
        this.memory = machine.memory().segment();
        this.allowed = machine.limits().budget();
        regions.set(Regions.CONTEXT, contextBase(), 0);
        regions.set(Regions.PACKET, packetBuffer(), 0);
        resetStack();
    }

    /** The machine that this lane belongs to. */
    public Machine machine() {
        return machine;
    }

    /** The lane's number, what {@code bpf_get_smp_processor_id} returns. */
    public int cpu() {
        return cpu;
    }

    /** The guest space; offset = guest address. */
    public MemorySegment memory() {
        return memory;
    }

    /** What a program on this lane may touch now. */
    public Regions regions() {
        return regions;
    }

    /** r10 of the main frame. */
    public long stackTop() {
        return base + GuestLayout.STACK_TOP;
    }

    /** Where the context or raw memory lies. */
    public long contextBase() {
        return base + GuestLayout.CONTEXT;
    }

    /** Where the packet's headroom starts. */
    public long packetBuffer() {
        return base + GuestLayout.PACKET;
    }

    /** Where the lane's cells lie ({@link GuestLayout#CELL_CLOCK} and its neighbours). */
    public long cells() {
        return base + GuestLayout.LANE_CELLS;
    }

    /**
     * r0 to r9 at entry; index = register. The host may set any of them; {@link #raw} and the contexts set r1 and r2 and clear the rest. The
     * array is live.
     */
    public long[] entry() {
        return entry;
    }

    /** r0 to r9 at the exit of an observed run; index = register. The array is live; engines fill it. */
    public long[] exitRegisters() {
        return exit;
    }

    /**
     * Makes bytes the raw memory of the next runs: r1 = its address, r2 = its length, all other registers 0. No bytes: r1 = 0.
     *
     * @throws IllegalArgumentException if there are more than {@link GuestLayout#CONTEXT_MAX}
     */
    public void raw(byte[] bytes) {
        context(bytes);
        entry[1] = bytes.length == 0 ? 0 : contextBase();
        entry[2] = bytes.length;
    }

    /**
     * Makes bytes the context of the next runs: r1 = its address, all other registers 0, and no packet.
     *
     * @throws IllegalArgumentException if there are more than {@link GuestLayout#CONTEXT_MAX}
     */
    public void context(byte[] bytes) {
        if (bytes.length > GuestLayout.CONTEXT_MAX) {
            throw new IllegalArgumentException("a context has at most " + GuestLayout.CONTEXT_MAX + " bytes, this one has " + bytes.length);
        }
        GuestBytes.write(bytes, memory, contextBase());
        regions.set(Regions.CONTEXT, contextBase(), bytes.length);
        regions.set(Regions.PACKET, packetBuffer(), 0);
        environment = null;
        Arrays.fill(entry, 0);
        entry[1] = contextBase();
    }

    /** Bytes of the context as they are now; a copy. */
    public byte[] contextBytes() {
        return read(contextBase(), Math.toIntExact(regions.size(Regions.CONTEXT)));
    }

    /** Copies bytes out of the guest space, without any check of regions. The range must lie in the space. */
    public byte[] read(long address, int bytes) {
        return GuestBytes.read(memory, address & GuestLayout.ADDRESS_MASK, bytes);
    }

    /** Copies bytes into the guest space, without any check of regions. The range must lie in the space. */
    public void write(long address, byte[] bytes) {
        GuestBytes.write(bytes, memory, address & GuestLayout.ADDRESS_MASK);
        dirtyStack = machine.limits().stackSize();
    }

    // ---- the run, for engines ----

    /**
     * Starts a run: clears the stack if it may be dirty, fills the budget, forgets the last run's fault and stop request.
     *
     * @param clearsStack whether the program could see what an earlier run left in the stack
     */
    public void begin(boolean clearsStack) {
        begin(clearsStack ? machine.limits().stackSize() : 0);
    }

    /**
     * As {@link #begin(boolean)}, for engines that know how much of the stack a program can see.
     *
     * @param stackBytes bytes at the top of the stack that are zero afterwards, at most {@link Limits#stackSize()}
     */
    public void begin(int stackBytes) {
        catchUp();
        int dirty = dirtyStack;
        clearStack(Math.min(stackBytes, dirty));
        keptDirty = stackBytes >= dirty ? 0 : dirty;
        dirtyStack = machine.limits().stackSize();
        resetStack();
        budget = allowed;
        tailCalls = 0;
        fault = null;
        unwinding = false;
        if (stop) {
            stop = false; // a volatile store is dear, and hardly ever needed
        }
    }

    /** Clears so many bytes at the top of the stack; for engines that put it off until a program comes near the stack. */
    public void clearStack(int bytes) {
        if (bytes > 0) {
            GuestBytes.clear(memory, stackTop() - bytes, bytes);
        }
    }

    /**
     * Tells, after a run, how much of the stack it has written at most. Without this the next run takes all of it for written. Only for engines that
     * know it of everything that ran, helpers included, and only where no other lane's program can write this lane's stack.
     *
     * @param bytes at the top of the stack
     */
    public void wroteStack(int bytes) {
        dirtyStack = Math.max(keptDirty, bytes);
    }

    private void resetStack() {
        regions.set(Regions.STACK, stackTop() - GuestLayout.FRAME_SIZE, GuestLayout.FRAME_SIZE);
    }

    /** Units of budget left. Engines that count elsewhere write it back before a helper call and read it again after. */
    public long budget() {
        return budget;
    }

    /** Sets the units of budget left. */
    public void budget(long units) {
        budget = units;
    }

    /** Sets the units of budget that the next runs start with; {@link Limits#budget()} unless several runs share them. */
    void allow(long units) {
        allowed = units;
    }

    /** Counts a tail call; false if the limit is reached, then nothing is counted (Ruling 11). */
    public boolean countTailCall() {
        if (tailCalls >= machine.limits().tailCalls()) {
            return false;
        }
        tailCalls++;
        return true;
    }

    /** Asks the running program to end with {@link FaultKind#STOPPED}; it does so at the next event that takes budget. Any thread. */
    public void stop() {
        stop = true;
    }

    /** Whether somebody asked to stop. */
    public boolean stopRequested() {
        return stop;
    }

    /**
     * Ends a run, whatever its outcome: gives back what the program still holds, locks and reservations (Ruling 14), in the reverse order of
     * taking. Engines call it last.
     */
    public void end() {
        while (!held.isEmpty()) {
            held.pollLastEntry().getValue().run();
        }
    }

    // ---- what other lanes have changed ----

    /** Keeps a change of this lane's regions until its own thread comes by. Any thread. */
    void later(Runnable change) {
        changes.add(change);
        changed = true;
    }

    private void catchUp() {
        if (changed) {
            changed = false;
            for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
                change.run();
            }
        }
    }

    // ---- helper calls ----

    /**
     * Tells the lane which call is being made, before a helper runs: faults that the helper raises carry this place.
     *
     * @param program  index of the running program
     * @param pc       slot of the call
     * @param callback how the helper calls back
     */
    public void calling(int program, int pc, Callback callback) {
        catchUp();
        this.callProgram = program;
        this.callPc = pc;
        this.callback = callback;
    }

    /** Calls back into the program, for helpers; see {@link Callback#call}. */
    public long call(long codePointer, long r1, long r2, long r3, long r4, long r5) {
        return Objects.requireNonNull(callback, "no helper call is running").call(codePointer, r1, r2, r3, r4, r5);
    }

    /** Whether a helper must return at once and the engine must end the run: a fault is pending, or an unwind. */
    public boolean interrupted() {
        return fault != null || unwinding;
    }

    /** How the run ends because of what a helper did: the pending fault, or the unwind's value. Only if {@link #interrupted()}. */
    public Outcome pending() {
        return fault != null ? fault : new Outcome.Returned(unwindValue);
    }

    /** Raises a fault at the call that is being made. The first one counts. */
    public void fault(FaultKind kind, long address, int size, boolean write, String detail) {
        if (fault == null) {
            fault = new Outcome.Fault(kind, callProgram, callPc, address, size, write, detail);
        }
    }

    /** Passes on a fault that happened inside a callback, place and all. */
    public void fault(Outcome.Fault inner) {
        if (fault == null) {
            fault = inner;
        }
    }

    /** Ends the program as if main had returned this value (Ruling 17). */
    public void unwind(long r0) {
        unwinding = true;
        unwindValue = r0;
    }

    /**
     * Checks a helper's pointer argument as an access at the call (Ruling 14) and raises the fault if it is not allowed. Under
     * {@link Policy#SANDBOX} everything is allowed.
     *
     * @param bytes at least 0
     * @return whether the helper may go on
     */
    public boolean check(long address, int bytes, boolean write) {
        if (machine.policy() == Policy.SANDBOX || regions.find(address, bytes, write) >= 0) {
            return true;
        }
        fault(FaultKind.BAD_ACCESS, address, bytes, write, "argument of a helper");
        return false;
    }

    /**
     * Makes a range accessible to the program on this lane: a reservation, a key handed to a callback. Ended by {@link #closeRegion}.
     */
    public void openRegion(Region region) {
        regions.add(region);
    }

    /** Ends a range added by {@link #openRegion}, named by its first address. */
    public void closeRegion(long start) {
        regions.remove(start);
    }

    /**
     * Keeps what must be done at the end of the run unless {@link #drop} comes first: giving back a lock or a reservation.
     *
     * @param address what is held, by its guest address; not held already
     */
    public void hold(long address, Runnable release) {
        held.putLast(address, release);
    }

    /** Forgets what was kept by {@link #hold} for this address and gives it; null if nothing was. */
    public @Nullable Runnable drop(long address) {
        return held.remove(address);
    }

    /** Whether something is kept by {@link #hold} for this address. */
    public boolean holds(long address) {
        return held.containsKey(address);
    }

    /** The program that makes the helper call. */
    public LinkedProgram caller() {
        return machine.programs().get(callProgram);
    }

    /** Byte order of the program that makes the call; for helpers. */
    public ByteOrder order() {
        return machine.programs().get(callProgram).source().order();
    }

    // ---- what engines and contexts keep with a lane ----

    /** An attachment that holds something; it is closed when the machine is. */
    public interface Attachment extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * What an engine keeps with this lane for as long as there is the machine.
     *
     * @param key   who keeps it: the engine, or a part of it; compared by identity
     * @param maker makes it at the first call
     */
    @SuppressWarnings("ReferenceEquality") // an engine is the one that it is
    public <T> T attachment(Object key, Class<T> type, Supplier<T> maker) {
        if (key != lastKey) {
            Object kept = attachments.get(key);
            if (kept == null) {
                kept = maker.get();
                attachments.put(key, kept);
            }
            lastKey = key;
            lastKept = kept;
        }
        return type.cast(Objects.requireNonNull(lastKept));
    }

    void close() {
        for (Object kept : attachments.values()) {
            if (kept instanceof Attachment holder) {
                holder.close();
            }
        }
        attachments.clear();
        lastKey = null;
        lastKept = null;
    }

    /** The context's host-side truth (packet bounds, socket buffer fields), which a program cannot change behind the host's back. */
    public @Nullable Object environment() {
        return environment;
    }

    /** Keeps the context's host-side truth with this lane. */
    public void environment(@Nullable Object truth) {
        environment = truth;
    }
}
