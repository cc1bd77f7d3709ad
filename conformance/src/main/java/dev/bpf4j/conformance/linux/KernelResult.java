// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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
        private static final Pattern INSTRUCTION = Pattern.compile(
                "\\d+: |from \\d+ to \\d+|func#\\d+ |; |last_idx |regs=|mark_precise|parent ");
        private static final Pattern STATISTICS = Pattern.compile("processed |verification time|stack depth|max_states|\\s*$");

        /** Why the verifier refused: what its log says behind the last instruction; empty if there is no log. */
        public String reason() {
            List<String> reason = new ArrayList<>();
            for (String line : verifierLog.lines().toList()) {
                if (INSTRUCTION.matcher(line).lookingAt()) {
                    reason.clear();
                } else if (!STATISTICS.matcher(line).lookingAt()) {
                    reason.add(line.strip());
                }
            }
            return String.join("; ", reason);
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
