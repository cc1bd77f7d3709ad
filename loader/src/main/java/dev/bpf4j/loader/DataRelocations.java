// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.ObjectMap.Entry;
import dev.bpf4j.loader.ObjectMap.Pointer;
import dev.bpf4j.loader.ObjectMap.Target;
import dev.bpf4j.loader.elf.Bytes;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfRelocation;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Relocations outside code: offsets in .BTF and .BTF.ext, which are applied to a copy; initial entries of maps in {@code .maps}; addresses in data
 * sections. The last two are kept as they are, since addresses do not exist before a machine gives them out.
 */
final class DataRelocations {
    /** Bytes of a pointer in the objects. */
    private static final int POINTER = 8;

    private final ElfObject elf;
    private final MapSections maps;
    private final Map<Integer, CodeSection> code;
    private final Map<MapDefinition, List<Entry>> entries = new HashMap<>();
    private final Map<MapDefinition, List<Pointer>> pointers = new HashMap<>();

    private DataRelocations(ElfObject elf, MapSections maps, Map<Integer, CodeSection> code) {
        this.elf = elf;
        this.maps = maps;
        this.code = code;
    }

    /** A section's contents with its 32-bit relocations applied: symbol's value plus addend. */
    static Bytes applied(ElfObject elf, ElfSection section) throws LoadException {
        List<ElfRelocation> relocations = elf.relocations(section);
        if (relocations.isEmpty()) {
            return section.data();
        }
        byte[] bytes = section.data().toArray();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(elf.order());
        for (ElfRelocation relocation : relocations) {
            if (relocation.type().dataBytes() == 4) {
                int at = (int) relocation.offset();
                long addend = relocation.addend() != null ? relocation.addend() : buffer.getInt(at);
                buffer.putInt(at, (int) (relocation.symbol().value() + addend));
            }
        }
        return Bytes.of(bytes, elf.order(), section.data().place());
    }

    /** Finds initial entries and pointers and puts them on the maps. */
    static void collect(ElfObject elf, MapSections maps, Map<Integer, CodeSection> code) throws LoadException {
        DataRelocations collector = new DataRelocations(elf, maps, code);
        for (ElfSection section : elf.sections()) {
            if (section.name().equals(MapSections.BTF_MAPS)) {
                collector.collectEntries(section);
            } else if (section.holdsData() && maps.at(section, 0) != null) {
                collector.collectPointers(section);
            }
        }
        for (int i = 0; i < maps.maps().size(); i++) {
            ObjectMap map = maps.maps().get(i);
            List<Entry> own = collector.entries.getOrDefault(map.definition(), List.of());
            List<Pointer> in = collector.pointers.getOrDefault(map.definition(), List.of());
            if (!own.isEmpty() || !in.isEmpty()) {
                maps.replace(i, map.with(own, in));
            }
        }
    }

    private void collectEntries(ElfSection section) throws LoadException {
        for (ElfRelocation relocation : elf.relocations(section)) {
            if (relocation.type().dataBytes() == 0) {
                continue;
            }
            MapDefinition map = maps.around(section, relocation.offset());
            if (map == null) {
                throw section.data().error(relocation.offset(), "a relocation outside every map");
            }
            long index = Math.floorDiv(relocation.offset() - maps.valuesAt(map), POINTER);
            if (index < 0 || index > Integer.MAX_VALUE) {
                throw section.data().error(relocation.offset(), "a relocation in map " + map.name() + " that is in none of its values");
            }
            entries.computeIfAbsent(map, key -> new ArrayList<>()).add(new Entry((int) index, target(section, relocation)));
        }
    }

    private void collectPointers(ElfSection section) throws LoadException {
        MapDefinition map = maps.at(section, 0);
        if (map == null) {
            return;
        }
        for (ElfRelocation relocation : elf.relocations(section)) {
            if (relocation.type().dataBytes() == POINTER) {
                pointers.computeIfAbsent(map, key -> new ArrayList<>()).add(new Pointer(relocation.offset(), target(section, relocation)));
            }
        }
    }

    private Target target(ElfSection section, ElfRelocation relocation) throws LoadException {
        ElfSymbol symbol = relocation.symbol();
        if (!symbol.inSection()) {
            return new Target.ToExternal(symbol.name());
        }
        ElfSection where = elf.sections().get(symbol.section());
        long addend = relocation.addend() != null ? relocation.addend() : inPlace(section, relocation);
        long offset = symbol.value() + addend;
        CodeSection functions = code.get(where.index());
        if (functions != null) {
            CodeFunction function = offset % Slots.SIZE == 0 ? functions.functionAt(offset / Slots.SIZE) : null;
            if (function == null) {
                throw section.data().error(relocation.offset(), "refers to offset 0x" + Long.toHexString(offset) + " of section " + where
                        .name()
                        + ", where no function starts");
            }
            return new Target.ToFunction(function.name());
        }
        MapDefinition declared = maps.at(where, offset);
        if (MapSections.declaresMaps(where.name()) && declared != null) {
            return new Target.ToMap(declared);
        }
        MapDefinition data = MapSections.declaresMaps(where.name()) ? null : maps.data(where);
        if (data == null) {
            throw section.data().error(relocation.offset(), "refers to offset 0x" + Long.toHexString(offset) + " of section " + where.name()
                    + ", where neither function, map nor data is");
        }
        return new Target.ToData(data, offset);
    }

    private static long inPlace(ElfSection section, ElfRelocation relocation) throws LoadException {
        return relocation.type().dataBytes() == 4 ? section.data().i32(relocation.offset()) : section.data().i64(relocation.offset());
    }
}
