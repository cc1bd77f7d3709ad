// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.testing.SequencesComparison;
import java.util.List;

/** Sequences, with and without LSE. */
class SequencesTest extends SequencesComparison {
    @Override
    protected List<Arm64Engine> engines() {
        return FeatureSets.engines();
    }
}
