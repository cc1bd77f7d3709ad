// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperRow;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.Optional;
import java.util.Set;

/**
 * Programs whose runs in the kernel depend on the real clock, random generator or processor, which are deterministic in a machine (Ruling 18): a
 * difference of the engine {@code linux} from others says nothing about them.
 */
public final class RealWorld {
    private static final Set<String> HELPERS = Set.of("ktime_get_ns", "ktime_get_boot_ns", "ktime_get_coarse_ns", "ktime_get_tai_ns",
            "jiffies64", "get_prandom_u32", "get_smp_processor_id", "get_numa_node_id");
    private static final Decoder DECODER = new Decoder(Isa.bpf());

    private RealWorld() {
    }

    /** The first such helper that a program calls by its number, as {@code bpf_ktime_get_ns}; empty if it calls none. */
    public static Optional<String> helper(Program program) {
        return first(program, HELPERS).map(name -> "bpf_" + name);
    }

    /** Whether a program calls a helper by its number. */
    static boolean calls(Program program, String helper) {
        return first(program, Set.of(helper)).isPresent();
    }

    private static Optional<String> first(Program program, Set<String> helpers) {
        for (int slot = 0; slot < program.slots(); slot++) {
            if (DECODER.decode(program.code(), slot, program.order()) instanceof Decoder.Decoded(Insn insn)) {
                slot += insn.slots() - 1;
                boolean call = insn.instruction().operand(FieldName.IMM).kind() == OperandKind.HELPER;
                HelperRow row = call ? HelperTable.row(insn.imm()) : null;
                if (row != null && helpers.contains(row.name())) {
                    return Optional.of(row.name());
                }
            }
        }
        return Optional.empty();
    }
}
