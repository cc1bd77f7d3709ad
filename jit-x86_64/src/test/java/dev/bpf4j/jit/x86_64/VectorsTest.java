// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.jit.nativecode.testing.VectorsComparison;
import java.util.List;

/** Every row, with every set of CPU features. */
class VectorsTest extends VectorsComparison {
    @Override
    protected List<X86Engine> engines() {
        return FeatureSets.engines();
    }
}
