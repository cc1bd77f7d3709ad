// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import org.junit.jupiter.api.Assumptions;

/** Skips a test, with the reason, where the running kernel cannot be asked. */
final class KernelHere {
    private KernelHere() {
    }

    static void assume() {
        Assumptions.assumeTrue(Kernel.unavailable().isEmpty(), () -> "the running kernel cannot be asked: " + Kernel.unavailable().orElse(
                ""));
    }
}
