// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.fuzz;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.conformance.candidate.OutsideRuntime;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.outside.OutsideCampaign;
import dev.bpf4j.runtime.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Outside runtimes, one after the other, over the same programs.
 *
 * @param plugins  commands in the public protocol
 * @param adapters commands in this project's
 * @param timeout  seconds
 * @param engines  names of engines, of which the first is what the runtimes are compared with; empty: the reference
 */
record OutsideRun(List<String> plugins, List<String> adapters, int timeout, List<String> engines) {

    FuzzReport run(long seed, long programs, Duration time, Consumer<OutsideCampaign.Summary> progress) throws InterruptedException {
        Engine reference = EngineNames.of(engines.isEmpty() ? List.of("rfc") : engines).getFirst();
        List<OutsideRuntime> runtimes = new ArrayList<>();
        plugins.forEach(command -> runtimes.add(runtime("--plugin", command, false)));
        adapters.forEach(command -> runtimes.add(runtime("--adapter", command, true)));
        List<String> names = new ArrayList<>(List.of(reference.name()));
        Map<String, Long> outcomes = new TreeMap<>();
        Map<String, String> unknown = new TreeMap<>();
        List<Finding> findings = new ArrayList<>();
        long differing = 0;
        long done = 0;
        double seconds = 0;
        for (OutsideRuntime runtime : runtimes) {
            try (runtime; OutsideCampaign campaign = new OutsideCampaign(reference, runtime)) {
                String reason = runtime.unavailable().orElse("");
                if (!reason.isEmpty()) {
                    throw new UserError(runtime.name() + ": " + reason);
                }
                OutsideCampaign.Summary summary = campaign.run(seed, programs, time, progress);
                if (summary.programs() > 0 && summary.differing() == 0 && !summary.outcomes().containsKey(OutsideCampaign.RETURNED)) {
                    throw new UserError(runtime.name() + ": nothing could be compared, none of " + summary.programs()
                            + " programs returned: " + summary.outcomes());
                }
                names.add(summary.runtime());
                summary.outcomes().forEach((outcome, times) -> outcomes.merge(outcome, times, Long::sum));
                summary.unknown().forEach((row, why) -> unknown.put(row + " (" + summary.runtime() + ")", why));
                findings.addAll(summary.findings());
                differing += summary.differing();
                done += summary.programs();
                seconds += summary.seconds();
            }
        }
        return new FuzzReport(names, "portable", seed, done, seconds, seconds, outcomes, unknown, List.of(), findings, differing, "");
    }

    /** The command may have a name and an equals sign in front. */
    private OutsideRuntime runtime(String option, String given, boolean adapter) {
        int equals = given.indexOf('=');
        boolean named = equals > 0 && given.substring(0, equals).matches("[A-Za-z0-9_.-]+");
        List<String> words = List.of((named ? given.substring(equals + 1) : given).strip().split("\\s+"));
        if (words.getFirst().isEmpty()) {
            throw new UserError(option + " '" + given + "': expected a command");
        }
        String file = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
        String name = named ? given.substring(0, equals) : file;
        return new OutsideRuntime(name, words, adapter, Duration.ofSeconds(timeout));
    }
}
