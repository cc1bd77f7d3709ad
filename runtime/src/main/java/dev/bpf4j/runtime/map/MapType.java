// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The map types: each is described here once, and creation, checks, routines and documents follow. Numbers are those of Linux
 * {@code enum bpf_map_type}; key, value and flag rules those of the {@code map_alloc_check} functions of Linux 6.18.
 *
 * <p>
 * A row without storage is known by name only: making such a map is refused with its name.
 */
public enum MapType {
    // @formatter:off
    //                    number  storage                 key          value         flags
    HASH(                   1,  Storage.HASH,            Size.SOME,   Size.SOME,   Flags.HASH),
    ARRAY(                  2,  Storage.ARRAY,           Size.INDEX,  Size.SOME,   Flags.ARRAY),
    PROG_ARRAY(             3,  Storage.PROGRAMS,        Size.INDEX,  Size.INDEX,  Flags.ACCESS),
    PERF_EVENT_ARRAY(       4,  Storage.EVENTS,          Size.INDEX,  Size.INDEX,  Flags.ACCESS | Flags.PRESERVE_ELEMS),
    PERCPU_HASH(            5,  Storage.PERCPU_HASH,     Size.SOME,   Size.PERCPU, Flags.HASH),
    PERCPU_ARRAY(           6,  Storage.PERCPU_ARRAY,    Size.INDEX,  Size.PERCPU, Flags.ACCESS | Flags.NUMA_NODE),
    STACK_TRACE(            7,  Storage.STACKS,          Size.INDEX,  Size.SOME,   Flags.ACCESS | Flags.NUMA_NODE | Flags.STACK_BUILD_ID),
    CGROUP_ARRAY(           8,  Storage.REFERENCES,      Size.INDEX,  Size.INDEX,  Flags.ACCESS),
    LRU_HASH(               9,  Storage.LRU_HASH,        Size.SOME,   Size.SOME,   Flags.LRU),
    LRU_PERCPU_HASH(       10,  Storage.LRU_PERCPU_HASH, Size.SOME,   Size.PERCPU, Flags.LRU),
    LPM_TRIE(              11,  Storage.LPM_TRIE,        Size.PREFIX, Size.SOME,   Flags.NO_PREALLOC | Flags.NUMA_NODE | Flags.ACCESS),
    ARRAY_OF_MAPS(         12,  Storage.POINTERS,        Size.INDEX,  Size.INDEX,  Flags.ARRAY),
    HASH_OF_MAPS(          13,  Storage.POINTER_HASH,    Size.SOME,   Size.INDEX,  Flags.HASH),
    DEVMAP(                14,  Storage.TARGETS,         Size.INDEX,  Size.DEVICE, Flags.ACCESS | Flags.NUMA_NODE),
    SOCKMAP(               15,  Storage.POINTERS,        Size.INDEX,  Size.SOCKET, Flags.ACCESS | Flags.NUMA_NODE),
    CPUMAP(                16,  Storage.REFERENCES,      Size.INDEX,  Size.DEVICE, Flags.NUMA_NODE),
    XSKMAP(                17,  Storage.TARGETS,         Size.INDEX,  Size.INDEX,  Flags.ACCESS | Flags.NUMA_NODE),
    SOCKHASH(              18,  Storage.POINTER_HASH,    Size.SOME,   Size.SOCKET, Flags.ACCESS | Flags.NUMA_NODE),
    CGROUP_STORAGE(        19,  Storage.CGROUPS,         Size.CGROUP, Size.SOME,   Flags.ACCESS | Flags.NUMA_NODE),
    REUSEPORT_SOCKARRAY(   20,  Storage.POINTERS,        Size.INDEX,  Size.SOCKET, Flags.ACCESS | Flags.NUMA_NODE),
    PERCPU_CGROUP_STORAGE( 21,  Storage.PERCPU_CGROUPS,  Size.CGROUP, Size.PERCPU, Flags.ACCESS | Flags.NUMA_NODE),
    QUEUE(                 22,  Storage.QUEUE,           Size.NONE,   Size.SOME,   Flags.ACCESS | Flags.NUMA_NODE),
    STACK(                 23,  Storage.STACK,           Size.NONE,   Size.SOME,   Flags.ACCESS | Flags.NUMA_NODE),
    SK_STORAGE(            24,  Storage.OBJECTS,         Size.INDEX,  Size.SOME,   Flags.NO_PREALLOC | Flags.CLONE),
    DEVMAP_HASH(           25,  Storage.TARGET_HASH,     Size.INDEX,  Size.DEVICE, Flags.ACCESS | Flags.NUMA_NODE),
    STRUCT_OPS(            26,  Storage.NONE,            Size.INDEX,  Size.SOME,   0),
    RINGBUF(               27,  Storage.RINGBUF,         Size.NONE,   Size.NONE,   Flags.NUMA_NODE),
    INODE_STORAGE(         28,  Storage.OBJECTS,         Size.INDEX,  Size.SOME,   Flags.NO_PREALLOC | Flags.CLONE),
    TASK_STORAGE(          29,  Storage.OBJECTS,         Size.INDEX,  Size.SOME,   Flags.NO_PREALLOC | Flags.CLONE),
    BLOOM_FILTER(          30,  Storage.BLOOM,           Size.NONE,   Size.SOME,   Flags.ACCESS | Flags.NUMA_NODE | Flags.ZERO_SEED),
    USER_RINGBUF(          31,  Storage.USER_RINGBUF,    Size.NONE,   Size.NONE,   Flags.NUMA_NODE),
    CGRP_STORAGE(          32,  Storage.OBJECTS,         Size.INDEX,  Size.SOME,   Flags.NO_PREALLOC | Flags.CLONE),
    ARENA(                 33,  Storage.ARENA,           Size.NONE,   Size.NONE,   Flags.MMAPABLE | Flags.SEGV_ON_FAULT | Flags.NO_USER_CONV),
    INSN_ARRAY(            34,  Storage.NONE,            Size.INDEX,  Size.SOME,   Flags.RDONLY_PROG);
    // @formatter:on

