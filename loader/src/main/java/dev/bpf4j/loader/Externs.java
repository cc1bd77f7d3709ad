// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfType;
import dev.bpf4j.loader.btf.BtfType.DataSection;
import dev.bpf4j.loader.btf.BtfType.Function;
import dev.bpf4j.loader.btf.BtfType.Placed;
import dev.bpf4j.loader.btf.BtfType.Variable;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an object wants from outside: undefined symbols that its BTF declares in {@code .kconfig} (kernel configuration, laid out as a read-only
 * map) or {@code .ksyms} (kernel variables and functions). A weak one that nobody supplies is 0; any other poisons the instructions that refer
 * to it. So does any other undefined symbol: an object with parts missing runs as far as it does not need them.
 */
final class Externs {
    private static final String KSYMS = ".ksyms";

    private final LoadOptions options;
    private final String file;
    private final Map<String, Reference> values = new HashMap<>();
    /** BTF ids of the functions declared in .ksyms. */
    private final Map<String, Integer> functions = new HashMap<>();

    private Externs(LoadOptions options, String file) {
        this.options = options;
        this.file = file;
    }

    static Externs read(ElfObject elf, @Nullable Btf btf, LoadOptions options, MapSections maps) throws LoadException {
        Externs externs = new Externs(options, elf.file());
        if (btf == null) {
            return externs;
        }
        Map<String, ElfSymbol> undefined = new HashMap<>();
        for (ElfSymbol symbol : elf.symbols()) {
            if (symbol.section() == ElfSymbol.UNDEFINED && !symbol.name().isEmpty()) {
                undefined.putIfAbsent(symbol.name(), symbol);
            }
        }
        DataSection kconfig = btf.dataSection(MapSections.KCONFIG);
        if (kconfig != null) {
            externs.layOut(elf, btf, kconfig, undefined, maps);
        }
        DataSection ksyms = btf.dataSection(KSYMS);
        if (ksyms != null) {
            for (Placed placed : ksyms.variables()) {
                BtfType type = btf.type(placed.variable());
                if (type instanceof Function function) {
                    externs.functions.put(function.name(), placed.variable());
                    continue;
                }
                ElfSymbol symbol = undefined.get(type.name());
                if (symbol != null) {
                    externs.values.put(symbol.name(), externs.variable(symbol.name(), symbol.weak()));
                }
            }
        }
        return externs;
    }

    /** A configuration value and its place in the map. */
    private record Item(String name, int type, int size, int alignment, boolean weak) {}

    /** Lays the values out as libbpf does: by falling alignment, rising size, name. */
    private void layOut(ElfObject elf, Btf types, DataSection section, Map<String, ElfSymbol> undefined, MapSections maps)
            throws LoadException {
        List<Item> items = new ArrayList<>();
        for (Placed placed : section.variables()) {
            ElfSymbol symbol = undefined.get(types.type(placed.variable()).name());
            if (types.type(placed.variable()) instanceof Variable variable && symbol != null) {
                items.add(item(types, variable, symbol.weak()));
            }
        }
        items.sort(Comparator.comparingInt(Item::alignment).reversed().thenComparingInt(Item::size).thenComparing(Item::name));
        long size = 0;
        List<Long> offsets = new ArrayList<>();
        for (Item item : items) {
            size = (size + item.alignment - 1) / item.alignment * item.alignment;
            offsets.add(size);
            size += item.size;
        }
        if (size == 0) {
            return;
        }
        if (size > Kconfig.MAX_SIZE) {
            throw new LoadException(file + ": the values of " + MapSections.KCONFIG + " have " + size + " bytes, at most "
                    + Kconfig.MAX_SIZE + " are possible");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size).order(elf.order());
        Map<String, String> missing = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            String text = options.kconfig().get(item.name);
            if (text != null) {
                Kconfig.put(types, item.type, text, bytes.slice(offsets.get(i).intValue(), item.size).order(elf.order()), file + ": "
                        + item.name);
            } else if (!item.weak) {
                missing.put(item.name, "kernel configuration " + item.name + " was not given");
            }
        }
        int type = types.find(MapSections.KCONFIG, DataSection.class);
        MapDefinition map = new MapDefinition(MapSections.KCONFIG, MapType.ARRAY.number(), 4, (int) size, 1, MapType.Flags.RDONLY_PROG,
                null, bytes.array(), elf.order());
        maps.add(new ObjectMap(map, MapSections.KCONFIG, 0, 0, type, 0, 0, List.of(), List.of()));
        for (int i = 0; i < items.size(); i++) {
            String reason = missing.get(items.get(i).name);
            values.put(items.get(i).name, reason != null ? new Reference.Missing(reason)
                    : new Reference.Value(map, offsets.get(i).intValue()));
        }
    }

    private Item item(Btf types, Variable variable, boolean weak) throws LoadException {
        long size = types.size(variable.type());
        if (size < 1 || size > Kconfig.MAX_SIZE) {
            throw new LoadException(file + ": extern " + variable.name() + " in " + MapSections.KCONFIG + " has a type of " + size
                    + " bytes, expected 1 to "
                    + Kconfig.MAX_SIZE);
        }
        return new Item(variable.name(), variable.type(), (int) size, Kconfig.alignment(types, variable.type()), weak);
    }

    private Reference variable(String name, boolean weak) {
        Long address = options.symbols().get(name);
        if (address != null) {
            return new Reference.Constant(address, "value given for " + name);
        }
        return weak ? new Reference.Constant(0, "weak symbol " + name + " is not defined")
                : new Reference.Missing("symbol " + name + " is not defined in this object, and no value was given for it");
    }

    /** What a wide load of an undefined symbol gives. */
    Reference load(ElfSymbol symbol) {
        Reference known = values.get(symbol.name());
        if (known != null) {
            return known;
        }
        Integer function = functions.get(symbol.name());
        if (function == null) {
            return variable(symbol.name(), symbol.weak());
        }
        if (options.kfuncs().contains(symbol.name())) {
            return new Reference.Kfunc(symbol.name(), function, symbol.weak());
        }
        return symbol.weak() ? new Reference.Constant(0, "weak kernel function " + symbol.name() + " does not exist")
                : new Reference.Missing("kernel function " + symbol.name() + " was not given");
    }

    /** What a call of an undefined symbol calls. */
    Reference call(ElfSymbol symbol) {
        Integer function = functions.get(symbol.name());
        return function != null ? new Reference.Kfunc(symbol.name(), function, symbol.weak())
                : new Reference.Missing("function " + symbol.name() + " is not defined in this object, nor declared as __ksym");
    }
}
