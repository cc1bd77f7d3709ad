// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

/** Register values at the limits of every width, with clean and dirty upper halves. */
final class Boundary {
    private static final long[] VALUES = {0, 1, 2, 3, 7, 8, 31, 32, 33, 63, 64, 65, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff,
        0x1_0000, 0x7fff_ffffL, 0x8000_0000L, 0x8000_0001L, 0xffff_fffeL, 0xffff_ffffL, 0x1_0000_0000L, 0x1_0000_0001L, 0x1_ffff_ffffL,
        0x7fff_ffff_ffff_ffffL, 0x8000_0000_0000_0000L, 0x8000_0000_0000_0001L, 0xffff_ffff_0000_0000L, 0xffff_ffff_7fff_ffffL,
        0xffff_ffff_8000_0000L, 0xdead_beef_0000_0000L, 0xdead_beef_0000_0001L, 0xdead_beef_ffff_ffffL, 0x5555_5555_5555_5555L,
        0xaaaa_aaaa_aaaa_aaaaL, 0x0123_4567_89ab_cdefL, -2, -1};

    private Boundary() {
    }

    /** How many there are. */
    static int count() {
        return VALUES.length;
    }

    /** One of them; any index is taken modulo their number. */
    static long value(int index) {
        return VALUES[Math.floorMod(index, VALUES.length)];
    }
}
