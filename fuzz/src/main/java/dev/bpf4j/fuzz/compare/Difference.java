// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.compare;

import java.util.Locale;

/**
 * The first thing in which two observations differ.
 *
 * @param aspect   what differs
 * @param kind     what makes it the same difference in another program: how both ended, say; no values
 * @param first    name of the one engine, with {@code (unobserved)} behind it for that form
 * @param second   name of the other one
 * @param detail   both values, for people
 */
public record Difference(Aspect aspect, String kind, String first, String second, String detail) {

    /** Whether another difference is between the same engines and of the same kind. */
    public boolean sameAs(Difference other) {
        return aspect == other.aspect && kind.equals(other.kind) && first.equals(other.first) && second.equals(other.second);
    }

    @Override
    public String toString() {
        return first + " and " + second + " differ in " + aspect.name().toLowerCase(Locale.ROOT) + ": " + detail;
    }
}
