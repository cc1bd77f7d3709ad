// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * A translated program.
 *
 * @param code           the bytes, and by label where they are
 * @param entry          offset of the code that enters
 * @param recover        offset of the code that leaves without saving anything, wherever code was
 * @param sites          where code leaves, by number
 * @param slots          by slot: offset of its code; -1 if it is no instruction
 * @param functions      by slot: offset where a function starts whose return address is the youngest word of the open frames; -1 if none
 *                       starts there
 * @param routineReturns slot of the call of a routine by the offset that it returns to
 * @param returns        offset of a return from a callx that went to a routine: clears r1 to r5 and returns
 * @param keptByCallTo   registers that a callx keeps in the open frames
 * @param mainFrameOnly  whether the program can see no other frame of the stack than main's
 * @param stackWritten   bytes at the top of the stack that a run writes at most; -1 if that is not known
 * @param loopFree       whether the code ends after at most as many instructions as it has
 * @param iterations     by slot: whether its function keeps a counter of iterations in the open frames
 */
public record Compiled(Relaxation.Code code, int entry, int recover, List<Site> sites, int[] slots, int[] functions,
        Map<Integer, Integer> routineReturns,
        int returns, int keptByCallTo, boolean mainFrameOnly, int stackWritten, boolean loopFree, BitSet iterations) {

    /** The slot whose code is at an offset, or the last one before it: what is rarely run lies behind all slots. */
    int slotOf(int offset) {
        int best = 0;
        for (int slot = 1; slot < slots.length; slot++) {
            if (slots[slot] >= slots[best] && slots[slot] <= offset) {
                best = slot;
            }
        }
        return best;
    }
}
