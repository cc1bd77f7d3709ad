// SPDX-License-Identifier: Apache-2.0
/**
 * The direct reading of the table: {@link dev.bpf4j.isa.eval.Evaluator} walks an instruction's effect tree over a
 * {@link dev.bpf4j.isa.eval.State}. Slow, short, and the yardstick for everything that is generated from the same tree.
 */
@NullMarked
package dev.bpf4j.isa.eval;

import org.jspecify.annotations.NullMarked;
