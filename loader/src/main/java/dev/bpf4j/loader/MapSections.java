// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfType.DataSection;
import dev.bpf4j.loader.elf.Bytes;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The maps of an object by place: declared in {@code .maps} (BTF) or {@code maps} (a C structure), or made of data sections, as libbpf does.
 */
final class MapSections {
    static final String BTF_MAPS = ".maps";
    static final String KCONFIG = ".kconfig";
    static final String ARENA = ".addr_space.1";
    private static final String LEGACY_MAPS = "maps";
    /** type, key_size, value_size, max_entries: what all the structures of the legacy section begin with. */
    private static final int LEGACY_LEAST = 16;
    /** The same with map_flags: what libbpf knew. */
    private static final int LEGACY_FLAGS = 20;
    /** iproute2's structure, of 9 words: id, pinning, inner_id, inner_idx behind the flags. */
    private static final int LEGACY_IPROUTE2 = 36;
    /** gobpf's structure: pinning and a name space of 256 characters behind the flags. */
    private static final int LEGACY_GOBPF = 280;

    private final ElfObject elf;
    private final @Nullable Btf btf;
    private final List<ObjectMap> maps = new ArrayList<>();
    /** By section the maps by offset; a data section has one at 0. */
    private final Map<Integer, TreeMap<Long, MapDefinition>> byPlace = new HashMap<>();

    /** Where in section {@code .maps} a map's initial entries begin. */
    private final Map<MapDefinition, Long> valuesAt = new HashMap<>();

    private MapSections(ElfObject elf, @Nullable Btf btf) {
        this.elf = elf;
        this.btf = btf;
    }

    /** Reads the maps of an object, in the order of libbpf: legacy and BTF-defined ones, then data sections in the order of the file. */
    static MapSections read(ElfObject elf, @Nullable Btf btf) throws LoadException {
        MapSections sections = new MapSections(elf, btf);
        for (ElfSection section : elf.sections()) {
            if (isLegacy(section.name()) && section.type() == ElfSection.PROGBITS && !section.executable()) {
                sections.readLegacy(section);
            }
        }
        ElfSection declared = elf.section(BTF_MAPS);
        if (declared != null && declared.size() > 0) {
            sections.readDeclared(declared);
        }
        for (ElfSection section : elf.sections()) {
            if (isGlobalData(section)) {
                sections.addGlobal(section);
            }
        }
        return sections;
    }

    /** Whether maps are declared in the section with this name. */
    static boolean declaresMaps(String section) {
        return section.equals(BTF_MAPS) || isLegacy(section);
    }

    private static boolean isLegacy(String name) {
        return name.equals(LEGACY_MAPS) || name.startsWith(LEGACY_MAPS + "/") || name.endsWith("/" + LEGACY_MAPS);
    }

    private static boolean isGlobalData(ElfSection section) {
        if (!section.holdsData() || section.size() == 0) {
            return false;
        }
        String name = section.name();
        return isOrBelow(name, ".rodata") || isOrBelow(name, ".data") || isOrBelow(name, ".bss");
    }

    private static boolean isOrBelow(String name, String base) {
        return name.equals(base) || name.startsWith(base + ".");
    }

    private void readDeclared(ElfSection section) throws LoadException {
        DataSection variables = btf == null ? null : btf.dataSection(BTF_MAPS);
        if (btf == null || variables == null) {
            throw section.data().error(0, "maps are declared here, but there is no BTF that describes them; compile with -g");
        }
        for (BtfMaps.Declared declared : new BtfMaps(btf, section).read(variables)) {
            add(section, declared.map().offset(), declared.map());
            valuesAt.put(declared.map().definition(), declared.map().offset() + declared.values());
        }
    }

    private void readLegacy(ElfSection section) throws LoadException {
        Bytes data = section.data();
        List<ElfSymbol> symbols = new ArrayList<>(elf.symbols(section).stream().filter(symbol -> symbol.type() != ElfSymbol.SECTION
                && !symbol.name().isEmpty()).toList());
        symbols.sort(Comparator.comparingLong(ElfSymbol::value));
        for (int i = 0; i < symbols.size(); i++) {
            ElfSymbol symbol = symbols.get(i);
            long end = i + 1 < symbols.size() ? symbols.get(i + 1).value() : data.size();
            long size = end - symbol.value();
            if (size < LEGACY_LEAST) {
                throw data.error(symbol.value(), "map " + symbol.name() + " has " + size
                        + " bytes, expected a struct bpf_map_def of at least " + LEGACY_LEAST);
            }
            long at = symbol.value();
            int flags = size >= LEGACY_FLAGS ? data.i32(at + 16) : 0;
            MapDefinition definition = new MapDefinition(symbol.name(), data.i32(at), count(data, at + 4, "key_size"), count(data, at + 8,
                    "value_size"), count(
                            data, at + 12, "max_entries"), flags, null, new byte[0]);
            int pinning = legacyPinning(data, symbol.name(), at, size);
            add(section, at, new ObjectMap(definition, section.name(), at, 0, 0, pinning, 0, List.of(), List.of()));
        }
    }

