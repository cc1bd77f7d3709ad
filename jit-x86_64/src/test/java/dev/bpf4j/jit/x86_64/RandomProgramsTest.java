// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.jit.nativecode.testing.RandomPrograms;
import java.util.List;

/** Random programs, with every set of CPU features. */
class RandomProgramsTest extends RandomPrograms {
    @Override
    protected List<X86Engine> engines() {
        return FeatureSets.engines();
    }
}
