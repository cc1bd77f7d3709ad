// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.util.List;

/** What came of asking the running kernel. A refusal is an answer like any other, and has a reason. */
public sealed interface KernelResult {

    /**
     * The kernel took the program and ran it.
     *
     * @param states how each run ended, in the order of the inputs
     */
    record Ran(List<KernelState> states) implements KernelResult {
        /** Copies the list. */
        public Ran { states = List.copyOf(states); }
    }

    /**
     * The kernel refused the program, the input, or a map.
     *
     * @param operation   the command of bpf(2) that failed, such as {@code BPF_PROG_LOAD}, and of what
     * @param errno       the positive error number
     * @param name        its name, such as {@code EINVAL}
     * @param verifierLog what the verifier said; empty if it was not asked
     */
    record Refused(String operation, int errno, String name, String verifierLog) implements KernelResult {
        /** The line of the verifier's log that says why: the last one that is no statistics; empty if there is no log. */
        public String reason() {
            String reason = "";
            for (String line : verifierLog.lines().toList()) {
                boolean statistics = line.startsWith("processed ") || line.startsWith("verification time") || line.startsWith("stack depth")
                        || line.startsWith("max_states") || line.isBlank();
                if (!statistics) {
                    reason = line.strip();
                }
            }
            return reason;
        }

        /** One sentence for people. */
        @Override
        public String toString() {
            String why = reason();
            return operation + " failed with " + Errno.describe(errno) + (why.isEmpty() ? "" : ": " + why);
        }
    }

    /**
     * There is no kernel that could be asked.
     *
     * @param reason why, for people
     */
    record Unavailable(String reason) implements KernelResult {}
}