    /** What follows the flags: known structures, or else zeros, so that nothing that was asked for is overlooked. */
    private static int legacyPinning(Bytes data, String name, long at, long size) throws LoadException {
        if (size == LEGACY_GOBPF) {
            return data.i32(at + LEGACY_FLAGS);
        }
        long rest = LEGACY_FLAGS;
        int pinning = 0;
        if (size == LEGACY_IPROUTE2) {
            pinning = data.i32(at + LEGACY_FLAGS + 4);
            rest += 8;
        }
        for (long i = rest; i < size; i++) {
            if (data.u8(at + i) != 0) {
                throw data.error(at + i, "map " + name + " has a value behind map_flags that is not known; expected zeros");
            }
        }
        return pinning;
    }

    private static int count(Bytes data, long at, String what) throws LoadException {
        int value = data.i32(at);
        if (value < 0) {
            throw data.error(at, what + " is " + Integer.toUnsignedString(value) + ", at most " + Integer.MAX_VALUE + " is possible");
        }
        return value;
    }

    /** Makes a data section a map of one element: read-only for programs if it is constant, zero if it is not in the file. */
    private MapDefinition addGlobal(ElfSection section) throws LoadException {
        int flags = section.writable() && !isOrBelow(section.name(), ".rodata") ? 0 : MapTypes.RDONLY_PROG;
        MapDefinition definition = new MapDefinition(section.name(), MapTypes.ARRAY, 4, (int) section.size(), 1, flags, null, section.data()
                .toArray());
        int type = btf == null ? 0 : btf.find(section.name(), DataSection.class);
        add(section, 0, new ObjectMap(definition, section.name(), 0, 0, type, 0, 0, List.of(), List.of()));
        return definition;
    }

    /** Adds a map that stands in no section: {@code .kconfig}. */
    void add(ObjectMap map) {
        maps.add(map);
    }

    private void add(ElfSection section, long offset, ObjectMap map) throws LoadException {
        MapDefinition known = byPlace.computeIfAbsent(section.index(), key -> new TreeMap<>()).putIfAbsent(offset, map.definition());
        if (known != null) {
            throw section.data().error(offset, "two maps at one place: " + known.name() + " and " + map.name());
        }
        maps.add(map);
    }

    /** All maps. */
    List<ObjectMap> maps() {
        return maps;
    }

    /** Puts another description in the place of the {@code index}-th map. */
    void replace(int index, ObjectMap map) {
        maps.set(index, map);
    }

    /** The map declared at this very offset of a section, or null. */
    @Nullable
    MapDefinition at(ElfSection section, long offset) {
        TreeMap<Long, MapDefinition> here = byPlace.get(section.index());
        return here == null ? null : here.get(offset);
    }

    /** The map declared at or before an offset of a section, or null. */
    @Nullable
    MapDefinition around(ElfSection section, long offset) {
        TreeMap<Long, MapDefinition> here = byPlace.get(section.index());
        Map.Entry<Long, MapDefinition> entry = here == null ? null : here.floorEntry(offset);
        return entry == null ? null : entry.getValue();
    }

    /** Offset in section {@code .maps} where the initial entries of a map declared there begin. */
    long valuesAt(MapDefinition map) {
        return valuesAt.getOrDefault(map, 0L);
    }

    /**
     * The map that holds a data section's bytes: one of the usual sections, the arena for its section, or else a section that was not taken for
     * data before. Null if the section holds no data.
     */
    @Nullable
    MapDefinition data(ElfSection section) throws LoadException {
        MapDefinition known = at(section, 0);
        if (known != null) {
            return known;
        }
        if (section.name().equals(ARENA)) {
            for (ObjectMap map : maps) {
                if (map.definition().type() == MapTypes.ARENA) {
                    return map.definition();
                }
            }
        }
        return section.holdsData() && section.size() > 0 ? addGlobal(section) : null;
    }
}
