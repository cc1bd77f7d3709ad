// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.MapDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A map in the kernel. Keys and values are bytes, as programs see them. Not thread-safe.
 *
 * <p>
 * The value of a per-CPU map is one element per possible CPU, each rounded up to 8 bytes (Linux {@code kernel/bpf/syscall.c},
 * {@code bpf_map_value_size}).
 */
public final class KernelMap implements AutoCloseable {
    private static final int TYPE_ARRAY = 2;

    private final MapDefinition definition;
    private final Fd fd;
    private final Arena arena = Arena.ofShared();
    private final BpfAttr attr = new BpfAttr(arena);
    private final int valueBytes;
    private final MemorySegment key;
    private final MemorySegment nextKey;
    private final MemorySegment value;
    private @Nullable MemorySegment mapped;

    private KernelMap(MapDefinition definition, Fd fd) {
        this.definition = definition;
        this.fd = fd;
        this.valueBytes = isPerCpu(definition.type()) ? roundUp(definition.valueSize()) * POSSIBLE_CPUS : definition.valueSize();
        this.key = arena.allocate(Math.max(1, definition.keySize()), 8);
        this.nextKey = arena.allocate(Math.max(1, definition.keySize()), 8);
        this.value = arena.allocate(Math.max(1, valueBytes), 8);
    }

    /**
     * Makes a map.
     *
     * @param definition   its type, sizes and flags
     * @param mapExtra     {@code map_extra}: for an arena its user address
     * @param innerMapFd   for maps of maps, a map of the inner shape; else 0
     * @throws KernelRefusal if the kernel does not make it
     */
    public static KernelMap create(MapDefinition definition, long mapExtra, int innerMapFd) throws KernelRefusal {
        try (Arena arena = Arena.ofConfined()) {
            int result = new BpfAttr(arena).u32(BpfAttr.CREATE_TYPE, definition.type()).u32(BpfAttr.CREATE_KEY_SIZE, definition.keySize())
                    .u32(
                            BpfAttr.CREATE_VALUE_SIZE, definition.valueSize()).u32(BpfAttr.CREATE_MAX_ENTRIES, definition.maxEntries()).u32(
                                    BpfAttr.CREATE_FLAGS, definition.flags()).u32(BpfAttr.CREATE_INNER_MAP_FD, innerMapFd).u64(
                                            BpfAttr.CREATE_EXTRA,
                                            mapExtra).call(BpfAttr.MAP_CREATE);
            if (result < 0) {
                throw new KernelRefusal("BPF_MAP_CREATE of " + definition, result, "");
            }
            return new KernelMap(definition, new Fd(result));
        }
    }

    /** Makes an array of one element, mapped into this process if wished. */
    static KernelMap array(String name, int valueSize, boolean mapped) throws KernelRefusal {
        int flags = mapped ? BpfAttr.F_MMAPABLE : 0;
        return create(new MapDefinition(name, TYPE_ARRAY, 4, valueSize, 1, flags, null, new byte[0]), 0, 0);
    }

    /** What it was made from. */
    public MapDefinition definition() {
        return definition;
    }

    /** The file descriptor that programs name it by. */
    public int fd() {
        return fd.number();
    }

    /** Bytes of a value as {@link #lookup} gives it. */
    public int valueBytes() {
        return valueBytes;
    }

    /** The value for a key; empty if there is none. */
    public Optional<byte[]> lookup(byte[] keyBytes) throws KernelRefusal {
        put(key, keyBytes);
        int result = element(key, value, 0).call(BpfAttr.MAP_LOOKUP_ELEM);
        if (Errno.ENOENT.is(result)) {
            return Optional.empty();
        }
        check("BPF_MAP_LOOKUP_ELEM", result);
        return Optional.of(value.asSlice(0, valueBytes).toArray(ValueLayout.JAVA_BYTE));
    }

    /**
     * Puts a value.
     *
     * @param flags BPF_ANY (0), BPF_NOEXIST (1) or BPF_EXIST (2)
     */
    public void update(byte[] keyBytes, byte[] valueBytes, long flags) throws KernelRefusal {
        put(key, keyBytes);
        put(value, valueBytes);
        check("BPF_MAP_UPDATE_ELEM", element(key, value, flags).call(BpfAttr.MAP_UPDATE_ELEM));
    }

    /** Takes a key away; false if it was not there. */
    public boolean delete(byte[] keyBytes) throws KernelRefusal {
        put(key, keyBytes);
        int result = element(key, MemorySegment.NULL, 0).call(BpfAttr.MAP_DELETE_ELEM);
        if (Errno.ENOENT.is(result)) {
            return false;
        }
        check("BPF_MAP_DELETE_ELEM", result);
        return true;
    }

