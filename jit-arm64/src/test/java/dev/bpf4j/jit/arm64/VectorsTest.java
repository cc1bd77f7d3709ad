// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.testing.VectorsComparison;
import java.util.List;

/** Every row, with and without LSE. */
class VectorsTest extends VectorsComparison {
    @Override
    protected List<Arm64Engine> engines() {
        return FeatureSets.engines();
    }
}
