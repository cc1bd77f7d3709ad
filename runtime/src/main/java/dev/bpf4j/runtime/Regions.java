// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The live regions of one lane, in a form that engines check fast. Region 0 is the stack in use, 1 the context, 2 the packet; the machine's
 * shared regions (map values, global sections, reservations) follow.
 *
 * <p>
 * The arrays are replaced, never resized in place, when regions are added; the first three change their bounds in place. Used by the lane's
 * thread only.
 */
public final class Regions {
    /** Index of the stack in use: {@code [r10 - 512, top)}. */
    public static final int STACK = 0;
    /** Index of the context or raw memory. */
    public static final int CONTEXT = 1;
    /** Index of the packet as it is now, from its metadata to its end. */
    public static final int PACKET = 2;
    /** Index of the first shared region. */
    public static final int SHARED = 3;

    private long[] bases = new long[SHARED];
    private long[] sizes = new long[SHARED];
    private boolean[] writable = new boolean[SHARED];
    private String[] names = {"stack", "context", "packet"};
    private int count = SHARED;
    private int changes;
    private int sharedChanges;

    /** Only machines and lanes make these. */
    Regions() {
        Arrays.fill(writable, true);
    }

    /** Grows with every change but those of {@link #STACK}: engines that keep regions in a form of their own see whether it is still right. */
    public int changes() {
        return changes;
    }

    /** As {@link #changes}, of shared regions only, which come and go less often than packets grow and shrink. */
    public int sharedChanges() {
        return sharedChanges;
    }

    /** Number of regions; indices are {@code 0 .. count-1}. */
    public int count() {
        return count;
    }

    /** First guest address of a region. */
    public long base(int index) {
        return bases[index];
    }

    /** Size of a region in bytes; 0 if it is not live now. */
    public long size(int index) {
        return sizes[index];
    }

    /** Whether a program may write to a region. */
    public boolean writable(int index) {
        return writable[index];
    }

    /** A region as a value, for messages and tests. */
    public Region region(int index) {
        return new Region(names[index], bases[index], sizes[index], writable[index]);
    }

    /** All live regions. */
    public List<Region> live() {
        List<Region> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (sizes[i] > 0) {
                all.add(region(i));
            }
        }
        return all;
    }

    /** Moves or resizes a region in place; engines do it with {@link #STACK} at calls and returns. */
    public void set(int index, long base, long size) {
        if (index != STACK && (bases[index] != base || sizes[index] != size)) {
            changes++;
            sharedChanges += index >= SHARED ? 1 : 0;
        }
        bases[index] = base;
        sizes[index] = size;
    }

    /** Whether the one region with this index allows the access. The fast question, with a predicted index. */
    public boolean allows(int index, long address, int bytes, boolean write) {
        long size = sizes[index];
        return bytes <= size && Long.compareUnsigned(address - bases[index], size - bytes) <= 0 && (!write || writable[index]);
    }

    /**
     * The index of the region that allows the access, or -1. The slow question, which alone decides a fault.
     *
     * @param address the 64-bit address, not confined
     * @param bytes   at least 0; an access of 0 bytes needs no region and gets index 0
     */
    public int find(long address, int bytes, boolean write) {
        if (bytes == 0) {
            return STACK;
        }
        for (int i = 0; i < count; i++) {
            if (allows(i, address, bytes, write)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds a shared region and returns its index; a dead one's place is taken again. */
    int add(Region region) {
        changes++;
        sharedChanges++;
        for (int i = SHARED; i < count; i++) {
            if (sizes[i] == 0) {
                put(i, region);
                return i;
            }
        }
        if (count == bases.length) {
            int capacity = Math.max(8, count * 2);
            bases = Arrays.copyOf(bases, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
            writable = Arrays.copyOf(writable, capacity);
            names = Arrays.copyOf(names, capacity);
        }
        put(count, region);
        return count++;
    }

    /** Ends the shared region that starts at this address. */
    void remove(long base) {
        changes++;
        sharedChanges++;
        for (int i = SHARED; i < count; i++) {
            if (bases[i] == base && sizes[i] > 0) {
                sizes[i] = 0;
                return;
            }
        }
        throw new IllegalStateException("no live region at 0x" + Long.toHexString(base));
    }

    private void put(int index, Region region) {
        bases[index] = region.base();
        sizes[index] = region.size();
        writable[index] = region.writable();
        names[index] = region.name();
    }
}
