// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import static dev.bpf4j.fuzz.generate.Statement.ADDRESS;
import static dev.bpf4j.fuzz.generate.Statement.ATOMIC;
import static dev.bpf4j.fuzz.generate.Statement.BRANCH;
import static dev.bpf4j.fuzz.generate.Statement.CALL;
import static dev.bpf4j.fuzz.generate.Statement.CALL_INDIRECT;
import static dev.bpf4j.fuzz.generate.Statement.CALLBACK;
import static dev.bpf4j.fuzz.generate.Statement.COMPUTE;
import static dev.bpf4j.fuzz.generate.Statement.CONSTANT;
import static dev.bpf4j.fuzz.generate.Statement.EXIT;
import static dev.bpf4j.fuzz.generate.Statement.FAR_JUMP;
import static dev.bpf4j.fuzz.generate.Statement.GOTO;
import static dev.bpf4j.fuzz.generate.Statement.GOTO_INDIRECT;
import static dev.bpf4j.fuzz.generate.Statement.HELPER;
import static dev.bpf4j.fuzz.generate.Statement.JUMP_ANYWHERE;
import static dev.bpf4j.fuzz.generate.Statement.KFUNC;
import static dev.bpf4j.fuzz.generate.Statement.LOOP;
import static dev.bpf4j.fuzz.generate.Statement.MAP_STATE;
import static dev.bpf4j.fuzz.generate.Statement.MAY_GOTO;
import static dev.bpf4j.fuzz.generate.Statement.MEMORY;
import static dev.bpf4j.fuzz.generate.Statement.PACKET;
import static dev.bpf4j.fuzz.generate.Statement.PAIR;
import static dev.bpf4j.fuzz.generate.Statement.SEQUENCE;
import static dev.bpf4j.fuzz.generate.Statement.TAIL_CALL;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What random programs look like.
 *
 * @param name      for people and for the command line
 * @param items     instructions that a program has at least, without the exits of its functions
 * @param functions most functions besides main
 * @param memory    size of the memory in bytes, a multiple of 8
 * @param packet    size of the packet in bytes
 * @param wild      share of programs, of 256, that break rules on purpose: out-of-bounds and misaligned accesses, jumps anywhere, recursion,
 *                  unknown helpers
 * @param maps      whether programs have the maps of {@link Maps}
 * @param kernel    whether only programs are made that Linux's verifier accepts
 * @param weights   how often each statement is chosen, relative to the others
 */
