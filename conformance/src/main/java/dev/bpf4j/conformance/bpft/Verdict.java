// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.runtime.Outcome;

/** What came of a case in an engine. */
public sealed interface Verdict {

    /** Everything is as the case says. */
    record Pass() implements Verdict {}

    /** The run ended otherwise than the case says, or left something else behind; the first difference. */
    record Wrong(String difference) implements Verdict {}

    /** The run ended with a fault where the case says that it returns. */
    record Faulted(Outcome.Fault fault) implements Verdict {}

    /** The program was rejected where the case says that it runs; by the machine, or by the engine, for instance because it cannot run it. */
    record Refused(String reason) implements Verdict {}

    /** The case is not for the engine, and says so. */
    record Unsupported(String reason) implements Verdict {}
}
