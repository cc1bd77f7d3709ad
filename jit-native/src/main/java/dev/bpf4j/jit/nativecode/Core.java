// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.lang.foreign.MemorySegment;

/**
 * Where a lane's machine code runs. Addresses here are addresses as machine code sees them: an emulator puts code, guest memory and contexts
 * where it likes, so nothing but a core knows how they are related to the host's. Confined to the lane's thread.
 */
public interface Core extends AutoCloseable {
    /**
     * Memory that Java and machine code share.
     *
     * @param segment as Java sees it
     * @param address of its first byte, as machine code sees it
     */
    record Shared(MemorySegment segment, long address) {}

    /** Zeroed memory, a multiple of 64 bytes aligned at 64. It lives until the core is closed. */
    Shared allocate(long bytes);

    /** The address of guest address 0: all {@code machine.memory().segment().byteSize()} bytes from it can be read and written. */
    long memoryBase();

    /**
     * Calls machine code as a C function of one argument without a result, by the architecture's standard calling convention, and comes back
     * when it returns.
     *
     * @param entry    address of the code
     * @param context  the argument
     * @param critical whether the code ends so soon that the JVM need not be told that the thread is outside; only a hint
     * @throws IllegalStateException if the code did what it must not do, such as touching memory that is not shared with it; only cores that
     *                               can notice do, others take the process down
     */
    void enter(long entry, long context, boolean critical);

    /** Gives back what the core holds. Nothing is entered any more. */
    @Override
    void close();
}
