// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.util.Locale;

/** How much a native engine finds out about a program before it translates it. Results are the same. */
public enum Tier {
    /**
     * Nothing: for programs that run so seldom that translating them counts. Accesses by r10 are expected in the stack and all others in the
     * context, no rotation is looked for whose parts lie apart, and no loop gets a copy without checks.
     */
    PLAIN,
    /** What the analyses can tell. */
    FULL;

    /** The system property that chooses: {@code plain} or {@code full}, which is also what is taken without it. */
    public static final String PROPERTY = "bpf4j.native.tier";

    /**
     * The one that the property names.
     *
     * @throws IllegalArgumentException if it names none
     */
    static Tier selected() {
        String wanted = System.getProperty(PROPERTY, "");
        if (wanted.isEmpty()) {
            return FULL;
        }
        for (Tier tier : values()) {
            if (tier.name().toLowerCase(Locale.ROOT).equals(wanted)) {
                return tier;
            }
        }
        throw new IllegalArgumentException("-D" + PROPERTY + "=" + wanted + ": there is plain and full");
    }
}
