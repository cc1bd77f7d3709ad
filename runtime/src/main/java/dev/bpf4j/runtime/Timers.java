// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.map.BpfMap;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a machine: {@code struct bpf_timer} in maps' values (Ruling 14). Linux {@code kernel/bpf/helpers.c}, 6.18.
 *
 * <p>
 * <b>Problem.</b> A timer's callback runs when no program does; engines run programs only, and maps forget values without a word.
 *
 * <p>
 * <b>Structures.</b> The first word of the structure in guest space is the timer's number; here stands what belongs to the number. A timer whose
 * word in guest space is another number, because the value was deleted or written over, is gone. A callback is run as a program of its own: the
 * program that it belongs to, behind two instructions that call it and exit.
 *
 * <p>
 * <b>Time.</b> It is the clock of the lane that started the timer, which readings and {@link #pass} move on. After each run whoever runs programs
 * calls {@link #expire}: timers that are due run one after the other, by time and then by number, and those that they start in the past, too, up
 * to {@value #MOST} in one go. All that run in one go share the budget of one run ({@link Limits#budget()}); when it is used up, or so many have
 * run, the others stay due.
 *
 * <p>
 * Helpers may be called on any lane; expiring is for the lane's thread.
 */
public final class Timers {
    private static final int MOST = 10_000;
    private static final long CLOCKS = 16;
    private static final long ABSOLUTE = 1;
    private static final long FLAGS = 3;
    private static final int PREFIX_SLOTS = 2;
    private static final int FIRST_CROWD = 64;
    private static final ValueLayout.OfLong NUMBER = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Machine machine;
    private final Map<Long, Timer> timers = new HashMap<>();
    /** Those that are running, by lane, in the order in which they are due. */
    private final Map<Integer, NavigableSet<Timer>> running = new HashMap<>();
    /** More timers than this, and it is time to look which of them are gone. */
    private int crowd = FIRST_CROWD;
    private final Map<Callback, LinkedProgram> callbacks = new HashMap<>();
    private long last;
    private @Nullable Timer current;
    /** Whether there may be timers: mostly there are none, and nobody waits for the lock. */
    private volatile boolean any;

    private record Callback(LinkedProgram program, int slot) {}

    /**
     * What came of a callback.
     *
     * @param program the program that it belongs to
     * @param at      what the timer was set to, nanoseconds
     * @param outcome how the run ended
     */
    public record Ran(LinkedProgram program, long at, Outcome outcome) {}

    private static final class Timer {
        static final Comparator<Timer> BY_TIME = Comparator.comparing((Timer timer) -> timer.deadline, Long::compareUnsigned)
                .thenComparingLong(timer -> timer.number);
        static final int STOPPED = -1;

        final long number;
        final long address;
        final BpfMap map;
        @Nullable Callback callback;
        /** Lane that started it, or {@link #STOPPED}. Like the deadline, changed by {@link Timers#stop} and {@link Timers#set} only. */
        int cpu = STOPPED;
        long deadline;

        Timer(long number, long address, BpfMap map) {
            this.number = number;
            this.address = address;
            this.map = map;
        }
    }

    Timers(Machine machine) {
        this.machine = machine;
    }

    /** Forgets all timers: the machine is reset. */
    synchronized void clear() {
        timers.clear();
        running.clear();
        crowd = FIRST_CROWD;
        any = false;
        last = 0;
    }

    /** The timer at an address; null if none was initialised there. */
    private @Nullable Timer at(long address) {
        long place = address & GuestLayout.ADDRESS_MASK;
        Timer timer = timers.get(machine.memory().segment().get(NUMBER, place));
        return timer != null && timer.address == place ? timer : null;
    }

    // ---- helpers ----

    /** {@code bpf_timer_init}: 0; {@code -EINVAL} for a clock that is none of 0, 1, 7; {@code -EBUSY} if it was initialised already. */
    public synchronized long init(Lane lane, long address, BpfMap map, long flags) {
        if (flags < 0 || flags >= CLOCKS || flags != 0 && flags != 1 && flags != 7) {
            return -Errno.EINVAL;
        }
        if (at(address) != null) {
            return -Errno.EBUSY;
        }
        if (timers.size() >= crowd) {
            sweep();
            crowd = Math.max(FIRST_CROWD, 2 * timers.size());
        }
        Timer timer = new Timer(++last, address & GuestLayout.ADDRESS_MASK, map);
        timers.put(timer.number, timer);
        any = true;
        machine.memory().segment().set(NUMBER, timer.address, timer.number);
        return 0;
    }

    /** Forgets timers whose value is gone, so that there are never many more than values. */
    private void sweep() {
        timers.values().removeIf(timer -> gone(timer) && stop(timer));
    }

    private boolean gone(Timer timer) {
        return at(timer.address) != timer;
    }

    /** Ends a timer's time; always true. */
    private boolean stop(Timer timer) {
        running(timer.cpu).remove(timer);
        timer.cpu = Timer.STOPPED;
        return true;
    }

    private void set(Timer timer, int cpu, long deadline) {
        stop(timer);
        timer.cpu = cpu;
        timer.deadline = deadline;
        running(cpu).add(timer);
    }

    private NavigableSet<Timer> running(int cpu) {
        return running.computeIfAbsent(cpu, lane -> new TreeSet<>(Timer.BY_TIME));
    }

    /** {@code bpf_timer_set_callback}: 0; {@code -EINVAL} if there is no such timer; a fault if this is no function of the program. */
    public synchronized long setCallback(Lane lane, long address, long function) {
        Timer timer = at(address);
        if (timer == null) {
            return -Errno.EINVAL;
        }
        LinkedProgram program = lane.caller();
        int slot = GuestLayout.codeSlot(function);
        if (slot < 0 || slot >= program.slots() || !program.isFunction(slot)) {
            lane.fault(FaultKind.BAD_TARGET, function, 0, false, "no function of this program");
            return 0;
        }
        timer.callback = new Callback(program, slot);
        return 0;
    }

    /** {@code bpf_timer_start}: 0; {@code -EINVAL} for unknown flags, or if there is no such timer or it has no callback. */
    public synchronized long start(Lane lane, long address, long nanos, long flags) {
        Timer timer = at(address);
        if ((flags & ~FLAGS) != 0 || timer == null || timer.callback == null) {
            return -Errno.EINVAL;
        }
        long sum = clock(lane) + nanos;
        set(timer, lane.cpu(), (flags & ABSOLUTE) != 0 ? nanos : Long.compareUnsigned(sum, nanos) < 0 ? -1 : sum);
        return 0;
    }

    /** {@code bpf_timer_cancel}: 1 if it was running, else 0; {@code -EINVAL} if there is no such timer, {@code -EDEADLK} in its own callback. */
    public synchronized long cancel(Lane lane, long address) {
        Timer timer = at(address);
        if (timer == null) {
            return -Errno.EINVAL;
        }
        if (timer == current) {
            return -Errno.EDEADLK;
        }
        boolean ran = timer.cpu != Timer.STOPPED;
        stop(timer);
        return ran ? 1 : 0;
    }

    // ---- time ----

    private long clock(Lane lane) {
        return machine.memory().segment().get(NUMBER, lane.cells() + GuestLayout.CELL_CLOCK);
    }

    /** How many timers are running on a lane. */
    public synchronized int pending(Lane lane) {
        sweep();
        return running(lane.cpu()).size();
    }

    /**
     * Runs the timers of a lane that are due by its clock. What the host has put into the lane for the next run stays.
     *
     * @return what came of each, in order; mostly empty
     */
    public List<Ran> expire(Engine engine, Lane lane) {
        return any ? expire(engine, lane, clock(lane)) : List.of();
    }

    /**
     * Lets time pass on a lane, from one timer that becomes due to the next, and runs them as {@link #expire} does.
     *
     * @param nanos not negative
     * @return what came of each, in order
     */
    public List<Ran> pass(Engine engine, Lane lane, long nanos) {
        long sum = clock(lane) + nanos;
        long end = Long.compareUnsigned(sum, nanos) < 0 ? -1 : sum;
        List<Ran> ran = expire(engine, lane, end);
        forward(lane, end);
        return ran;
    }

    private List<Ran> expire(Engine engine, Lane lane, long end) {
        List<Ran> ran = new ArrayList<>();
        long[] entry = lane.entry().clone();
        long left = machine.limits().budget();
        try {
            for (Timer due = due(lane, end); due != null; due = ran.size() < MOST && left > 0 ? due(lane, end) : null) {
                forward(lane, due.deadline);
                lane.allow(left);
                ran.add(run(engine, lane, due));
                left = Math.min(left, lane.budget());
            }
        } finally {
            lane.allow(machine.limits().budget());
        }
        System.arraycopy(entry, 0, lane.entry(), 0, entry.length);
        return ran;
    }

    /** Moves a lane's clock on to a time, unless it is later already. */
    private void forward(Lane lane, long time) {
        if (Long.compareUnsigned(clock(lane), time) < 0) {
            machine.memory().segment().set(NUMBER, lane.cells() + GuestLayout.CELL_CLOCK, time);
        }
    }

    /** The next timer of a lane that is due at a time, no longer running; null if none is. */
    private synchronized @Nullable Timer due(Lane lane, long time) {
        NavigableSet<Timer> timersOfLane = running(lane.cpu());
        while (!timersOfLane.isEmpty() && Long.compareUnsigned(timersOfLane.first().deadline, time) <= 0) {
            Timer first = timersOfLane.first();
            stop(first);
            if (!gone(first)) {
                return first;
            }
        }
        return null;
    }

    private Ran run(Engine engine, Lane lane, Timer timer) {
        Callback callback;
        synchronized (this) {
            callback = Objects.requireNonNull(timer.callback, "a timer that was started has a callback");
            current = timer;
        }
        try {
            LoadedProgram loaded = machine.load(engine, linked(callback));
            return new Ran(callback.program(), timer.deadline, call(loaded, lane, timer));
        } catch (LoadException e) {
            return new Ran(callback.program(), timer.deadline, new Outcome.Fault(FaultKind.HELPER_FAILED, callback.program().index(),
                    callback
                            .slot(), 0, 0, false, "engine " + engine.name() + " does not take the timer's callback: " + e.getMessage()));
        } finally {
            synchronized (this) {
                current = null;
            }
        }
    }

    /** The callback gets map, key and value. */
    private static Outcome call(LoadedProgram loaded, Lane lane, Timer timer) {
        byte[] key = timer.map.keyOf(timer.address);
        long keys = GuestLayout.lane(lane.cpu()) + GuestLayout.SCRATCH;
        Arrays.fill(lane.entry(), 0);
        lane.entry()[1] = timer.map.handle();
        lane.entry()[2] = keys;
        lane.entry()[3] = timer.map.valueAt(timer.address);
        if (key.length == 0) {
            return loaded.run(lane);
        }
        lane.write(keys, key);
        lane.openRegion(new Region(timer.map.definition().name() + " key", keys, key.length, false));
        try {
            return loaded.run(lane);
        } finally {
            lane.closeRegion(keys);
        }
    }

    // ---- callbacks as programs ----

    private synchronized LinkedProgram linked(Callback callback) throws LoadException {
        LinkedProgram known = callbacks.get(callback);
        if (known == null) {
            known = machine.link(around(callback.program().source(), callback.slot()));
            callbacks.put(callback, known);
        }
        return known;
    }

    /** A program that calls a function of another one and exits. */
    private static Program around(Program source, int slot) {
        byte[] prefix = Encoding.encode(List.of(new Insn(Isa.bpf().get("call_local"), 0, 1, 0, slot + PREFIX_SLOTS - 1, 0), new Insn(Isa
                .bpf().get("exit"), 0, 0, 0, 0, 0)),
                source.order());
        byte[] code = ByteBuffer.allocate(prefix.length + source.code().length).put(prefix).put(source.code()).array();
        List<Program.Function> functions = new ArrayList<>();
        functions.add(new Program.Function("timer", 0));
        functions.add(new Program.Function(source.name(), PREFIX_SLOTS));
        source.functions().stream().filter(function -> function.slot() > 0).forEach(function -> functions.add(new Program.Function(function
                .name(), function.slot() + PREFIX_SLOTS)));
        Map<Integer, String> poisoned = new TreeMap<>();
        source.poisoned().forEach((at, reason) -> poisoned.put(at + PREFIX_SLOTS, reason));
        List<Program.Line> lines = source.lines().stream().map(line -> new Program.Line(line.slot() + PREFIX_SLOTS, line.file(), line
                .line(),
                line.column(), line.text())).toList();
        return new Program(source.name() + " timer", source.type(), source.section(), source.order(), code, functions, source.maps(), source
                .variables(), source.kfuncs(), poisoned, lines, source.license());
    }
}
