// SPDX-License-Identifier: Apache-2.0
/**
 * Many random programs through several engines:
 *
 * <pre>{@code
 * Campaign campaign = new Campaign(List.of(new RfcReference(), new EvaluatorEngine()), Profile.MIXED);
 * CampaignSummary summary = campaign.run(1, 300_000);
 * System.out.println(summary.text());
 * }</pre>
 *
 * <p>
 * A program is linked once, on a machine that serves one program after the other, and run by each engine from the same start; what they leave is
 * compared byte by byte. A difference is confirmed on machines of their own, shrunken and explained, and becomes a {@link
 * dev.bpf4j.fuzz.campaign.Finding}.
 */
@NullMarked
package dev.bpf4j.fuzz.campaign;

import org.jspecify.annotations.NullMarked;
