// SPDX-License-Identifier: Apache-2.0
/**
 * Random programs in outside runtimes, whose processes know nothing of this project:
 *
 * <pre>{@code
 * try (OutsideRuntime runtime = new OutsideRuntime("ubpf", List.of("./ubpf_adapter", "--jit"), true, Duration.ofSeconds(10));
 *         OutsideCampaign campaign = new OutsideCampaign(new RfcReference(), runtime)) {
 *     OutsideCampaign.Summary summary = campaign.run(1, 10_000, Duration.ofMinutes(5), progress -> {});
 *     summary.findings().forEach(finding -> System.out.println(finding.file()));
 * }
 * }</pre>
 *
 * <p>
 * Programs are those that Linux's verifier would take, over registers, stack and memory, with code in front that gives registers their values and
 * code behind that puts what is left into memory and r0 ({@link dev.bpf4j.fuzz.outside.PortableProgram}). What a runtime does not know is found out
 * first, row by row, and left out; programs that it refuses nevertheless are counted by its reason.
 */
@NullMarked
package dev.bpf4j.fuzz.outside;

import org.jspecify.annotations.NullMarked;
