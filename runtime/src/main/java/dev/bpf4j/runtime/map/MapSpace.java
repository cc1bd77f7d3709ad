// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LoadException;

/**
 * Gives out guest address ranges to maps: values on pages of their own with a gap page behind, metadata one after another behind the headers.
 * Nothing is ever given back; a machine's maps live as long as it does. Taking a range touches no memory.
 */
final class MapSpace {
    private static final long METADATA_BASE = GuestLayout.SYSTEM_BASE + (long) GuestLayout.MAX_MAPS * GuestLayout.MAP_HEADER;
    /** Most bytes that one map's values can take: what an {@code int} size can say, so that a region check never overflows. */
    private static final long VALUES_MOST = Integer.MAX_VALUE - 2 * GuestLayout.PAGE;

    private long nextValues = GuestLayout.MAP_BASE;
    private long nextMetadata = METADATA_BASE;

    /** A range for values; page-aligned. */
    long values(String map, long bytes) throws LoadException {
        long left = GuestLayout.MAP_END - nextValues - GuestLayout.PAGE;
        if (bytes < 0 || bytes > left || bytes > VALUES_MOST) {
            throw new LoadException("map " + map + ": its values take " + bytes + " bytes, but of the guest's "
                    + (GuestLayout.MAP_END - GuestLayout.MAP_BASE) + " bytes for values only " + Math.max(0, left)
                    + " are left; lower max_entries or value_size");
        }
        long base = nextValues;
        nextValues += roundUp(bytes, GuestLayout.PAGE) + GuestLayout.PAGE;
        return base;
    }

    /** A range for metadata; a multiple of 8. What the system area has no room for lies among the values, in no region like all metadata. */
    long metadata(String map, long bytes) throws LoadException {
        long left = GuestLayout.SYSTEM_END - nextMetadata;
        if (bytes > left && bytes <= GuestLayout.MAP_END - nextValues - GuestLayout.PAGE) {
            return values(map, bytes);
        }
        if (bytes < 0 || bytes > left) {
            throw new LoadException("map " + map + ": its keys and links take " + bytes + " bytes, but of the guest's "
                    + (GuestLayout.SYSTEM_END - METADATA_BASE) + " bytes for metadata only " + left
                    + " are left; lower max_entries or key_size");
        }
        long base = nextMetadata;
        nextMetadata += roundUp(bytes, 8);
        return base;
    }

    /** Where the next values go: the end of those given out. */
    long valuesEnd() {
        return nextValues;
    }

    /** Where the metadata behind the headers starts. */
    long metadataBase() {
        return METADATA_BASE;
    }

    /** End of the metadata given out. */
    long metadataEnd() {
        return nextMetadata;
    }

    /** A place to come back to with {@link #release} if a map cannot be made. */
    long[] mark() {
        return new long[] {nextValues, nextMetadata};
    }

    /** Gives back everything taken since the mark. */
    void release(long[] mark) {
        nextValues = mark[0];
        nextMetadata = mark[1];
    }

    static long roundUp(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }
}
