// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.ObjectMap.Entry;
import dev.bpf4j.loader.ObjectMap.Target;
import dev.bpf4j.loader.elf.Bytes;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.MapType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps declared as C structures in section {@code maps}, {@code maps/NAME} or {@code NAME/maps}, as it was done before BTF. The structures begin
 * alike; how they go on was different in each loader, and is told by their size:
 *
 * <pre>
 *   16  type, key_size, value_size, max_entries
 *   20  …, map_flags                                    libbpf before 1.0
 *   28  …, id or inner_map_idx, pinning or numa_node    iproute2's first, Linux samples
 *   36  …, id, pinning, inner_id, inner_idx             iproute2
 *  280  …, pinning, name space of 256 characters        gobpf
 * </pre>
 *
 * What is behind the flags in structures of another size must be zero, so that nothing that was asked for is overlooked.
 */
final class LegacyMaps {
    private static final String NAME = "maps";
    private static final int LEAST = 16;
    private static final int WITH_FLAGS = 20;
    private static final int SAMPLES = 28;
    private static final int IPROUTE2 = 36;
    private static final int GOBPF = 280;

    private final List<Declaration> declarations = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();

    /**
     * A structure as it stands in the file.
     *
     * @param id      iproute2's number of the map, or the index of the inner map in Linux samples
     * @param innerId iproute2's number of the inner map
     * @param slot    iproute2's place in the outer map; -1 for none
     */
    private record Declaration(ElfSection section, String name, long at, int id, int pinning, int innerId, int slot) {
        int word(int index) throws LoadException {
            return section.data().i32(at + 4L * index);
        }

        int type() throws LoadException {
            return word(0);
        }

        boolean ofMaps() throws LoadException {
            return type() == MapType.ARRAY_OF_MAPS.number() || type() == MapType.HASH_OF_MAPS.number();
        }
    }

    /** A map and the section that declares it. */
    record Found(ElfSection section, ObjectMap map) {}

    private LegacyMaps() {
    }

    /** Whether structures of maps stand in a section with this name. */
    static boolean declaredIn(String section) {
        return section.equals(NAME) || section.startsWith(NAME + "/") || section.endsWith("/" + NAME);
    }

    /** Reads all maps of this kind. */
    static List<Found> read(ElfObject elf) throws LoadException {
        LegacyMaps maps = new LegacyMaps();
        for (ElfSection section : elf.sections()) {
            if (declaredIn(section.name()) && section.type() == ElfSection.PROGBITS && !section.executable()) {
                maps.declarations(section, elf.symbols(section));
            }
        }
        maps.define(tailCalls(elf));
        return maps.found;
    }

    private void declarations(ElfSection section, List<ElfSymbol> symbols) throws LoadException {
        List<ElfSymbol> sorted = new ArrayList<>(symbols.stream().filter(symbol -> symbol.type() != ElfSymbol.SECTION && !symbol.name()
                .isEmpty()).toList());
        sorted.sort(Comparator.comparingLong(ElfSymbol::value));
        for (int i = 0; i < sorted.size(); i++) {
            ElfSymbol symbol = sorted.get(i);
            long end = i + 1 < sorted.size() ? sorted.get(i + 1).value() : section.data().size();
            declarations.add(declaration(section, symbol, symbol.size() != 0 ? symbol.size() : end - symbol.value()));
        }
    }

    private static Declaration declaration(ElfSection section, ElfSymbol symbol, long size) throws LoadException {
        Bytes data = section.data();
        long at = symbol.value();
        if (size < LEAST) {
            throw data.error(at, "map " + symbol.name() + " has " + size + " bytes, expected a struct bpf_map_def of at least " + LEAST);
        }
        if (size == SAMPLES) {
            return new Declaration(section, symbol.name(), at, data.i32(at + 20), data.i32(at + 24), 0, -1);
        }
        if (size == IPROUTE2) {
            return new Declaration(section, symbol.name(), at, data.i32(at + 20), data.i32(at + 24), data.i32(at + 28), data.i32(at + 32));
        }
        if (size == GOBPF) {
            return new Declaration(section, symbol.name(), at, 0, data.i32(at + WITH_FLAGS), 0, -1);
        }
        for (long i = WITH_FLAGS; i < size; i++) {
            if (data.u8(at + i) != 0) {
                throw data.error(at + i, "map " + symbol.name() + " of " + size
                        + " bytes has a value behind map_flags that is not known; expected zeros");
            }
        }
        return new Declaration(section, symbol.name(), at, 0, 0, 0, -1);
    }

