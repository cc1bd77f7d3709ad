// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.isa.gen.Backend;
import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.table.RulesReader;
import dev.bpf4j.jit.nativecode.testing.RuleMutantsHunt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Mutants of {@code a64.rules}. */
class RuleMutantsTest extends RuleMutantsHunt {
    RuleMutantsTest() throws IOException {
        super(Backend.ARM64, Arm64Engine.class, Forms.all(), RulesReader.read(Architecture.ARM64, "a64.rules", Files.readString(Path.of(
                "src/main/isa/a64.rules")), Forms.all()), Arm64Engine.FEATURES.property());
    }

    @Override
    protected Map<String, String> equivalents() {
        Map<String, String> reasons = new HashMap<>();
        for (String rule : List.of("add_i", "add_n", "add_h", "add_nh", "add_24", "add_n24", "add_k")) {
            reasons.put(rule + "_64 swapped_operands 0",
                    "a sum of a copy is not made by this rule, so that the first operand is the destination");
        }
        for (String rule : List.of("add_k", "add_r", "mul_k", "mul_r", "or_k", "or_r", "xor_k", "xor_r", "and_k", "and_r")) {
            reasons.put(rule + "_32 swapped_operands 1", "the operation is commutative");
            reasons.put(rule + "_64 swapped_operands 1", "the operation is commutative");
        }
        for (String rule : List.of("add_24_32", "add_n24_32")) {
            reasons.put(rule + " width 0", "the second instruction cuts the upper half off");
        }
        return reasons;
    }
}
