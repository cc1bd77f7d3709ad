// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.testing.StackComparison;
import dev.bpf4j.runtime.Engine;
import java.util.List;

/** With and without LSE. */
class StackTest extends StackComparison {
    @Override
    protected List<? extends Engine> engines() {
        return FeatureSets.engines();
    }
}
