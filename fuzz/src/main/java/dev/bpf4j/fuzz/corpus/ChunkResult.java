// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of some programs, as one line of text between processes.
 *
 * @param programs  how many
 * @param slots     of all of them
 * @param differing programs that engines disagreed on
 * @param cpuNanos  processor time
 * @param outcomes  how often programs ended how, by names without blanks
 */
public record ChunkResult(long programs, long slots, long differing, long cpuNanos, Map<String, Long> outcomes) {
    /** Nothing. */
    public static final ChunkResult NONE = new ChunkResult(0, 0, 0, 0, Map.of());

    /** Sorts the map. */
    public ChunkResult { outcomes = new TreeMap<>(outcomes); }

    /** Both together. */
    public ChunkResult plus(ChunkResult other) {
        Map<String, Long> both = new TreeMap<>(outcomes);
        other.outcomes.forEach((outcome, times) -> both.merge(outcome, times, Long::sum));
        return new ChunkResult(programs + other.programs, slots + other.slots, differing + other.differing, cpuNanos + other.cpuNanos,
                both);
    }

    /** As a line. */
    String line() {
        return programs + " " + slots + " " + differing + " " + cpuNanos + outcomes.entrySet().stream().map(entry -> " " + entry.getKey()
                + "=" + entry.getValue()).collect(Collectors.joining());
    }

    /**
     * From a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ChunkResult parse(String line) {
        String[] words = line.strip().split(" ");
        if (words.length < 4) {
            throw new IllegalArgumentException("'" + line + "': expected four numbers and outcomes");
        }
        Map<String, Long> outcomes = new TreeMap<>();
        for (int i = 4; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            outcomes.put(words[i].substring(0, Math.max(equals, 0)), Long.parseLong(words[i].substring(equals + 1)));
        }
        return new ChunkResult(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]),
                outcomes);
    }
}
