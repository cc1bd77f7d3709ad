// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/**
 * A live range of guest memory that a program may touch under {@link Policy#STRICT}.
 *
 * @param name     for people: {@code stack}, {@code context}, {@code packet}, a map's or section's name
 * @param base     first guest address
 * @param size     bytes; at least 0
 * @param writable whether the program may write
 */
public record Region(String name, long base, long size, boolean writable) {

    /** Whether an access lies inside, byte-exact. All arithmetic is modulo 2^64, so that a wild address cannot wrap into the region. */
    public boolean contains(long address, int bytes) {
        return bytes <= size && Long.compareUnsigned(address - base, size - bytes) <= 0;
    }
}
