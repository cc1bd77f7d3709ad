// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.isa.machine.LoweringRule;
import java.util.Locale;

/**
 * A rule of a native backend with one thing wrong in it.
 *
 * @param rule   the rule
 * @param fault  what is wrong
 * @param number tells mutants of the same rule and fault apart, from 0
 * @param wrong  the rule that stands in its place
 */
public record RuleMutant(LoweringRule rule, Fault fault, int number, LoweringRule wrong) {
    /** The name: rule, fault, number. */
    public String name() {
        return rule.name() + " " + fault.name().toLowerCase(Locale.ROOT) + " " + number;
    }
}