public record Profile(String name, int items, int functions, int memory, int packet, int wild, boolean maps, boolean kernel,
        Map<Statement, Integer> weights) {
    /** Some of everything. */
    public static final Profile MIXED = new Profile("mixed", 40, 3, 128, 32, 24, true, false, Map.ofEntries(Map.entry(COMPUTE, 110), Map
            .entry(
                    CONSTANT, 24), Map.entry(PAIR, 12), Map.entry(MEMORY, 28), Map.entry(ATOMIC, 18), Map.entry(BRANCH, 24), Map.entry(LOOP,
                            4), Map
                                    .entry(MAY_GOTO, 2), Map.entry(GOTO, 3), Map.entry(GOTO_INDIRECT, 3), Map.entry(CALL, 6), Map.entry(
                                            CALL_INDIRECT, 2), Map
                                                    .entry(HELPER, 6), Map.entry(KFUNC, 1), Map.entry(PACKET, 4), Map.entry(ADDRESS, 4), Map
                                                            .entry(EXIT, 1), Map
                                                                    .entry(JUMP_ANYWHERE, 3)));
    /** One instruction that computes or accesses memory, on values of interest. */
    public static final Profile SINGLE = new Profile("single", 1, 0, 64, 16, 16, false, false, Map.of(COMPUTE, 16, PAIR, 4, MEMORY, 6,
            ATOMIC, 6));
    /** Computation without any jump. */
    public static final Profile STRAIGHT = new Profile("straight", 40, 0, 0, 0, 0, false, false, Map.of(COMPUTE, 12, CONSTANT, 3, PAIR, 1));
    /** Mostly loads, stores and atomics. */
    public static final Profile ACCESSES = new Profile("accesses", 40, 1, 256, 64, 32, true, false, Map.of(COMPUTE, 6, CONSTANT, 2, MEMORY,
            14,
            ATOMIC, 10, BRANCH, 2, LOOP, 1, PACKET, 2, HELPER, 1, CALL, 1));
    /** Mostly jumps and calls. */
    public static final Profile CONTROL = new Profile("control", 40, 5, 64, 16, 64, true, false, Map.ofEntries(Map.entry(COMPUTE, 10), Map
            .entry(
                    CONSTANT, 3), Map.entry(BRANCH, 10), Map.entry(LOOP, 3), Map.entry(MAY_GOTO, 3), Map.entry(GOTO, 3), Map.entry(
                            GOTO_INDIRECT, 3),
            Map.entry(CALL, 5), Map.entry(CALL_INDIRECT, 4), Map.entry(HELPER, 4), Map.entry(EXIT, 1), Map.entry(JUMP_ANYWHERE, 3)));
    /** Programs that Linux's verifier accepts, over registers and scratch memory. */
    public static final Profile KERNEL = new Profile("kernel", 40, 2, KernelAccesses.REACH, 0, 0, false, true, Map.of(COMPUTE, 110,
            CONSTANT, 24, PAIR, 12,
            MEMORY,
            28, ATOMIC, 18, BRANCH, 24, LOOP, 4, GOTO, 3, CALL, 6));

    /** Accesses out of bounds and misaligned on purpose, in every program. */
    public static final Profile BOUNDS = new Profile("bounds", 24, 1, 64, 24, 256, true, false, Map.of(COMPUTE, 4, CONSTANT, 1, MEMORY, 16,
            ATOMIC, 8, BRANCH, 2, PACKET, 2, HELPER, 2, MAP_STATE, 2, CALL_INDIRECT, 2));
    /** Jumps of every range, back and forth, around the limits of short forms. */
    public static final Profile JUMPS = new Profile("jumps", 12, 1, 64, 16, 16, false, false, Map.of(COMPUTE, 6, CONSTANT, 2, BRANCH, 4,
            FAR_JUMP, 8, LOOP, 2, GOTO, 2, MAY_GOTO, 1, JUMP_ANYWHERE, 1));
    /** Tail calls that succeed and fail, from main and from callees. */
    public static final Profile TAIL = new Profile("tail", 24, 2, 64, 16, 48, true, false, Map.of(COMPUTE, 8, CONSTANT, 2, TAIL_CALL, 3,
            CALL, 3, BRANCH, 3, MEMORY, 4));
    /** Functions called back by helpers, with everything inside. */
    public static final Profile CALLBACKS = new Profile("callbacks", 32, 4, 64, 16, 24, true, false, Map.of(COMPUTE, 10, CONSTANT, 2,
            CALLBACK, 5, CALL, 2, CALL_INDIRECT, 2, BRANCH, 3, MEMORY, 6, EXIT, 1));
    /** A hash table that fills, empties and overflows. */
    public static final Profile MAPS = new Profile("maps", 32, 1, 64, 16, 16, true, false, Map.of(COMPUTE, 8, CONSTANT, 2, MAP_STATE, 8,
            HELPER, 2, BRANCH, 3, LOOP, 2, MEMORY, 4));
    /** Instructions that compilers of machine code take together: copies with a computation, rotations. */
    public static final Profile SEQUENCES = new Profile("sequences", 40, 1, 64, 16, 0, false, false, Map.of(COMPUTE, 4, CONSTANT, 2,
            SEQUENCE, 16, BRANCH, 3, LOOP, 1, CALL, 3));
    /** Programs larger than a page and than a short displacement. */
    public static final Profile BIG = new Profile("big", 3000, 6, 128, 32, 8, true, false, MIXED.weights);

    /** Those of general programs, which leave nothing of their kind out. */
    public static final List<Profile> ALL = List.of(MIXED, SINGLE, STRAIGHT, ACCESSES, CONTROL, KERNEL);
    /** Those with a purpose. */
    public static final List<Profile> SPECIAL = List.of(BOUNDS, JUMPS, TAIL, CALLBACKS, MAPS, SEQUENCES, BIG);

    /** Copies the weights. */
    public Profile {
        weights = Map.copyOf(weights);
        if (items < 1 || memory % 8 != 0 || memory > 1 << 20 || packet > 4096 || weights.isEmpty()) {
            throw new IllegalArgumentException("a profile out of range: " + name);
        }
    }

    /** The built-in profile with a name. */
    public static Profile named(String name) {
        List<Profile> every = Stream.concat(ALL.stream(), SPECIAL.stream()).toList();
        return every.stream().filter(profile -> profile.name.equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "there is no profile '" + name + "'; there are " + every.stream().map(Profile::name).toList()));
    }

    /** This profile with programs of another length. */
    public Profile withItems(int count) {
        return new Profile(name, count, functions, memory, packet, wild, maps, kernel, weights);
    }

    /** Whether programs have a hash table besides the maps that others have. */
    public boolean stateful() {
        return weights.containsKey(MAP_STATE);
    }

    /** Bytes of entropy that a program takes, about. */
    public int entropy() {
        return Math.max(Entropy.SEEDED, items * 24);
    }

    /** Statements by a random byte: each stands as often as its weight says. */
    Statement[] choices() {
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        Statement[] choices = new Statement[1 << 12];
        int from = 0;
        int weight = 0;
        for (Statement statement : Statement.values()) {
            weight += weights.getOrDefault(statement, 0);
            int to = (int) ((long) weight * choices.length / sum);
            Arrays.fill(choices, from, to, statement);
            from = to;
        }
        return choices;
    }
}
