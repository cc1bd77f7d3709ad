// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.testing.RotationsComparison;
import java.util.List;

/** Rotations whose parts lie apart, with and without LSE. */
class RotationsTest extends RotationsComparison {
    @Override
    protected List<Arm64Engine> engines() {
        return FeatureSets.engines();
    }
}
