// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import java.lang.invoke.VarHandle;

/**
 * Gives out the slots of a hash table or trie, and knows the links between them. Java names a slot by its number plus one, 0 is none; guest
 * space links by addresses.
 *
 * <p>
 * <b>Problem.</b> Routines on other lanes walk over slots without a lock. If a slot were used again as soon as it is free, a walk that stands on
 * it would go on somewhere else and miss what nobody touched.
 *
 * <p>
 * <b>Structure.</b> Slots that were never used come first; then the one that has been free longest. Between freeing and taking nothing in a slot
 * changes but its link, so a walk that stands on it goes on as before.
 *
 * <p>
 * <b>Invariant.</b> There are {@link #grace} slots more than a table can need, so a slot is taken again only after at least that many others
 * were freed. {@link MapHeader#FREED} counts; a walk that finds nothing starts again if the count moved by {@link MapHeader#GRACE} or more
 * meanwhile. Otherwise no slot that it met can have been taken again.
 */
final class SlotPool {
    private static final int MOST = 128;
    private static final int LEAST = 8;
    private static final long MOST_BYTES = 1 << 20;

    private final SystemArea area;
    private final long header;
    private final long first;
    private final int stride;
    private final int link;
    private final int slots;
    /** 2^64 / stride, rounded up: a product with it, instead of a division, which takes ten times as long. */
    private final long reciprocal;

    /**
     * A pool over slots in the system area.
     *
     * @param header address of the map's header
     * @param first  address of the first slot
     * @param stride distance of two slots
     * @param link   offset of the link in a slot
     * @param slots  number of slots
     */
    SlotPool(SystemArea area, long header, long first, int stride, int link, int slots) {
        this.area = area;
        this.header = header;
        this.first = first;
        this.stride = stride;
        this.link = link;
        this.slots = slots;
        this.reciprocal = Long.divideUnsigned(-1, stride) + 1;
    }

    /** How many slots a table has beyond those that it needs; fewer if their values are large. */
    static int grace(long bytesPerSlot) {
        return Math.clamp(MOST_BYTES / bytesPerSlot, LEAST, MOST);
    }

    /** Whether a word from guest space names a slot. */
    boolean valid(int slot) {
        return slot > 0 && slot <= slots;
    }

    /** Address of a slot. */
    long at(int slot) {
        return first + (slot - 1L) * stride;
    }

    /** The slot that a link in guest space leads to; 0 if it leads to none. */
    int follow(long link) {
        long distance = (area.word(link) & 0xffff_ffffL) - first;
        if (distance < 0 || distance >= (long) slots * stride) {
            return 0;
        }
        // exact: distance and stride have 32 bits, so that what rounding up adds stays below 2^64
        long slot = Math.unsignedMultiplyHigh(distance, reciprocal);
        return slot * stride == distance ? (int) slot + 1 : 0;
    }

    /** Makes a link lead to a slot, or to none: such that who follows it sees the slot as it was written before. */
    void lead(long link, int slot) {
        area.publish(link, slot == 0 ? 0 : (int) at(slot));
    }

    /** Number of slots. */
    int slots() {
        return slots;
    }

    /** Slots that were ever taken. */
    int used() {
        return Math.clamp(area.word(header + MapHeader.USED), 0, slots);
    }

    /** Takes a slot; 0 if there is none. */
    int take() {
        int used = area.word(header + MapHeader.USED);
        if (used >= 0 && used < slots) {
            area.word(header + MapHeader.USED, used + 1);
            return used + 1;
        }
        int slot = area.word(header + MapHeader.FREE);
        if (!valid(slot)) {
            return 0;
        }
        int next = area.word(at(slot) + link);
        area.word(header + MapHeader.FREE, next);
        if (next == 0) {
            area.word(header + MapHeader.FREE_LAST, 0);
        }
        // whoever sees the slot change sees the count of those that were freed before
        VarHandle.storeStoreFence();
        return slot;
    }

    /** Gives a slot back that nothing links to any more. */
    void free(int slot) {
        area.word(at(slot) + link, 0);
        int last = area.word(header + MapHeader.FREE_LAST);
        area.word(valid(last) ? at(last) + link : header + MapHeader.FREE, slot);
        area.word(header + MapHeader.FREE_LAST, slot);
        area.publish(header + MapHeader.FREED, area.word(header + MapHeader.FREED) + 1);
    }

    /** Makes all slots free; readers must not be walking, or be content to miss. */
    void clear() {
        area.word(header + MapHeader.FREE, 0);
        area.word(header + MapHeader.FREE_LAST, 0);
        area.word(header + MapHeader.USED, 0);
        area.publish(header + MapHeader.FREED, area.word(header + MapHeader.FREED) + MOST);
    }
}
