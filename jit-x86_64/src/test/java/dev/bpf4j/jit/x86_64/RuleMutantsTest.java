// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.isa.gen.Backend;
import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.table.RulesReader;
import dev.bpf4j.jit.nativecode.testing.RuleMutantsHunt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Mutants of {@code x86_64.rules}. */
class RuleMutantsTest extends RuleMutantsHunt {
    RuleMutantsTest() throws IOException {
        super(Backend.X86_64, X86Engine.class, Forms.all(), RulesReader.read(Architecture.X86_64, "x86_64.rules", Files.readString(Path.of(
                "src/main/isa/x86_64.rules")), Forms.all()), X86Engine.FEATURES.property());
    }

    @Override
    protected Map<String, String> equivalents() {
        Map<String, String> reasons = new HashMap<>();
        names(reasons, "a register or with itself is the register", "shl32_0 operator 1", "shr32_0 operator 1", "sar32_0 operator 1",
                "le32 operator 1", "cmpxchg32 operator 1");
        names(reasons, "xor of a register with itself is 0 in both widths", "mov32_0 width 0", "mov64_0 width 0");
        names(reasons, "a positive constant of 31 bits is the same in both widths", "mov64_u31 width 0", "jset_u31_32 width 0",
                "jset_u31_64 width 0");
        names(reasons, "in 32 bits the next rule emits the same", "jset_u31_32 guard 0", "jset_u31_32 guard 1");
        names(reasons, "equality and common bits are symmetrical", "jeq_r_32 swapped_operands 0", "jeq_r_64 swapped_operands 0",
                "jne_r_32 swapped_operands 0", "jne_r_64 swapped_operands 0", "jset_r_32 swapped_operands 0",
                "jset_r_64 swapped_operands 0");
        names(reasons, "a packet load looks at the low half of its offset", "ldabs8 width 0", "ldabs16 width 0", "ldabs32 width 0",
                "ldind8 width 0", "ldind8 width 1", "ldind16 width 0", "ldind16 width 1", "ldind32 width 0", "ldind32 width 1");
        return reasons;
    }

    private static void names(Map<String, String> reasons, String reason, String... mutants) {
        for (String mutant : mutants) {
            reasons.put(mutant, reason);
        }
    }
}
