// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftWriter;
import dev.bpf4j.fuzz.compare.Difference;

/**
 * A disagreement of engines.
 *
 * @param seed        of the program
 * @param profile     of the program
 * @param difference  what differs in the shrunken case
 * @param testCase    the shrunken case, its comments saying where it comes from and where the engines begin to differ
 * @param slots       slots of the program as it was generated
 */
public record Finding(long seed, String profile, Difference difference, BpftCase testCase, int slots) {

    /** The case as a {@code .bpft} file. */
    public String file() {
        return BpftWriter.write(testCase);
    }

    @Override
    public String toString() {
        return "seed " + seed + " (" + profile + "): " + difference + "; " + slots + " slots shrunken to " + testCase.program().slots();
    }
}
