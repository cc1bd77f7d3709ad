// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.CodeBuffer;
import dev.bpf4j.jit.nativecode.Jumps;

/**
 * Jumps. Conditions are those of the flags (Arm ARM C1.2.4), or a register that is compared with zero, or a bit of a register. Conditional ones
 * reach 1 MiB, or 32 KiB if they test a bit; where that does not do, the opposite condition jumps over a jump that reaches 128 MiB.
 */
enum A64Jumps implements Jumps {
    /** The only one. */
    FORMS;

    /** Conditions: equal. */
    static final int EQUAL = 0;
    /** Unsigned not below; no borrow. */
    static final int NOT_BELOW = 2;
    /** Unsigned below; borrow. */
    static final int BELOW = 3;
    /** Unsigned above. */
    static final int ABOVE = 8;
    /** Unsigned not above. */
    static final int NOT_ABOVE = 9;
    /** Not equal. */
    static final int NOT_EQUAL = 1;

    private static final int COMPARED = 0x100;
    private static final int WIDE = 0x80;
    private static final int TESTED = 0x1000;
    private static final int BIT_PLACE = 6;
    private static final int REGISTER_MASK = 31;
    private static final int INSTRUCTION = 4;
    private static final int HALF = 32;
    private static final int REACH = 1 << 20;
    private static final int BIT_REACH = 1 << 15;

    /** The condition that a register is zero; its opposite, as always, differs in the lowest bit. */
    static int zero(int width, int register) {
        return COMPARED | (width > HALF ? WIDE : 0) | register << 1;
    }

    /** The condition that a bit of a register is clear. */
    static int clear(int register, int bit) {
        return TESTED | bit << BIT_PLACE | register << 1;
    }

    private static boolean tested(int condition) {
        return condition >= TESTED;
    }

    private static boolean compared(int condition) {
        return condition >= COMPARED && condition < TESTED;
    }

    private static int register(int condition) {
        return condition >> 1 & REGISTER_MASK;
    }

    private static int bit(int condition) {
        return condition - TESTED >> BIT_PLACE;
    }

    private static boolean conditional(int condition) {
        return condition != CodeBuffer.ALWAYS && condition != CodeBuffer.CALL;
    }

    @Override
    public int length(int condition, boolean isLong) {
        return isLong && conditional(condition) ? 2 * INSTRUCTION : INSTRUCTION;
    }

    @Override
    public boolean reaches(int condition, int distance) {
        int reach = tested(condition) ? BIT_REACH : REACH;
        return !conditional(condition) || distance >= -reach && distance < reach;
    }

    @Override
    public void put(CodeBuffer to, int condition, boolean isLong, int distance) {
        Encoder out = (Encoder) to;
        if (condition == CodeBuffer.CALL) {
            out.bl(distance);
        } else if (condition == CodeBuffer.ALWAYS) {
            out.b(distance);
        } else if (isLong) {
            put(out, condition ^ 1, 2 * INSTRUCTION);
            out.b(distance - INSTRUCTION);
        } else {
            put(out, condition, distance);
        }
    }

    private static void put(Encoder out, int condition, int distance) {
        boolean opposite = (condition & 1) != 0;
        int register = register(condition);
        if (tested(condition)) {
            tested(out, register, bit(condition), opposite, distance);
        } else if (!compared(condition)) {
            out.b_cond(condition, distance);
        } else if ((condition & WIDE) != 0) {
            if (opposite) {
                out.cbnz64(register, distance);
            } else {
                out.cbz64(register, distance);
            }
        } else if (opposite) {
            out.cbnz32(register, distance);
        } else {
            out.cbz32(register, distance);
        }
    }

    private static void tested(Encoder out, int register, int bit, boolean set, int distance) {
        if (bit < HALF && set) {
            out.tbnz32(register, bit, distance);
        } else if (bit < HALF) {
            out.tbz32(register, bit, distance);
        } else if (set) {
            out.tbnz64(register, bit, distance);
        } else {
            out.tbz64(register, bit, distance);
        }
    }

    @Override
    public String text(int condition, boolean isLong, int target) {
        String place = "0x" + Integer.toHexString(target);
        if (!conditional(condition)) {
            return (condition == CodeBuffer.CALL ? "bl " : "b ") + place;
        }
        return isLong ? name(condition ^ 1) + "#8 ; b " + place : name(condition) + place;
    }

    private static String name(int condition) {
        boolean opposite = (condition & 1) != 0;
        if (tested(condition)) {
            String register = bit(condition) < HALF ? A64Syntax.w(register(condition)) : A64Syntax.x(register(condition));
            return (opposite ? "tbnz " : "tbz ") + register + ", #" + bit(condition) + ", ";
        }
        if (compared(condition)) {
            String register = (condition & WIDE) == 0 ? A64Syntax.w(register(condition)) : A64Syntax.x(register(condition));
            return (opposite ? "cbnz " : "cbz ") + register + ", ";
        }
        return "b." + A64Syntax.cc(condition) + " ";
    }
}
