// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.runtime.Policy;
import java.util.Locale;

/**
 * A case in an engine under a policy.
 *
 * @param testCase the case
 * @param engine   the engine's name
 * @param policy   one of the case's policies
 * @param verdict  what came of it
 */
public record CaseResult(BpftCase testCase, String engine, Policy policy, Verdict verdict) {

    /** Case, engine, policy and verdict on one line. */
    @Override
    public String toString() {
        String what = switch (verdict) {
            case Verdict.Pass pass -> "pass";
            case Verdict.Wrong(String difference) -> "wrong: " + difference;
            case Verdict.Faulted(var fault) -> "fault: " + fault;
            case Verdict.Refused(String reason) -> "rejected: " + reason;
            case Verdict.Unsupported(String reason) -> "unsupported: " + reason;
        };
        return testCase.name() + " in " + engine + " (" + policy.name().toLowerCase(Locale.ROOT) + "): " + what;
    }
}
