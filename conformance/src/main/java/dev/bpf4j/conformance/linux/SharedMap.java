// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A map of a machine and its twin in the kernel. Before a run the twin is made equal to the map, after it the map to the twin.
 */
abstract sealed class SharedMap implements AutoCloseable permits SharedMap.Array, SharedMap.Constants, SharedMap.Entries,
        SharedMap.Programs,
        SharedEvents, SharedMapOfMaps, SharedTargets {
    final Machine machine;
    final BpfMap map;
    final KernelMap twin;

    SharedMap(Machine machine, BpfMap map, KernelMap twin) {
        this.machine = machine;
        this.map = map;
        this.twin = twin;
    }

    /**
     * Makes the twin of a map.
     *
     * @throws LoadException if maps of this type cannot be shared
     * @throws KernelRefusal if the kernel does not make it
     */
    static SharedMap of(Machine machine, BpfMap map) throws LoadException, KernelRefusal {
        MapDefinition d = map.definition();
        return switch (map.type().storage()) {
            case ARRAY -> (d.flags() & BpfAttr.F_RDONLY_PROG) != 0 ? Constants.of(machine, map, create(d, 0))
                    : new Array(machine, map, create(d,
                            BpfAttr.F_MMAPABLE));
            case PERCPU_ARRAY, HASH, LRU_HASH, PERCPU_HASH, LRU_PERCPU_HASH, LPM_TRIE -> new Entries(machine, map, create(d, 0));
            case PROGRAMS -> new Programs(machine, map, create(d, 0));
            case EVENTS, RINGBUF -> new SharedEvents(machine, map, create(SharedEvents.twin(d), 0));
            case TARGETS, TARGET_HASH -> new SharedTargets(machine, map, create(d, 0));
            case POINTERS, POINTER_HASH, REFERENCES -> pointing(machine, map);
            case QUEUE, STACK, STACKS, OBJECTS, BLOOM, CGROUPS, PERCPU_CGROUPS, USER_RINGBUF, ARENA, NONE -> throw notShared(d);
        };
    }

    private static SharedMap pointing(Machine machine, BpfMap map) throws LoadException, KernelRefusal {
        if (map.type() == MapType.ARRAY_OF_MAPS || map.type() == MapType.HASH_OF_MAPS) {
            return SharedMapOfMaps.of(machine, map);
        }
        if (map.type() == MapType.CPUMAP) {
            return new SharedTargets(machine, map, create(map.definition(), 0));
        }
        throw notShared(map.definition());
    }

    private static LoadException notShared(MapDefinition d) {
        return new LoadException("the engine linux cannot share " + d
                + " with the kernel: only arrays, hash tables, tries, maps of programs, maps, interfaces and CPUs, and ways to send events");
    }

    static KernelMap create(MapDefinition d, int flags) throws KernelRefusal {
        return KernelMap.create(new MapDefinition(d.name(), d.type(), d.keySize(), d.valueSize(), d.maxEntries(), d.flags() | flags, null,
                new byte[0]), 0,
                0);
    }

    /** What an entry of a twin holds. */
    interface Held<V, E extends Exception> {
        byte[] bytes(V value) throws KernelRefusal, E;
    }

    /**
     * Brings the twin to what it is to hold, entry by entry; what it holds already is left alone.
     *
     * @param known what it holds; afterwards what it is to hold
     */
    final <V, E extends Exception> void bring(Map<MapKey, V> known, Map<MapKey, V> wanted, Held<V, E> held) throws KernelRefusal, E {
        for (MapKey key : Set.copyOf(known.keySet())) {
            if (!wanted.containsKey(key)) {
                twin.delete(key.bytes());
                known.remove(key);
            }
        }
        for (Map.Entry<MapKey, V> entry : wanted.entrySet()) {
            if (!Objects.deepEquals(known.get(entry.getKey()), entry.getValue())) {
                twin.update(entry.getKey().bytes(), held.bytes(entry.getValue()), BpfMap.ANY);
                known.put(entry.getKey(), entry.getValue());
            }
        }
    }

    /** A file descriptor as the value of a map. */
    static byte[] fd(int descriptor) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(descriptor).array();
    }

    /** Makes the twin's contents those of the map. */
    abstract void copyIn(int lane, int cpu) throws KernelRefusal;

    /** Makes the map's contents those of the twin. */
    abstract void copyOut(int lane, int cpu) throws KernelRefusal;

    /** Whether programs see values of the CPU that they run on. */
    boolean perCpu() {
        return false;
    }

    @Override
    public void close() {
        twin.close();
    }

    /** Arrays have the same layout on both sides, so bytes are copied. */
    static final class Array extends SharedMap {
        Array(Machine machine, BpfMap map, KernelMap twin) {
            super(machine, map, twin);
        }

        private MemorySegment guest(MemorySegment values) {
            return machine.memory().segment().asSlice(map.values(), values.byteSize());
        }

        @Override
        void copyIn(int lane, int cpu) throws KernelRefusal {
            twin.mapped().copyFrom(guest(twin.mapped()));
        }

        @Override
        void copyOut(int lane, int cpu) throws KernelRefusal {
            guest(twin.mapped()).copyFrom(twin.mapped());
        }
    }

    /**
     * Arrays that programs cannot write, constants most of all. The twin is filled and frozen before programs are loaded, since the verifier then
     * knows the values and follows only the branches that they leave; so they are those of the first load for good.
     */
    static final class Constants extends SharedMap {
        private final Map<MapKey, byte[]> frozen;

        private Constants(Machine machine, BpfMap map, KernelMap twin, Map<MapKey, byte[]> frozen) {
            super(machine, map, twin);
            this.frozen = frozen;
        }

        static Constants of(Machine machine, BpfMap map, KernelMap twin) throws KernelRefusal {
            Map<MapKey, byte[]> contents = contents(map);
            try {
                for (Map.Entry<MapKey, byte[]> entry : contents.entrySet()) {
                    twin.update(entry.getKey().bytes(), entry.getValue(), BpfMap.ANY);
                }
                twin.freeze();
            } catch (KernelRefusal e) {
                twin.close();
                throw e;
            }
            return new Constants(machine, map, twin, contents);
        }

        private static Map<MapKey, byte[]> contents(BpfMap map) {
            Map<MapKey, byte[]> contents = new HashMap<>();
            map.forEach((key, value) -> contents.put(new MapKey(key), value));
            return contents;
        }

        @Override
        void copyIn(int lane, int cpu) throws KernelRefusal {
            for (Map.Entry<MapKey, byte[]> entry : contents(map).entrySet()) {
                if (!Arrays.equals(frozen.get(entry.getKey()), entry.getValue())) {
                    throw new KernelRefusal("a change of the constants in " + map.definition() + " after a program was loaded with them",
                            -Errno.EPERM
                                    .number(), "");
                }
            }
        }

        @Override
        void copyOut(int lane, int cpu) {
            // nothing can have changed
        }
    }

    /** Everything with keys, one entry at a time. What the twin is known to hold is kept, so that only differences are written. */
    static final class Entries extends SharedMap {
        private final Map<MapKey, byte[]> known = new HashMap<>();

        Entries(Machine machine, BpfMap map, KernelMap twin) {
            super(machine, map, twin);
        }

        @Override
        boolean perCpu() {
            return map.type().storage().perCpu();
        }

        @Override
        void copyIn(int lane, int cpu) throws KernelRefusal {
            Map<MapKey, byte[]> wanted = new HashMap<>();
            map.forEach((key, value) -> wanted.put(new MapKey(key), toKernel(value, lane, cpu)));
            bring(known, wanted, value -> value);
        }

        @Override
        void copyOut(int lane, int cpu) throws KernelRefusal {
            Map<MapKey, byte[]> before = new HashMap<>(known);
            known.clear();
            if (map.type() == MapType.PERCPU_ARRAY) {
                int index = 0;
                for (byte[] value : twin.elements()) {
                    known.put(new MapKey(ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(index++).array()), value);
                }
            }
            for (byte[] key : map.type() == MapType.PERCPU_ARRAY ? List.<byte[]>of() : twin.keys()) {
                byte[] value = twin.lookup(key).orElse(null);
                if (value != null) {
                    known.put(new MapKey(key), value);
                }
            }
            for (MapKey key : new HashSet<>(before.keySet())) {
                if (!known.containsKey(key)) {
                    map.delete(key.bytes());
                }
            }
            for (Map.Entry<MapKey, byte[]> entry : known.entrySet()) {
                byte[] key = entry.getKey().bytes();
                if (!Arrays.equals(before.get(entry.getKey()), entry.getValue())) {
                    update(key, toMachine(key, entry.getValue(), lane, cpu));
                }
            }
        }

        private void update(byte[] key, byte[] value) {
            long result = map.update(key, value, BpfMap.ANY);
            if (result < 0) {
                throw new IllegalStateException(map.definition() + " does not take back an entry from the kernel: " + Errno.describe(
                        (int) -result));
            }
        }

        /** A lane's value of a per-CPU map goes into the slot of the CPU that will run. */
        private byte[] toKernel(byte[] value, int lane, int cpu) {
            if (!perCpu()) {
                return value;
            }
            int slot = KernelMap.roundUp(map.definition().valueSize());
            byte[] all = new byte[twin.valueBytes()];
            System.arraycopy(value, lane * slot, all, cpu * slot, slot);
            return all;
        }

        private byte[] toMachine(byte[] key, byte[] value, int lane, int cpu) {
            if (!perCpu()) {
                return value;
            }
            int slot = KernelMap.roundUp(map.definition().valueSize());
            byte[] old = map.lookup(key);
            byte[] all = old != null ? old : new byte[map.hostValueSize()];
            System.arraycopy(value, cpu * slot, all, lane * slot, slot);
            return all;
        }
    }

    /** Program arrays: each entry names a program of the machine, whose twin is loaded into the kernel. Programs cannot change them. */
    static final class Programs extends SharedMap {
        private final Map<MapKey, Integer> known = new HashMap<>();

        /** Loads the twin of a program. */
        interface Targets {
            int fd(int program) throws KernelRefusal;
        }

        Programs(Machine machine, BpfMap map, KernelMap twin) {
            super(machine, map, twin);
        }

        @Override
        void copyIn(int lane, int cpu) {
            // programs are put in by link(), once they are all loaded
        }

        @Override
        void copyOut(int lane, int cpu) {
            // nothing can have changed
        }

        /** The index in the machine of the program that an entry names. */
        static int program(byte[] value) {
            return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt() - 1;
        }

        void link(Targets targets) throws KernelRefusal {
            Map<MapKey, Integer> wanted = new HashMap<>();
            map.forEach((key, value) -> wanted.put(new MapKey(key), program(value)));
            bring(known, wanted, index -> fd(targets.fd(index)));
        }
    }
}
