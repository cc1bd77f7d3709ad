// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.jit.nativecode.CodeBuffer;
import dev.bpf4j.jit.nativecode.Jumps;

/** Jumps with a distance of 8 bits or of 32; calls have only the latter. Conditions are those of the manual (SDM volume 1, appendix B). */
enum X86Jumps implements Jumps {
    /** The only one. */
    FORMS;

    private static final int SHORT = 2;
    private static final int LONG = 5;
    private static final int LONG_CONDITIONAL = 6;

    @Override
    public int length(int condition, boolean isLong) {
        if (condition == CodeBuffer.CALL) {
            return LONG;
        }
        return !isLong ? SHORT : condition < CodeBuffer.ALWAYS ? LONG_CONDITIONAL : LONG;
    }

    @Override
    public boolean reaches(int condition, int distance) {
        return condition == CodeBuffer.CALL || distance - SHORT == (byte) (distance - SHORT);
    }

    @Override
    public void put(CodeBuffer to, int condition, boolean isLong, int distance) {
        Encoder out = (Encoder) to;
        int rest = distance - length(condition, isLong);
        if (condition == CodeBuffer.CALL) {
            out.call_rel32(rest);
        } else if (condition == CodeBuffer.ALWAYS) {
            if (isLong) {
                out.jmp_rel32(rest);
            } else {
                out.jmp_rel8(rest);
            }
        } else if (isLong) {
            out.jcc_rel32(condition, rest);
        } else {
            out.jcc_rel8(condition, rest);
        }
    }

    @Override
    public String text(int condition, boolean isLong, int target) {
        String name = condition == CodeBuffer.CALL ? "call"
                : condition == CodeBuffer.ALWAYS ? "jmp" : "j" + IntelSyntax.conditionName(condition);
        return name + " 0x" + Integer.toHexString(target);
    }
}
