// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Regions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * What machine code and Java share while a program runs: memory outside of the guest space that a machine register points to.
 *
 * <p>
 * A region is a base and one limit for each size of access: an access is allowed if {@code address - base}, unsigned, is below the limit. The
 * limit is 0 if the region is smaller than the access, so that nothing is below. The stack's bounds change at calls, so it has only one limit,
 * for 8 bytes; smaller accesses in its last 7 bytes take the slow path, which knows better.
 */
public final class NativeContext {
    /** Units of budget in the chunk; 32 bits, negative when it has been used up. */
    public static final int FUEL = 0;
    /** A call faults if r10 is not above this: no frame is left. */
    public static final int LOWEST = 8;
    /** The stack in use: base, limit for 8 bytes. */
    public static final int STACK = 16;
    /** The context: base, limits for 1, 2, 4, 8 bytes. */
    public static final int CONTEXT = 32;
    /** The packet, likewise. */
    public static final int PACKET = 72;
    /** r0 to r10 while Java runs. */
    public static final int REGISTERS = 112;
    /** What goes with a site: an address or a target. */
    public static final int VALUE = 200;
    /** The site, {@link #DONE}, or a signal's number, negated; 32 bits. */
    public static final int SITE = 208;
    /** The machine stack pointer of the caller. */
    public static final int HOST_STACK = 216;
    /** Where machine code is to go on. */
    public static final int RESUME = 224;
    /** Bytes of open frames, below {@link #framesEnd}. */
    public static final int FRAME_BYTES = 232;
    /** Guest address of the lane's cells. */
    public static final int CELLS = 240;
    /** High half of arena addresses. */
    public static final int ARENA_HIGH = 248;
    /** Stack top - 7: with a stack's base it gives its limit. */
    public static final int STACK_END = 256;
    /** Address of the end of the table of shared regions. */
    public static final int TABLE_END = 264;
    /** Address of guest address 0. */
    public static final int MEMORY = 272;
    /** Where code goes on after a hardware fault: it leaves without saving anything. */
    public static final int RECOVER = 280;
    /** The address that a hardware fault was about, as the kernel says. */
    public static final int FAULT_ADDRESS = 288;
    /** While the fast copy of a loop runs: units of budget that its rounds do not use; 32 bits. They are in the chunk otherwise, and this is 0. */
    public static final int REST = 296;
    /** Start of the space for open frames while Java runs; they lie at its end, the youngest word first. */
    public static final int FRAMES = 304;
    /** As a site: main returned. */
    public static final int DONE = -1;

    /** Bytes of an entry of the table: base, 4 limits for reading, 4 for writing. */
    public static final int ENTRY = 72;
    private static final int FRAME_SIZE = 64;
    private static final int ALIGNMENT = 64;
    private static final int WORD = 8;
    private static final int SPARE_ENTRIES = 16;
    private static final int[] SIZES = {1, 2, 4, 8};

    private final Core core;
    private final int framesEnd;
    private final int table;
    private long address;
    private MemorySegment memory;
    private int capacity;
    /** What the table holds now, to see what has changed. */
    private long[] bases = new long[0];
    private long[] sizes = new long[0];
    private boolean[] writable = new boolean[0];
    private int shared;
    /** {@link Regions#changes} when the regions were taken over. */
    private int changes = -1;
    /** {@link Regions#sharedChanges} when the table was filled. */
    private int sharedChanges = -1;
    private long arenaHigh;

    /** A context on a core, with room for so many regions and some more. */
    NativeContext(Core core, Machine machine, int regions) {
        this.core = core;
        this.framesEnd = framesEnd(machine);
        this.table = table(machine);
        this.capacity = regions - Regions.SHARED + SPARE_ENTRIES;
        this.memory = allocate(capacity);
        set(MEMORY, core.memoryBase());
        forget();
    }

