// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.TreeMap;

/** Room for the machine code of all programs, given out and taken back in ranges. Thread-safe. */
public final class CodeSpace {
    private static final int ALIGNMENT = 64;
    /** On x86-64 this byte is a trap; on ARM64 no instruction consists of it. */
    private static final byte TRAP = (byte) 0xcc;

    private final MemorySegment writable;
    private final long executable;
    /** Free ranges: size by offset. */
    private final TreeMap<Long, Long> free = new TreeMap<>();

    /**
     * Room in memory.
     *
     * @param writable   where code is written
     * @param executable the address of its first byte as machine code sees it
     */
    public CodeSpace(MemorySegment writable, long executable) {
        this.writable = writable;
        this.executable = executable;
        free.put(0L, writable.byteSize());
    }

    /** Address of the first byte as machine code sees it. */
    long executable() {
        return executable;
    }

    /** Bytes. */
    long size() {
        return writable.byteSize();
    }

    /** Puts code in that stays for ever. */
    Processor.Range first(byte[] code) {
        try {
            return put(code);
        } catch (LoadException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Puts code in.
     *
     * @throws LoadException if there is no room
     */
    public synchronized Processor.Range put(byte[] code) throws LoadException {
        long size = (code.length + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
        Map.Entry<Long, Long> found = null;
        for (Map.Entry<Long, Long> range : free.entrySet()) {
            if (range.getValue() >= size) {
                found = Map.entry(range.getKey(), range.getValue());
                break;
            }
        }
        if (found != null) {
            long offset = found.getKey();
            free.remove(offset);
            if (found.getValue() > size) {
                free.put(offset + size, found.getValue() - size);
            }
            MemorySegment.copy(code, 0, writable, ValueLayout.JAVA_BYTE, offset, code.length);
            return new Processor.Range(offset, size, executable + offset);
        }
        throw new LoadException("no room for " + code.length + " bytes of machine code; " + writable.byteSize()
                + " bytes are there for all programs");
    }

    /** Overwrites a range, whose code is not running, with what cannot be run. */
    public void clear(Processor.Range range) {
        writable.asSlice(range.offset(), range.size()).fill(TRAP);
    }

    /** Gives a range back: other code may get its place from now on. */
    public synchronized void free(Processor.Range range) {
        long offset = range.offset();
        long size = range.size();
        Map.Entry<Long, Long> before = free.floorEntry(offset);
        if (before != null && before.getKey() + before.getValue() == offset) {
            offset = before.getKey();
            size += before.getValue();
        }
        Long after = free.remove(range.offset() + range.size());
        free.put(offset, after == null ? size : size + after);
    }
}
