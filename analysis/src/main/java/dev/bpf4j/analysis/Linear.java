// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A sum of multiples of registers and a constant, modulo 2^64. The registers stand for their values at some fixed place, as the user says.
 *
 * @param terms    factor by register, 0 to 10; no factor is 0
 * @param constant what is added
 */
public record Linear(Map<Integer, Long> terms, long constant) {
    private static final int MOST_TERMS = 4;
    private static final List<Linear> REGISTERS = IntStream.rangeClosed(0, 10).mapToObj(register -> new Linear(Map.of(register, 1L), 0))
            .toList();

    /** Copies the terms. */
    public Linear { terms = Map.copyOf(terms); }

    /** A number. */
    public static Linear of(long constant) {
        return new Linear(Map.of(), constant);
    }

    /** A register. */
    public static Linear register(int register) {
        return REGISTERS.get(register);
    }

    /** Whether there are few enough terms to be worth computing. */
    boolean isShort() {
        return terms.size() <= MOST_TERMS;
    }

    /** This and a multiple of another one. */
    public Linear plus(Linear other, long factor) {
        if (other.terms.isEmpty()) {
            return other.constant * factor == 0 ? this : new Linear(terms, constant + other.constant * factor);
        }
        if (terms.isEmpty() && factor == 1) {
            return constant == 0 ? other : new Linear(other.terms, constant + other.constant);
        }
        Map<Integer, Long> sum = new TreeMap<>(terms);
        other.terms.forEach((register, own) -> sum.merge(register, own * factor, (a, b) -> a + b == 0 ? null : a + b));
        sum.values().removeIf(own -> own == 0);
        return new Linear(sum, constant + other.constant * factor);
    }

    /** A multiple of this. */
    public Linear times(long factor) {
        return of(0).plus(this, factor);
    }

    /** Whether it is a number. */
    public boolean isConstant() {
        return terms.isEmpty();
    }

    /** Whether it is the register and a number: {@code register + constant}. */
    public boolean isOffsetOf(int register) {
        return terms.size() == 1 && terms.getOrDefault(register, 0L) == 1;
    }

    /** The same without its constant. */
    public Linear base() {
        return constant == 0 ? this : new Linear(terms, 0);
    }
}