    /** iproute2's tail calls: the only program of section {@code ID/KEY} is entry KEY of the program array with that id. */
    private static Map<Integer, List<Entry>> tailCalls(ElfObject elf) {
        Map<Integer, List<Entry>> entries = new HashMap<>();
        for (ElfSection section : elf.sections()) {
            int slash = section.name().indexOf('/');
            Integer id = slash < 0 || !section.executable() ? null : number(section.name().substring(0, slash));
            Integer key = id == null ? null : number(section.name().substring(slash + 1));
            if (id == null || key == null) {
                continue;
            }
            List<ElfSymbol> functions = elf.symbols(section).stream().filter(symbol -> symbol.function() && !symbol.local()).toList();
            if (functions.size() == 1) {
                entries.computeIfAbsent(id, ignored -> new ArrayList<>()).add(new Entry(key, new Target.ToFunction(functions.getFirst()
                        .name())));
            }
        }
        return entries;
    }

    private static @Nullable Integer number(String text) {
        boolean hex = text.startsWith("0x");
        try {
            return hex ? Integer.valueOf(text.substring(2), 16) : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null; // not one of iproute2's section names
        }
    }

    private void define(Map<Integer, List<Entry>> tailCalls) throws LoadException {
        Map<Integer, MapDefinition> plain = new HashMap<>();
        List<@Nullable MapDefinition> byIndex = new ArrayList<>();
        for (Declaration declaration : declarations) {
            MapDefinition definition = declaration.ofMaps() ? null : definition(declaration, null);
            byIndex.add(definition);
            if (definition != null && declaration.id != 0) {
                plain.putIfAbsent(declaration.id, definition);
            }
        }
        for (int i = 0; i < declarations.size(); i++) {
            Declaration declaration = declarations.get(i);
            MapDefinition definition = byIndex.get(i);
            List<Entry> entries = List.of();
            if (definition == null) {
                definition = definition(declaration, inner(declaration, plain, byIndex));
                entries = innerMaps(declaration, byIndex);
            } else if (declaration.type() == MapType.PROG_ARRAY.number() && declaration.id != 0) {
                entries = tailCalls.getOrDefault(declaration.id, List.of());
            }
            found.add(new Found(declaration.section, new ObjectMap(definition, declaration.section.name(), declaration.at, 0, 0,
                    declaration.pinning, 0,
                    entries, List.of())));
        }
    }

    private static @Nullable MapDefinition inner(Declaration outer, Map<Integer, MapDefinition> byId,
            List<@Nullable MapDefinition> byIndex) {
        if (outer.innerId != 0) {
            return byId.get(outer.innerId);
        }
        return outer.id >= 0 && outer.id < byIndex.size() ? byIndex.get(outer.id) : null;
    }

    private List<Entry> innerMaps(Declaration outer, List<@Nullable MapDefinition> byIndex) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < declarations.size(); i++) {
            Declaration inner = declarations.get(i);
            MapDefinition definition = byIndex.get(i);
            if (outer.innerId != 0 && inner.id == outer.innerId && inner.slot >= 0 && definition != null) {
                entries.add(new Entry(inner.slot, new Target.ToMap(definition)));
            }
        }
        return entries;
    }

    private static MapDefinition definition(Declaration declaration, @Nullable MapDefinition inner) throws LoadException {
        long left = declaration.section.data().size() - declaration.at;
        int flags = left >= WITH_FLAGS ? declaration.word(4) : 0;
        return new MapDefinition(declaration.name, declaration.type(), count(declaration, 1, "key_size"), count(declaration, 2,
                "value_size"), count(
                        declaration, 3, "max_entries"), flags, inner, new byte[0], declaration.section.data().order());
    }

    private static int count(Declaration declaration, int word, String what) throws LoadException {
        int value = declaration.word(word);
        if (value < 0) {
            throw declaration.section.data().error(declaration.at + 4L * word, "map " + declaration.name + ": " + what + " is " + Integer
                    .toUnsignedString(value)
                    + ", at most " + Integer.MAX_VALUE + " is possible");
        }
        return value;
    }
}
