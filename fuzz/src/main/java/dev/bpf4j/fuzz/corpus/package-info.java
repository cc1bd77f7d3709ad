// SPDX-License-Identifier: Apache-2.0
/**
 * Campaigns that last: on disk, guided by coverage, in processes of their own.
 *
 * <pre>{@code
 * CampaignSpec spec = new CampaignSpec(List.of("rfc", "x86-64"), CampaignSpec.ALL_GENERATORS, 1);
 * try (StoredCampaign campaign = StoredCampaign.open(folder, folder.resolve("findings"), spec)) {
 *     StoredSummary summary = campaign.run(1_000_000, Duration.ofHours(1), 2, progress -> {});
 *     System.out.println(summary.findings());
 * }
 * }</pre>
 *
 * <p>
 * Problem: a campaign of a week must survive whatever happens to it: a candidate that takes its process down, a kill, a restart. Structure: the
 * {@linkplain dev.bpf4j.fuzz.corpus.StoredCampaign campaign} hands chunks of seeds to worker processes. A worker makes each program from its
 * seed, or from programs of the corpus, notes it in a file that outlives it ({@link dev.bpf4j.fuzz.corpus.RunningProgram}), runs it, and writes
 * what is worth keeping into the {@linkplain dev.bpf4j.fuzz.corpus.CampaignFolder folder} at once; the campaign notes finished chunks there.
 *
 * <p>
 * Invariants. A file is in the folder whole or not at all. The features that have been seen are those of the corpus: a program with a new one is
 * added, so what a restarted worker reads back is what was known. A chunk that was not finished is run again, and finds what it had found:
 * programs that are mutated come from chunks before it, so with one worker every chunk depends on the specification alone.
 */
@NullMarked
package dev.bpf4j.fuzz.corpus;

import org.jspecify.annotations.NullMarked;
