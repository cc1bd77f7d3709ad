// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.isa.machine.A64Encoding;
import dev.bpf4j.isa.machine.MachineForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which conditions of a processor are easily taken for each other, by the numbers that rules give to a branch.
 *
 * @param otherSign    for a condition: the one that treats signs otherwise
 * @param otherIfEqual for a condition: the one that answers otherwise if both are equal
 */
record Conditions(Map<String, String> otherSign, Map<String, String> otherIfEqual) {
    /** Intel SDM, appendix B: below 2, not above 6, less 12, not greater 14, and their opposites. */
    private static final Conditions X86_64 = new Conditions(pairs("2", "12", "3", "13", "6", "14", "7", "15"), pairs("2", "6", "3", "7",
            "12",
            "14", "13", "15"));
    /** Arm ARM, C1.2.4: HS 2, LO 3, HI 8, LS 9, GE 10, LT 11, GT 12, LE 13. */
    private static final Conditions ARM64 = new Conditions(pairs("2", "10", "3", "11", "8", "12", "9", "13"), pairs("2", "8", "3", "9",
            "10",
            "12", "11", "13"));
    /** For a test of a register that is fused with its branch: one that is easily taken for it. */
    private static final Map<String, String> OTHER_TEST = pairs("is_zero", "sign_set", "not_zero", "sign_clear");

    /** The conditions of the processor that has these instructions. */
    static Conditions of(List<MachineForm> forms) {
        return forms.getFirst().encoding() instanceof A64Encoding ? ARM64 : X86_64;
    }

    /** What a branch is told, with another test of the register; the same if it names none. */
    static String otherTest(String operand) {
        int end = operand.indexOf('(');
        String test = operand.substring(0, Math.max(end, 0));
        return OTHER_TEST.containsKey(test) ? OTHER_TEST.get(test) + operand.substring(end) : operand;
    }

    private static Map<String, String> pairs(String... numbers) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < numbers.length; i += 2) {
            pairs.put(numbers[i], numbers[i + 1]);
            pairs.put(numbers[i + 1], numbers[i]);
        }
        return Map.copyOf(pairs);
    }
}
