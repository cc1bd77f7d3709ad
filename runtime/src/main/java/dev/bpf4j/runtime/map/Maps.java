// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.GuestMemory;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The maps of a machine. Making maps, {@link #checkpoint()} and {@link #reset()} are for one thread while no program runs; the rest may be
 * called from any thread.
 */
public final class Maps {
    /** Largest key in bytes. Linux has no such limit but that of memory; what routines loop over has to be bounded. */
    public static final int MAX_KEY = 4098;
    /** The size that a {@link FaultKind#BAD_ACCESS} names if an argument should have been a map and was none. */
    public static final int NO_MAP = Integer.MAX_VALUE;

    private final Machine machine;
    private final MapSpace space = new MapSpace();
    private final IdentityHashMap<MapDefinition, GuestMap> byDefinition = new IdentityHashMap<>();
    private final List<GuestMap> all = new CopyOnWriteArrayList<>();
    private @Nullable Image image;
    private volatile @Nullable Consumer<MapEvent> listener;

    /** Called by the machine only. */
    public Maps(Machine machine) {
        this.machine = machine;
    }

    /**
     * The map made for a definition, making it at the first call.
     *
     * @throws LoadException if the definition is refused, or there is not enough guest space
     */
    public synchronized BpfMap of(MapDefinition definition) throws LoadException {
        GuestMap known = byDefinition.get(definition);
        if (known != null) {
            return known;
        }
        MapType type = MapRules.check(definition);
        if (all.size() == GuestLayout.MAX_MAPS) {
            throw new LoadException("map " + definition.name() + ": a machine has at most " + GuestLayout.MAX_MAPS + " maps");
        }
        long[] mark = space.mark();
        GuestMap map;
        try {
            map = make(new GuestMap.Site(machine, definition, type, all.size(), space));
        } catch (LoadException e) {
            space.release(mark);
            throw e;
        }
        map.initialise();
        map.openRegion();
        byDefinition.put(definition, map);
        all.add(map);
        return map;
    }

    private static GuestMap make(GuestMap.Site site) throws LoadException {
        return switch (site.type().storage()) {
            case ARRAY, PERCPU_ARRAY -> new ArrayMap(site);
            case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, POINTER_HASH, TARGET_HASH, OBJECTS, CGROUPS, PERCPU_CGROUPS -> new HashTable(
                    site);
            case LPM_TRIE -> new LpmTrie(site);
            case PROGRAMS -> new ProgramArray(site);
            case QUEUE, STACK -> new QueueStack(site);
            case EVENTS -> new EventArray(site);
            case RINGBUF -> new RingBuffer(site);
            case POINTERS, TARGETS, REFERENCES -> new ReferenceArray(site);
            case STACKS -> new StackTraces(site);
            case BLOOM -> new BloomFilter(site);
            case USER_RINGBUF -> new UserRingBuffer(site);
            case ARENA -> new ArenaMap(site);
            case NONE -> throw new LoadException("map " + site.definition().name() + ": type " + site.type() + " is not supported");
        };
    }

    /** All maps, in the order in which they were made; index = {@link BpfMap#index()}. */
    public List<BpfMap> all() {
        return List.copyOf(all);
    }

    /** The first map with this name, or null. */
    public @Nullable BpfMap find(String name) {
        for (GuestMap map : all) {
            if (map.definition().name().equals(name)) {
                return map;
            }
        }
        return null;
    }

    /** The map with this handle, or null if the value is no map's handle. */
    public @Nullable BpfMap byHandle(long handle) {
        int index = GuestLayout.mapIndex(handle);
        return index >= 0 && index < all.size() ? all.get(index) : null;
    }

