// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a pass left: what is compared before anything is timed.
 *
 * @param result   r0, folded over the inputs
 * @param memories what each input has become: raw memory, or the packet
 */
public record Observation(long result, List<byte[]> memories) {
    /** Copies the list. */
    public Observation { memories = List.copyOf(memories); }

    /** The first difference to what was expected, in words; empty if there is none. */
    Optional<String> differenceTo(Observation expected) {
        if (result != expected.result) {
            return Optional.of("result 0x" + Long.toHexString(result) + ", expected 0x" + Long.toHexString(expected.result));
        }
        for (int i = 0; i < expected.memories.size(); i++) {
            byte[] found = memories.get(i);
            byte[] wanted = expected.memories.get(i);
            int at = Arrays.mismatch(found, wanted);
            if (at >= 0) {
                String input = expected.memories.size() == 1 ? "" : " of input " + i;
                return Optional.of(at == Math.min(found.length, wanted.length)
                        ? "memory" + input + " has " + found.length + " bytes, expected " + wanted.length
                        : String.format("memory%s at byte %d: 0x%02x, expected 0x%02x", input, at, found[at], wanted[at]));
            }
        }
        return Optional.empty();
    }
}
