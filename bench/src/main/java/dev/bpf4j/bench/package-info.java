// SPDX-License-Identifier: Apache-2.0
/**
 * How fast engines are. {@link dev.bpf4j.bench.corpus} holds the programs, {@link dev.bpf4j.bench.compare} runs them side by side in every
 * engine, as native code and in the kernel, which is {@code bpf4j bench}; {@code dev.bpf4j.bench.jmh} has the benchmarks of single parts.
 */
@NullMarked
package dev.bpf4j.bench;

import org.jspecify.annotations.NullMarked;
