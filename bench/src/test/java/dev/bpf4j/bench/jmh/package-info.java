// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks: the corpus in forked JVMs, engines under both policies and native code of the same source, one after the other.
 *
 * <p>
 * {@code bpf4j bench} measures everything in one process, where every engine has seen every program. Here each figure comes from several fresh
 * processes that ran one program only, so that what the JVM's compilers decided in one of them does not decide the figure. Run
 * {@link dev.bpf4j.bench.jmh.CorpusRun} ({@code docs/benchmarks.md} has the command), or JMH's own main class for its profilers:
 *
 * <pre>{@code java -cp … org.openjdk.jmh.Main CorpusBenchmark -p program=siphash -p policy=STRICT -prof gc}</pre>
 *
 * {@link dev.bpf4j.bench.jmh.LoadRun} is the time from a program to machine code, over its size; {@link dev.bpf4j.bench.jmh.CampaignBenchmark} is
 * how many random programs per second are compared.
 */
@NullMarked
package dev.bpf4j.bench.jmh;

import org.jspecify.annotations.NullMarked;
