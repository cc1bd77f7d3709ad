// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.LoadException;

/** The kernel refused to run a program that it had taken, because of its input: a packet that is too short, a context with a wrong field. */
public final class RunRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient KernelResult.Refused refused;

    RunRefused(KernelRefusal refusal) {
        super(refusal.getMessage(), refusal);
        this.refused = refusal.refused();
    }

    /** A program that would be run by a tail call could not be loaded. */
    RunRefused(LoadException target) {
        super(target.getMessage(), target);
        this.refused = target.getCause() instanceof KernelRefusal refusal ? refusal.refused()
                : new KernelResult.Refused(
                        "the target of a tail call: " + target.getMessage(), Errno.ENOTSUPP.number(), Errno.ENOTSUPP.name(), "");
    }

    /** What was refused, and why. */
    public KernelResult.Refused refused() {
        return refused;
    }
}
