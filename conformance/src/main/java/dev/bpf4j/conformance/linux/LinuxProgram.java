// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A program of a machine, loaded into the kernel.
 *
 * <p>
 * Problem: the kernel tells 32 bits of r0. So an epilogue stores registers, as many as the verifier lets it read: all of them, those that a call
 * leaves, r0; what could be stored is {@link #stored()}. If even that is refused while the bare program is taken, the program runs bare and r0 is
 * what the kernel tells, zero extended.
 */
public final class LinuxProgram implements LoadedProgram {
    private final LinuxEngine engine;
    private final SharedMachine shared;
    private final LinkedProgram linked;
    private final LinuxTypes.Given given;
    private @Nullable Loaded loaded;
    private boolean closed;

    /**
     * What is in the kernel now.
     *
     * @param memory the raw memory, for programs over raw memory
     * @param shape  what a program over raw memory was loaded for
     * @param stored bits of the registers that the epilogue stores; 0 if there is none
     */
    private record Loaded(KernelProgram program, @Nullable KernelMap memory, Shape shape, int stored) {
        void close() {
            program.close();
            if (memory != null) {
                memory.close();
            }
        }
    }

    /**
     * What the verifier is told about the entry of a program over raw memory; another one needs another load.
     *
     * @param memory    bytes of memory
     * @param entries   what the registers hold
     * @param constants the values of those that are constant, else 0
     */
    private record Shape(int memory, List<Instrumentation.Entry> entries, List<Long> constants) {
        static final Shape NONE = new Shape(0, List.of(), List.of());

        static Shape of(Lane lane, int memory) {
            List<Instrumentation.Entry> entries = new ArrayList<>();
            List<Long> constants = new ArrayList<>();
            for (int register = 0; register < Instrumentation.REGISTERS; register++) {
                long value = lane.entry()[register];
                boolean pointer = register == 1 && memory > 0 && value == lane.contextBase();
                boolean known = value == 0 || register == 2 && value == memory;
                entries.add(pointer ? Instrumentation.Entry.MEMORY
                        : known ? Instrumentation.Entry.CONSTANT : Instrumentation.Entry.UNKNOWN);
                constants.add(known ? value : 0);
            }
            return new Shape(memory, List.copyOf(entries), List.copyOf(constants));
        }
    }

    private LinuxProgram(LinuxEngine engine, SharedMachine shared, LinkedProgram linked, LinuxTypes.Given given) {
        this.engine = engine;
        this.shared = shared;
        this.linked = linked;
        this.given = given;
    }

    /** Loads a program; the shared machine stays the caller's if this fails. */
    static LinuxProgram load(LinuxEngine engine, SharedMachine shared, LinkedProgram linked) throws LoadException, KernelRefusal {
        LinuxProgram program = new LinuxProgram(engine, shared, linked, LinuxTypes.given(linked.source()));
        shared.descriptors(linked.source().maps());
        if (RealWorld.calls(linked.source(), "get_smp_processor_id")) {
            shared.pin();
        }
        if (program.given != LinuxTypes.Given.MEMORY) {
            program.loaded = program.load(Shape.NONE, null, Instrumentation.RESULT);
        }
        return program;
    }

    /**
     * Loads with as many registers stored as the verifier allows.
     *
     * @param widest the most that is worth trying
     */
    private Loaded load(Shape shape, @Nullable KernelMap memory, int widest) throws KernelRefusal, LoadException {
        Program source = linked.source();
        List<Integer> maps = shared.descriptors(source.maps());
        KernelProgram.Type type = LinuxTypes.of(source);
        byte[] prologue = prologue(shape, memory);
        for (int stored : new int[] {Instrumentation.ALL, Instrumentation.AFTER_CALL, Instrumentation.RESULT}) {
            if ((stored & ~widest) == 0) {
                KernelProgram program = tryLoad(type, KernelCode.dressed(source.code(), prologue, Instrumentation.epilogue(shared.state()
                        .fd(), stored),
                        maps));
                if (program != null) {
                    return new Loaded(program, memory, shape, stored);
                }
            }
        }
        // the last word has the program without an epilogue: its log counts the program's own slots
        return new Loaded(KernelProgram.load(type, KernelCode.dressed(source.code(), prologue, new byte[0], maps)), memory, shape, 0);
    }

    private byte[] prologue(Shape shape, @Nullable KernelMap memory) {
        if (given != LinuxTypes.Given.MEMORY) {
            return new byte[0];
        }
        long[] constants = shape.constants().stream().mapToLong(Long::longValue).toArray();
        return Instrumentation.prologue(shared.state().fd(), 0, shape.entries(), constants, memory == null ? 0 : memory.fd());
    }

    private static @Nullable KernelProgram tryLoad(KernelProgram.Type type, byte[] code) {
        try {
            return KernelProgram.load(type, code);
        } catch (KernelRefusal e) {
            return null; // the next, smaller epilogue is tried; the last refusal is the one that counts
        }
    }

    @Override
    public LinkedProgram program() {
        return linked;
    }

    /** Bits of the registers r0 to r9 that an observed run tells; the others are given as 0. Known after the first run. */
    public int stored() {
        synchronized (shared) {
            return loaded == null ? 0 : loaded.stored();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws RunRefused if the kernel does not take the input
     */
    @Override
    public Outcome run(Lane lane) {
        return observe(lane);
    }

    /**
     * {@inheritDoc} Registers that could not be stored are 0 ({@link #stored()}).
     *
     * @throws RunRefused if the kernel does not take the input
     */
    @Override
    public Outcome observe(Lane lane) {
        return ask(lane, 1).outcome();
    }

    /**
     * Runs the program many times in the kernel, which measures: nanoseconds per run, without the system call but with some 15 instructions
     * around the program. The packet is not restored in between. Only for programs over packets and raw memory.
     *
     * @throws RunRefused if the kernel does not take the input
     */
    public int nanosPerRun(Lane lane, int times) {
        return ask(lane, times).nanos();
    }

    private record Answer(Outcome outcome, int nanos) {}

    private Answer ask(Lane lane, int times) {
        // before the lock: loading takes the machine's own lock, under which others load and want ours
        Map<Integer, LinuxProgram> targets = tailCallTargets(lane.machine());
        synchronized (shared) {
            if (closed) {
                throw new IllegalStateException("program " + linked.source().name() + " is closed");
            }
            try {
                return ask(lane, times, targets);
            } catch (KernelRefusal e) {
                throw new RunRefused(e);
            } catch (LoadException e) {
                throw new RunRefused(e);
            }
        }
    }

    private Answer ask(Lane lane, int times, Map<Integer, LinuxProgram> targets) throws KernelRefusal, LoadException {
        Loaded ready = ready(lane);
        MemorySegment state = shared.state().mapped();
        LaneExchange exchange = new LaneExchange(lane, given, linked.source().type(), ready.memory());
        KernelOutput output = shared.run(lane.cpu(), index -> Objects.requireNonNull(targets.get(index)).descriptor(), () -> {
            Instrumentation.set(state, lane.entry());
            return exchange.take(ready.program().run(exchange.give().repeated(times)));
        });
        boolean reached = Instrumentation.reached(state);
        long[] registers = Instrumentation.get(state, reached ? ready.stored() : 0);
        if (!reached) {
            registers[0] = Integer.toUnsignedLong(output.returned());
        }
        System.arraycopy(registers, 0, lane.exitRegisters(), 0, registers.length);
        return new Answer(new Outcome.Returned(registers[0]), output.nanos());
    }

    /** What is loaded for the lane's input; a program over raw memory is loaded again if the memory's size or the known registers changed. */
    private Loaded ready(Lane lane) throws KernelRefusal, LoadException {
        Loaded now = loaded;
        if (given != LinuxTypes.Given.MEMORY) {
            return Objects.requireNonNull(now);
        }
        Shape shape = Shape.of(lane, Math.toIntExact(lane.regions().size(Regions.CONTEXT)));
        if (now != null && now.shape().equals(shape)) {
            return now;
        }
        if (now != null) {
            now.close();
            loaded = null;
        }
        KernelMap memory = shape.memory() == 0 ? null : KernelMap.array("memory", shape.memory(), true);
        try {
            now = load(shape, memory, Instrumentation.ALL);
            loaded = now;
            return now;
        } finally {
            if (loaded == null && memory != null) {
                memory.close();
            }
        }
    }

    /** The programs that the machine's program arrays name, as this engine has loaded them, by index in the machine. */
    private Map<Integer, LinuxProgram> tailCallTargets(Machine machine) {
        Map<Integer, LinuxProgram> targets = new HashMap<>();
        Set<Integer> wanted = new TreeSet<>();
        for (BpfMap map : machine.maps().all()) {
            if (map.type().storage() == MapType.Storage.PROGRAMS) {
                map.forEach((key, value) -> wanted.add(SharedMap.Programs.program(value)));
            }
        }
        for (int index : wanted) {
            try {
                targets.put(index, (LinuxProgram) machine.load(engine, machine.programs().get(index)));
            } catch (LoadException e) {
                throw new RunRefused(e);
            }
        }
        return targets;
    }

    private int descriptor() throws KernelRefusal {
        Loaded now = loaded;
        if (now == null) {
            throw new KernelRefusal("a tail call of program " + linked.source().name() + ", which runs over raw memory,", -Errno.EINVAL
                    .number(), "");
        }
        return now.program().fd();
    }

    @Override
    public void close() {
        synchronized (shared) {
            if (closed) {
                return;
            }
            closed = true;
            if (loaded != null) {
                loaded.close();
            }
        }
        shared.release();
    }
}
