// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.util.Arrays;

/** A map's key, compared by its bytes. */
final class MapKey {
    private final byte[] bytes;

    /** @param bytes not to be changed */
    MapKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MapKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
