// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.SourceException;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.LinkedObject;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapEvent;
import dev.bpf4j.runtime.world.World;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * A virtual machine for eBPF programs: programs, their maps, and lanes to run them on. Everything that a program can reach belongs to one
 * machine; programs that are to share maps are loaded into the same one.
 *
 * <p>
 * Loading is for one thread at a time. A {@link VmProgram} runs on one lane; different lanes may be used by different threads at the same time.
 */
public final class Vm implements AutoCloseable {
    private final Machine machine;
    private final Engine engine;

    private Vm(Builder builder) {
        this.engine = builder.engine;
        this.machine = new Machine(builder.settings.withHelpers(builder.helpers));
        machine.onTrace(builder.trace);
    }

    /** A machine with the defaults: one lane, strict, the limits of {@link Limits#DEFAULT}, Linux's helpers, the automatic choice of engine. */
    public static Vm create() {
        return builder().build();
    }

    /** To make a machine with other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a machine is made of. For one thread; can be used again. */
    public static final class Builder {
        private Machine.Settings settings = Machine.Settings.standard();
        private HelperTable helpers = HelperTable.linux();
        private Engine engine = new AutoEngine();
        private Consumer<String> trace = line -> {
            // nobody listens
        };

        private Builder() {
        }

        /** What surrounds the machine: interfaces, routes, sockets, the current task. */
        public Builder world(World world) {
            settings = settings.withWorld(world);
            return this;
        }

        /** Where the clock starts and what each reading of it adds, nanoseconds. */
        public Builder clock(long start, long step) {
            settings = new Machine.Settings(settings.policy(), settings.limits(), settings.lanes(), settings.helpers(), start, step,
                    settings
                            .seed(), settings.world());
            return this;
        }

        /** What is checked; {@link Policy#STRICT} unless said otherwise. */
        public Builder policy(Policy policy) {
            settings = settings.withPolicy(policy);
            return this;
        }

        /** What a run may use up. */
        public Builder limits(Limits limits) {
            settings = settings.withLimits(limits);
            return this;
        }

        /**
         * Units of work that a run may take: one per backward jump, call and helper call.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder budget(long units) {
            return limits(settings.limits().withBudget(units));
        }

        /**
         * How many lanes there are, that is, how many threads can run programs at the same time.
         *
         * @throws IllegalArgumentException if there are none or too many
         */
        public Builder lanes(int count) {
            settings = settings.withLanes(count);
            return this;
        }

        /**
         * The engine by its name, instead of the automatic choice.
         *
         * @throws IllegalArgumentException if there is none of this name, or it cannot run on this host; says which there are, or why
         */
        public Builder engine(String name) {
            Engine found = Engines.named(name).orElseThrow(() -> new IllegalArgumentException("no engine " + name + "; there are " + Engines
                    .all().stream().map(Engine::name).toList()));
            found.unavailable().ifPresent(reason -> {
                throw new IllegalArgumentException("engine " + name + " cannot run here: " + reason);
            });
            engine = found;
            return this;
        }

        /** A helper of the host's own, or another one in place of Linux's with this number. Any thread that runs a program calls it. */
        public Builder helper(int number, String name, HelperFunction function) {
            helpers = helpers.with(number, name, function);
            return this;
        }

        /** A kernel function of the host's own, which programs call by name, or another one in place of a known one. */
        public Builder kfunc(String name, HelperFunction function) {
            helpers = helpers.withKfunc(name, function);
            return this;
        }

        /** Lets programs see the host's clock; otherwise each reading of the clock is a fixed step after the one before. */
        public Builder realClock() {
            helpers = helpers.withRealClock();
            return this;
        }

        /** Lets programs have random numbers that nobody can foresee; otherwise they come from a generator with a fixed start. */
        public Builder realRandom() {
            helpers = helpers.withRealRandom();
            return this;
        }

        /** Who gets what programs print with {@code bpf_trace_printk}, a line at a time, from the threads that run them. */
        public Builder trace(Consumer<String> sink) {
            trace = sink;
            return this;
        }

        /** Makes the machine. Takes milliseconds. */
        public Vm build() {
            return new Vm(this);
        }
    }

    // ---- loading ----

