// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import dev.bpf4j.loader.btf.BtfType.Array;
import dev.bpf4j.loader.btf.BtfType.Composite;
import dev.bpf4j.loader.btf.BtfType.Constant;
import dev.bpf4j.loader.btf.BtfType.DataSection;
import dev.bpf4j.loader.btf.BtfType.DeclTag;
import dev.bpf4j.loader.btf.BtfType.Enumeration;
import dev.bpf4j.loader.btf.BtfType.Floating;
import dev.bpf4j.loader.btf.BtfType.Forward;
import dev.bpf4j.loader.btf.BtfType.Function;
import dev.bpf4j.loader.btf.BtfType.Int;
import dev.bpf4j.loader.btf.BtfType.Linkage;
import dev.bpf4j.loader.btf.BtfType.Member;
import dev.bpf4j.loader.btf.BtfType.Parameter;
import dev.bpf4j.loader.btf.BtfType.Placed;
import dev.bpf4j.loader.btf.BtfType.Pointer;
import dev.bpf4j.loader.btf.BtfType.Prototype;
import dev.bpf4j.loader.btf.BtfType.Qualified;
import dev.bpf4j.loader.btf.BtfType.Qualifier;
import dev.bpf4j.loader.btf.BtfType.TypeTag;
import dev.bpf4j.loader.btf.BtfType.Typedef;
import dev.bpf4j.loader.btf.BtfType.Variable;
import dev.bpf4j.loader.btf.BtfType.Nothing;
import dev.bpf4j.loader.elf.Bytes;
import dev.bpf4j.loader.elf.Strings;
import dev.bpf4j.runtime.LoadException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the type section. A type is 12 bytes (name, info, size or type), followed by what its kind needs (Linux
 * {@code Documentation/bpf/btf.rst} section 2.2). A field of a kind is read in the same order as the document lists it.
 */
final class BtfReader {
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER = 24;
    private static final int COMMON = 12;
    private static final int MAX_INT_BITS = 128;

    private final Bytes types;
    private final Strings strings;
    private final int count;
    private int at;

    private BtfReader(Bytes types, Strings strings) throws LoadException {
        this.types = types;
        this.strings = strings;
        this.count = countTypes(types);
    }

    /** The header, checked: where types and strings lie. */
    private record Layout(Bytes types, Bytes strings) {}

    static Btf read(Bytes data) throws LoadException {
        Layout layout = layout(data);
        BtfReader reader = new BtfReader(layout.types, new Strings(layout.strings));
        return new Btf(reader.readAll(), layout.types.order(), data.place());
    }

    static Strings strings(Bytes data) throws LoadException {
        return new Strings(layout(data).strings);
    }

