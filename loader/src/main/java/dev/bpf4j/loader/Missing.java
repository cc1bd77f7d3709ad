// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import dev.bpf4j.runtime.map.MapType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Something that a program asks for and does not get here. A program without any is complete: whatever path it takes, it never ends because of
 * something that bpf4j lacks.
 *
 * <p>
 * All code is looked at, reachable or not: which branches a constant in {@code .rodata} rules out is not considered.
 *
 * @param kind what sort of thing
 * @param name its name, or for what could not be resolved the reason
 */
public record Missing(Kind kind, String name) {
    private static final Decoder DECODER = new Decoder(Isa.bpf());

    /** What can be missing. */
    public enum Kind {
        /** A helper that the table has no code for. */
        HELPER,
        /** A map type that machines do not make. */
        MAP_TYPE,
        /** A kernel function. */
        KFUNC,
        /** An instruction that could not be resolved: a field, symbol or configuration value. */
        UNRESOLVED;

        /** In words, for people and JSON. */
        @Override
        public String toString() {
            return switch (this) {
                case HELPER -> "helper";
                case MAP_TYPE -> "map type";
                case KFUNC -> "kfunc";
                case UNRESOLVED -> "unresolved";
            };
        }
    }

    /**
     * What a program asks for and does not get, each once: helpers and kernel functions in the order of the code, then map types, then what is
     * unresolved.
     *
     * @param helpers the helpers that its machine would have
     */
    public static List<Missing> in(Program program, HelperTable helpers) {
        Set<Missing> missing = new LinkedHashSet<>();
        for (int slot = 0; slot < program.slots(); slot++) {
            if (DECODER.decode(program.code(), slot, program.order()) instanceof Decoder.Decoded(Insn insn)) {
                called(program, insn, slot, helpers, missing);
                slot += insn.slots() - 1;
            }
        }
        for (MapDefinition map : program.maps()) {
            map(map, missing);
        }
        new TreeMap<>(program.poisoned()).values().forEach(reason -> missing.add(new Missing(Kind.UNRESOLVED, reason)));
        return new ArrayList<>(missing);
    }

    private static void called(Program program, Insn insn, int slot, HelperTable helpers, Set<Missing> missing) {
        OperandKind kind = insn.instruction().operand(FieldName.IMM).kind();
        if (program.poisoned().containsKey(slot)) {
            return;
        }
        if (kind == OperandKind.HELPER && helpers.find(insn.imm()) == null) {
            missing.add(new Missing(Kind.HELPER, HelperTable.describe(insn.imm())));
        } else if (kind == OperandKind.KFUNC) {
            String name = program.kfuncs().getOrDefault(insn.imm(), "number " + insn.imm());
            if (helpers.kfunc(name) == null) {
                missing.add(new Missing(Kind.KFUNC, name));
            }
        }
    }

    private static void map(MapDefinition map, Set<Missing> missing) {
        MapType type = MapType.of(map.type());
        if (type == null || type.storage() == MapType.Storage.NONE) {
            missing.add(new Missing(Kind.MAP_TYPE, type == null ? "number " + map.type() : type.toString()));
        }
        MapDefinition inner = map.inner();
        if (inner != null) {
            map(inner, missing);
        }
    }
}
