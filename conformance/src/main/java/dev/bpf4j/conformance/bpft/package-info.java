// SPDX-License-Identifier: Apache-2.0
/**
 * {@code .bpft}: the project's one format for tests as text. A file holds programs, what they start from and how they must end; hand-written
 * cases, generated vectors, fuzz finds and golden listings all have it. The grammar is in {@code docs/bpft.md}.
 *
 * <pre>{@code
 * program:
 *   r0 = r1
 *   r0 += 1
 *   exit
 * registers: r1=41
 * expect: returned 42
 * }</pre>
 *
 * <p>
 * {@link dev.bpf4j.conformance.bpft.BpftFile} reads texts, {@link dev.bpf4j.conformance.bpft.BpftWriter} writes them, and
 * {@link dev.bpf4j.conformance.bpft.BpftRunner} runs cases in any set of engines:
 *
 * <pre>{@code
 * BpftFile file = BpftFile.read(Path.of("add.bpft"));
 * for (CaseResult result : new BpftRunner(List.of(engine)).run(file.cases().getFirst())) {
 *     System.out.println(result);
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.conformance.bpft;

import org.jspecify.annotations.NullMarked;
