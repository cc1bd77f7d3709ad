// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

/**
 * {@link Origin}s as numbers, for passes that see many: a kind, which is an {@code int}, and a value, which is a {@code long} and 0 for kinds
 * without one. A kind that names a region has its number from bit 4 on.
 */
final class Origins {
    /** Nothing has been seen yet. */
    static final int NONE = 0;
    /** A number that is not known. */
    static final int NUMBER = 1;
    /** A number; the value. */
    static final int KNOWN = 2;
    /** r10 plus the value. */
    static final int FRAME = 3;
    static final int STACK = 4;
    static final int CONTEXT = 5;
    static final int PACKET = 6;
    static final int UNKNOWN = 7;
    /** In a region. */
    static final int SHARED = 8;
    /** The value is an address, in a region. */
    static final int FIXED = 9;
    private static final int KIND = 0xf;
    private static final int REGION = 4;

    private Origins() {
    }

    /** A kind with a region. */
    static int in(int kind, int region) {
        return kind | region << REGION;
    }

    /** The kind without its region. */
    static int kind(int kind) {
        return kind & KIND;
    }

    /** The region's number. */
    static int region(int kind) {
        return kind >>> REGION;
    }

    /** Whether it is a number, known or not. */
    static boolean isScalar(int kind) {
        return kind == NUMBER || kind == KNOWN;
    }

    /** Whether the kind has a value. */
    static boolean hasValue(int kind) {
        return kind == KNOWN || kind == FRAME || kind(kind) == FIXED;
    }

    /** See {@link Origin#blurred}; there is no value. */
    static int blurred(int kind) {
        return switch (kind & KIND) {
            case KNOWN -> NUMBER;
            case FRAME -> STACK;
            case FIXED -> in(SHARED, region(kind));
            default -> kind;
        };
    }

    /** See {@link Origin#join}, for origins that are not the same; there is a value only if one of them is {@link #NONE}. */
    static int join(int a, int b) {
        if (b == NONE) {
            return a;
        }
        if (a == NONE) {
            return b;
        }
        if (isScalar(a)) {
            return isScalar(b) ? NUMBER : blurred(b);
        }
        if (isScalar(b)) {
            return blurred(a);
        }
        int blurred = blurred(a);
        return blurred == blurred(b) ? blurred : UNKNOWN;
    }
}
