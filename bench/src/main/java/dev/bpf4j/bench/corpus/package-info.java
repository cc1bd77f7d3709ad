// SPDX-License-Identifier: Apache-2.0
/**
 * The benchmark corpus as it is shipped: {@code bench/corpus/corpus.txt} in the source tree is its table.
 *
 * {@snippet :
 * CorpusProgram program = Corpus.shipped().program("xorshift").orElseThrow();
 * Program code = program.load(Cpu.V3);
 * byte[] memory = program.inputs().getFirst();
 * }
 */
@NullMarked
package dev.bpf4j.bench.corpus;

import org.jspecify.annotations.NullMarked;
