// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

/** The kernel refused something on the way to a {@link KernelResult}; carries the refusal. */
public final class KernelRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient KernelResult.Refused refused;

    KernelRefusal(String operation, int result, String verifierLog) {
        this(new KernelResult.Refused(operation, -result, Errno.name(-result), verifierLog));
    }

    private KernelRefusal(KernelResult.Refused refused) {
        super(refused.toString());
        this.refused = refused;
    }

    /** What was refused, and why. */
    public KernelResult.Refused refused() {
        return refused;
    }
}
