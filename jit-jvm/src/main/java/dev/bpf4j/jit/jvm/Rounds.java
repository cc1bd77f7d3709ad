// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Regions;

/**
 * How many rounds of a loop certainly go a certain way: what generated code computes before it enters the fast copy of a loop. All results are
 * lower bounds, at least 0 and far below {@link Long#MAX_VALUE}. Small, so that they are inlined.
 */
final class Rounds {
    private static final long MANY = Long.MAX_VALUE >> 2;

    private Rounds() {
    }

    /** A distance, as an unsigned number, divided by a step of at least 1. */
    private static long divided(long distance, long step) {
        return (distance < 0 || distance > MANY ? MANY : distance) / step;
    }

    // ---- how often value, value + step, … compares with a limit like this before it does not for the first time ----

    static long belowUnsigned(long value, long limit, long step) {
        return Long.compareUnsigned(value, limit) < 0 ? divided(limit - 1 - value, step) + 1 : 0;
    }

    static long atMostUnsigned(long value, long limit, long step) {
        return Long.compareUnsigned(value, limit) <= 0 ? divided(limit - value, step) + 1 : 0;
    }

    static long aboveUnsigned(long value, long limit, long step) {
        return Long.compareUnsigned(value, limit) > 0 ? divided(value - 1 - limit, -step) + 1 : 0;
    }

    static long atLeastUnsigned(long value, long limit, long step) {
        return Long.compareUnsigned(value, limit) >= 0 ? divided(value - limit, -step) + 1 : 0;
    }

    static long belowSigned(long value, long limit, long step) {
        return value < limit ? divided(limit - 1 - value, step) + 1 : 0;
    }

    static long atMostSigned(long value, long limit, long step) {
        return value <= limit ? divided(limit - value, step) + 1 : 0;
    }

    static long aboveSigned(long value, long limit, long step) {
        return value > limit ? divided(value - 1 - limit, -step) + 1 : 0;
    }

    static long atLeastSigned(long value, long limit, long step) {
        return value >= limit ? divided(value - limit, -step) + 1 : 0;
    }

    static long notEqual(long value, long limit, long step) {
        return step > 0 ? divided(limit - value, step) : divided(value - limit, -step);
    }

    // ---- how often first, first + step, … lies in a range ----

    /** In {@code [low, low + span]}; never if the span is negative. */
    static long inside(long first, long step, long low, long span) {
        long distance = first - low;
        if (span < 0 || Long.compareUnsigned(distance, span) > 0) {
            return 0;
        }
        if (step == 0) {
            return MANY;
        }
        return (step > 0 ? divided(span - distance, step) : divided(distance, -step)) + 1;
    }

    /** In the one region that allows the first access, whichever that is. */
    static long somewhere(Run run, long first, long step, int bytes, boolean write, long r10) {
        run.frame(r10);
        Regions regions = run.lane.regions();
        int index = regions.find(first, bytes, write);
        return index < 0 ? 0 : inside(first, step, regions.base(index), regions.size(index) - bytes);
    }

    /** In the stack in use. */
    static long inStack(Run run, long first, long step, int bytes, long r10) {
        long base = r10 - GuestLayout.FRAME_SIZE;
        return inside(first, step, base, run.stackTop - base - bytes);
    }
}
