// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.conformance.bpft.BpftCase.Ends;
import dev.bpf4j.conformance.bpft.BpftCase.Rejected;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs cases in engines, each under every policy that it names, observed and unobserved. Every run has a machine of its own. Not thread-safe.
 */
public final class BpftRunner {
    private final List<Engine> engines;

    /** A runner for these engines. */
    public BpftRunner(List<Engine> engines) {
        this.engines = List.copyOf(engines);
    }

    /**
     * Runs a file, or all files below a folder.
     *
     * @return for each case in order, each engine and policy
     * @throws IOException                   if nothing can be read there
     * @throws dev.bpf4j.isa.SourceException if a file is wrong, with the place
     */
    public List<CaseResult> run(Path suite) throws IOException {
        List<CaseResult> results = new ArrayList<>();
        for (Path file : BpftFile.suite(suite)) {
            for (BpftCase testCase : BpftFile.read(file).cases()) {
                results.addAll(run(testCase));
            }
        }
        return results;
    }

    /** Runs a case in each engine, under each of its policies. */
    public List<CaseResult> run(BpftCase testCase) {
        List<CaseResult> results = new ArrayList<>();
        for (Engine engine : engines) {
            for (Policy policy : testCase.setup().policies()) {
                results.add(new CaseResult(testCase, engine.name(), policy, run(testCase, engine, policy)));
            }
        }
        return results;
    }

    /**
     * What can be seen of a case in an engine, on a machine of its own; whatever the case expects.
     *
     * @param observed whether the registers are looked at
     */
    public static Observation observe(BpftCase testCase, Engine engine, Policy policy, boolean observed) {
        try (CaseMachine machine = new CaseMachine(testCase, policy)) {
            return machine.run(engine, observed);
        }
    }

    /**
     * What an engine makes of a case's first program, for people.
     *
     * @throws LoadException if the machine or the engine rejects a program, or the engine makes no code
     */
    public static String listing(BpftCase testCase, Engine engine, Policy policy) throws LoadException {
        try (CaseMachine machine = new CaseMachine(testCase, policy)) {
            return machine.listing(engine);
        }
    }

    private static Verdict run(BpftCase testCase, Engine engine, Policy policy) {
        Optional<String> excluded = testCase.scope().excludes(engine.name());
        if (excluded.isPresent()) {
            return new Verdict.Unsupported(excluded.get());
        }
        return switch (testCase.expectation()) {
            case Rejected(String reason) -> reject(testCase, engine, policy, reason);
            case Ends ends -> {
                Verdict observed = judge(testCase, ends, observe(testCase, engine, policy, true));
                yield observed instanceof Verdict.Pass ? judge(testCase, ends, observe(testCase, engine, policy, false)) : observed;
            }
        };
    }

    private static Verdict judge(BpftCase testCase, Ends ends, Observation observation) {
        return switch (observation) {
            case Observation.Rejection(String reason) -> new Verdict.Refused(reason);
            case Observation.Run run -> {
                if (ends.outcome() instanceof Outcome.Returned && run.outcome() instanceof Outcome.Fault fault) {
                    yield new Verdict.Faulted(fault);
                }
                Optional<String> difference = Expected.difference(testCase, ends, run);
                String form = run.registers().isEmpty() ? " (unobserved run)" : "";
                yield difference.<Verdict>map(text -> new Verdict.Wrong(text + form)).orElseGet(Verdict.Pass::new);
            }
        };
    }

    /** The machine must reject the program, since all engines rely on its checks; the reference has checks of its own, which must agree. */
    private static Verdict reject(BpftCase testCase, Engine engine, Policy policy, String expected) {
        String reason;
        try (CaseMachine machine = new CaseMachine(testCase, policy)) {
            reason = machine.rejection(engine);
        }
        if (reason.isEmpty()) {
            return new Verdict.Wrong("the program is accepted; expected a rejection with '" + expected + "'");
        }
        if (!reason.contains(expected)) {
            return new Verdict.Wrong("rejected with '" + reason + "'; expected '" + expected + "' in it");
        }
        if (engine instanceof RfcReference && RfcReference.reject(testCase.program()).isEmpty()) {
            return new Verdict.Wrong("the reference accepts the program; expected a rejection");
        }
        return new Verdict.Pass();
    }
}
