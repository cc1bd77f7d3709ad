// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Longest-prefix match over a binary trie. A key is a 32-bit prefix length and the prefix's bytes in network order. Behaves as Linux
 * {@code kernel/bpf/lpm_trie.c} of 6.18, order of keys and errors included.
 *
 * <p>
 * <b>Structures.</b> A node is a prefix, with a value or without one where it only branches; its children are longer prefixes that begin with
 * it, told apart by the bit behind it. Node {@code i} owns value {@code i}.
 *
 * <p>
 * <b>Invariants.</b> A node is written in full before it is linked, each change takes effect with one link, and replacing a value takes another
 * node, as in Linux. For the rest, what a {@link SlotPool} promises. No walk takes more steps than a prefix has bits, whatever lies in guest
 * space.
 */
final class LpmTrie extends GuestMap {
    private static final int PREFIX_BYTES = 4;

    private final int grace;
    private final int nodeStride;
    private final int maxPrefix;
    private final long nodes;
    private final SlotPool pool;

    /** A prefix: its length in bits and its bytes. */
    private record Prefix(int length, byte[] data) {
        /** How many bits both have in common at their start. */
        int common(Prefix other) {
            int most = Math.min(length, other.length);
            int at = Arrays.mismatch(data, other.data);
            if (at < 0) {
                return most;
            }
            int bits = 8 * at + Integer.numberOfLeadingZeros((data[at] ^ other.data[at]) & 0xff) - 24;
            return Math.min(most, bits);
        }

        int bit(int index) {
            return data[index / 8] >> (7 - index % 8) & 1;
        }
    }

    /**
     * Where a walk towards a prefix ended.
     *
     * @param node       the last node looked at plus one; 0 if the walk ran out of nodes
     * @param link       address of the word that links to it
     * @param common     bits that it has in common with the prefix
     * @param parent     the node before plus one; 0 if there is none
     * @param parentLink address of the word that links to the parent
     */
    private record Place(int node, long link, int common, int parent, long parentLink) {}

    LpmTrie(Site site) throws LoadException {
        super(site, slots(site));
        long count = slots(site);
        int dataSize = keySize - PREFIX_BYTES;
        this.maxPrefix = 8 * dataSize;
        this.nodeStride = Math.toIntExact(MapHeader.NODE_DATA + MapSpace.roundUp(dataSize, 8));
        this.nodes = site.space().metadata(site.definition().name(), count * nodeStride);
        this.grace = grace(site);
        this.pool = new SlotPool(area, header(), nodes, nodeStride, MapHeader.NODE_LINK, Math.toIntExact(count));
    }

    private static int grace(Site site) {
        return SlotPool.grace(MapSpace.roundUp(site.definition().valueSize(), 8) + MapSpace.roundUp(site.definition().keySize(), 8));
    }

    /** One node per value, at most one branch less than values, and one with which a value is replaced. */
    private static long slots(Site site) {
        return 2L * site.definition().maxEntries() + grace(site);
    }

    @Override
    void describe() {
        describe(MapHeader.ENTRIES, nodes);
        describe(MapHeader.ENTRY_STRIDE, nodeStride);
        describe(MapHeader.SLOTS, pool.slots());
        describe(MapHeader.GRACE, grace);
        describe(MapHeader.STEPS, 32L * (maxPrefix + 2));
    }

    // ---- nodes; "node" is always a slot plus one ----

    private long at(int node) {
        return pool.at(node);
    }

    private long child(int node, int bit) {
        return at(node) + MapHeader.NODE_CHILD0 + 4L * bit;
    }

    private int childOf(int node, int bit) {
        return pool.follow(child(node, bit));
    }

    private boolean hasValue(int node) {
        return area.word(at(node) + MapHeader.NODE_VALUE) != 0;
    }

    private void hasValue(int node, boolean value) {
        area.word(at(node) + MapHeader.NODE_VALUE, value ? (int) value(node - 1L, 0) : 0);
    }

    private Prefix prefix(int node) {
        int length = area.word(at(node) + MapHeader.NODE_PREFIX);
        return new Prefix(Math.clamp(length, 0, maxPrefix), area.bytes(at(node) + MapHeader.NODE_DATA, keySize - PREFIX_BYTES));
    }

    private long rootLink() {
        return header() + MapHeader.ROOT;
    }

    private int root() {
        return pool.follow(rootLink());
    }

