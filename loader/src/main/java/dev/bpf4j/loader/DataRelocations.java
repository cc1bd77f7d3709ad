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
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private final Map<MapDefinition, List<CodeFunction>> functions = new HashMap<>();

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

    /**
     * Finds initial entries and pointers and puts them on the maps.
     *
     * @return by data section the functions whose addresses are in it, so that programs which use the data get these functions
     */
    static Map<MapDefinition, List<CodeFunction>> collect(ElfObject elf, MapSections maps, Map<Integer, CodeSection> code)
            throws LoadException {
        DataRelocations collector = new DataRelocations(elf, maps, code);
        for (ElfSection section : elf.sections()) {
            if (section.name().equals(MapSections.BTF_MAPS)) {
                collector.collectEntries(section);
            } else if (section.holdsData() && !MapSections.declaresMaps(section.name())) {
                collector.collectPointers(section);
            }
        }
        for (int i = 0; i < maps.maps().size(); i++) {
            ObjectMap map = maps.maps().get(i);
            List<Entry> own = collector.entries.getOrDefault(map.definition(), List.of());
            List<Pointer> in = collector.pointers.getOrDefault(map.definition(), List.of());
            if (!own.isEmpty() || !in.isEmpty()) {
                maps.replace(i, map.with(own.isEmpty() ? map.entries() : own, in));
            }
        }
        return collector.functions;
    }

    private void collectEntries(ElfSection section) throws LoadException {
        for (ElfRelocation relocation : elf.relocations(section)) {
            if (relocation.type().dataBytes() == 0) {
                continue;
            }
            Map.Entry<Long, MapDefinition> declared = maps.around(section, relocation.offset());
            if (declared == null) {
                throw section.data().error(relocation.offset(), "a relocation outside every map");
            }
            MapDefinition map = declared.getValue();
            long index = Math.floorDiv(relocation.offset() - maps.valuesAt(map), POINTER);
            if (index < 0 || index > Integer.MAX_VALUE) {
                throw section.data().error(relocation.offset(), "a relocation in map " + map.name() + " that is in none of its values");
            }
            Target target = target(section, relocation);
            if (target instanceof Target.ToPlace place) {
                throw section.data().error(relocation.offset(), "map " + map.name() + " should hold offset 0x" + Long.toHexString(place
                        .offset()) + " of section "
                        + place.section() + ", where neither a function nor a map begins");
            }
            entries.computeIfAbsent(map, key -> new ArrayList<>()).add(new Entry((int) index, target));
        }
    }

    private void collectPointers(ElfSection section) throws LoadException {
        for (ElfRelocation relocation : elf.relocations(section)) {
            Map.Entry<Long, MapDefinition> place = maps.around(section, relocation.offset());
            if (place == null || relocation.type().dataBytes() != POINTER) {
                continue; // data that no program sees
            }
            MapDefinition map = place.getValue();
            pointers.computeIfAbsent(map, key -> new ArrayList<>()).add(new Pointer(relocation.offset() - place.getKey(), target(section,
                    relocation)));
            CodeFunction function = map.type() == MapType.STRUCT_OPS.number() ? null : function(section, relocation);
            if (function != null) {
                functions.computeIfAbsent(map, key -> new ArrayList<>()).add(function);
            }
        }
    }

    private Target target(ElfSection section, ElfRelocation relocation) throws LoadException {
        ElfSymbol symbol = relocation.symbol();
        if (!symbol.inSection()) {
            return new Target.ToExternal(symbol.name());
        }
        CodeFunction function = function(section, relocation);
        if (function != null) {
            return new Target.ToFunction(function.name());
        }
        ElfSection where = elf.sections().get(symbol.section());
        long offset = offset(section, relocation);
        boolean declaring = MapSections.declaresMaps(where.name());
        MapDefinition map = declaring ? maps.at(where, offset) : code.containsKey(where.index()) ? null : maps.data(where);
        if (map == null) {
            return new Target.ToPlace(where.name(), offset);
        }
        return declaring ? new Target.ToMap(map) : new Target.ToData(map, offset);
    }

    private @Nullable CodeFunction function(ElfSection section, ElfRelocation relocation) throws LoadException {
        CodeSection where = code.get(relocation.symbol().section());
        long offset = offset(section, relocation);
        return where == null || offset % Slots.SIZE != 0 ? null : where.functionAt(offset / Slots.SIZE);
    }

    private static long offset(ElfSection section, ElfRelocation relocation) throws LoadException {
        return relocation.symbol().value() + (relocation.addend() != null ? relocation.addend() : inPlace(section, relocation));
    }

    private static long inPlace(ElfSection section, ElfRelocation relocation) throws LoadException {
        return relocation.type().dataBytes() == 4 ? section.data().i32(relocation.offset()) : section.data().i64(relocation.offset());
    }
}
