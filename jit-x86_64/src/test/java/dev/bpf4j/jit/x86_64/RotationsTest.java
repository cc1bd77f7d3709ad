// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.jit.nativecode.testing.RotationsComparison;
import java.util.List;

/** Rotations whose parts lie apart, with every set of CPU features. */
class RotationsTest extends RotationsComparison {
    @Override
    protected List<X86Engine> engines() {
        return FeatureSets.engines();
    }
}
