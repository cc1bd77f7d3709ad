// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.jit.nativecode.testing.LoopsComparison;
import java.util.List;

/** Loops over memory, with every set of CPU features. */
class LoopsTest extends LoopsComparison {
    @Override
    protected List<X86Engine> engines() {
        return FeatureSets.engines();
    }
}
