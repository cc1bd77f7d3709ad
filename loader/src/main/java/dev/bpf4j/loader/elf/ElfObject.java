// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.elf;

import dev.bpf4j.runtime.LoadException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A relocatable ELF-64 object for eBPF: header, sections, symbols, relocations (gABI chapter 4, psABI of LLVM).
 *
 * <p>
 * Everything is checked here: an object that parses has sections inside the file, symbols in existing sections, and relocations whose offsets
 * lie in the section that they change. Time and memory are proportional to the file. Immutable.
 */
public final class ElfObject {
    /** Largest file in bytes. The largest published objects have a few MiB. */
    public static final int MAX_FILE = 64 << 20;

    private static final int HEADER_SIZE = 64;
    private static final int SECTION_ENTRY = 64;
    private static final int SYMBOL_ENTRY = 24;
    private static final int REL_ENTRY = 16;
    private static final int RELA_ENTRY = 24;
    private static final int TYPE_RELOCATABLE = 1;
    private static final int MACHINE_NONE = 0;
    private static final int MACHINE_BPF = 247;
    private static final int EXTENDED_INDEX = 0xffff;

    private final String file;
    private final Bytes image;
    private final List<ElfSection> sections;
    private final List<ElfSymbol> symbols;
    private final Map<Integer, List<ElfSymbol>> bySection;
    private final Map<Integer, List<ElfRelocation>> relocations;

    private ElfObject(Bytes image, List<ElfSection> sections, List<ElfSymbol> symbols, Map<Integer, List<ElfRelocation>> relocations) {
        this.file = image.place();
        this.image = image;
        this.sections = List.copyOf(sections);
        this.symbols = List.copyOf(symbols);
        this.bySection = symbols.stream().collect(Collectors.groupingBy(ElfSymbol::section));
        this.relocations = Map.copyOf(relocations);
    }

    /**
     * Reads an object.
     *
     * @param bytes the file; not copied and not to be changed afterwards
     * @param file  its name, for errors
     * @throws LoadException naming file, section and offset of what is wrong
     */
    public static ElfObject parse(byte[] bytes, String file) throws LoadException {
        if (bytes.length > MAX_FILE) {
            throw new LoadException(file + ": " + bytes.length + " bytes, but an object has at most " + MAX_FILE);
        }
        Bytes image = checkHeader(bytes, file);
        List<ElfSection> sections = readSections(image);
        ElfSection symbolTable = findSymbolTable(image, sections);
        List<ElfSymbol> symbols = symbolTable == null ? List.of() : readSymbols(image, sections, symbolTable);
        return new ElfObject(image, sections, symbols, readRelocations(image, sections, symbolTable, symbols));
    }

    private static Bytes checkHeader(byte[] bytes, String file) throws LoadException {
        Bytes image = Bytes.of(bytes, ByteOrder.LITTLE_ENDIAN, file);
        if (bytes.length < 4 || image.i32(0) != 0x464c_457f) {
            throw new LoadException(file + ": not an ELF file; expected an object made by clang -target bpf -c");
        }
        if (bytes.length < HEADER_SIZE) {
            throw new LoadException(file + ": " + bytes.length + " bytes are too few for an ELF header of " + HEADER_SIZE);
        }
        if (image.u8(4) != 2) {
            throw image.error(4, "ELF class " + image.u8(4) + ", expected 2 (64 bit)");
        }
        Bytes ordered = switch (image.u8(5)) {
            case 1 -> image;
            case 2 -> image.withOrder(ByteOrder.BIG_ENDIAN);
            default -> throw image.error(5, "ELF data encoding " + image.u8(5) + ", expected 1 (little-endian) or 2 (big-endian)");
        };
        if (ordered.u16(16) != TYPE_RELOCATABLE) {
            throw ordered.error(16, "ELF file type " + ordered.u16(16)
                    + ", expected 1 (relocatable object); link nothing, compile with -c");
        }
        int machine = ordered.u16(18);
        if (machine != MACHINE_BPF && machine != MACHINE_NONE) {
            throw ordered.error(18, "ELF machine " + machine + ", expected 247 (eBPF); compile with -target bpf");
        }
        return ordered;
    }