    /**
     * How a map's entries are stored. The number stands in the header's {@link MapHeader#KIND} and is what routines dispatch on; a map whose
     * keys hold integers of big-endian programs has {@link #BIG_ENDIAN} added.
     */
    public enum Storage {
        /** Not stored: the type is known by name only. */
        NONE(0, false),
        /** Values by index. */
        ARRAY(1, false),
        /** Values by index, one block per lane. */
        PERCPU_ARRAY(2, true),
        /** Hash table; an update replaces the entry, so that readers see the old value or the new one. */
        HASH(3, false),
        /** Hash table with one block of values per lane; an update writes in place. */
        PERCPU_HASH(4, true),
        /** Hash table that evicts when it is full. */
        LRU_HASH(5, false),
        /** Per-lane values and eviction. */
        LRU_PERCPU_HASH(6, true),
        /** Binary trie over prefixes. */
        LPM_TRIE(7, false),
        /** Programs by index, for tail calls; programs have no access to the values. */
        PROGRAMS(8, false),
        /** First in, first out. */
        QUEUE(9, false),
        /** Last in, first out. */
        STACK(10, false),
        /** Events handed to the host, by lane. */
        EVENTS(11, false),
        /** Ring of records handed to the host. */
        RINGBUF(12, false),
        /** Guest addresses of maps or sockets by index; a lookup gives the address. */
        POINTERS(13, false),
        /** Guest addresses of maps or sockets by key. */
        POINTER_HASH(14, false),
        /** Places outside by index, which programs can look at; there is none where the value's first word is 0. */
        TARGETS(15, false),
        /** Places outside by key. */
        TARGET_HASH(16, false),
        /** Numbers of things outside by index, which programs cannot see; 0 is none. */
        REFERENCES(17, false),
        /** Call stacks by number. */
        STACKS(18, false),
        /** Values that belong to objects of the kernel: tasks, sockets, control groups. */
        OBJECTS(19, false),
        /** Bits that say that a value may have been put in. */
        BLOOM(20, false),
        /** Values of control groups, by the group's id. */
        CGROUPS(21, false),
        /** Values of control groups, one block per lane. */
        PERCPU_CGROUPS(22, true),
        /** Ring of records from the host to programs. */
        USER_RINGBUF(23, false),
        /** Pages that programs allocate. */
        ARENA(24, false);

