// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.jit.nativecode.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sets of CPU features that tests run with: none, each alone, all, and all without analyses; those that this processor has. */
final class FeatureSets {
    private FeatureSets() {
    }

    /** An engine for each set; the test is skipped, with the reason, where machine code cannot run. */
    static List<X86Engine> engines() {
        Optional<String> reason = new X86Engine().unavailable();
        assumeTrue(reason.isEmpty(), () -> "engine x86-64 " + reason.orElse(""));
        Set<String> here = X86Engine.FEATURES.of(new X86Engine().processor());
        List<Set<String>> sets = new ArrayList<>(List.of(Set.of()));
        here.forEach(feature -> sets.add(Set.of(feature)));
        if (here.size() > 1) {
            sets.add(here);
        }
        List<X86Engine> engines = new ArrayList<>(List.of(new X86Engine(here, Tier.PLAIN)));
        sets.forEach(set -> engines.add(new X86Engine(set)));
        return engines;
    }
}
