// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.util.Optional;
import java.util.Set;

/**
 * What machine code of one architecture runs on: this host, or an emulator. It keeps the code of all programs; a lane's code runs on a
 * {@link Core} of its own. Thread-safe.
 */
public interface Processor {
    /** What it can do beyond its architecture's first version, in the words of Linux's {@code /proc/cpuinfo}: {@code bmi2}, {@code atomics}, …. */
    Set<String> features();

    /**
     * A range of code.
     *
     * @param offset where it starts in the processor's code memory, bytes
     * @param size   bytes
     * @param entry  the address of its first byte, as machine code sees it
     */
    record Range(long offset, long size, long entry) {}

    /**
     * Puts position-independent code where every core of this processor can run it, at the same address on all of them.
     *
     * @throws LoadException if there is no room
     */
    Range put(byte[] code) throws LoadException;

    /** Why a hardware fault in machine code would end the JVM; empty if it ends the run only. */
    Optional<String> withoutNet();

    /** Gives a range back. Its code is not running and will not be entered again; other code may get its place. */
    void remove(Range range);

    /** A core for a lane, which sees the guest memory of the lane's machine. */
    Core core(Lane lane);
}
