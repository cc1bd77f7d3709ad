// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapEvent;
import dev.bpf4j.vm.Codec;
import dev.bpf4j.vm.MapView;
import dev.bpf4j.vm.Vm;
import dev.bpf4j.vm.VmObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a test has: a machine with an object's programs and maps, and what the programs sent and printed. Closed at the end of the test. */
public final class BpfMachine implements AutoCloseable {
    private final Vm vm;
    private final VmObject object;
    private final Records records;

    /** What programs send to the host. */
    static final class Records {
        private final List<MapEvent> events = new CopyOnWriteArrayList<>();
        private final List<String> lines = new CopyOnWriteArrayList<>();

        void sent(MapEvent event) {
            events.add(event);
        }

        void printed(String line) {
            lines.add(line);
        }
    }

    BpfMachine(Vm vm, VmObject object, Records records) {
        this.vm = vm;
        this.object = object;
        this.records = records;
    }

    /**
     * A program of the object.
     *
     * @param nameOrSection its name, or its section if it is the only one there
     * @throws AssertionError if there is none; says which there are
     */
    public BpfProgram program(String nameOrSection) {
        try {
            return new BpfProgram(object.program(nameOrSection));
        } catch (LoadException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /**
     * A map, with keys and values as objects; what is put in is there for the next run, and what programs write is seen at once.
     *
     * @throws IllegalArgumentException if there is no such map, or it has keys or values of other sizes
     */
    public <K, V> MapView<K, V> map(String name, Codec<K> keys, Codec<V> values) {
        return vm.map(name, keys, values);
    }

    /**
     * Puts a map into a map of maps.
     *
     * @param key   key of the outer map
     * @param inner name of the map that is put there
     * @throws AssertionError if one of them does not exist, or the outer one refuses the inner one
     */
    public <K> void putMap(String outer, Codec<K> keys, K key, String inner) {
        BpfMap map = vm.machine().maps().find(outer);
        BpfMap value = vm.machine().maps().find(inner);
        if (map == null || value == null) {
            throw new AssertionError("there is no map " + (map == null ? outer : inner));
        }
        long error = vm.putMap(map, keys, key, value);
        if (error != 0) {
            throw new AssertionError("map " + outer + " refuses map " + inner + ", error " + -error);
        }
    }

    /**
     * Puts a record into a ring that programs read, of type user_ringbuf.
     *
     * @throws AssertionError           if it is of another type or has no room
     * @throws IllegalArgumentException if there is no such map
     */
    public void feed(String map, byte[] sample) {
        long result = vm.feed(map, sample);
        if (result < 0) {
            throw new AssertionError("map " + map + " takes no record of " + sample.length + " bytes: error " + -result);
        }
    }

    /** What programs sent through a ring buffer or perf event array so far, in order. */
    public <T> List<T> events(String map, Codec<T> form) {
        return records.events.stream().filter(event -> event.map().definition().name().equals(map)).map(event -> form.read(event.data()))
                .toList();
    }

    /** What programs printed with {@code bpf_trace_printk} so far, a text per call. */
    public List<String> printed() {
        return List.copyOf(records.lines);
    }

    /** The machine below, for everything that has no method here. */
    public Vm vm() {
        return vm;
    }

    /** The object that was loaded. */
    public VmObject object() {
        return object;
    }

    @Override
    public void close() {
        vm.close();
    }
}
