// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfExt;
import dev.bpf4j.loader.btf.BtfExt.CoreRelocation;
import dev.bpf4j.loader.core.CoreAnswer;
import dev.bpf4j.loader.core.CoreResolver;
import dev.bpf4j.runtime.LoadException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the answers of CO-RE into the instructions: the imm of arithmetic and wide loads, the off of loads and stores, whose width follows the
 * field. An instruction without an answer stays as it is and is poisoned.
 */
final class CoreRelocations {
    private static final int CLASS = 0x07;
    private static final int LDX = 1;
    private static final int ST = 2;
    private static final int STX = 3;
    private static final int ALU = 4;
    private static final int ALU64 = 7;
    private static final int FROM_REGISTER = 0x08;
    private static final int WIDTH = 0x18;
    /** Bytes of a load or store by the two width bits (RFC 9669 section 5.1): W, H, B, DW. */
    private static final List<Integer> WIDTHS = List.of(4, 2, 1, 8);

    private final Map<String, CodeSection> code = new HashMap<>();
    private final List<BpfObject.CoreResult> results = new ArrayList<>();
    private final CoreResolver resolver;

    private CoreRelocations(Iterable<CodeSection> sections, Btf local, @Nullable Btf target) {
        sections.forEach(section -> code.putIfAbsent(section.name(), section));
        this.resolver = new CoreResolver(local, target);
    }

    /** Applies the relocations of an object; gives what was found, in the same order. */
    static List<BpfObject.CoreResult> apply(Iterable<CodeSection> sections, BtfExt ext, Btf local, @Nullable Btf target)
            throws LoadException {
        if (ext.relocations().isEmpty()) {
            return List.of();
        }
        CoreRelocations relocations = new CoreRelocations(sections, local, target);
        for (CoreRelocation relocation : ext.relocations()) {
            relocations.apply(relocation);
        }
        return relocations.results;
    }

    private void apply(CoreRelocation relocation) throws LoadException {
        CodeSection section = code.get(relocation.section());
        if (section == null) {
            throw new LoadException("CO-RE relocation of section " + relocation.section() + ", which holds no code");
        }
        if (relocation.offset() % Slots.SIZE != 0 || relocation.offset() / Slots.SIZE >= section.slots().count()) {
            throw section.section().data().error(relocation.offset(), "CO-RE relocation is not on an instruction");
        }
        int slot = (int) (relocation.offset() / Slots.SIZE);
        CoreAnswer answer;
        try {
            answer = resolver.resolve(relocation);
        } catch (LoadException e) {
            throw section.error(slot, String.valueOf(e.getMessage()));
        }
        String reason = answer.missing() != null ? answer.missing() : patch(section, slot, answer);
        if (reason != null) {
            section.poisoned().putIfAbsent(slot, "CO-RE: " + reason);
        }
        results.add(new BpfObject.CoreResult(relocation, answer.question(), reason != null ? reason : Long.toString(answer.value())));
    }

    /** Changes an instruction; gives the reason if it cannot be made to fit the target. */
    private static @Nullable String patch(CodeSection section, int slot, CoreAnswer answer) throws LoadException {
        Slots slots = section.slots();
        int opcode = slots.opcode(slot);
        switch (opcode & CLASS) {
            case ALU, ALU64 -> {
                if ((opcode & FROM_REGISTER) != 0) {
                    throw section.error(slot, "CO-RE relocation of an instruction without an imm, opcode 0x" + Integer.toHexString(opcode));
                }
                int expected = (int) answer.original();
                check(section, slot, answer, slots.imm(slot), expected);
                slots.setImm(slot, (int) answer.value());
                return null;
            }
            case LDX, ST, STX -> {
                return patchAccess(section, slot, answer);
            }
            default -> {
                if (opcode != Slots.WIDE_LOAD || slots.src(slot) != 0 || slot + 1 >= slots.count()) {
                    throw section.error(slot, "CO-RE relocation of an instruction that has no place for it, opcode 0x" + Integer
                            .toHexString(opcode));
                }
                long before = (long) slots.imm(slot + 1) << 32 | slots.imm(slot) & 0xffff_ffffL;
                check(section, slot, answer, before, answer.original());
                slots.setWideLoad(slot, 0, (int) answer.value(), (int) (answer.value() >>> 32));
                return null;
            }
        }
    }

    private static @Nullable String patchAccess(CodeSection section, int slot, CoreAnswer answer) throws LoadException {
        Slots slots = section.slots();
        check(section, slot, answer, slots.off(slot), answer.original());
        if (answer.value() != (short) answer.value()) {
            return answer.question() + " lies at " + answer.value() + " in the target, beyond what an off of 16 bits reaches";
        }
        if (!answer.resizable()) {
            return answer.question() + " has " + answer.originalBytes() + " bytes here and " + answer.valueBytes()
                    + " in the target, and is neither a pointer nor an integer without sign";
        }
        if (answer.originalBytes() != answer.valueBytes()) {
            int opcode = slots.opcode(slot);
            int width = WIDTHS.indexOf(answer.valueBytes());
            if (accessedBytes(opcode) != answer.originalBytes() || width < 0) {
                return answer.question() + " has " + answer.originalBytes() + " bytes here and " + answer.valueBytes()
                        + " in the target, but the instruction accesses " + accessedBytes(opcode);
            }
            slots.setOpcode(slot, opcode & ~WIDTH | width << 3);
        }
        slots.setOff(slot, (int) answer.value());
        return null;
    }

    private static void check(CodeSection section, int slot, CoreAnswer answer, long found, long expected) throws LoadException {
        if (answer.checked() && found != expected) {
            throw section.error(slot, "CO-RE relocation of " + answer.question() + ": the instruction has " + found
                    + ", but by the object's own types it is "
                    + expected);
        }
    }

    /** Bytes that a load or store accesses. */
    static int accessedBytes(int opcode) {
        return WIDTHS.get((opcode & WIDTH) >>> 3);
    }
}
