// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.conformance.bpft.BpftCase.Ends;
import dev.bpf4j.conformance.bpft.BpftCase.Entry;
import dev.bpf4j.runtime.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a case expects of a run, compared with the run. */
final class Expected {
    private Expected() {
    }

    /** The first thing that is not as expected; empty if there is none. */
    static Optional<String> difference(BpftCase testCase, Ends ends, Observation.Run run) {
        if (!run.outcome().sameAs(ends.outcome())) {
            return Optional.of("expected " + ends.outcome() + ", found " + run.outcome());
        }
        return registers(ends, run).or(() -> bytes("memory", ends.memory(), run.memory())).or(() -> bytes("packet", ends.packet(), run
                .packet())).or(() -> maps(testCase, ends, run));
    }

    private static Optional<String> registers(Ends ends, Observation.Run run) {
        if (run.registers().isEmpty() || run.outcome() instanceof Outcome.Fault) {
            return Optional.empty();
        }
        long[] found = run.registers().get();
        for (Map.Entry<Integer, Long> expected : ends.registers().entrySet()) {
            if (found[expected.getKey()] != expected.getValue()) {
                return Optional.of("expected r" + expected.getKey() + " to be 0x" + Long.toHexString(expected.getValue()) + ", found 0x"
                        + Long.toHexString(found[expected.getKey()]));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> bytes(String what, Optional<byte[]> wanted, byte[] found) {
        byte[] expected = wanted.orElse(found);
        int at = Arrays.mismatch(expected, found);
        if (at < 0) {
            return Optional.empty();
        }
        if (at == expected.length || at == found.length) {
            return Optional.of("expected a " + what + " of " + expected.length + " bytes, found " + found.length);
        }
        return Optional.of("expected byte " + at + " of the " + what + " to be 0x" + Integer.toHexString(expected[at] & 0xff)
                + ", found 0x" + Integer.toHexString(found[at] & 0xff));
    }

    private static Optional<String> maps(BpftCase testCase, Ends ends, Observation.Run run) {
        for (Map.Entry<String, List<Entry>> entries : new TreeMap<>(ends.entries()).entrySet()) {
            SortedMap<String, String> expected = MapContents.expected(testCase, entries.getValue());
            SortedMap<String, String> found = run.maps().get(entries.getKey());
            if (!expected.equals(found)) {
                return Optional.of("expected map " + entries.getKey() + " to hold " + expected + ", found " + found);
            }
        }
        return Optional.empty();
    }
}
