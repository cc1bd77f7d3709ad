// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/**
 * What a program may use up. Fixed when a machine is created.
 *
 * @param budget    units of work per run (Ruling 5): one per backward jump, call, helper call, tail call and callback iteration; at least 0
 * @param frames    stack frames, main included (Ruling 2); 1 to 1024
 * @param tailCalls tail calls per run (Ruling 11; Linux: 33); at least 0
 * @param mayGoto   iterations of {@code may_goto} per function activation (Ruling 9); at least 0
 */
public record Limits(long budget, int frames, int tailCalls, long mayGoto) {
    /** The defaults of the Rulings. */
    public static final Limits DEFAULT = new Limits(1L << 30, 8, 33, 8_388_608);

    /** @throws IllegalArgumentException if a limit is outside its range */
    public Limits {
        if (budget < 0 || frames < 1 || frames > 1024 || tailCalls < 0 || mayGoto < 0) {
            throw new IllegalArgumentException("limits out of range: " + budget + ", " + frames + ", " + tailCalls + ", " + mayGoto);
        }
    }

    /** These limits with another budget. */
    public Limits withBudget(long units) {
        return new Limits(units, frames, tailCalls, mayGoto);
    }

    /** These limits with another number of frames. */
    public Limits withFrames(int count) {
        return new Limits(budget, count, tailCalls, mayGoto);
    }

    /** These limits with another bound for {@code may_goto}. */
    public Limits withMayGoto(long iterations) {
        return new Limits(budget, frames, tailCalls, iterations);
    }

    /** Bytes of the whole stack. */
    public int stackSize() {
        return frames * GuestLayout.FRAME_SIZE;
    }
}