    /**
     * The map that a helper's argument names. If it names none: under {@link Policy#STRICT} a {@link FaultKind#BAD_ACCESS} is raised, reading
     * {@link #NO_MAP} bytes at the argument's value, which no region holds; under {@link Policy#SANDBOX} nothing is raised and the helper answers
     * as for a missing entry, {@code -EINVAL} or null. The routines do the same.
     *
     * @return null if there is none
     */
    public @Nullable BpfMap argument(Lane lane, long handle) {
        BpfMap map = byHandle(handle);
        if (map == null && machine.policy() == Policy.STRICT) {
            lane.fault(FaultKind.BAD_ACCESS, handle, NO_MAP, false, "the argument should be a map");
        }
        return map;
    }

    /**
     * The target of a tail call (Ruling 11).
     *
     * @param handle value of r2
     * @param index  value of r3; its low 32 bits count, as in Linux
     * @return index of the program in the machine; -1 if there is none at this index or the handle is not that of a program array
     */
    public int tailCall(long handle, long index) {
        return byHandle(handle) instanceof ProgramArray programs ? programs.program(index & 0xffff_ffffL) : -1;
    }

    /**
     * Puts a program into a program array, as the target of tail calls.
     *
     * @param program null takes it out
     * @return 0, {@code -E2BIG} if the index is out of range, {@code -EINVAL} if the map is no program array, {@code -EBADF} if the program
     *         belongs to another machine, {@code -ENOENT} if there was none to take out
     */
    public long setProgram(BpfMap map, int index, @Nullable LinkedProgram program) {
        if (!(map instanceof ProgramArray programs)) {
            return -Errno.EINVAL;
        }
        if (program == null) {
            return programs.remove(programs.numberKey(index));
        }
        if (program.machine() != machine) {
            return -Errno.EBADF;
        }
        return programs.update(programs.numberKey(index), programs.numberKey(program.index() + 1), BpfMap.ANY);
    }

    /**
     * Puts a map into a map of maps.
     *
     * @param key of the outer map
     * @return as {@link BpfMap#update}; {@code -EINVAL} if the inner map's shape is not the one declared
     */
    public long setMap(BpfMap outer, byte[] key, BpfMap inner) {
        if (outer.type() != MapType.ARRAY_OF_MAPS && outer.type() != MapType.HASH_OF_MAPS) {
            return -Errno.EINVAL;
        }
        int number = inner.index() + 1;
        ByteOrder order = outer.definition().order();
        return outer.update(key, ByteBuffer.allocate(4).order(order).putInt(number).array(), BpfMap.ANY);
    }

    /**
     * Sets who gets what programs send through perf event arrays and ring buffers, from the lanes' threads, in order per lane. Without a listener
     * perf events are dropped, and records stay in their ring until {@link BpfMap#forEach} takes them.
     *
     * @param listener null: nobody
     */
    public void onEvent(@Nullable Consumer<MapEvent> listener) {
        this.listener = listener;
    }

    boolean listened() {
        return listener != null;
    }

    void deliver(MapEvent event) {
        Consumer<MapEvent> now = listener;
        if (now != null) {
            now.accept(event);
        }
    }

    /**
     * Makes the contents as they are now those that {@link #reset()} returns to. Cost: reads through the whole value storage, without making
     * untouched pages resident, and keeps a copy of the pages that are not zero.
     */
    public synchronized void checkpoint() {
        GuestMemory memory = machine.memory();
        Image taken = new Image(all.size());
        taken.add(memory, GuestLayout.MAP_BASE, space.valuesEnd());
        taken.add(memory, GuestLayout.SYSTEM_BASE, MapHeader.address(all.size()));
        taken.add(memory, space.metadataBase(), space.metadataEnd());
        image = taken;
    }

    /**
     * Brings all maps back to their contents at the last {@link #checkpoint()}, or to those of their definitions. Guest memory has been cleared
     * already; called by {@link Machine#reset()}.
     */
    public synchronized void reset() {
        int restored = 0;
        if (image != null) {
            image.restore(machine.memory().segment());
            restored = image.maps();
            all.subList(0, restored).forEach(GuestMap::restored);
        }
        for (GuestMap map : all.subList(restored, all.size())) {
            map.initialise();
        }
    }
}
