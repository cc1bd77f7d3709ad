// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

/** Leaves all compiled functions of a run that has ended in the middle; the {@link Run} holds the outcome. Never leaves this package. */
final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One per run is enough: it carries nothing. */
    Ended() {
        super(null, null, false, false);
    }
}