    /**
     * Loads all programs and maps of an object that clang made.
     *
     * @throws LoadException if the file cannot be read, or something in it is refused; names place and reason
     */
    public VmObject load(Path object) throws LoadException {
        return link(BpfObject.load(object));
    }

    /**
     * Loads all programs and maps of an object.
     *
     * @param name for messages
     * @throws LoadException if something in it is refused; names place and reason
     */
    public VmObject load(byte[] object, String name) throws LoadException {
        return link(BpfObject.parse(object, name));
    }

    /**
     * Loads all programs and maps of an object that was read before, with options.
     *
     * @throws LoadException if something in it is refused; names place and reason
     */
    public VmObject load(BpfObject object) throws LoadException {
        return link(object);
    }

    private VmObject link(BpfObject object) throws LoadException {
        Collection<Program> wanted = object.programs();
        LinkedObject linked = LinkedObject.link(object, machine, wanted);
        List<VmProgram> programs = new ArrayList<>();
        for (LinkedProgram program : linked.programs()) {
            programs.add(program(program));
        }
        return new VmObject(object, programs);
    }

    /**
     * Loads bytecode as a program over raw memory: r1 is its address, r2 its length.
     *
     * @param name for messages
     * @throws LoadException if it is refused; names instruction and reason
     */
    public VmProgram load(String name, byte[] bytecode, ByteOrder order) throws LoadException {
        return program(machine.link(Program.raw(name, order, bytecode)));
    }

    /**
     * Assembles a text, in the kernel's or in RFC 9669's notation, and loads it like bytecode.
     *
     * @param name for messages
     * @throws SourceException if the text is wrong; names line and column
     * @throws LoadException   if the program is refused
     */
    public VmProgram assemble(String name, String text) throws LoadException {
        return load(name, new Assembler(Isa.bpf()).assemble(name, text, ByteOrder.LITTLE_ENDIAN), ByteOrder.LITTLE_ENDIAN);
    }

    private VmProgram program(LinkedProgram linked) throws LoadException {
        return new VmProgram(engine, machine.load(engine, linked), machine.lane(0));
    }

    // ---- maps ----

    /**
     * A map as the host sees it.
     *
     * @param name   as the program declares it
     * @param keys   how keys are written
     * @param values how values are written
     * @throws IllegalArgumentException if there is no such map, or it has keys or values of other sizes
     */
    public <K, V> MapView<K, V> map(String name, Codec<K> keys, Codec<V> values) {
        return new MapView<>(find(name), keys, values);
    }

    /**
     * Puts a record into a ring that programs read.
     *
     * @return 0 or a negated error number, as {@link BpfMap#feed}
     * @throws IllegalArgumentException if there is no such map
     */
    public long feed(String name, byte[] sample) {
        return find(name).feed(sample);
    }

    /**
     * Puts a map into a map of maps.
     *
     * @return 0 or a negated error number, as {@link dev.bpf4j.runtime.map.Maps#setMap}
     */
    public <K> long putMap(BpfMap outer, Codec<K> keys, K key, BpfMap inner) {
        return machine.maps().setMap(outer, keys.encode(key), inner);
    }

    private BpfMap find(String name) {
        BpfMap map = machine.maps().find(name);
        if (map == null) {
            throw new IllegalArgumentException("no map " + name + "; there are " + machine.maps().all().stream().map(m -> m.definition()
                    .name()).toList());
        }
        return map;
    }

    /** Sets who gets what programs send through ring buffers and perf event arrays, from the threads that run them. */
    public void onEvent(Consumer<MapEvent> listener) {
        machine.maps().onEvent(listener);
    }

    // ---- running ----

    /** Number of lanes. */
    public int lanes() {
        return machine.lanes();
    }

    /** Asks all running programs to end; they do so at their next backward jump or call, with a fault STOPPED. Any thread. */
    public void stop() {
        for (int lane = 0; lane < machine.lanes(); lane++) {
            machine.lane(lane).stop();
        }
    }

    /** Brings memory, maps, clock and random numbers back to where they were after loading. No program may be running. */
    public void reset() {
        machine.reset();
    }

    /** The machine below, for everything that has no method here. */
    public Machine machine() {
        return machine;
    }

    /** Gives everything back. No program may be running. */
    @Override
    public void close() {
        machine.close();
    }
}
