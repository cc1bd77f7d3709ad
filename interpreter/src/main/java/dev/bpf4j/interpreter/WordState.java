// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import static dev.bpf4j.isa.gen.InterpreterGenerator.ARENA_HIGH;
import static dev.bpf4j.isa.gen.InterpreterGenerator.CELLS;
import static dev.bpf4j.isa.gen.InterpreterGenerator.CHUNK;
import static dev.bpf4j.isa.gen.InterpreterGenerator.COLD;
import static dev.bpf4j.isa.gen.InterpreterGenerator.DEPTH;
import static dev.bpf4j.isa.gen.InterpreterGenerator.DEPTH_LIMIT;
import static dev.bpf4j.isa.gen.InterpreterGenerator.FRAMES;
import static dev.bpf4j.isa.gen.InterpreterGenerator.PC;
import static dev.bpf4j.isa.gen.InterpreterGenerator.READ_SIZES;
import static dev.bpf4j.isa.gen.InterpreterGenerator.REGIONS;
import static dev.bpf4j.isa.gen.InterpreterGenerator.STARTS;
import static dev.bpf4j.isa.gen.InterpreterGenerator.STATE;
import static dev.bpf4j.isa.gen.InterpreterGenerator.WRITE_SIZES;

import dev.bpf4j.runtime.Regions;
import org.jspecify.annotations.Nullable;

/**
 * What goes into a loop and comes out of it, and the translation between that and an {@link Activation}. A loop knows 15 regions at a time:
 * the lane's own and the shared ones that were used last.
 */
final class WordState {
    /** Back edges and calls between two returns of a loop: a request to stop waits for at most that many. */
    private static final long CHUNK_UNITS = 65_536;
    /** More units than any routine takes. */
    private static final long UNCOUNTED = 1L << 60;
    private static final int MOST_FRAMES = 7;
    private static final int KNOWN = REGIONS - 1;
    private static final int STACK_POINTER = 10;

    private final long[] values = new long[STATE];
    private final int[] known = new int[KNOWN];
    private int oldest = Regions.SHARED;
    private long chunk;
    private boolean counted;
    private boolean cold;
    private @Nullable WordLoop little;
    private @Nullable WordLoop big;

    WordState() {
        java.util.Arrays.setAll(known, i -> i);
        values[STARTS + KNOWN] = 0;
        values[READ_SIZES + KNOWN] = Long.MAX_VALUE;
        values[WRITE_SIZES + KNOWN] = Long.MAX_VALUE;
    }

    /** The loop for a byte order, once it has been set. */
    @Nullable
    WordLoop loop(boolean bigEndian) {
        return bigEndian ? big : little;
    }

    /** Keeps the loop for a byte order. */
    void loop(boolean bigEndian, WordLoop loop) {
        if (bigEndian) {
            big = loop;
        } else {
            little = loop;
        }
    }

    /** The state to start a loop with. */
    long[] values() {
        return values;
    }

    /** Whether the loop that ran last left its last word to the driver. */
    boolean cold() {
        return cold;
    }

    void enter(Activation activation, int word) {
        System.arraycopy(activation.registers, 0, values, 0, STACK_POINTER + 1);
        counted = !activation.inRoutine();
        chunk = counted ? Math.min(activation.budget(), CHUNK_UNITS) : UNCOUNTED;
        values[CHUNK] = chunk;
        values[DEPTH] = 0;
        values[PC] = word;
        values[DEPTH_LIMIT] = counted ? 8L * Math.min(activation.freeFrames(), MOST_FRAMES) : 0;
        values[CELLS] = activation.lane().cells();
        values[ARENA_HIGH] = activation.machine().arenaHigh();
        Regions regions = activation.lane().regions();
        for (int i = 0; i < KNOWN; i++) {
            boolean live = known[i] < regions.count();
            long size = live ? regions.size(known[i]) : 0;
            values[STARTS + i] = live ? regions.base(known[i]) : 0;
            values[READ_SIZES + i] = size;
            values[WRITE_SIZES + i] = live && regions.writable(known[i]) ? size : 0;
        }
    }

    void leave(Activation activation, WordCode code, long[] after) {
        System.arraycopy(after, 0, activation.registers, 0, STACK_POINTER + 1);
        if (counted) {
            activation.budget(activation.budget() - (chunk - after[CHUNK]));
        }
        int frames = (int) after[DEPTH] / 8;
        for (int i = 0; i < frames; i++) {
            activation.pushed(code.slotAt((int) after[FRAMES + 8 * i + 4]), after, FRAMES + 8 * i);
        }
        activation.resumeAt(code.slotAt((int) after[PC]));
        cold = after[COLD] != 0;
    }

    /** Lets the loops know the shared region that the driver found last, in the place of the one that has been known longest. */
    void learn(Activation activation) {
        int region = activation.lastRegion();
        if (region < KNOWN) {
            return;
        }
        for (int index : known) {
            if (index == region) {
                return;
            }
        }
        known[oldest] = region;
        oldest = oldest + 1 == KNOWN ? Regions.SHARED : oldest + 1;
    }
}
