// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.jit.nativecode.Tier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sets of CPU features that tests run with: with and without LSE, the latter also without analyses. */
final class FeatureSets {
    private FeatureSets() {
    }

    /** An engine for each set; the test is skipped, with the reason, where machine code can neither run nor be emulated. */
    static List<Arm64Engine> engines() {
        Optional<String> reason = new Arm64Engine().unavailable();
        assumeTrue(reason.isEmpty(), () -> "engine arm64 " + reason.orElse(""));
        boolean lse = Arm64Engine.FEATURES.of(new Arm64Engine().processor()).contains("lse");
        Arm64Engine plain = new Arm64Engine(Set.of(), Tier.PLAIN);
        Arm64Engine none = new Arm64Engine(Set.of());
        return lse ? List.of(plain, none, new Arm64Engine(Set.of("lse"))) : List.of(plain, none);
    }
}
