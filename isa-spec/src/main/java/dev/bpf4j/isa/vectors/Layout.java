// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

/**
 * The guest addresses that vectors use.
 *
 * @param memory where the raw memory lies that a program gets in r1; a multiple of 8 below 4 GiB
 * @param code   the code pointer of slot 0; that of slot n is {@code code + 8 * n}
 */
public record Layout(long memory, long code) {
    /** Checks the memory's address. */
    public Layout {
        if (memory % 8 != 0 || memory < 0x1_0000 || memory >= 1L << 32) {
            throw new IllegalArgumentException("memory cannot lie at 0x" + Long.toHexString(memory));
        }
    }
}
