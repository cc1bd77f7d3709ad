// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

import dev.bpf4j.isa.Effect;
import java.util.List;

/**
 * A rule that says which machine instructions implement an effect. Rules with the same effect form a chain, tried in order.
 *
 * @param name   unique name
 * @param effect what it implements, for little-endian programs
 * @param guard  when it may be used, as a Java condition over the operands; empty if always
 * @param steps  what to emit, in order
 * @param place  its row: file and line
 */
public record LoweringRule(String name, Effect effect, String guard, List<Step> steps, String place) {

    /** Copies the list. */
    public LoweringRule { steps = List.copyOf(steps); }

    /**
     * One thing to emit.
     *
     * @param escape   whether it is code of the backend instead of a machine instruction
     * @param name     of the form, or of the method
     * @param operands Java expressions: {@code dst}, {@code src}, {@code imm}, {@code mem}, numbers, calls
     */
    public record Step(boolean escape, String name, List<String> operands) {
        /** Copies the list. */
        public Step { operands = List.copyOf(operands); }
    }
}
