// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.RegisterMap;
import java.util.List;

/**
 * Where everything is while machine code runs; docs/jit-arm64.md has the table. All but the pool are registers that a called function may change
 * (AAPCS64, section 6.1.1), so that entering saves no more than it must.
 */
final class Registers {
    /** eBPF r10: the guest address of the frame's top. */
    static final int FRAME = 10;
    /** The lane's {@link NativeContext}. */
    static final int CONTEXT = 11;
    /** Address of guest address 0. */
    static final int MEMORY = 12;
    /** Units of budget in the chunk, 32 bits. */
    static final int FUEL = 13;
    /** The youngest word of the open frames, in the context. */
    static final int FRAMES = 14;
    /** Address of the frame's middle: all of the frame is in reach of an unscaled displacement. */
    static final int MIDDLE = 15;
    /** Belongs to one eBPF instruction; at exits the value. */
    static final int VALUE = 16;
    /** Belongs to one eBPF instruction; at exits the site. */
    static final int SITE = 17;
    /** Belongs to one eBPF instruction; around calls the return address. */
    static final int LINK = 30;
    /** The machine stack's pointer, or zero. */
    static final int SP = 31;
    /** The first register of the pool: they hold bounds of regions, and are saved if they are used. */
    static final int POOL = 19;
    /** Registers of the pool. */
    static final int POOL_SIZE = 9;

    /** Bytes from the frame's top to its middle. */
    static final int HALF_FRAME = 256;

    /** r0 to r9 are x0 to x9. */
    static final RegisterMap MAP = new RegisterMap(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, FRAME), FUEL);

    private Registers() {
    }
}
