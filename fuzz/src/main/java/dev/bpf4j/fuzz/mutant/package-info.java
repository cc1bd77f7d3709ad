// SPDX-License-Identifier: Apache-2.0
/**
 * Wrong instruction tables, made mechanically from the right one, to prove that a comparison of engines would notice: every mutant must be killed.
 *
 * <pre>{@code
 * for (Mutant mutant : Mutants.of(Isa.system())) {
 *     Engine wrong = mutant.engine();
 *     // a campaign with a reference and this engine must find a difference
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.fuzz.mutant;

import org.jspecify.annotations.NullMarked;
