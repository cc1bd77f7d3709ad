// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.LinkedProgram;

/** Sees every instruction of a run in the {@link EvaluatorEngine}. */
@FunctionalInterface
public interface StepListener {
    /**
     * An instruction was executed and did not fault.
     *
     * @param program the program that it belongs to
     * @param slot    its slot; those of routines are at {@link LinkedProgram#slots()} and above
     * @param insn    the instruction
     * @param before  r0 to r10 before; valid during the call
     * @param after   r0 to r10 after; valid during the call
     */
    void executed(LinkedProgram program, int slot, Insn insn, long[] before, long[] after);
}
