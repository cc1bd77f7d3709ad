// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.BtfExt.LineInfo;
import dev.bpf4j.loader.elf.Bytes;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.runtime.LoadException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An executable section: its code, which CO-RE may patch, the functions in it, and by slot what relocations refer to, what is poisoned, and
 * which source line starts.
 */
final class CodeSection {
    private final ElfSection section;
    private final byte[] code;
    private final Slots slots;
    private final List<CodeFunction> functions = new ArrayList<>();
    private final Map<Integer, CodeFunction> starts = new HashMap<>();
    private final Map<Integer, Reference> references = new HashMap<>();
    private final TreeMap<Integer, String> poisoned = new TreeMap<>();
    private final TreeMap<Integer, LineInfo> lines = new TreeMap<>();

    private CodeSection(ElfSection section, byte[] code, Slots slots) {
        this.section = section;
        this.code = code;
        this.slots = slots;
    }

    /** Reads a section and finds its functions by the symbols. */
    static CodeSection read(ElfObject elf, ElfSection section) throws LoadException {
        Bytes data = section.data();
        if (data.size() % Slots.SIZE != 0) {
            throw data.error(data.size() & -Slots.SIZE, "a code section of " + data.size() + " bytes, expected a multiple of 8");
        }
        byte[] code = data.toArray();
        CodeSection made = new CodeSection(section, code, new Slots(code, elf.order()));
        if (made.slots.count() > 0) {
            made.findFunctions(elf.symbols(section));
        }
        return made;
    }

    /** Functions are FUNC symbols; without any, global symbols of no type (hand-written assembler); without any, the whole section is one. */
    private void findFunctions(List<ElfSymbol> here) throws LoadException {
        List<ElfSymbol> found = here.stream().filter(ElfSymbol::function).toList();
        if (found.isEmpty()) {
            found = here.stream().filter(symbol -> symbol.type() == ElfSymbol.NOTYPE && !symbol.local()).toList();
        }
        if (found.isEmpty()) {
            add(new CodeFunction(section.name(), this, 0, slots.count(), false));
            return;
        }
        List<ElfSymbol> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingLong(ElfSymbol::value));
        long next = section.size();
        for (int i = sorted.size() - 1; i >= 0; i--) {
            ElfSymbol symbol = sorted.get(i);
            if (i + 1 < sorted.size() && sorted.get(i + 1).value() > symbol.value()) {
                next = sorted.get(i + 1).value();
            }
            add(symbol, symbol.size() != 0 ? symbol.value() + symbol.size() : next);
        }
        Collections.reverse(functions);
    }

    private void add(ElfSymbol symbol, long end) throws LoadException {
        long bytes = end - symbol.value();
        if (symbol.value() % Slots.SIZE != 0 || bytes % Slots.SIZE != 0) {
            throw section.data().error(symbol.value(), "function " + symbol.name() + " of " + bytes
                    + " bytes does not start and end on an instruction (8 bytes)");
        }
        if (bytes > 0) {
            add(new CodeFunction(symbol.name(), this, (int) (symbol.value() / Slots.SIZE), (int) (bytes / Slots.SIZE), symbol.local()));
        }
    }

    private void add(CodeFunction function) {
        functions.add(function); // from the last to the first: of several on one slot the first symbol remains
        starts.put(function.slot(), function);
    }

    String name() {
        return section.name();
    }

    ElfSection section() {
        return section;
    }

    /** The code; CO-RE patches it in place before programs are linked. */
    byte[] code() {
        return code;
    }

    Slots slots() {
        return slots;
    }

    /** The functions, ascending by slot. */
    List<CodeFunction> functions() {
        return functions;
    }

    /** The function that starts at a slot, or null. */
    @Nullable
    CodeFunction functionAt(long slot) {
        return slot < 0 || slot >= slots.count() ? null : starts.get((int) slot);
    }

    /** By slot what the relocation there refers to. */
    Map<Integer, Reference> references() {
        return references;
    }

    /** By slot why an instruction could not be resolved. */
    NavigableMap<Integer, String> poisoned() {
        return poisoned;
    }

    /** By slot the source line that starts there. */
    NavigableMap<Integer, LineInfo> lines() {
        return lines;
    }

    /** An error about a slot. */
    LoadException error(long slot, String what) {
        return section.data().error(slot * Slots.SIZE, what);
    }
}