    private MemorySegment allocate(int entries) {
        long bytes = table + (long) entries * ENTRY;
        Core.Shared shared = core.allocate((bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        address = shared.address();
        return shared.segment();
    }

    /** Offset of the end of the space for open frames. The word there belongs to the code that enters. */
    public static int framesEnd(Machine machine) {
        return FRAMES + FRAME_SIZE * (machine.limits().frames() + 4);
    }

    /** Offset of the table of shared regions. */
    public static int table(Machine machine) {
        return framesEnd(machine) + WORD;
    }

    /** The address that machine code is called with. */
    long address() {
        return address;
    }

    long get(int offset) {
        return memory.get(ValueLayout.JAVA_LONG, offset);
    }

    void set(int offset, long value) {
        memory.set(ValueLayout.JAVA_LONG, offset, value);
    }

    int getInt(int offset) {
        return memory.get(ValueLayout.JAVA_INT, offset);
    }

    void setInt(int offset, int value) {
        memory.set(ValueLayout.JAVA_INT, offset, value);
    }

    long register(int number) {
        return get(REGISTERS + 8 * number);
    }

    void register(int number, long value) {
        set(REGISTERS + 8 * number, value);
    }

    /** Sets r0 to r9. */
    void registers(long[] values) {
        MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_LONG, REGISTERS, values.length);
    }

    void arenaHigh(long high) {
        if (high != arenaHigh) {
            arenaHigh = high;
            set(ARENA_HIGH, high);
        }
    }

    // ---- open frames ----

    private int frameBytes() {
        return (int) get(FRAME_BYTES);
    }

    /** The open frames. */
    byte[] frames() {
        return memory.asSlice(framesEnd - frameBytes(), frameBytes()).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Puts other frames in the place of the open ones. */
    void frames(byte[] bytes) {
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, framesEnd - bytes.length, bytes.length);
        set(FRAME_BYTES, bytes.length);
    }

    /** A word of the open frames; 0 is the youngest. */
    long frameWord(int index) {
        return get(framesEnd - frameBytes() + WORD * index);
    }

    /** Takes the youngest word away. */
    long pop() {
        long word = frameWord(0);
        set(FRAME_BYTES, frameBytes() - WORD);
        return word;
    }

    /** Adds a word. */
    void push(long word) {
        set(FRAME_BYTES, frameBytes() + WORD);
        set(framesEnd - frameBytes(), word);
    }

    // ---- regions ----

    /** Takes over the regions of a lane, whose stack is the one of {@code r10}. */
    void regions(Regions regions, long r10, long stackTop) {
        long base = r10 - GuestLayout.FRAME_SIZE;
        if (get(STACK) != base) {
            set(STACK, base);
            set(STACK + 8, stackTop - base - 7);
        }
        if (changes != regions.changes()) {
            changes = regions.changes();
            takeOver(regions);
        }
    }

    private void takeOver(Regions regions) {
        ownChanged(CONTEXT, regions, Regions.CONTEXT);
        ownChanged(PACKET, regions, Regions.PACKET);
        if (sharedChanges != regions.sharedChanges()) {
            sharedChanges = regions.sharedChanges();
            fillTable(regions);
        }
    }

    private void fillTable(Regions regions) {
        int count = regions.count() - Regions.SHARED;
        if (count > capacity) {
            grow(count);
        }
        if (count > bases.length) {
            bases = Arrays.copyOf(bases, count);
            sizes = Arrays.copyOf(sizes, count);
            writable = Arrays.copyOf(writable, count);
        }
        for (int i = 0; i < count; i++) {
            int index = Regions.SHARED + i;
            if (i >= shared || regions.base(index) != bases[i] || regions.size(index) != sizes[i] || regions.writable(
                    index) != writable[i]) {
                entry(i, regions, index);
            }
        }
        if (count != shared) {
            shared = count;
            set(TABLE_END, address + table + (long) count * ENTRY);
        }
    }

    /** The limit for one byte is the size. */
    private void ownChanged(int offset, Regions regions, int index) {
        if (get(offset) != regions.base(index) || get(offset + 8) != regions.size(index)) {
            own(offset, regions, index);
        }
    }

    private void own(int offset, Regions regions, int index) {
        set(offset, regions.base(index));
        long size = regions.size(index);
        for (int i = 0; i < SIZES.length; i++) {
            set(offset + 8 + 8 * i, limit(size, SIZES[i]));
        }
    }

    private void entry(int i, Regions regions, int index) {
        bases[i] = regions.base(index);
        sizes[i] = regions.size(index);
        writable[i] = regions.writable(index);
        int offset = table + i * ENTRY;
        own(offset, regions, index);
        for (int s = 0; s < SIZES.length; s++) {
            set(offset + 40 + 8 * s, writable[i] ? limit(sizes[i], SIZES[s]) : 0);
        }
    }

    private static long limit(long size, int bytes) {
        return Math.max(size - bytes + 1, 0);
    }

    private void grow(int count) {
        MemorySegment old = memory;
        capacity = count * 2;
        memory = allocate(capacity);
        MemorySegment.copy(old, 0, memory, 0, table);
        forget();
    }

    private void forget() {
        shared = 0;
        set(TABLE_END, address + table);
    }

    /** Index of the limit for accesses of a size in an entry: 1 to 4. */
    public static int limitIndex(int size) {
        return 1 + Integer.numberOfTrailingZeros(size);
    }
}
