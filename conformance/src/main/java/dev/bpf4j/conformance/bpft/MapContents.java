// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.conformance.bpft.BpftCase.Ends;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import java.util.Optional;

/** The contents of a case's maps, before and after the run. */
final class MapContents {
    private MapContents() {
    }

    /** How a file writes a map type. */
    static String typeName(int number) {
        return Integer.toString(number);
    }

    static void fill(Machine machine, BpftCase testCase) throws LoadException {
        if (!testCase.start().entries().isEmpty()) {
            throw new LoadException("maps have no contents yet");
        }
    }

    static Optional<String> difference(Machine machine, BpftCase testCase, Ends ends) {
        return Optional.empty();
    }
}
