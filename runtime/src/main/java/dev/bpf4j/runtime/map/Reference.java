// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.world.Sockets;
import dev.bpf4j.runtime.world.World;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a map stand for when they are no plain bytes. The host names a thing by a number, in the byte order of the map's programs;
 * in guest space stands what programs get. Rules and errors are those of Linux's update functions ({@code kernel/bpf/arraymap.c},
 * {@code devmap.c}, {@code cpumap.c}, {@code net/core/sock_map.c}, {@code net/xdp/xskmap.c}, 6.18).
 */
enum Reference {
    /** Plain bytes. */
    NONE,
    /** A map, named by its index plus one; in guest space its handle. */
    MAP,
    /** A socket of the {@link World}, named by its cookie; in guest space its address. */
    SOCKET,
    /** A number that only helpers look at: a control group's id. */
    NUMBER,
    /** A socket for raw frames, named by any number but 0. */
    XSK,
    /** An interface of the {@link World}, perhaps with a program behind it, named by its index plus one. */
    DEVICE,
    /** The same in a hash table. */
    DEVICE_BY_KEY,
    /** The length of a CPU's queue, perhaps with a program behind it. */
    CPU;

    /** Longest queue of a CPU. */
    private static final long LONGEST_QUEUE = 16_384;

    static Reference of(GuestMap.Site site) {
        return switch (site.type()) {
            case ARRAY_OF_MAPS, HASH_OF_MAPS -> MAP;
            case SOCKMAP, SOCKHASH, REUSEPORT_SOCKARRAY -> SOCKET;
            case CGROUP_ARRAY -> NUMBER;
            case XSKMAP -> XSK;
            case DEVMAP -> DEVICE;
            case DEVMAP_HASH -> DEVICE_BY_KEY;
            case CPUMAP -> CPU;
            case HASH, ARRAY, PROG_ARRAY, PERF_EVENT_ARRAY, PERCPU_HASH, PERCPU_ARRAY, STACK_TRACE, LRU_HASH, LRU_PERCPU_HASH, LPM_TRIE,
                    CGROUP_STORAGE, PERCPU_CGROUP_STORAGE, QUEUE, STACK, SK_STORAGE, STRUCT_OPS, RINGBUF, INODE_STORAGE, TASK_STORAGE,
                    BLOOM_FILTER, USER_RINGBUF, CGRP_STORAGE, ARENA, INSN_ARRAY -> NONE;
        };
    }

    /** Bytes of a value in guest space. */
    int storedSize(int valueSize) {
        return this == MAP || this == SOCKET ? Integer.BYTES : valueSize;
    }

    /** What an update by the host gives before the value is looked at; 0: go on. */
    long refusal(GuestMap map, byte[] key, byte[] value, long flags) {
        if (this == MAP && map.type().storage().hashed() || this == SOCKET && map.type() != MapType.REUSEPORT_SOCKARRAY) {
            return 0;
        }
        boolean onlyAny = this == MAP || this == NUMBER;
        if (onlyAny ? flags != BpfMap.ANY : GuestMap.badFlags(flags)) {
            return -Errno.EINVAL;
        }
        if (this == DEVICE_BY_KEY) {
            return flags == BpfMap.NOEXIST && present(value) && map.lookup(key) != null ? -Errno.EEXIST : 0;
        }
        if (map.number(key) >= map.maxEntries) {
            return -Errno.E2BIG;
        }
        return (this == DEVICE || this == CPU) && flags == BpfMap.NOEXIST ? -Errno.EEXIST : 0;
    }

