// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LinkedProgram;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The instructions of a linked program, routines included, as {@link Step}s. Immutable to its users; for one thread. */
public final class Steps {
    private static final List<List<Effect>> LITTLE = specialized(ByteOrder.LITTLE_ENDIAN);
    private static final List<List<Effect>> BIG = specialized(ByteOrder.BIG_ENDIAN);

    private record Key(Insn insn, long linked, boolean routine) {}

    private final LinkedProgram program;
    private final Map<Key, List<Effect>> folded = new HashMap<>();

    private Steps(LinkedProgram program) {
        this.program = program;
    }

    private static List<List<Effect>> specialized(ByteOrder order) {
        return Isa.system().instructions().stream().map(instruction -> Effects.specialize(instruction.effects(), order)).toList();
    }

    /** The steps of a program. */
    public static Steps of(LinkedProgram program) {
        return new Steps(program);
    }

    /** The program. */
    public LinkedProgram program() {
        return program;
    }

    /** Byte order of the accesses at a slot: routines work on the machine's metadata, which is little-endian. */
    public ByteOrder order(int slot) {
        return program.inRoutine(slot) ? ByteOrder.LITTLE_ENDIAN : program.source().order();
    }

    /**
     * The instruction at a slot.
     *
     * @throws IllegalArgumentException if no instruction starts there
     */
    public Step step(int slot) {
        Insn insn = program.insn(slot);
        if (insn == null) {
            throw new IllegalArgumentException("no instruction starts at slot " + slot);
        }
        String poison = program.poison(slot);
        if (poison != null) {
            return new Step(slot, insn, List.of(), poison);
        }
        Key key = new Key(insn, program.constant(slot), program.inRoutine(slot));
        return new Step(slot, insn, folded.computeIfAbsent(key, k -> fold(k, order(slot))), null);
    }

    private static List<Effect> fold(Key key, ByteOrder order) {
        Instruction instruction = key.insn().instruction();
        List<Effect> effects = (order == ByteOrder.BIG_ENDIAN ? BIG : LITTLE).get(instruction.index());
        return Folding.fold(effects, key.insn(), key.linked());
    }
}