        private final int number;
        private final boolean perCpu;

        Storage(int number, boolean perCpu) {
            this.number = number;
            this.perCpu = perCpu;
        }

        /** Added to {@link #number()} in the header of a map of big-endian programs whose keys hold integers: arrays and tries. */
        public static final int BIG_ENDIAN = 64;

        /** The number in the header; 0 is "no map". */
        public int number() {
            return number;
        }

        /** Whether each lane has values of its own. */
        public boolean perCpu() {
            return perCpu;
        }

        /** Whether programs reach values by address, so that the value storage is a region. */
        public boolean addressable() {
            return switch (this) {
                case ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, LPM_TRIE, TARGETS, TARGET_HASH, OBJECTS, CGROUPS,
                        PERCPU_CGROUPS -> true;
                case NONE, PROGRAMS, QUEUE, STACK, EVENTS, RINGBUF, POINTERS, POINTER_HASH, REFERENCES, STACKS, BLOOM, USER_RINGBUF,
                        ARENA -> false;
            };
        }

        /** Whether values are kept in a hash table. */
        public boolean hashed() {
            return switch (this) {
                case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, POINTER_HASH, TARGET_HASH, OBJECTS, CGROUPS, PERCPU_CGROUPS -> true;
                case NONE, ARRAY, PERCPU_ARRAY, LPM_TRIE, PROGRAMS, QUEUE, STACK, EVENTS, RINGBUF, POINTERS, TARGETS, REFERENCES, STACKS,
                        BLOOM, USER_RINGBUF, ARENA -> false;
            };
        }

        /** Whether there may be as many values as there are objects that they belong to: no capacity is given. */
        public boolean unlimited() {
            return this == OBJECTS || this == CGROUPS || this == PERCPU_CGROUPS;
        }

        /** Whether the lookup routine reads an integer out of the key, in the byte order of the map's programs. */
        boolean readsKeys() {
            return switch (this) {
                case ARRAY, PERCPU_ARRAY, LPM_TRIE, POINTERS, TARGETS -> true;
                case NONE, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, PROGRAMS, QUEUE, STACK, EVENTS, RINGBUF, POINTER_HASH, TARGET_HASH,
                        REFERENCES, STACKS, OBJECTS, BLOOM, CGROUPS, PERCPU_CGROUPS, USER_RINGBUF, ARENA -> false;
            };
        }
    }

    /** What sizes of keys or values a type allows, in bytes. */
    public enum Size {
        /** 0 only. */
        NONE(0, 0),
        /** 4 only: a 32-bit index or number. */
        INDEX(4, 4),
        /** At least 1. The upper bound for keys is {@link Maps#MAX_KEY}. */
        SOME(1, Integer.MAX_VALUE),
        /** 1 to 32768: what Linux's per-CPU allocator gives (PCPU_MIN_UNIT_SIZE). */
        PERCPU(1, 32768),
        /** 4 or 8: an interface or a queue's length, perhaps with a program behind it. */
        DEVICE(4, 8),
        /** 4 or 8: a socket. */
        SOCKET(4, 8),
        /** 8 or 16: a control group's id, perhaps with a kind of attachment behind it. */
        CGROUP(8, 16),
        /** 5 to 260: a 32-bit prefix length, then 1 to 256 bytes of data. */
        PREFIX(5, 260);

