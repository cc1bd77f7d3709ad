// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.testing.LoopsComparison;
import java.util.List;

/** Loops over memory, with and without LSE. */
class LoopsTest extends LoopsComparison {
    @Override
    protected List<Arm64Engine> engines() {
        return FeatureSets.engines();
    }
}
