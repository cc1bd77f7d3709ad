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
 * A test of an engine asks for no difference, over every profile that its programs can have, and prints what was found as test files:
 *
 * <pre>{@code
 * for (Profile profile : List.of(Profile.MIXED, Profile.SINGLE, Profile.STRAIGHT, Profile.ACCESSES, Profile.CONTROL)) {
 *     CampaignSummary summary = new Campaign(List.of(new RfcReference(), new MyEngine()), profile).run(1, 20_000);
 *     assertThat(summary.differing()).as(summary.report()).isZero();
 * }
 * }</pre>
 *
 * <p>
 * An engine that does not take every program (another byte order, say) is tested with programs one by one. {@code Campaign.program} gives the
 * program of a seed as a case; {@link dev.bpf4j.fuzz.compare.Comparison} runs and compares it; a {@link dev.bpf4j.fuzz.shrink.Shrinker} makes it
 * small. Faster, without a machine for each run:
 *
 * <pre>{@code
 * ProgramGenerator generator = new ProgramGenerator(Profile.MIXED.withItems(200));
 * GeneratedProgram program = new GeneratedProgram();
 * Entropy entropy = new Entropy();
 * try (TestBed bed = new TestBed(generator.profile(), Policy.STRICT, ByteOrder.LITTLE_ENDIAN)) {
 *     for (long seed = 1; seed <= 1000; seed++) {
 *         entropy.seed(seed);
 *         generator.generate(entropy, program);
 *         LinkedProgram linked = bed.link(program);
 *         LoadedProgram loaded = engine.load(bed.machine(), linked);
 *         bed.prepare(program);
 *         Outcome outcome = loaded.observe(bed.lane());
 *         bed.state(stateAfterwards);
 *     }
 * }
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
