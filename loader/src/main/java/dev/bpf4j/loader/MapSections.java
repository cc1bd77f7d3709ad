// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfType.DataSection;
import dev.bpf4j.loader.btf.BtfType.Placed;
import dev.bpf4j.loader.btf.BtfType.Variable;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.MapType;
import java.util.ArrayList;
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
    private static final String ARENA = ".addr_space.1";
    /** {@code BPF_F_LINK} (Linux {@code include/uapi/linux/bpf.h}): the table is attached by a link. */
    private static final int LINK = 1 << 13;
    private static final String STRUCT_OPS = ".struct_ops";
    private static final String STRUCT_OPS_LINK = ".struct_ops.link";

    private final ElfObject elf;
    private final @Nullable Btf btf;
    private final List<ObjectMap> maps = new ArrayList<>();
    /** By section the maps by offset; a data section has one at 0. */
    private final Map<Integer, TreeMap<Long, MapDefinition>> byPlace = new HashMap<>();

    /** Where in section {@code .maps} a map's initial entries begin. */
    private final Map<MapDefinition, Long> valuesAt = new HashMap<>();

    private final LoadOptions options;

    private MapSections(ElfObject elf, @Nullable Btf btf, LoadOptions options) {
        this.elf = elf;
        this.btf = btf;
        this.options = options;
    }

    /** Reads the maps of an object, in the order of libbpf: legacy and BTF-defined ones, then data sections in the order of the file. */
    static MapSections read(ElfObject elf, @Nullable Btf btf, LoadOptions options) throws LoadException {
        MapSections sections = new MapSections(elf, btf, options);
        for (LegacyMaps.Found found : LegacyMaps.read(elf)) {
            sections.add(found.section(), found.map().offset(), found.map());
        }
        ElfSection declared = elf.section(BTF_MAPS);
        if (declared != null && declared.size() > 0) {
            sections.readDeclared(declared);
        }
        for (ElfSection section : elf.sections()) {
            if (declaresStructOps(section.name()) && section.type() == ElfSection.PROGBITS && section.size() > 0) {
                sections.readStructOps(section);
            } else if (isGlobalData(section)) {
                sections.addGlobal(section);
            }
        }
        return sections;
    }

    /** Whether maps are declared in the section with this name. */
    static boolean declaresMaps(String section) {
        return section.equals(BTF_MAPS) || LegacyMaps.declaredIn(section);
    }

    /** Whether tables of functions for the kernel are declared in the section with this name; {@code ?} means: only if asked for. */
    static boolean declaresStructOps(String section) {
        String name = SectionNames.withoutMark(section);
        return name.equals(STRUCT_OPS) || name.equals(STRUCT_OPS_LINK);
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
            add(section, declared.map().offset(), withArena(declared.map()));
            valuesAt.put(maps.getLast().definition(), declared.map().offset() + declared.values());
        }
    }

    /** The first bytes of an arena are the variables placed in it. */
    private ObjectMap withArena(ObjectMap map) {
        MapDefinition bare = map.definition();
        ElfSection variables = elf.section(ARENA);
        if (bare.type() != MapType.ARENA.number() || variables == null) {
            return map;
        }
        MapDefinition filled = new MapDefinition(bare.name(), bare.type(), bare.keySize(), bare.valueSize(), bare.maxEntries(), bare
                .flags(), null, variables.data().toArray(), elf.order());
        return new ObjectMap(filled, map.section(), map.offset(), map.keyType(), map.valueType(), map.pinning(), map.extra(), map.entries(),
                map.pointers());
    }

    /** Each variable is a table: a map of type struct_ops with one value, whose functions are {@link ObjectMap#pointers()}. */
    private void readStructOps(ElfSection section) throws LoadException {
        DataSection variables = btf == null ? null : btf.dataSection(section.name());
        if (btf == null || variables == null) {
            throw section.data().error(0,
                    "tables of functions are declared here, but there is no BTF that describes them; compile with -g");
        }
        int flags = section.name().endsWith(STRUCT_OPS_LINK) ? LINK : 0;
        for (Placed placed : variables.variables()) {
            byte[] bytes = section.data().part(placed.offset(), placed.size(), section.data().place()).toArray();
            MapDefinition definition = new MapDefinition(btf.type(placed.variable()).name(), MapType.STRUCT_OPS.number(), 4, bytes.length,
                    1, flags, null, bytes, elf.order());
            int type = btf.type(placed.variable()) instanceof Variable variable ? variable.type() : 0;
            add(section, placed.offset(), new ObjectMap(definition, section.name(), placed.offset(), 0, type, 0, 0, List.of(), List.of()));
        }
    }

    /** Makes a data section a map of one element: read-only for programs if it is constant, zero if it is not in the file. */
    private MapDefinition addGlobal(ElfSection section) throws LoadException {
        int flags = section.writable() && !isOrBelow(section.name(), ".rodata") ? 0 : MapType.Flags.RDONLY_PROG;
        MapDefinition definition = new MapDefinition(section.name(), MapType.ARRAY.number(), 4, (int) section.size(), 1, flags, null,
                section.data().toArray(), elf.order());
        int type = btf == null ? 0 : btf.find(section.name(), DataSection.class);
        add(section, 0, new ObjectMap(definition, section.name(), 0, 0, type, 0, 0, List.of(), List.of()));
        return definition;
    }

    /** Adds a map that stands in no section: {@code .kconfig}. */
    void add(ObjectMap map) {
        maps.add(map);
    }

    private void add(ElfSection section, long offset, ObjectMap declared) throws LoadException {
        ObjectMap map = declared.with(MapShapes.adjusted(declared.definition(), options));
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

    /** The map declared at or before an offset of a section, with its offset; or null. */
    Map.@Nullable Entry<Long, MapDefinition> around(ElfSection section, long offset) {
        TreeMap<Long, MapDefinition> here = byPlace.get(section.index());
        return here == null ? null : here.floorEntry(offset);
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
            return arena(section);
        }
        return section.holdsData() && section.size() > 0 ? addGlobal(section) : null;
    }

    private MapDefinition arena(ElfSection section) throws LoadException {
        for (ObjectMap map : maps) {
            if (map.definition().type() == MapType.ARENA.number()) {
                return map.definition();
            }
        }
        throw section.data().error(0, "variables of an arena, but no map of type arena is declared");
    }
}
