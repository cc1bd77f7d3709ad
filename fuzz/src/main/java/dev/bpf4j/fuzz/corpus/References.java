// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Program;

/** What a program names beside itself. */
final class References {
    private static final Decoder DECODER = new Decoder(Isa.bpf());

    private References() {
    }

    /** Whether an instruction names a map or a platform variable that the program does not have; the machine rejects that, and only the machine can. */
    static boolean toNothing(Program program) {
        int slot = 0;
        while (slot < program.slots()) {
            int taken = 1;
            if (DECODER.decode(program.code(), slot, program.order()) instanceof Decoder.Decoded(Insn insn)) {
                if (namesNothing(program, insn)) {
                    return true;
                }
                taken = insn.slots();
            }
            slot += taken;
        }
        return false;
    }

    private static boolean namesNothing(Program program, Insn insn) {
        return switch (insn.instruction().operand(FieldName.IMM).kind()) {
            case MAP -> insn.imm() < 0 || insn.imm() >= program.maps().size();
            case VARIABLE -> !program.variables().containsKey(insn.imm());
            case FIXED, REGISTER_READ, REGISTER_WRITE, DISPLACEMENT, TARGET, ANY, HELPER, KFUNC -> false;
        };
    }
}
