// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import dev.bpf4j.runtime.helper.HelperTable;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.Maps;
import dev.bpf4j.runtime.world.Sockets;
import dev.bpf4j.runtime.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One guest: its memory, maps, linked programs and lanes. Everything that engines share; an engine adds only the way to execute.
 *
 * <p>
 * Linking and map creation are for one thread; afterwards each lane may be used by a thread of its own.
 */
public final class Machine implements AutoCloseable {
    private final GuestMemory memory;
    private final Policy policy;
    private final Limits limits;
    private final HelperTable helpers;
    private final Maps maps;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<LinkedProgram> programs = new ArrayList<>();
    private final Map<Key, LoadedProgram> loaded = new HashMap<>();
    private final Map<String, Long> variables = new HashMap<>();
    private final Settings settings;
    private final Timers timers = new Timers(this);
    private long arenaHigh;
    private boolean closed;
    private volatile Consumer<String> traceSink = line -> {
        // nobody listens
    };

    private record Key(String engine, int program) {}

    /**
     * What a machine is made of.
     *
     * @param policy     what is checked
     * @param limits     what a run may use up
     * @param lanes      CPUs, 1 to {@link GuestLayout#MAX_LANES}
     * @param helpers    the helpers that programs find
     * @param clockStart first value of the deterministic clock, nanoseconds (Ruling 18)
     * @param clockStep  what each reading of the clock adds, nanoseconds
     * @param seed       start of the deterministic random generator
     * @param world      what helpers are told about the machine's surroundings
     */
    public record Settings(Policy policy, Limits limits, int lanes, HelperTable helpers, long clockStart, long clockStep, long seed,
            World world) {
        /** Strict, one lane, default limits, Linux helpers, clock from 1 s in steps of 1 µs. */
        public static Settings standard() {
            return new Settings(Policy.STRICT, Limits.DEFAULT, 1, HelperTable.linux(), 1_000_000_000L, 1_000L, 0x9e37_79b9_7f4a_7c15L,
                    World.STANDARD);
        }

        /** Settings with nothing described of the surroundings. */
        public Settings(Policy policy, Limits limits, int lanes, HelperTable helpers, long clockStart, long clockStep, long seed) {
            this(policy, limits, lanes, helpers, clockStart, clockStep, seed, World.STANDARD);
        }

        /** @throws IllegalArgumentException if the number of lanes is out of range */
        public Settings {
            if (lanes < 1 || lanes > GuestLayout.MAX_LANES) {
                throw new IllegalArgumentException("a machine has 1 to " + GuestLayout.MAX_LANES + " lanes, not " + lanes);
            }
        }

        /** These settings with another policy. */
        public Settings withPolicy(Policy other) {
            return new Settings(other, limits, lanes, helpers, clockStart, clockStep, seed, world);
        }

        /** These settings with other limits. */
        public Settings withLimits(Limits other) {
            return new Settings(policy, other, lanes, helpers, clockStart, clockStep, seed, world);
        }

        /** These settings with another number of lanes. */
        public Settings withLanes(int count) {
            return new Settings(policy, limits, count, helpers, clockStart, clockStep, seed, world);
        }

        /** These settings with another helper table. */
        public Settings withHelpers(HelperTable other) {
            return new Settings(policy, limits, lanes, other, clockStart, clockStep, seed, world);
        }

        /** These settings with another description of the surroundings. */
        public Settings withWorld(World other) {
            return new Settings(policy, limits, lanes, helpers, clockStart, clockStep, seed, other);
        }
    }

    /** Makes a machine. Milliseconds, for the 4 GiB mapping. */
    public Machine(Settings settings) {
        this.settings = settings;
        this.memory = GuestMemory.create();
        this.policy = settings.policy();
        this.limits = settings.limits();
        this.helpers = settings.helpers();
        for (int cpu = 0; cpu < settings.lanes(); cpu++) {
            lanes.add(new Lane(this, cpu));
        }
        this.maps = new Maps(this);
        long sockets = Sockets.bytes(settings.world());
        if (sockets > 0) {
            addRegion(new Region("sockets", GuestLayout.SOCKETS, sockets, false));
        }
        resetCells();
    }

    /** The guest space. */
    public GuestMemory memory() {
        return memory;
    }

    /** What is checked. */
    public Policy policy() {
        return policy;
    }

    /** What a run may use up. */
    public Limits limits() {
        return limits;
    }

    /** The helpers that programs find. */
    public HelperTable helpers() {
        return helpers;
    }

    /** All settings. */
    public Settings settings() {
        return settings;
    }

    /** What helpers are told about the surroundings. */
    public World world() {
        return settings.world();
    }

    /** The timers that programs have started. */
    public Timers timers() {
        return timers;
    }

    /** The maps. */
    public Maps maps() {
        return maps;
    }

    /** Lane {@code cpu}. */
    public Lane lane(int cpu) {
        return lanes.get(cpu);
    }