    /** Takes a free node and fills it, without children; 0 if there is none. */
    private int take(Prefix prefix, boolean value) {
        int node = pool.take();
        if (node == 0) {
            return 0;
        }
        GuestBytes.clear(memory, at(node), nodeStride);
        area.word(at(node) + MapHeader.NODE_PREFIX, prefix.length);
        area.bytes(at(node) + MapHeader.NODE_DATA, prefix.data);
        hasValue(node, value);
        return node;
    }

    /** The prefix of a key; null if it is longer than keys of this map can be. */
    private @Nullable Prefix prefix(byte[] key) {
        long length = number(key);
        return length > maxPrefix ? null : new Prefix((int) length, Arrays.copyOfRange(key, PREFIX_BYTES, keySize));
    }

    private byte[] key(int node) {
        Prefix prefix = prefix(node);
        byte[] key = Arrays.copyOf(numberKey(prefix.length), keySize);
        System.arraycopy(prefix.data, 0, key, PREFIX_BYTES, prefix.data.length);
        return key;
    }

    /** Walks down as long as nodes are true beginnings of the prefix. */
    private Place walk(Prefix prefix) {
        long link = rootLink();
        int node = root();
        int parent = 0;
        long parentLink = link;
        for (int steps = 0; node != 0 && steps <= maxPrefix; steps++) {
            Prefix here = prefix(node);
            int common = here.common(prefix);
            if (here.length != common || here.length == prefix.length) {
                return new Place(node, link, common, parent, parentLink);
            }
            parent = node;
            parentLink = link;
            link = child(node, prefix.bit(here.length));
            node = childOf(node, prefix.bit(here.length));
        }
        return new Place(0, link, 0, parent, parentLink);
    }

    private boolean exact(Place place, Prefix prefix) {
        return place.node != 0 && place.common == prefix.length && prefix(place.node).length == prefix.length && hasValue(place.node);
    }

    /** The node of the longest prefix with a value that a key begins with, plus one; 0 if there is none. */
    private int match(Prefix key) {
        int found = 0;
        int node = root();
        for (int steps = 0; node != 0 && steps <= maxPrefix; steps++) {
            Prefix here = prefix(node);
            if (here.common(key) < here.length) {
                break;
            }
            if (hasValue(node)) {
                found = node;
            }
            if (here.length == maxPrefix) {
                break;
            }
            node = childOf(node, key.bit(here.length));
        }
        return found;
    }

    // ---- operations ----

