// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import dev.bpf4j.runtime.GuestMemory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a guest space lies in the emulators' address space: 8 GiB for each, the same in all emulators for as long as the process lives, so that
 * an access behind it hits nothing.
 *
 * @param index number of the space, from 0
 */
record EmulatedSpace(int index) {
    private static final int SPACING = 33;
    private static final AtomicInteger NEXT = new AtomicInteger();

    /** The place of a guest space. */
    static EmulatedSpace of(GuestMemory memory) {
        return memory.attachment(EmulatedSpace.class, () -> new EmulatedSpace(NEXT.getAndIncrement()));
    }

    /** The emulated address of guest address 0. */
    long base() {
        return (index + 1L) << SPACING;
    }
}