    private static List<ElfSection> readSections(Bytes image) throws LoadException {
        long table = image.i64(40);
        int entry = image.u16(58);
        long count = image.u16(60);
        long names = image.u16(62);
        if (table == 0) {
            throw image.error(40, "there is no section table");
        }
        if (entry != SECTION_ENTRY) {
            throw image.error(58, "a section table entry has " + entry + " bytes, expected " + SECTION_ENTRY);
        }
        // gABI: numbers that do not fit in the header are in section 0.
        if (count == 0) {
            count = image.part(table, SECTION_ENTRY, "section 0").i64(32);
        }
        if (names == EXTENDED_INDEX) {
            names = image.part(table, SECTION_ENTRY, "section 0").u32(40);
        }
        if (count < 1 || count > image.size() / SECTION_ENTRY) {
            throw image.error(60, count + " sections do not fit in a file of " + image.size() + " bytes");
        }
        Bytes headers = image.part(table, count * SECTION_ENTRY, image.place() + ": section table");
        if (names >= count) {
            throw image.error(62, "section " + names + " should hold the section names, but there are only " + count + " sections");
        }
        Strings strings = new Strings(contents(image, headers, (int) names, "section names"));
        List<ElfSection> sections = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            long at = (long) i * SECTION_ENTRY;
            String name = strings.at(headers.u32(at));
            String place = "section " + (name.isEmpty() ? "#" + i : name);
            long size = headers.i64(at + 32);
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw headers.error(at + 32, place + " has " + Long.toUnsignedString(size) + " bytes, at most " + Integer.MAX_VALUE
                        + " are possible");
            }
            ElfSection section = new ElfSection(i, name, headers.i32(at + 4), headers.i64(at + 8), size, headers.i32(at + 40), headers.i32(
                    at + 44),
                    headers.i64(at + 56), contents(image, headers, i, place));
            sections.add(section);
            // What is done per section takes time and memory for its bytes; overlaps would multiply them.
            bytes += section.data().size();
            if (bytes > image.size()) {
                throw headers.error(at + 24, "up to " + place + " the sections have " + bytes + " bytes, more than the file: they overlap");
            }
        }
        return sections;
    }

    private static Bytes contents(Bytes image, Bytes headers, int index, String place) throws LoadException {
        long at = (long) index * SECTION_ENTRY;
        int type = headers.i32(at + 4);
        String full = image.place() + ": " + place;
        if (type == ElfSection.NULL || type == ElfSection.NOBITS) {
            return image.part(0, 0, full);
        }
        long offset = headers.i64(at + 24);
        long size = headers.i64(at + 32);
        if (offset < 0 || size < 0 || offset > image.size() || size > image.size() - offset) {
            throw headers.error(at + 24, place + " has " + Long.toUnsignedString(size) + " bytes at file offset 0x" + Long.toHexString(
                    offset)
                    + ", but the file has only " + image.size());
        }
        return image.part(offset, size, full);
    }

    private static @Nullable ElfSection findSymbolTable(Bytes image, List<ElfSection> sections) throws LoadException {
        ElfSection found = null;
        for (ElfSection section : sections) {
            if (section.type() == ElfSection.SYMTAB) {
                if (found != null) {
                    throw new LoadException(image.place() + ": two symbol tables, sections " + found.index() + " and " + section.index()
                            + ", expected one");
                }
                found = section;
            }
        }
        return found;
    }

    private static List<ElfSymbol> readSymbols(Bytes image, List<ElfSection> sections, ElfSection table) throws LoadException {
        Bytes data = table.data();
        checkEntries(table, SYMBOL_ENTRY);
        if (table.link() < 0 || table.link() >= sections.size() || sections.get(table.link()).type() != ElfSection.STRTAB) {
            throw new LoadException(image.place() + ": section " + table.name() + " names section " + table.link()
                    + " as its string table, which it is not");
        }
        Strings names = new Strings(sections.get(table.link()).data());
        List<ElfSymbol> symbols = new ArrayList<>();
        for (int at = 0, i = 0; at < data.size(); at += SYMBOL_ENTRY, i++) {
            int info = data.u8(at + 4L);
            int section = data.u16(at + 6L);
            if (section < ElfSymbol.RESERVED && section >= sections.size()) {
                throw data.error(at + 6L, "symbol " + i + " lies in section " + section + ", but there are only " + sections.size());
            }
            long value = data.i64(at + 8L);
            long size = data.i64(at + 16L);
            if (section != ElfSymbol.UNDEFINED && section < ElfSymbol.RESERVED) {
                long bytes = sections.get(section).size();
                if (value < 0 || value > bytes || size < 0 || size > bytes - value) {
                    throw data.error(at + 8L, "symbol " + i + " has " + Long.toUnsignedString(size) + " bytes at offset 0x" + Long
                            .toHexString(value)
                            + " of section " + sections.get(section).name() + ", which has only " + bytes);
                }
            }
            symbols.add(new ElfSymbol(i, names.at(data.u32(at)), value, size, info & 0xf, info >>> 4, section));
        }
        return symbols;
    }

    private static void checkEntries(ElfSection section, int entry) throws LoadException {
        if (section.entries() != entry) {
            throw section.data().error(0, "an entry has " + Long.toUnsignedString(section.entries()) + " bytes, expected " + entry);
        }
        if (section.data().size() % entry != 0) {
            throw section.data().error(0, section.data().size() + " bytes are not a multiple of an entry's " + entry);
        }
    }

    private static Map<Integer, List<ElfRelocation>> readRelocations(Bytes image, List<ElfSection> sections,
            @Nullable ElfSection symbolTable,
            List<ElfSymbol> symbols) throws LoadException {
        Map<Integer, List<ElfRelocation>> all = new HashMap<>();
        for (ElfSection section : sections) {
            if (section.type() != ElfSection.REL && section.type() != ElfSection.RELA) {
                continue;
            }
            if (section.info() <= 0 || section.info() >= sections.size()) {
                throw section.data().error(0, "relocates section " + section.info() + ", but there are only " + sections.size());
            }
            ElfSection target = sections.get(section.info());
            if (target.name().startsWith(".debug") || target.name().equals(".eh_frame")) {
                continue; // DWARF is not read: line information comes from .BTF.ext
            }
            if (symbolTable == null || section.link() != symbolTable.index()) {
                throw section.data().error(0, "section " + section.link() + " should be its symbol table, but it is not one");
            }
            List<ElfRelocation> list = all.computeIfAbsent(target.index(), key -> new ArrayList<>());
            if (!list.isEmpty()) {
                throw section.data().error(0, "section " + target.name() + " has relocations already in another section");
            }
            boolean explicit = section.type() == ElfSection.RELA;
            int entry = explicit ? RELA_ENTRY : REL_ENTRY;
            checkEntries(section, entry);
            for (int at = 0; at < section.data().size(); at += entry) {
                list.add(readRelocation(section.data(), at, explicit, target, symbols));
            }
            list.sort(Comparator.comparingLong(ElfRelocation::offset));
        }
        return all;
    }

    private static ElfRelocation readRelocation(Bytes data, int at, boolean explicit, ElfSection target, List<ElfSymbol> symbols)
            throws LoadException {
        long offset = data.i64(at);
        long info = data.i64(at + 8L);
        RelocationType type = RelocationType.of(info & 0xffff_ffffL);
        if (type == null) {
            throw data.error(at + 8L, "relocation type " + (info & 0xffff_ffffL) + " is not one of the eBPF psABI");
        }
        long symbol = info >>> 32;
        if (symbol >= symbols.size()) {
            throw data.error(at + 8L, "relocation against symbol " + symbol + ", but there are only " + symbols.size());
        }
        if (offset < 0 || offset > target.data().size() || type.dataBytes() > target.data().size() - offset) {
            throw data.error(at, "relocation " + type + " at offset 0x" + Long.toHexString(offset) + " of section " + target.name()
                    + ", which has only "
                    + target.data().size() + " bytes");
        }
        return new ElfRelocation(offset, type, symbols.get((int) symbol), explicit ? data.i64(at + 16L) : null);
    }

    /** The file's name, as given. */
    public String file() {
        return file;
    }

    /** Byte order of the object, its instructions and its data. */
    public ByteOrder order() {
        return image.order();
    }

    /** All sections; index 0 is the empty one. */
    public List<ElfSection> sections() {
        return sections;
    }

    /** All symbols; index 0 is the empty one. */
    public List<ElfSymbol> symbols() {
        return symbols;
    }

    /** The symbols defined in a section. */
    public List<ElfSymbol> symbols(ElfSection section) {
        return Collections.unmodifiableList(bySection.getOrDefault(section.index(), List.of()));
    }

    /** The relocations of a section, ascending by offset. */
    public List<ElfRelocation> relocations(ElfSection section) {
        return relocations.getOrDefault(section.index(), List.of());
    }

    /** The first section with this name, or null. */
    public @Nullable ElfSection section(String name) {
        for (ElfSection section : sections) {
            if (section.name().equals(name) && section.type() != ElfSection.NULL) {
                return section;
            }
        }
        return null;
    }
}
