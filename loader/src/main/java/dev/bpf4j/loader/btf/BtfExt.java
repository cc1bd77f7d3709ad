// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import dev.bpf4j.loader.elf.Bytes;
import dev.bpf4j.loader.elf.Strings;
import dev.bpf4j.runtime.LoadException;
import java.util.ArrayList;
import java.util.List;

/**
 * Section .BTF.ext: what the compiler says about places in the code (Linux {@code Documentation/bpf/btf.rst} section 4). Offsets are bytes in
 * the named section.
 *
 * @param functions   functions and their types
 * @param lines       source lines
 * @param relocations CO-RE relocations
 */
public record BtfExt(List<FunctionInfo> functions, List<LineInfo> lines, List<CoreRelocation> relocations) {
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER = 24;

    /** A function that starts at an offset, and its type. */
    public record FunctionInfo(String section, long offset, int type) {}

    /** A source line: file, its text, line and column from 1. */
    public record LineInfo(String section, long offset, String file, String text, int line, int column) {}

    /**
     * What an instruction needs to know of a type of the target.
     *
     * @param section the code's section
     * @param offset  byte offset of the instruction
     * @param type    the local type that it starts from
     * @param access  the path in it: numbers with colons
     * @param kind    what is asked
     */
    public record CoreRelocation(String section, long offset, int type, String access, CoreKind kind) {}

    /** Copies the lists. */
    public BtfExt {
        functions = List.copyOf(functions);
        lines = List.copyOf(lines);
        relocations = List.copyOf(relocations);
    }

    /** Reads a record of one of the three parts. */
    private interface RecordReader<T> {
        T read(Bytes records, long at, String section) throws LoadException;
    }

    /**
     * Reads the section.
     *
     * @param data   the section
     * @param beside section .BTF, which has the strings
     * @param btf    the types in that section
     * @throws LoadException naming the place and offset of what is wrong
     */
    public static BtfExt parse(Bytes data, Bytes beside, Btf btf) throws LoadException {
        Strings strings = BtfReader.strings(beside);
        if (data.size() < HEADER || data.u16(0) != MAGIC) {
            throw data.error(0, "no header with magic number 0xeb9f");
        }
        if (data.u8(2) != 1) {
            throw data.error(2, "version " + data.u8(2) + ", expected 1");
        }
        long header = data.u32(4);
        if (header < HEADER) {
            throw data.error(4, "a header of " + header + " bytes, expected at least " + HEADER);
        }
        List<FunctionInfo> functions = part(data, 8, "function info", 8, strings, (records, at, section) -> new FunctionInfo(section,
                records.u32(at),
                type(records, at + 4, btf)));
        List<LineInfo> lines = part(data, 16, "line info", 16, strings, (records, at, section) -> new LineInfo(section, records.u32(at),
                strings.at(records
                        .u32(at + 4)), strings.at(records.u32(at + 8)), records.i32(at + 12) >>> 10, records.i32(at + 12) & 0x3ff));
        List<CoreRelocation> relocations = header < HEADER + 8 ? List.of()
                : part(data, 24, "CO-RE relocations", 16, strings, (records, at, section) -> new CoreRelocation(section, records.u32(at),
                        type(records, at
                                + 4, btf), strings.at(records.u32(at + 8)), kind(records, at + 12)));
        return new BtfExt(functions, lines, relocations);
    }

    private static int type(Bytes records, long at, Btf btf) throws LoadException {
        int id = records.i32(at);
        if (!btf.has(id)) {
            throw records.error(at, "type " + Integer.toUnsignedString(id) + " is referred to, but there are only " + btf.count());
        }
        return id;
    }

    private static CoreKind kind(Bytes records, long at) throws LoadException {
        CoreKind kind = CoreKind.of(records.i32(at));
        if (kind == null) {
            throw records.error(at, "CO-RE relocation kind " + records.u32(at) + " is not known");
        }
        return kind;
    }

    /** A part: the size of a record, then groups of section name, number of records, records. */
    private static <T> List<T> part(Bytes data, int field, String what, int least, Strings strings, RecordReader<T> reader)
            throws LoadException {
        List<T> all = new ArrayList<>();
        Bytes part = data.part(data.u32(4) + data.u32(field), data.u32(field + 4L), data.place() + ", " + what);
        if (part.size() == 0) {
            return all;
        }
        long size = part.u32(0);
        if (size < least || size % 4 != 0) {
            throw part.error(0, "a record of " + size + " bytes, expected at least " + least + " and a multiple of 4");
        }
        long at = 4;
        while (at < part.size()) {
            String section = strings.at(part.u32(at));
            long count = part.u32(at + 4);
            at += 8;
            if (count == 0 || count > (part.size() - at) / size) {
                throw part.error(at - 4, count + " records of " + size + " bytes for section " + section + ", but " + (part.size() - at)
                        + " bytes are left");
            }
            for (long i = 0; i < count; i++, at += size) {
                all.add(reader.read(part, at, section));
            }
        }
        return all;
    }
}
