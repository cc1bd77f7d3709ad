// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.testing.RandomPrograms;
import java.util.List;

/** Random programs, with and without LSE. */
class RandomProgramsTest extends RandomPrograms {
    @Override
    protected List<Arm64Engine> engines() {
        return FeatureSets.engines();
    }
}
