// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.corpus;

import java.util.Locale;

/** What a program of the corpus measures. */
public enum Kind {
    /** The cost of a run, since it does next to nothing. */
    INVOCATION,
    /** Arithmetic, branches, memory, local calls. Geometric means are over these. */
    COMPUTE,
    /** Map helpers. */
    MAP,
    /** XDP over captured frames: one run per frame. */
    PACKET,
    /** XDP with tail calls. */
    TAILCALL;

    /** As the table has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
