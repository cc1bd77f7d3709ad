// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Region;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pages that programs allocate and free. Linux {@code kernel/bpf/arena.c}, 6.18; Ruling 10.
 *
 * <p>
 * <b>Structures.</b> One bit per page in the metadata says whether it is allocated. Each run of allocated pages is a region. What the object
 * declares in {@code .addr_space.1} lies in the first pages, which are allocated from the start.
 *
 * <p>
 * <b>Invariants.</b> Regions follow from the bits, under the lock; the lane that changes them sees it at once, others from their next run or helper
 * call on. Pages that are not allocated are zero.
 */
final class ArenaMap extends KeylessMap {
    /** Most pages that there is space for, 256 MiB, however many are declared: no more can be allocated. */
    private static final int MOST_PAGES = 65_536;
    private static final int PAGE = (int) GuestLayout.PAGE;
    private static final int WORD_BITS = 32;

    private final int pages;
    private final long bits;
    private final Set<Region> open = new HashSet<>();

    ArenaMap(Site site) throws LoadException {
        super(site, pages(site), PAGE);
        this.pages = pages(site);
        this.bits = site.space().metadata(site.definition().name(), MapSpace.roundUp(pages, WORD_BITS) / 8);
    }

    @Override
    long refusal() {
        return Errno.EOPNOTSUPP;
    }

    private static int pages(Site site) {
        return Math.min(site.definition().maxEntries(), MOST_PAGES);
    }

    @Override
    void describe() {
        int first = (definition().initial().length + PAGE - 1) / PAGE;
        for (int page = 0; page < first; page++) {
            mark(page, true);
        }
        update(null);
    }

    @Override
    void restored() {
        update(null);
    }

    private boolean allocated(int page) {
        return (area.word(bits + page / WORD_BITS * 4L) >>> page % WORD_BITS & 1) != 0;
    }

    private void mark(int page, boolean allocated) {
        long at = bits + page / WORD_BITS * 4L;
        int bit = 1 << page % WORD_BITS;
        area.word(at, allocated ? area.word(at) | bit : area.word(at) & ~bit);
    }

    /** Makes the regions what the bits say. */
    private void update(@Nullable Lane by) {
        Set<Region> now = new HashSet<>(runs());
        for (Region region : List.copyOf(open)) {
            if (!now.contains(region)) {
                machine().removeRegion(by, region.base());
                open.remove(region);
            }
        }
        for (Region region : now) {
            if (open.add(region)) {
                machine().addRegion(by, region);
            }
        }
    }

    private List<Region> runs() {
        List<Region> runs = new ArrayList<>();
        int start = -1;
        for (int page = 0; page <= pages; page++) {
            boolean here = page < pages && allocated(page);
            if (here && start < 0) {
                start = page;
            } else if (!here && start >= 0) {
                runs.add(new Region(definition().name(), values() + (long) start * PAGE, (long) (page - start) * PAGE, true));
                start = -1;
            }
        }
        return runs;
    }

    @Override
    public long allocatePages(Lane lane, long wanted, long count) {
        if (count < 1 || count > pages) {
            return 0;
        }
        lock.lock();
        try {
            int first = wanted == 0 ? room((int) count) : pageOf(wanted);
            if (first < 0 || first > pages - count || !free(first, (int) count)) {
                return 0;
            }
            for (int page = first; page < first + count; page++) {
                mark(page, true);
            }
            update(lane);
            return values() + (long) first * PAGE;
        } finally {
            lock.unlock();
        }
    }

    private int pageOf(long address) {
        long distance = address - values();
        return distance < 0 || distance % PAGE != 0 || distance / PAGE >= pages ? -1 : (int) (distance / PAGE);
    }

    /** The first page of the first free run that is long enough; -1 if there is none. */
    private int room(int count) {
        int run = 0;
        for (int page = 0; page < pages; page++) {
            run = allocated(page) ? 0 : run + 1;
            if (run == count) {
                return page - count + 1;
            }
        }
        return -1;
    }

    private boolean free(int first, int count) {
        for (int page = first; page < first + count; page++) {
            if (allocated(page)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void freePages(Lane lane, long address, long count) {
        int first = pageOf(address & -PAGE);
        if (first < 0) {
            return;
        }
        lock.lock();
        try {
            int end = (int) Math.min(pages, first + Math.min(count, pages));
            for (int page = first; page < end; page++) {
                if (allocated(page)) {
                    mark(page, false);
                    GuestBytes.clear(memory, values() + (long) page * PAGE, PAGE);
                }
            }
            update(lane);
        } finally {
            lock.unlock();
        }
    }

    /** Pages that are allocated. */
    @Override
    public int size() {
        int count = 0;
        for (int page = 0; page < pages; page++) {
            count += allocated(page) ? 1 : 0;
        }
        return count;
    }

    /** Calls with each allocated page and an empty key. */
    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        for (int page = 0; page < pages; page++) {
            if (allocated(page)) {
                visitor.accept(NO_KEY, area.bytes(values() + (long) page * PAGE, PAGE));
            }
        }
    }

    @Override
    public int hostValueSize() {
        return 0;
    }

    /** Frees all pages. */
    @Override
    public void clear() {
        freePages(machine().lane(0), values(), pages);
    }
}
