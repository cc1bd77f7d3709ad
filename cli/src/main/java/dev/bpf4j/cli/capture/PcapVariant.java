// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The four forms of a classic pcap, by the magic number at its front (draft-ietf-opsawg-pcap section 4). */
enum PcapVariant {
    MICROSECONDS_BIG(0xa1b2_c3d4, ByteOrder.BIG_ENDIAN, 1_000), MICROSECONDS_LITTLE(0xd4c3_b2a1, ByteOrder.LITTLE_ENDIAN,
            1_000), NANOSECONDS_BIG(0xa1b2_3c4d, ByteOrder.BIG_ENDIAN, 1), NANOSECONDS_LITTLE(0x4d3c_b2a1, ByteOrder.LITTLE_ENDIAN, 1);

    private final int magic;
    private final ByteOrder order;
    private final int nanosPerUnit;

    PcapVariant(int magic, ByteOrder order, int nanosPerUnit) {
        this.magic = magic;
        this.order = order;
        this.nanosPerUnit = nanosPerUnit;
    }

    /** The variant with this magic number, read big-endian; null if it is none. */
    static @Nullable PcapVariant of(int magic) {
        for (PcapVariant variant : values()) {
            if (variant.magic == magic) {
                return variant;
            }
        }
        return null;
    }

    /** The magic number, as four bytes in the order of the file. */
    int magic() {
        return magic;
    }

    /** Byte order of all fields. */
    ByteOrder order() {
        return order;
    }

    /** What the fraction of a second counts, in nanoseconds. */
    int nanosPerUnit() {
        return nanosPerUnit;
    }
}
