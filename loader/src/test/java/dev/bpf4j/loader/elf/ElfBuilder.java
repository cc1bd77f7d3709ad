// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds ELF objects in memory, right or wrong as a test wants them. Sections are numbered from 1 in the order in which they are added. */
public final class ElfBuilder {
    private static final int HEADER = 64;

    private final ByteOrder order;
    private final List<Section> sections = new ArrayList<>();
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private final ByteArrayOutputStream symbols = new ByteArrayOutputStream();
    private final ByteArrayOutputStream symbolNames = new ByteArrayOutputStream();

    private record Section(int name, int type, long flags, byte[] data, long size, int link, int info, long entries) {}

    public ElfBuilder(ByteOrder order) {
        this.order = order;
        names.write(0);
        symbolNames.write(0);
        symbols.writeBytes(new byte[24]);
    }

    public static ElfBuilder little() {
        return new ElfBuilder(ByteOrder.LITTLE_ENDIAN);
    }

    private static int add(ByteArrayOutputStream table, String name) {
        int offset = table.size();
        table.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        table.write(0);
        return offset;
    }

    private int add(Section section) {
        sections.add(section);
        return sections.size();
    }

    /** A section with code. */
    public int code(String name, byte[] data) {
        return add(new Section(add(names, name), ElfSection.PROGBITS, 6, data, data.length, 0, 0, 0));
    }

    /** A section with data that programs may write to. */
    public int data(String name, byte[] data) {
        return add(new Section(add(names, name), ElfSection.PROGBITS, 3, data, data.length, 0, 0, 0));
    }

    /** A section with zeros. */
    public int zeros(String name, long size) {
        return add(new Section(add(names, name), ElfSection.NOBITS, 3, new byte[0], size, 0, 0, 0));
    }

    /** A section that is not in memory. */
    public int note(String name, byte[] data) {
        return add(new Section(add(names, name), ElfSection.PROGBITS, 0, data, data.length, 0, 0, 0));
    }

    /** Relocations of a section: triples of offset, type, symbol. */
    public int rel(int target, long... triples) {
        ByteBuffer bytes = ByteBuffer.allocate(triples.length / 3 * 16).order(order);
        for (int i = 0; i < triples.length; i += 3) {
            bytes.putLong(triples[i]).putLong(triples[i + 2] << 32 | triples[i + 1]);
        }
        return add(new Section(add(names, ".rel"), ElfSection.REL, 0, bytes.array(), bytes.capacity(), -1, target, 16));
    }

    /** Relocations with addends: quadruples of offset, type, symbol, addend. */
    public int rela(int target, long... quadruples) {
        ByteBuffer bytes = ByteBuffer.allocate(quadruples.length / 4 * 24).order(order);
        for (int i = 0; i < quadruples.length; i += 4) {
            bytes.putLong(quadruples[i]).putLong(quadruples[i + 2] << 32 | quadruples[i + 1]).putLong(quadruples[i + 3]);
        }
        return add(new Section(add(names, ".rela"), ElfSection.RELA, 0, bytes.array(), bytes.capacity(), -1, target, 24));
    }

    /** Any section. */
    public int section(String name, int type, long flags, byte[] data, int link, int info, long entries) {
        return add(new Section(add(names, name), type, flags, data, data.length, link, info, entries));
    }

    /** A symbol; its number. */
    public int symbol(String name, int type, int binding, int section, long value, long size) {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(order);
        bytes.putInt(name.isEmpty() ? 0 : add(symbolNames, name)).put((byte) (binding << 4 | type)).put((byte) 0).putShort((short) section)
                .putLong(value)
                .putLong(size);
        symbols.writeBytes(bytes.array());
        return symbols.size() / 24 - 1;
    }

    /** A global function. */
    public int function(String name, int section, long value, long size) {
        return symbol(name, ElfSymbol.FUNC, ElfSymbol.GLOBAL, section, value, size);
    }

    /** The file. */
    public byte[] build() {
        List<Section> all = new ArrayList<>(sections);
        int symbolTable = all.size() + 1;
        all.add(new Section(add(names, ".symtab"), ElfSection.SYMTAB, 0, symbols.toByteArray(), symbols.size(), symbolTable + 1, 0, 24));
        all.add(new Section(add(names, ".strtab"), ElfSection.STRTAB, 0, symbolNames.toByteArray(), symbolNames.size(), 0, 0, 0));
        int nameIndex = add(names, ".shstrtab");
        all.add(new Section(nameIndex, ElfSection.STRTAB, 0, names.toByteArray(), names.size(), 0, 0, 0));
        int size = HEADER + (all.size() + 1) * 64 + all.stream().mapToInt(section -> section.data.length).sum();
        ByteBuffer file = ByteBuffer.allocate(size).order(order);
        int count = all.size() + 1;
        boolean many = count >= 0xff00;
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2), 1}).position(16);
        file.putShort((short) 1).putShort((short) 247).putInt(1).putLong(0).putLong(0).putLong(HEADER).putInt(0).putShort((short) 64)
                .putShort((short) 0)
                .putShort((short) 0).putShort((short) 64).putShort((short) (many ? 0 : count)).putShort((short) (many ? 0xffff
                        : count - 1));
        if (many) {
            file.putLong(HEADER + 32, count).putInt(HEADER + 40, count - 1);
        }
        int header = HEADER + 64;
        int at = HEADER + count * 64;
        for (Section section : all) {
            file.putInt(header, section.name).putInt(header + 4, section.type).putLong(header + 8, section.flags).putLong(header + 24, at)
                    .putLong(header + 32,
                            section.size).putInt(header + 40, section.link == -1 ? symbolTable : section.link).putInt(header + 44,
                                    section.info).putLong(header + 48, 1)
                    .putLong(header + 56, section.entries);
            file.put(at, section.data);
            at += section.data.length;
            header += 64;
        }
        return file.array();
    }

    /** Instructions: per slot opcode, dst, src, off, imm. */
    public static byte[] slots(ByteOrder order, int... fields) {
        ByteBuffer bytes = ByteBuffer.allocate(fields.length / 5 * 8).order(order);
        for (int i = 0; i < fields.length; i += 5) {
            int registers = order == ByteOrder.LITTLE_ENDIAN ? fields[i + 2] << 4 | fields[i + 1] : fields[i + 1] << 4 | fields[i + 2];
            bytes.put((byte) fields[i]).put((byte) registers).putShort((short) fields[i + 3]).putInt(fields[i + 4]);
        }
        return bytes.array();
    }
}
