// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/**
 * Where things lie in the 4 GiB guest address space. The one place that knows: every engine, helper routine and document derives from it.
 *
 * <pre>
 *   0000_0000 .. 0000_ffff   never allocated (Ruling 8)
 *   0100_0000 .. 01ff_ffff   sockets of the world, 128 bytes each
 *   0200_0000 .. 0200_ffff   the current task
 *   1000_0000 .. 4fff_ffff   lanes, 16 MiB each, at most 64:
 *                              +000f_xxxx  stack, grows down from +0010_0000
 *                              +0020_0000  context, or the raw memory given in r1 (up to 1 MiB)
 *                              +0040_0000  packet buffer: 256 bytes headroom, data, tailroom (up to 4 MiB)
 *                              +00f0_0000  lane cells: clock, random state (system area)
 *                              +00f1_0000  keys handed to callbacks
 *   6000_0000 .. dfff_ffff   map values, global sections, reservations; each on its own pages with a gap behind
 *   e000_0000 .. efff_ffff   system area: map metadata, outside every region
 *   f000_0000 .. f7ff_ffff   map handles: never mapped
 *   f800_0000 .. ffff_ffff   code pointers: never mapped
 * </pre>
 *
 * All addresses are guest addresses: 32-bit unsigned numbers in a {@code long}.
 */
public final class GuestLayout {
    /** Size of the guest address space in bytes. */
    public static final long SPACE_SIZE = 1L << 32;
    /** Bytes behind the space which an access that starts below 4 GiB may touch. */
    public static final long OVERHANG = 1L << 16;
    /** Mask that confines a 64-bit address to the space. */
    public static final long ADDRESS_MASK = SPACE_SIZE - 1;
    /** Granularity in which regions are laid out; at least one page of this size separates two regions. */
    public static final long PAGE = 4096;

    /** First address of the sockets that programs can be told about. */
    public static final long SOCKETS = 0x0100_0000L;
    /** Address of the current task. */
    public static final long TASK = 0x0200_0000L;
    /** Bytes of the current task that programs can read. */
    public static final int TASK_SIZE = 0x1_0000;

    /** First address of lane 0. */
    public static final long LANE_BASE = 0x1000_0000L;
    /** Distance between two lanes. */
    public static final long LANE_STRIDE = 0x0100_0000L;
    /** Most lanes a machine can have. */
    public static final int MAX_LANES = 64;
    /** Offset of the stack's top in a lane: r10 at entry. */
    public static final long STACK_TOP = 0x0010_0000L;
    /** Size of one stack frame in bytes (RFC 9669 leaves it to the platform; Linux: 512). */
    public static final int FRAME_SIZE = 512;
    /** Offset of the context, or of the raw memory, in a lane. */
    public static final long CONTEXT = 0x0020_0000L;
    /** Largest context or raw memory in bytes. */
    public static final int CONTEXT_MAX = 1 << 20;
    /** Offset of the packet buffer in a lane; the headroom starts here. */
    public static final long PACKET = 0x0040_0000L;
    /** Bytes in front of a fresh packet (Linux XDP_PACKET_HEADROOM). */
    public static final int PACKET_HEADROOM = 256;
    /** Largest packet buffer in bytes, headroom and tailroom included. */
    public static final int PACKET_BUFFER_MAX = 4 << 20;
    /** Offset of the lane's cells in the system area. */
    public static final long LANE_CELLS = 0x00f0_0000L;
    /** Offset in the cells of the deterministic clock, nanoseconds, 64 bit. */
    public static final int CELL_CLOCK = 0;
    /** Offset in the cells of the clock's step, nanoseconds, 64 bit. */
    public static final int CELL_CLOCK_STEP = 8;
    /** Offset in the cells of the random generator's state, 64 bit. */
    public static final int CELL_RANDOM = 16;
    /** Offset in the cells of the lane's number, 64 bit. */
    public static final int CELL_CPU = 24;

    /** Offset in a lane of the place where helpers put what they hand to callbacks: keys. A region only while that goes on. */
    public static final long SCRATCH = 0x00f1_0000L;

    /** First address for map values and global sections. */
    public static final long MAP_BASE = 0x6000_0000L;
    /** End of the map values, exclusive. */
    public static final long MAP_END = 0xe000_0000L;
    /** First address of the system area that holds the maps' metadata. */
    public static final long SYSTEM_BASE = 0xe000_0000L;
    /** End of the system area, exclusive. */
    public static final long SYSTEM_END = 0xf000_0000L;
    /** Bytes of one map header; header {@code i} lies at {@code SYSTEM_BASE + i * MAP_HEADER}. */
    public static final int MAP_HEADER = 128;
    /** Most maps a machine can have. */
    public static final int MAX_MAPS = 65_536;
    /** A map's handle, what a program sees as {@code struct bpf_map *}, is {@code HANDLE_BASE + i * MAP_HEADER}. */
    public static final long HANDLE_BASE = 0xf000_0000L;
    /** End of the handles, exclusive. */
    public static final long HANDLE_END = 0xf800_0000L;
    /** A code pointer is {@code CODE_BASE + 8 * slot} (Ruling 8). */
    public static final long CODE_BASE = 0xf800_0000L;

    private GuestLayout() {
    }

    /** First address of lane {@code cpu}. */
    public static long lane(int cpu) {
        return LANE_BASE + cpu * LANE_STRIDE;
    }

    /** The handle of the map with the given index. */
    public static long mapHandle(int index) {
        return HANDLE_BASE + (long) index * MAP_HEADER;
    }

    /** The index of the map with the given handle, or -1 if the value is no handle. */
    public static int mapIndex(long handle) {
        long delta = handle - HANDLE_BASE;
        if (delta < 0 || delta >= (long) MAX_MAPS * MAP_HEADER || delta % MAP_HEADER != 0) {
            return -1;
        }
        return (int) (delta / MAP_HEADER);
    }

    /** The code pointer of an instruction slot. */
    public static long codePointer(int slot) {
        return CODE_BASE + 8L * slot;
    }

    /** The slot that a code pointer means, or -1 if the value is not in the code range or not a multiple of 8. */
    public static int codeSlot(long pointer) {
        long delta = pointer - CODE_BASE;
        if (delta < 0 || pointer >= SPACE_SIZE || (delta & 7) != 0) {
            return -1;
        }
        return (int) (delta >>> 3);
    }
}