    @Override
    public int size() {
        lock.lock();
        try {
            return Math.clamp(field(MapHeader.COUNT), 0, pool.slots());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte @Nullable [] lookup(byte[] key) {
        lock.lock();
        try {
            Prefix prefix = prefix(checkedKey(key));
            int node = prefix == null ? 0 : match(prefix);
            return node == 0 ? null : load(node - 1L);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long lookup(Lane lane, byte[] key) {
        lock.lock();
        try {
            Prefix prefix = prefix(key);
            int node = prefix == null ? 0 : match(prefix);
            return node == 0 ? 0 : value(node - 1L, lane);
        } finally {
            lock.unlock();
        }
    }

    @Override
    long put(byte[] key, MemorySegment from, long at, int cpu, long flags) {
        Prefix prefix = prefix(key);
        if (badFlags(flags) || prefix == null) {
            return -Errno.EINVAL;
        }
        lock.lock();
        try {
            return put(prefix, from, at, flags);
        } finally {
            lock.unlock();
        }
    }

    private long put(Prefix prefix, MemorySegment from, long at, long flags) {
        Place place = walk(prefix);
        boolean same = place.node != 0 && prefix(place.node).length == place.common && place.common == prefix.length;
        boolean exists = same && hasValue(place.node);
        if (exists && flags == NOEXIST) {
            return -Errno.EEXIST;
        }
        if (!exists && flags == EXIST) {
            return -Errno.ENOENT;
        }
        int count = field(MapHeader.COUNT);
        if (!exists && count >= maxEntries) {
            return -Errno.ENOSPC;
        }
        boolean branches = place.node != 0 && !same && place.common < prefix.length;
        int node = take(prefix, true);
        int branch = node != 0 && branches ? take(new Prefix(place.common, prefix.data), false) : 0;
        if (node == 0 || branches && branch == 0) {
            if (node != 0) {
                pool.free(node);
            }
            return -Errno.ENOMEM;
        }
        store(node - 1L, from, at, ALL_LANES);
        if (place.node == 0) {
            pool.lead(place.link, node);
        } else if (same) {
            pool.lead(child(node, 0), childOf(place.node, 0));
            pool.lead(child(node, 1), childOf(place.node, 1));
            pool.lead(place.link, node);
            pool.free(place.node);
        } else if (branch == 0) {
            pool.lead(child(node, prefix(place.node).bit(place.common)), place.node);
            pool.lead(place.link, node);
        } else {
            int bit = prefix.bit(place.common);
            pool.lead(child(branch, bit), node);
            pool.lead(child(branch, 1 - bit), place.node);
            pool.lead(place.link, branch);
        }
        field(MapHeader.COUNT, exists ? count : count + 1);
        return 0;
    }

    @Override
    long remove(byte[] key) {
        Prefix prefix = prefix(key);
        if (prefix == null) {
            return -Errno.EINVAL;
        }
        lock.lock();
        try {
            Place place = walk(prefix);
            if (!exact(place, prefix)) {
                return -Errno.ENOENT;
            }
            unlink(place);
            field(MapHeader.COUNT, Math.max(0, field(MapHeader.COUNT) - 1));
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the value of a node away, and the node and its parent where they no longer branch. */
    private void unlink(Place place) {
        int child0 = childOf(place.node, 0);
        int child1 = childOf(place.node, 1);
        if (child0 != 0 && child1 != 0) {
            hasValue(place.node, false);
            return;
        }
        if (place.parent != 0 && !hasValue(place.parent) && child0 == 0 && child1 == 0) {
            int sibling = childOf(place.parent, place.node == childOf(place.parent, 0) ? 1 : 0);
            pool.lead(place.parentLink, sibling);
            pool.free(place.parent);
        } else {
            pool.lead(place.link, child0 != 0 ? child0 : child1);
        }
        pool.free(place.node);
    }

    // ---- iteration: children before their node, bit 0 before bit 1 ----

    @Override
    public byte @Nullable [] nextKey(byte @Nullable [] key) {
        lock.lock();
        try {
            Prefix prefix = key == null ? null : prefix(checkedKey(key));
            int[] path = new int[maxPrefix + 2];
            int depth = prefix == null ? 0 : path(prefix, path);
            int node = depth == 0 ? first(root(), path, 0) : after(path, depth);
            return node == 0 ? null : key(node);
        } finally {
            lock.unlock();
        }
    }

    /** Fills in the nodes from the root to the exact node of a prefix; their number, or 0 if it has no value. */
    private int path(Prefix prefix, int[] path) {
        int node = root();
        for (int depth = 0; node != 0 && depth <= maxPrefix; depth++) {
            path[depth] = node;
            Prefix here = prefix(node);
            int common = here.common(prefix);
            if (here.length != common || here.length == prefix.length) {
                return here.length == common && here.length == prefix.length && hasValue(node) ? depth + 1 : 0;
            }
            node = childOf(node, prefix.bit(here.length));
        }
        return 0;
    }

    /** The first node with a value below a node in post-order; the path to it is filled in from {@code depth}. */
    private int first(int start, int[] path, int depth) {
        int node = start;
        int level = depth;
        while (node != 0 && level <= maxPrefix) {
            path[level++] = node;
            int child0 = childOf(node, 0);
            node = child0 != 0 ? child0 : childOf(node, 1);
        }
        if (level == depth) {
            return 0;
        }
        // a node without children has a value, in a trie that nobody has damaged
        int last = path[level - 1];
        return hasValue(last) ? last : 0;
    }

    /** The node with a value that follows the last node of a path in post-order. */
    private int after(int[] path, int depth) {
        for (int level = depth - 1; level > 0; level--) {
            int parent = path[level - 1];
            int sibling = childOf(parent, 1);
            if (path[level] == childOf(parent, 0) && sibling != 0 && sibling != path[level]) {
                return first(sibling, path, level);
            }
            if (hasValue(parent)) {
                return parent;
            }
        }
        return 0;
    }

    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        byte[] key = nextKey(null);
        for (int steps = 0; key != null && steps < pool.slots(); steps++) {
            byte[] value = lookup(key);
            if (value != null) {
                visitor.accept(key, value);
            }
            key = nextKey(key);
        }
    }

    @Override
    public void clear() {
        lock.lock();
        try {
            field(MapHeader.ROOT, 0);
            field(MapHeader.COUNT, 0);
            pool.clear();
        } finally {
            lock.unlock();
        }
    }
}
