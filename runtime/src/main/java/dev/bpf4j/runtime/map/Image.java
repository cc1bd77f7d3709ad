// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.GuestMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pages of guest ranges that are not zero. */
final class Image {
    private static final int CHUNK = 1 << 20;
    private static final int PAGE = (int) GuestLayout.PAGE;
    private static final byte[] ZEROS = new byte[PAGE];

    private final int maps;
    private final List<Page> pages = new ArrayList<>();

    private record Page(long address, byte[] bytes) {}

    Image(int maps) {
        this.maps = maps;
    }

    /** How many maps there were. */
    int maps() {
        return maps;
    }

    /** Adds what is not zero in {@code from .. to-1}; {@code from} is page-aligned. */
    void add(GuestMemory memory, long from, long to) {
        byte[] chunk = new byte[CHUNK];
        for (long at = from; at < to; at += CHUNK) {
            int length = (int) Math.min(CHUNK, to - at);
            memory.peek(at, chunk, length);
            for (int page = 0; page < length; page += PAGE) {
                int end = Math.min(page + PAGE, length);
                if (!Arrays.equals(chunk, page, end, ZEROS, 0, end - page)) {
                    pages.add(new Page(at + page, Arrays.copyOfRange(chunk, page, end)));
                }
            }
        }
    }

    /** Writes the pages into a cleared space. */
    void restore(MemorySegment memory) {
        for (Page page : pages) {
            MemorySegment.copy(page.bytes, 0, memory, ValueLayout.JAVA_BYTE, page.address, page.bytes.length);
        }
    }
}
