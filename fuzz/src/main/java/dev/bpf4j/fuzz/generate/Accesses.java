// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

/** Writes loads, stores and atomics whose addresses are known to be inside, mostly at a region's edges; or outside, if that is wanted. */
final class Accesses {
    private static final int FRAME = 512;
    private static final int STACK_WINDOW = 64;
    private static final int MAX_OFFSET = 32767;

    private final Writer writer;
    private int memorySize;
    private int packetSize;
    private int mapSize;

    Accesses(Writer writer) {
        this.writer = writer;
    }

    void start(Profile profile) {
        memorySize = profile.memory();
        packetSize = profile.packet();
        mapSize = profile.maps() ? Maps.VALUES_SIZE : 0;
    }

    /** Writes an access by a row of sort memory or atomic. */
    void access(Row row, boolean wild, boolean aligned) {
        Entropy entropy = writer.entropy();
        int base = pointer(entropy);
        int region = writer.region(base);
        int position = wild && entropy.chance(48) ? outside(entropy, region, row.bytes) : inside(entropy, region, row.bytes);
        if (aligned && !(wild && entropy.chance(24))) {
            position &= -row.bytes;
        }
        int offset = position - writer.distance(base);
        boolean far = offset > MAX_OFFSET || offset < -MAX_OFFSET - 1;
        if (far || entropy.chance(20)) {
            offset = entropy.chance(160) ? Constants.offset(entropy) : (short) entropy.u16();
            base = writer.writable();
            writer.point(base, region, position - offset);
        }
        if (wild && entropy.chance(8)) {
            base = writer.readable();
        }
        int other = entropy.chance(24) ? base : row.addressInDst && !row.writesSrc ? writer.readable() : writer.writable();
        if (row.writesDst || row.writesSrc) {
            // the register that is written: not r10, and no loop's counter
            other = other == Writer.STACK_POINTER || writer.reserved(other) ? writer.writable() : other;
        }
        int dst = row.addressInDst ? base : other;
        int src = row.addressInDst ? other : base;
        if (row.addressInDst) {
            writer.write(row, dst, src, offset, row.immediate ? Constants.immediate(entropy) : 0);
        } else {
            writer.write(row, dst, src, offset, 0);
        }
        if (row.writesDst) {
            writer.forget(dst);
        }
        if (row.writesSrc) {
            writer.forget(src);
        }
        if (row.usesR0) {
            writer.forget(0);
        }
    }

    /** A register that points somewhere, made one if there is none. */
    int pointer(Entropy entropy) {
        int choice = entropy.u8();
        if (choice < 48) {
            return Writer.STACK_POINTER;
        }
        int first = choice % Writer.REGISTERS;
        for (int i = 0; i < Writer.REGISTERS; i++) {
            int register = (first + i) % Writer.REGISTERS;
            if (writer.region(register) != Writer.NONE) {
                return register;
            }
        }
        int register = writer.writable();
        int region = 1 + entropy.below(Writer.REGIONS - 1);
        if (high(region) == 0) {
            region = Writer.STACK;
        }
        writer.point(register, region, region == Writer.STACK ? -entropy.below(STACK_WINDOW + 1) : entropy.below(16));
        return register;
    }

    private int low(int region) {
        return region == Writer.STACK ? -FRAME : 0;
    }

    private int high(int region) {
        return switch (region) {
            case Writer.MEMORY -> memorySize;
            case Writer.PACKET -> packetSize;
            case Writer.MAP -> mapSize;
            default -> 0;
        };
    }

    /** A position at which so many bytes are inside, if there is one. */
    int inside(Entropy entropy, int region, int bytes) {
        int last = high(region) - bytes;
        int choice = entropy.u8();
        if (choice < 24) {
            return low(region);
        }
        if (choice < 64) {
            return last;
        }
        int window = Math.min(last - low(region), STACK_WINDOW) + 1;
        if (window <= 0) {
            return low(region);
        }
        return region == Writer.STACK ? last - entropy.below(window) : entropy.below(choice < 200 ? window : last + 1);
    }

    /** A position around an end of a region at which so many bytes are not, or only just, inside. */
    int outside(Entropy entropy, int region, int bytes) {
        int edge = entropy.chance(128) ? low(region) : high(region);
        return switch (entropy.below(5)) {
            case 0 -> edge - bytes;
            case 1 -> edge - 1;
            case 2 -> edge;
            case 3 -> edge + 1 - bytes;
            default -> edge + Constants.offset(entropy);
        };
    }
}
