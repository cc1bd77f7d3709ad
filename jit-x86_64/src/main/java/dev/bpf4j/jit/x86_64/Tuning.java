// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

/** The switches of this engine; those that it shares are in {@link dev.bpf4j.jit.nativecode.Tuning}. None of them changes a result. */
final class Tuning {
    /** Whether divisions by constants become multiplications. */
    static final boolean RECIPROCALS = true;

    private Tuning() {
    }
}
