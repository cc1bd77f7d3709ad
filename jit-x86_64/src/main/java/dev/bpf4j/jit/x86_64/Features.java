// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** CPU features that the emitter may use: those that the processor has, unless {@value #PROPERTY} names a smaller set. */
final class Features {
    /** The property: names between commas, {@code none}, or nothing for all that the processor has. */
    static final String PROPERTY = "bpf4j.x86_64.features";
    /** All features that the machine table knows. */
    static final List<String> KNOWN = List.of("bmi2", "movbe");
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    private Features() {
    }

    /** What the processor has, as the kernel says. */
    static Set<String> detected() {
        try {
            return Files.readAllLines(CPUINFO).stream().filter(line -> line.startsWith("flags")).findFirst().stream().flatMap(line -> Arrays
                    .stream(line.split("[ \t]+"))).filter(KNOWN::contains).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            return Set.of();
        }
    }

    /**
     * What is to be used.
     *
     * @throws IllegalArgumentException if the property names a feature that is unknown or that the processor does not have
     */
    static Set<String> selected() {
        String wanted = System.getProperty(PROPERTY, "");
        Set<String> detected = detected();
        if (wanted.isEmpty()) {
            return detected;
        }
        Set<String> names = new TreeSet<>();
        for (String name : wanted.split(",")) {
            if (!name.equals("none") && !detected.contains(name)) {
                throw new IllegalArgumentException("-D" + PROPERTY + "=" + wanted + ": this processor has " + detected + ", not " + name);
            }
            if (!name.equals("none")) {
                names.add(name);
            }
        }
        return names;
    }
}
