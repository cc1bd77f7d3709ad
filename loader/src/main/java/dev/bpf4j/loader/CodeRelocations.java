// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfRelocation;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.loader.elf.RelocationType;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import java.util.Map;

/**
 * Says what the relocations of a code section refer to, by libbpf's rules: the instruction decides (a wide load or a call), then the section of
 * the symbol. The addend is the instruction's imm: for wide loads bytes from the symbol, for calls slots from the symbol, minus one.
 */
final class CodeRelocations {
    private final ElfObject elf;
    private final Map<Integer, CodeSection> code;
    private final MapSections maps;
    private final Externs externs;

    CodeRelocations(ElfObject elf, Map<Integer, CodeSection> code, MapSections maps, Externs externs) {
        this.elf = elf;
        this.code = code;
        this.maps = maps;
        this.externs = externs;
    }

    /** Fills {@link CodeSection#references()}. */
    void resolve(CodeSection section) throws LoadException {
        for (ElfRelocation relocation : elf.relocations(section.section())) {
            if (relocation.type() == RelocationType.R_BPF_NONE) {
                continue;
            }
            long offset = relocation.offset();
            if (offset % Slots.SIZE != 0 || offset >= section.section().size()) {
                throw section.section().data().error(offset, "relocation " + relocation.type() + " is not on an instruction");
            }
            int slot = (int) (offset / Slots.SIZE);
            Reference reference = switch (section.slots().opcode(slot)) {
                case Slots.WIDE_LOAD -> load(section, slot, relocation);
                case Slots.CALL -> call(section, slot, relocation);
                default -> throw section.error(slot, "relocation " + relocation.type() + " of an instruction with opcode 0x" + Integer
                        .toHexString(section
                                .slots().opcode(slot)) + ", expected a wide load (0x18) or a call (0x85)");
            };
            if (section.references().put(slot, reference) != null) {
                throw section.error(slot, "two relocations of one instruction");
            }
        }
    }

    private Reference load(CodeSection section, int slot, ElfRelocation relocation) throws LoadException {
        ElfSymbol symbol = relocation.symbol();
        long addend = relocation.addend() != null ? relocation.addend() : section.slots().imm(slot);
        if (symbol.section() == ElfSymbol.UNDEFINED) {
            return externs.load(symbol);
        }
        if (symbol.section() == ElfSymbol.ABSOLUTE) {
            return new Reference.Constant(symbol.value() + addend, "absolute symbol " + symbol.name());
        }
        if (!symbol.inSection()) {
            throw section.error(slot, "variable " + symbol.name() + " has no place yet (section " + symbol.section()
                    + "); compile with -fno-common");
        }
        ElfSection where = elf.sections().get(symbol.section());
        long offset = symbol.value() + addend;
        if (code.containsKey(where.index())) {
            return new Reference.Code(function(section, slot, where, offset));
        }
        if (MapSections.declaresMaps(where.name())) {
            MapDefinition map = maps.at(where, offset);
            if (map == null) {
                throw section.error(slot, "refers to offset 0x" + Long.toHexString(offset) + " of section " + where.name()
                        + ", where no map begins");
            }
            return new Reference.Handle(map);
        }
        MapDefinition data = maps.data(where);
        if (data == null) {
            throw section.error(slot, "refers to section " + where.name() + ", which holds neither code, maps nor data");
        }
        if ((int) offset != offset) {
            throw section.error(slot, "refers to offset 0x" + Long.toHexString(offset) + " of section " + where.name() + ", which has only "
                    + where.size()
                    + " bytes");
        }
        return new Reference.Value(data, (int) offset);
    }

    private Reference call(CodeSection section, int slot, ElfRelocation relocation) throws LoadException {
        ElfSymbol symbol = relocation.symbol();
        if (symbol.section() == ElfSymbol.UNDEFINED) {
            return externs.call(symbol);
        }
        if (!symbol.inSection()) {
            throw section.error(slot, "function " + symbol.name() + " has no place in this object (section " + symbol.section() + ")");
        }
        long addend = relocation.addend() != null ? relocation.addend() : (section.slots().imm(slot) + 1L) * Slots.SIZE;
        return new Reference.Code(function(section, slot, elf.sections().get(symbol.section()), symbol.value() + addend));
    }

    private CodeFunction function(CodeSection section, int slot, ElfSection where, long offset) throws LoadException {
        CodeSection target = code.get(where.index());
        CodeFunction function = target == null || offset % Slots.SIZE != 0 ? null : target.functionAt(offset / Slots.SIZE);
        if (function == null) {
            throw section.error(slot, "refers to offset 0x" + Long.toHexString(offset) + " of section " + where.name()
                    + ", where no function starts");
        }
        return function;
    }
}