    /**
     * Makes of the host's value what is stored.
     *
     * @return 0 or a negated error number
     */
    long inward(GuestMap map, byte[] key, byte[] value, byte[] stored) {
        ByteBuffer given = ByteBuffer.wrap(value).order(map.definition().order());
        switch (this) {
            case NONE -> System.arraycopy(value, 0, stored, 0, stored.length);
            case MAP -> {
                int number = given.getInt(0);
                if (number < 1 || number > map.machine().maps().all().size()) {
                    return -Errno.EBADF;
                }
                BpfMap inner = map.machine().maps().all().get(number - 1);
                if (!fits(map.definition().inner(), inner)) {
                    return -Errno.EINVAL;
                }
                word(stored, inner.handle());
            }
            case SOCKET -> {
                long cookie = value.length == Long.BYTES ? given.getLong(0) : given.getInt(0) & 0xffff_ffffL;
                long address = Sockets.address(map.machine().world(), cookie);
                if (address == 0) {
                    return -Errno.EBADF;
                }
                word(stored, address);
            }
            case NUMBER, XSK -> {
                if (given.getInt(0) == 0) {
                    return -Errno.EBADF;
                }
                System.arraycopy(value, 0, stored, 0, stored.length);
            }
            case DEVICE, DEVICE_BY_KEY, CPU -> {
                long error = device(map, key, given);
                System.arraycopy(value, 0, stored, 0, error == 0 ? stored.length : 0);
                return error;
            }
        }
        return 0;
    }

    private long device(GuestMap map, byte[] key, ByteBuffer given) {
        int first = given.getInt(0);
        int program = given.capacity() > Integer.BYTES ? given.getInt(Integer.BYTES) : 0;
        if (this == CPU && (first & 0xffff_ffffL) > LONGEST_QUEUE) {
            return -Errno.EOVERFLOW;
        }
        if (this == CPU && map.number(key) >= map.lanes) {
            return -Errno.ENODEV;
        }
        boolean noInterface = this != CPU && first != 0 && !map.machine().world().hasInterface(first);
        boolean nothing = first == 0 && (this == DEVICE_BY_KEY || this == DEVICE && program > 0);
        boolean noProgram = program > 0 && program > map.machine().programs().size();
        return noInterface || nothing || noProgram ? -Errno.EINVAL : 0;
    }

    /** Whether a map has the shape that is declared for inner maps; capacity counts for plain arrays that do not say otherwise. */
    private static boolean fits(@Nullable MapDefinition declared, BpfMap inner) {
        MapDefinition found = inner.definition();
        if (declared == null) {
            return true;
        }
        boolean sized = declared.type() == MapType.ARRAY.number() && (declared.flags() & MapType.Flags.INNER_MAP) == 0;
        return declared.type() == found.type() && declared.keySize() == found.keySize() && declared.valueSize() == found.valueSize()
                && declared.flags() == found.flags() && (!sized || declared.maxEntries() == found.maxEntries());
    }

    /** What the host sees of a stored value. */
    byte[] outward(GuestMap map, byte[] stored) {
        if (this != MAP && this != SOCKET) {
            return stored;
        }
        long address = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt(0) & 0xffff_ffffL;
        long number = this == MAP ? GuestLayout.mapIndex(address) + 1L : Sockets.cookie(map.machine().world(), address);
        ByteBuffer seen = ByteBuffer.allocate(map.definition().valueSize()).order(map.definition().order());
        return seen.capacity() == Long.BYTES ? seen.putLong(number).array() : seen.putInt((int) number).array();
    }

    /** An update by a program: only sockets are put there by programs, by their addresses. */
    long putByProgram(GuestMap map, byte[] key, long value, long flags) {
        if (this != SOCKET || map.type() == MapType.REUSEPORT_SOCKARRAY) {
            return -Errno.EINVAL;
        }
        if (Sockets.cookie(map.machine().world(), value) == 0) {
            return -Errno.EOPNOTSUPP;
        }
        byte[] stored = new byte[Integer.BYTES];
        word(stored, value);
        return map.put(key, MemorySegment.ofArray(stored), 0, GuestMap.ALL_LANES, flags);
    }

    private static void word(byte[] stored, long value) {
        MemorySegment.ofArray(stored).set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0, (int) value);
    }

    /** Whether stored bytes say that there is something. */
    static boolean present(byte[] stored) {
        return !Arrays.equals(stored, 0, Integer.BYTES, new byte[Integer.BYTES], 0, Integer.BYTES);
    }
}