        private final int least;
        private final int most;

        Size(int least, int most) {
            this.least = least;
            this.most = most;
        }

        /** Smallest size in bytes. */
        public int least() {
            return least;
        }

        /** Largest size in bytes. */
        public int most() {
            return most;
        }

        boolean allows(int bytes) {
            return bytes >= least && bytes <= most && (bytes == least || bytes == most || !pair());
        }

        private boolean pair() {
            return this == DEVICE || this == SOCKET || this == CGROUP;
        }

        @Override
        public String toString() {
            return pair() ? least + " or " + most
                    : least == most ? "exactly " + least : most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
        }
    }

    /** The {@code BPF_F_*} flags of {@code BPF_MAP_CREATE}, with Linux's numbers. */
    public static final class Flags {
        /** Entries are allocated when needed; required by tries. Makes no difference here. */
        public static final int NO_PREALLOC = 1;
        /** LRU lists per CPU in Linux. Makes no difference here. */
        public static final int NO_COMMON_LRU = 1 << 1;
        /** A NUMA node is given. Makes no difference here. */
        public static final int NUMA_NODE = 1 << 2;
        /** Linux's user space may not write; the host here may. */
        public static final int RDONLY = 1 << 3;
        /** Linux's user space may not read; the host here may. */
        public static final int WRONLY = 1 << 4;
        /** Stacks hold build ids and offsets instead of addresses; not offered. */
        public static final int STACK_BUILD_ID = 1 << 5;
        /** Hash seed 0 in Linux; always so here. */
        public static final int ZERO_SEED = 1 << 6;
        /** Programs may only read. */
        public static final int RDONLY_PROG = 1 << 7;
        /** Programs may only write; not enforced. */
        public static final int WRONLY_PROG = 1 << 8;
        /** A socket's value is copied when the socket is cloned. Makes no difference here. */
        public static final int CLONE = 1 << 9;
        /** User space may map the values. Makes no difference here. */
        public static final int MMAPABLE = 1 << 10;
        /** Perf events stay when their file is closed. Makes no difference here. */
        public static final int PRESERVE_ELEMS = 1 << 11;
        /** Inner maps may differ in capacity. */
        public static final int INNER_MAP = 1 << 12;
        /** Arenas: user space is told of pages that are not there. Makes no difference here. */
        public static final int SEGV_ON_FAULT = 1 << 17;
        /** Arenas: pointers are not turned into user space's. Makes no difference here. */
        public static final int NO_USER_CONV = 1 << 18;

        private static final int ACCESS = RDONLY | WRONLY | RDONLY_PROG | WRONLY_PROG;
        private static final int HASH = NO_PREALLOC | NO_COMMON_LRU | NUMA_NODE | ACCESS | ZERO_SEED;
        private static final int LRU = NO_COMMON_LRU | NUMA_NODE | ACCESS | ZERO_SEED;
        private static final int ARRAY = NUMA_NODE | ACCESS | MMAPABLE | PRESERVE_ELEMS | INNER_MAP;

        private Flags() {
        }
    }

    private final int number;
    private final Storage storage;
    private final Size key;
    private final Size value;
    private final int flags;

    MapType(int number, Storage storage, Size key, Size value, int flags) {
        this.number = number;
        this.storage = storage;
        this.key = key;
        this.value = value;
        this.flags = flags;
    }

    /** The number in Linux {@code enum bpf_map_type}. */
    public int number() {
        return number;
    }

    /** How entries are stored. */
    public Storage storage() {
        return storage;
    }

    /** Allowed key sizes. */
    public Size key() {
        return key;
    }

    /** Allowed value sizes. */
    public Size value() {
        return value;
    }

    /** The flags that may be set. */
    public int flags() {
        return flags;
    }

    /** The type with this number, or null if Linux has none. */
    public static @Nullable MapType of(int number) {
        for (MapType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }

    /** The name as {@code bpftool} writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