    private static Layout layout(Bytes data) throws LoadException {
        if (data.size() < HEADER) {
            throw data.error(0, data.size() + " bytes are too few for a BTF header of " + HEADER);
        }
        Bytes ordered = data;
        if (data.u16(0) != MAGIC) {
            ordered = data.withOrder(data.order() == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        }
        if (ordered.u16(0) != MAGIC) {
            throw data.error(0, "magic number 0x" + Integer.toHexString(data.u16(0)) + ", expected 0xeb9f");
        }
        if (ordered.u8(2) != 1) {
            throw data.error(2, "BTF version " + ordered.u8(2) + ", expected 1");
        }
        long header = ordered.u32(4);
        if (header < HEADER) {
            throw data.error(4, "a header of " + header + " bytes, expected at least " + HEADER);
        }
        Bytes types = ordered.part(header + ordered.u32(8), ordered.u32(12), data.place() + ", types");
        Bytes strings = ordered.part(header + ordered.u32(16), ordered.u32(20), data.place() + ", strings");
        if (strings.size() > 0 && strings.u8(strings.size() - 1L) != 0) {
            throw strings.error(strings.size() - 1L, "the last string does not end with a zero byte");
        }
        return new Layout(types, strings);
    }

    private static int countTypes(Bytes types) throws LoadException {
        int count = 1;
        for (long at = 0; at < types.size(); count++) {
            int info = types.i32(at + 4);
            at += COMMON + tail(types, at, info >>> 24 & 0x1f, info & 0xffff);
            if (at > types.size()) {
                throw types.error(types.size(), "type " + count + " does not end within the type section");
            }
        }
        return count;
    }

    /** Bytes behind the common part. */
    private static long tail(Bytes types, long at, int kind, int length) throws LoadException {
        return switch (kind) {
            case 1, 14, 17 -> 4;
            case 3 -> 12;
            case 4, 5, 15, 19 -> 12L * length;
            case 6, 13 -> 8L * length;
            case 2, 7, 8, 9, 10, 11, 12, 16, 18 -> 0;
            default -> throw types.error(at + 4, "kind " + kind + " is not known; the kinds of Linux 6 are 1 to 19");
        };
    }

    private List<BtfType> readAll() throws LoadException {
        List<BtfType> all = new ArrayList<>(count);
        all.add(new Nothing());
        while (at < types.size()) {
            int start = at;
            String name = strings.at(types.u32(at));
            int info = types.i32(at + 4);
            at += COMMON;
            all.add(readOne(start, name, info >>> 24 & 0x1f, info & 0xffff, info < 0));
        }
        return all;
    }

    private BtfType readOne(int start, String name, int kind, int length, boolean flag) throws LoadException {
        long sizeOrType = types.u32(start + 8L);
        return switch (kind) {
            case 1 -> readInt(start, name, sizeOrType);
            case 2 -> new Pointer(id(start + 8));
            case 3 -> new Array(id(next()), id(next()), types.u32(next()));
            case 4, 5 -> readComposite(name, kind == 5, sizeOrType, length, flag);
            case 6, 19 -> readEnumeration(start, name, sizeOrType, length, flag, kind == 19);
            case 7 -> new Forward(name, flag);
            case 8 -> new Typedef(name, id(start + 8));
            case 9 -> new Qualified(Qualifier.VOLATILE, id(start + 8));
            case 10 -> new Qualified(Qualifier.CONST, id(start + 8));
            case 11 -> new Qualified(Qualifier.RESTRICT, id(start + 8));
            case 12 -> new Function(name, id(start + 8), linkage(start, length));
            case 13 -> readPrototype(start, length);
            case 14 -> new Variable(name, id(start + 8), linkage(start, types.i32(next())));
            case 15 -> readSection(name, sizeOrType, length);
            case 16 -> new Floating(name, size(start, sizeOrType, 16));
            case 17 -> new DeclTag(name, id(start + 8), types.i32(next()));
            case 18 -> new TypeTag(name, id(start + 8));
            default -> throw types.error(start + 4L, "kind " + kind + " is not known");
        };
    }

    private Int readInt(int start, String name, long size) throws LoadException {
        int bits = types.i32(next());
        int number = bits & 0xff;
        int offset = bits >>> 16 & 0xff;
        int bytes = size(start, size, MAX_INT_BITS / 8);
        if (number == 0 || number + offset > bytes * 8) {
            throw types.error(start + (long) COMMON, "integer " + name + " of " + number + " bits at bit " + offset + " in " + bytes
                    + " bytes");
        }
        int encoding = bits >>> 24 & 0xf;
        return new Int(name, bytes, (encoding & 1) != 0, (encoding & 2) != 0, (encoding & 4) != 0, offset, number);
    }

    private Composite readComposite(String name, boolean union, long size, int length, boolean bitfields) throws LoadException {
        List<Member> members = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            String member = strings.at(types.u32(next()));
            int type = id(next());
            int place = types.i32(next());
            members.add(bitfields ? new Member(member, type, place & 0xff_ffff, place >>> 24)
                    : new Member(member, type, place & 0xffff_ffffL, 0));
        }
        return new Composite(name, union, size, members);
    }

    private Enumeration readEnumeration(int start, String name, long size, int length, boolean signed, boolean wide) throws LoadException {
        List<Constant> constants = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            String constant = strings.at(types.u32(next()));
            long low = types.u32(next());
            long value = wide ? (long) types.i32(next()) << 32 | low : signed ? (int) low : low;
            constants.add(new Constant(constant, value));
        }
        return new Enumeration(name, size(start, size, 8), signed, wide, constants);
    }

    private Prototype readPrototype(int start, int length) throws LoadException {
        List<Parameter> parameters = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            parameters.add(new Parameter(strings.at(types.u32(next())), id(next())));
        }
        return new Prototype(id(start + 8), parameters);
    }

    private DataSection readSection(String name, long size, int length) throws LoadException {
        List<Placed> variables = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            variables.add(new Placed(id(next()), types.u32(next()), types.u32(next())));
        }
        return new DataSection(name, size, variables);
    }

    private Linkage linkage(int start, int number) throws LoadException {
        return switch (number) {
            case 0 -> Linkage.STATIC;
            case 1 -> Linkage.GLOBAL;
            case 2 -> Linkage.EXTERN;
            default -> throw types.error(start, "linkage " + number + ", expected 0 (static), 1 (global) or 2 (extern)");
        };
    }

    private int size(int start, long size, int most) throws LoadException {
        if (size < 1 || size > most) {
            throw types.error(start + 8L, "a size of " + size + " bytes, expected 1 to " + most);
        }
        return (int) size;
    }

    private int next() {
        at += 4;
        return at - 4;
    }

    private int id(int offset) throws LoadException {
        long id = types.u32(offset);
        if (id >= count) {
            throw types.error(offset, "type " + id + " is referred to, but there are only " + count);
        }
        return (int) id;
    }
}
