// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.Induction.Cut;
import dev.bpf4j.analysis.Induction.Trip;
import dev.bpf4j.analysis.Linear;

/**
 * What a target does around a {@link FastLoop}. The fuel counts its rounds: before the first one there is as much in it as certain rounds come
 * behind that one, and the rest lies in {@link NativeContext#REST}. All registers of the program keep their values.
 */
public interface LoopTarget {
    /** Instead of a region: the whole guest space, without its end and its beginning being next to each other. */
    int SPACE = -1;

    /** Puts the fuel aside; what the counter holds then is only lowered by what follows. */
    void begin();

    /** No more rounds than the condition certainly holds; goes to {@code careful} if it does not hold once. */
    void goesOn(Trip trip, int careful);

    /** No more rounds than the bytes of a range certainly lie in its region; goes to {@code careful} if they do not in the first one. */
    void inside(int region, Linear first, long step, int bytes, boolean write, int careful);

    /** No more rounds than a value certainly stays small; goes to {@code careful} if it is not in the first one. */
    void within(Cut cut, int careful);

    /** The number is final: only the rest stays aside. */
    void start();

    /** As many certain rounds in bulk as are a multiple of what is convenient; at least one is left. */
    void bulk(Bulk bulk);

    /** No round is certain: the fuel is what it was. */
    void giveUp();

    /** Behind the last certain round, whose unit has not been taken: what is left is the rest. */
    void finish();

    /** On another way out of the loop: what is left is the rest, and what the counter still holds. */
    void leave();
}