    /** All keys, in the kernel's order. The map must not change meanwhile. */
    public List<byte[]> keys() throws KernelRefusal {
        List<byte[]> keys = new ArrayList<>();
        MemorySegment after = MemorySegment.NULL;
        while (true) {
            int result = attr.clear().u32(BpfAttr.ELEM_MAP_FD, fd()).pointer(BpfAttr.ELEM_KEY, after).pointer(BpfAttr.ELEM_NEXT_KEY,
                    nextKey).call(
                            BpfAttr.MAP_GET_NEXT_KEY);
            if (Errno.ENOENT.is(result)) {
                return keys;
            }
            check("BPF_MAP_GET_NEXT_KEY", result);
            keys.add(nextKey.asSlice(0, definition.keySize()).toArray(ValueLayout.JAVA_BYTE));
            key.copyFrom(nextKey);
            after = key;
        }
    }

    /** All values of an array, by index, in one system call. */
    List<byte[]> elements() throws KernelRefusal {
        int count = definition.maxEntries();
        try (Arena batch = Arena.ofConfined()) {
            MemorySegment indices = batch.allocate(4L * count, 8);
            MemorySegment values = batch.allocate((long) valueBytes * count, 8);
            int result = attr.clear().pointer(BpfAttr.BATCH_OUT, batch.allocate(8, 8)).pointer(BpfAttr.BATCH_KEYS, indices).pointer(
                    BpfAttr.BATCH_VALUES, values).u32(BpfAttr.BATCH_COUNT, count).u32(BpfAttr.BATCH_MAP_FD, fd()).call(
                            BpfAttr.MAP_LOOKUP_BATCH);
            if (!Errno.ENOENT.is(result)) { // which says that there are no more
                check("BPF_MAP_LOOKUP_BATCH", result);
            }
            List<byte[]> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(values.asSlice((long) i * valueBytes, valueBytes).toArray(ValueLayout.JAVA_BYTE));
            }
            return all;
        }
    }

    /** Forbids all changes from user space; the verifier may then trust the contents of a map that programs cannot write. */
    public void freeze() throws KernelRefusal {
        check("BPF_MAP_FREEZE", attr.clear().u32(BpfAttr.ELEM_MAP_FD, fd()).call(BpfAttr.MAP_FREEZE));
    }

    /**
     * The values of an array that was made with BPF_F_MMAPABLE, shared with the kernel: value {@code i} starts at {@code i} times the value
     * size rounded up to 8. Valid until the map is closed.
     */
    public MemorySegment mapped() throws KernelRefusal {
        MemorySegment bytes = mapped;
        if (bytes == null) {
            long size = (long) roundUp(definition.valueSize()) * definition.maxEntries();
            Libc.Mapping mapping = Libc.mmap(fd(), size, arena);
            check("mmap", -mapping.errno());
            bytes = mapping.bytes();
            mapped = bytes;
        }
        return bytes;
    }

    private BpfAttr element(MemorySegment keyBytes, MemorySegment valueBytes, long flags) {
        return attr.clear().u32(BpfAttr.ELEM_MAP_FD, fd()).pointer(BpfAttr.ELEM_KEY, keyBytes).pointer(BpfAttr.ELEM_VALUE, valueBytes).u64(
                BpfAttr.ELEM_FLAGS, flags);
    }

    private static void put(MemorySegment into, byte[] bytes) {
        if (bytes.length > into.byteSize()) {
            throw new IllegalArgumentException("key or value of " + bytes.length + " bytes, expected " + into.byteSize());
        }
        MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    private void check(String operation, int result) throws KernelRefusal {
        if (result < 0) {
            throw new KernelRefusal(operation + " on " + definition, result, "");
        }
    }

    @Override
    public void close() {
        arena.close();
        fd.close();
    }

    // ---- per-CPU maps ----

    /** Whether a map type has one value per CPU: PERCPU_HASH, PERCPU_ARRAY, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE. */
    public static boolean isPerCpu(int type) {
        return type == 5 || type == 6 || type == 10 || type == 21;
    }

    static int roundUp(int size) {
        return (size + 7) & ~7;
    }

    /** Number of possible CPUs, from a list like {@code 0-3} or {@code 0,2-7}. */
    static final int POSSIBLE_CPUS = possibleCpus();

    private static int possibleCpus() {
        Path file = Path.of("/sys/devices/system/cpu/possible");
        try {
            String text = Files.exists(file) ? Files.readString(file).strip() : "0";
            String last = text.substring(Math.max(text.lastIndexOf(','), text.lastIndexOf('-')) + 1);
            return Integer.parseInt(last) + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