    /** Number of lanes. */
    public int lanes() {
        return lanes.size();
    }

    /**
     * Links a program: makes the maps that it refers to and this machine does not have yet, checks and resolves the code.
     *
     * @throws LoadException if the code is malformed or a map cannot be made; names slot and reason
     */
    public LinkedProgram link(Program program) throws LoadException {
        LinkedProgram linked = Linker.link(this, programs.size(), program);
        programs.add(linked);
        return linked;
    }

    /**
     * Forgets the programs from an index on, as engines have loaded them too, so that a machine can serve any number of programs one after the
     * other. Their indices are given again. No program may be running, and no program array may hold one of them.
     */
    public synchronized void unlinkFrom(int index) {
        loaded.entrySet().removeIf(entry -> {
            boolean forgotten = entry.getKey().program() >= index;
            if (forgotten) {
                entry.getValue().close();
            }
            return forgotten;
        });
        while (programs.size() > index) {
            programs.removeLast();
        }
    }

    /** The linked programs; index = what tail calls name. */
    public List<LinkedProgram> programs() {
        return List.copyOf(programs);
    }

    /** The map made for a definition; it is made if this is the first time that it is asked for. */
    public BpfMap map(MapDefinition definition) throws LoadException {
        return maps.of(definition);
    }

    /** Names a guest address for {@code lddw} with src 3, before programs that use it are linked. */
    public void variable(String name, long address) {
        variables.put(name, address);
    }

    /** The guest address of a platform variable; null if there is none of this name. */
    public @Nullable Long variable(String name) {
        return variables.get(name);
    }

    /** The high half, in place, of the addresses under which a user sees this machine's arena (Ruling 10). */
    public long arenaHigh() {
        return arenaHigh;
    }

    /** Sets the high half of the arena's user addresses, before programs run; the low half must be 0. */
    public void arenaHigh(long high) {
        if ((high & 0xffff_ffffL) != 0) {
            throw new IllegalArgumentException("the low half of 0x" + Long.toHexString(high) + " is not 0");
        }
        arenaHigh = high;
    }

    /** Sets who gets what programs print with {@code bpf_trace_printk}: one call per line, from any thread. At first it is dropped. */
    public void onTrace(Consumer<String> sink) {
        traceSink = sink;
    }

    /** Hands a line to the sink of {@link #onTrace}; for helpers. */
    public void trace(String line) {
        traceSink.accept(line);
    }

    /** A linked program as an engine has loaded it, loading it at the first call; kept until the machine is closed. */
    public synchronized LoadedProgram load(Engine engine, LinkedProgram program) throws LoadException {
        if (closed) {
            throw new LoadException("the machine is closed");
        }
        Key key = new Key(engine.name(), program.index());
        LoadedProgram ready = loaded.get(key);
        if (ready == null) {
            ready = engine.load(this, program);
            loaded.put(key, ready);
        }
        return ready;
    }

    /**
     * The target of a tail call as this engine has loaded it; null if there is no such program or the engine refuses it.
     *
     * @param index index of the program, as a prog array holds it, minus one
     */
    public synchronized @Nullable LoadedProgram tailTarget(Engine engine, int index) {
        if (index < 0 || index >= programs.size()) {
            return null;
        }
        try {
            return load(engine, programs.get(index));
        } catch (LoadException e) {
            return null;
        }
    }

    /** Makes a range accessible to programs on all lanes: map values, sections, reservations. */
    public void addRegion(Region region) {
        lanes.forEach(lane -> lane.regions().add(region));
    }

    /**
     * Makes a range accessible on all lanes while programs run: on the lane that asks at once, on others from their next run or helper call on.
     *
     * @param by null: no program is running
     */
    public void addRegion(@Nullable Lane by, Region region) {
        lanes.forEach(lane -> {
            if (by == null || lane == by) {
                lane.regions().add(region);
            } else {
                lane.later(() -> lane.regions().add(region));
            }
        });
    }

    /** Ends a range added by {@link #addRegion(Lane, Region)}, likewise. */
    public void removeRegion(@Nullable Lane by, long base) {
        lanes.forEach(lane -> {
            if (by == null || lane == by) {
                lane.regions().remove(base);
            } else {
                lane.later(() -> lane.regions().remove(base));
            }
        });
    }

    /** Ends a range added by {@link #addRegion}, named by its first address. */
    public void removeRegion(long base) {
        lanes.forEach(lane -> lane.regions().remove(base));
    }

    /**
     * Brings memory, maps, clock and random generator back to where they were after linking. Cost: what was touched. No program may be
     * running.
     */
    public void reset() {
        memory.clear();
        timers.clear();
        resetCells();
        maps.reset();
    }

    private void resetCells() {
        for (Lane lane : lanes) {
            Cells.fill(lane, settings);
        }
        Sockets.fill(settings.world(), memory.segment());
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        loaded.values().forEach(LoadedProgram::close);
        lanes.forEach(Lane::close);
        memory.close();
    }
}
