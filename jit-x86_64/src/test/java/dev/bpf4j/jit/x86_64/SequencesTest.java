// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.jit.nativecode.testing.SequencesComparison;
import java.util.List;

/** Sequences, with every set of CPU features. */
class SequencesTest extends SequencesComparison {
    @Override
    protected List<X86Engine> engines() {
        return FeatureSets.engines();
    }
}
