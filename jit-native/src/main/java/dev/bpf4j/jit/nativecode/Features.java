// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The CPU features that a backend's machine table knows, and which of them the emitter may use: those that the processor has, unless a system
 * property names a smaller set. Immutable.
 *
 * @param property the system property: names between commas, {@code none}, or nothing for all that the processor has
 * @param words    for each feature of the table its word in {@link Processor#features}
 */
public record Features(String property, Map<String, String> words) {
    /** Copies the map. */
    public Features { words = Map.copyOf(words); }

    /** What a processor has. */
    public Set<String> of(Processor processor) {
        Set<String> names = new TreeSet<>();
        words.forEach((name, word) -> {
            if (processor.features().contains(word)) {
                names.add(name);
            }
        });
        return names;
    }

    /**
     * What is to be used.
     *
     * @param available what the processor has
     * @throws IllegalArgumentException if the property names a feature that is unknown or that the processor does not have
     */
    public Set<String> selected(Set<String> available) {
        String wanted = System.getProperty(property, "");
        if (wanted.isEmpty()) {
            return available;
        }
        Set<String> names = new TreeSet<>();
        for (String name : wanted.split(",")) {
            if (!name.equals("none") && !available.contains(name)) {
                throw new IllegalArgumentException("-D" + property + "=" + wanted + ": this processor has " + available + ", not " + name);
            }
            if (!name.equals("none")) {
                names.add(name);
            }
        }
        return names;
    }
}
