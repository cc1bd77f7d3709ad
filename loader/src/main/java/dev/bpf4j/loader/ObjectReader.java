// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfExt;
import dev.bpf4j.loader.elf.Bytes;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.ElfRelocation;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.loader.elf.ElfSymbol;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From a checked ELF file to a {@link BpfObject}. Steps: types; code sections with their functions; maps and externs; what relocations refer to;
 * source lines and CO-RE; programs.
 */
final class ObjectReader {
    private static final String TEXT = ".text";

    private final ElfObject elf;
    private final LoadOptions options;
    private final TreeMap<Integer, CodeSection> code = new TreeMap<>();
    private @Nullable Btf btf;
    private @Nullable BtfExt ext;

    private ObjectReader(ElfObject elf, LoadOptions options) {
        this.elf = elf;
        this.options = options;
    }

    static BpfObject read(ElfObject elf, LoadOptions options) throws LoadException {
        return new ObjectReader(elf, options).read();
    }

    private BpfObject read() throws LoadException {
        readTypes();
        for (ElfSection section : elf.sections()) {
            if (section.executable() && section.size() > 0) {
                code.put(section.index(), CodeSection.read(elf, section));
            }
        }
        MapSections maps = MapSections.read(elf, btf, options);
        Externs externs = Externs.read(elf, btf, options, maps);
        CodeRelocations relocations = new CodeRelocations(elf, code, maps, externs);
        for (CodeSection section : code.values()) {
            relocations.resolve(section);
        }
        Map<MapDefinition, List<CodeFunction>> pointedTo = DataRelocations.collect(elf, maps, code);
        placeLines();
        List<BpfObject.CoreResult> core = ext == null || btf == null ? List.of()
                : CoreRelocations.apply(code.values(), ext, btf, options.target());
        return new BpfObject(elf, link(pointedTo), maps.maps(), btf, ext, license(), version(), describe(), core);
    }

    private void readTypes() throws LoadException {
        ElfSection types = elf.section(".BTF");
        if (types == null) {
            return;
        }
        Bytes data = DataRelocations.applied(elf, types);
        Btf parsed = BtfSections.complete(Btf.parse(data), elf);
        btf = parsed;
        ElfSection more = elf.section(".BTF.ext");
        if (more != null) {
            ext = BtfExt.parse(DataRelocations.applied(elf, more), data, parsed);
        }
    }

    private void placeLines() {
        if (ext == null) {
            return;
        }
        Map<String, CodeSection> byName = new TreeMap<>();
        code.values().forEach(section -> byName.putIfAbsent(section.name(), section));
        for (BtfExt.LineInfo line : ext.lines()) {
            CodeSection section = byName.get(line.section());
            if (section != null && line.offset() % Slots.SIZE == 0 && line.offset() < section.code().length) {
                section.lines().put((int) (line.offset() / Slots.SIZE), line);
            }
        }
    }

    /**
     * Links the programs: global functions outside .text. Functions in .text are for calling, unless there is nothing else, as when plain C was
     * compiled; local ones elsewhere too, unless their section has nothing else.
     */
    private List<Program> link(Map<MapDefinition, List<CodeFunction>> pointedTo) throws LoadException {
        List<CodeFunction> mains = new ArrayList<>();
        for (CodeSection section : code.values()) {
            if (!section.name().equals(TEXT)) {
                mains.addAll(mains(section));
            }
        }
        if (mains.isEmpty()) {
            for (CodeSection section : code.values()) {
                mains.addAll(mains(section));
            }
        }
        ProgramLinker.Shared shared = new ProgramLinker.Shared(elf.order(), license(), pointedTo);
        List<Program> programs = new ArrayList<>();
        for (CodeFunction main : mains) {
            programs.add(ProgramLinker.link(main, shared));
        }
        return programs;
    }

    private static List<CodeFunction> mains(CodeSection section) {
        List<CodeFunction> global = section.functions().stream().filter(function -> !function.local()).toList();
        return global.isEmpty() ? section.functions() : global;
    }

    private String license() {
        ElfSection section = elf.section("license");
        if (section == null) {
            return "";
        }
        String text = new String(section.data().toArray(), StandardCharsets.UTF_8);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    private long version() throws LoadException {
        ElfSection section = elf.section("version");
        return section == null || section.data().size() == 0 ? 0 : section.data().u32(0);
    }

    private List<BpfObject.Relocation> describe() {
        List<BpfObject.Relocation> all = new ArrayList<>();
        for (CodeSection section : code.values()) {
            for (ElfRelocation relocation : elf.relocations(section.section())) {
                Reference reference = section.references().get((int) (relocation.offset() / Slots.SIZE));
                all.add(new BpfObject.Relocation(section.name(), relocation.offset(), relocation.type(), symbolName(relocation.symbol()),
                        reference == null
                                ? "nothing"
                                : reference.toString()));
            }
        }
        return all;
    }

    private String symbolName(ElfSymbol symbol) {
        if (symbol.name().isEmpty() && symbol.type() == ElfSymbol.SECTION && symbol.inSection()) {
            return elf.sections().get(symbol.section()).name();
        }
        return symbol.name();
    }
}
