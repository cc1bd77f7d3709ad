// SPDX-License-Identifier: Apache-2.0
/**
 * Engines, native code and the kernel side by side in one process: {@code bpf4j bench}.
 *
 * <p>
 * A {@link dev.bpf4j.bench.compare.Contender} is a way to run the corpus. A {@link dev.bpf4j.bench.compare.Comparison} prepares all programs in
 * all contenders, checks that all results agree, and only then measures, in rounds in which the contenders take turns; the
 * {@link dev.bpf4j.bench.compare.Report} has the figures and what could not run.
 *
 * {@snippet :
 * List<Contender> contenders = List.of(new EngineContender(engine, Policy.STRICT), new KernelContender());
 * Comparison.Plan plan = Comparison.Plan.standard(Corpus.shipped().programs(), Cpu.V3);
 * Report report = Comparison.run(plan, contenders, System.err::println);
 * }
 *
 * <p>
 * What a figure means: nanoseconds for one pass of a program over all its inputs, the median of the rounds' medians. For engines it includes the
 * call from Java, for native code a C loop's call; of the kernel it is its own measurement, less that of an empty program.
 */
@NullMarked
package dev.bpf4j.bench.compare;

import org.jspecify.annotations.NullMarked;
