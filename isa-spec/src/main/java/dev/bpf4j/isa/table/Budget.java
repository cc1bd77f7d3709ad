// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

/**
 * Bounds of one reading of tables, so that no text takes unbounded time, memory or stack. Definitions may use definitions, so a short text can
 * stand for a large tree: what counts is the work done, not the length of the text. The limits are far above what a real table needs.
 */
final class Budget {
    /** Most expansions of one table. */
    static final int MAX_EXPANSIONS = 5000;
    /** Most nodes visited and template parts filled in by a whole reading; the built-in tables take about 20,000. */
    private static final int MAX_WORK = 2_000_000;
    /** Deepest nesting of an expression, the definitions that it uses included. */
    private static final int MAX_DEPTH = 200;

    private int work;
    private int depth;

    /** Counts one step, and one level of nesting until {@link #leave}. */
    void enter(Position at) {
        if (++work > MAX_WORK) {
            throw at.error("the tables need more than " + MAX_WORK + " steps to read");
        }
        if (++depth > MAX_DEPTH) {
            throw at.error("nested more than " + MAX_DEPTH + " deep, definitions included; does one use itself?");
        }
    }

    /** Ends a level. Not called when an error leaves the reading altogether. */
    void leave() {
        depth--;
    }
}
