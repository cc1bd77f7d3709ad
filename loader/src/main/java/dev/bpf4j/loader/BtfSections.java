// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfType.DataSection;
import dev.bpf4j.loader.btf.BtfType.Linkage;
import dev.bpf4j.loader.btf.BtfType.Placed;
import dev.bpf4j.loader.btf.BtfType.Variable;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.runtime.LoadException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Completes the sections in an object's BTF. The compiler leaves their size and the offsets of global variables at 0, with relocations that old
 * LLVM marks as to be ignored; so they are taken from the section and from the symbols, as libbpf does.
 */
final class BtfSections {
    private BtfSections() {
    }

    static Btf complete(Btf btf, ElfObject elf) throws LoadException {
        Map<Integer, DataSection> changed = new HashMap<>();
        Map<Integer, Map<String, ElfSymbol>> globals = new HashMap<>(); // by section: many types may name one section
        for (int id = 1; id < btf.count(); id++) {
            if (btf.type(id) instanceof DataSection section) {
                ElfSection place = elf.section(section.name());
                if (place != null) {
                    changed.put(id, complete(btf, section, place, globals.computeIfAbsent(place.index(), key -> byName(elf.symbols(
                            place)))));
                }
            }
        }
        return changed.isEmpty() ? btf : btf.with(changed);
    }

    private static Map<String, ElfSymbol> byName(List<ElfSymbol> symbols) {
        Map<String, ElfSymbol> byName = new HashMap<>();
        symbols.stream().filter(symbol -> !symbol.local()).forEach(symbol -> byName.putIfAbsent(symbol.name(), symbol));
        return byName;
    }

    private static DataSection complete(Btf btf, DataSection section, ElfSection place, Map<String, ElfSymbol> byName) {
        List<Placed> variables = new ArrayList<>();
        for (Placed placed : section.variables()) {
            boolean global = btf.type(placed.variable()) instanceof Variable variable && variable.linkage() == Linkage.GLOBAL;
            ElfSymbol symbol = global ? byName.get(btf.type(placed.variable()).name()) : null;
            variables.add(symbol == null ? placed : new Placed(placed.variable(), symbol.value(), placed.size()));
        }
        variables.sort(Comparator.comparingLong(Placed::offset));
        return new DataSection(section.name(), section.size() != 0 ? section.size() : place.size(), variables);
    }
}
