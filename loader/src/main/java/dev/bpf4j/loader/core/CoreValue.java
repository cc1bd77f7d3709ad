// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.core;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfType;
import dev.bpf4j.loader.btf.BtfType.Composite;
import dev.bpf4j.loader.btf.BtfType.Enumeration;
import dev.bpf4j.loader.btf.BtfType.Int;
import dev.bpf4j.loader.btf.BtfType.Member;
import dev.bpf4j.runtime.LoadException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The value of a question in one set of types.
 *
 * @param value   the number
 * @param exact   whether compilers have no choice in it
 * @param bytes   size of the field if it is what an instruction accesses, else 0
 * @param type    the field's type, else 0
 * @param missing why there is no value; null if there is
 */
record CoreValue(long value, boolean exact, int bytes, int type, @Nullable String missing) {
    private static final int MAX_LOAD_BITS = 64;

    private static CoreValue of(long value) {
        return new CoreValue(value, true, 0, 0, null);
    }

    /** The value of what was not found: 0 where existence is asked, and for types; nothing for fields and constants. */
    static CoreValue absent(CoreSpec local) {
        return switch (local.kind()) {
            case FIELD_EXISTS, ENUMVAL_EXISTS, TYPE_EXISTS, TYPE_MATCHES, TYPE_SIZE, TYPE_ID_TARGET, TYPE_ID_LOCAL -> of(0);
            case FIELD_BYTE_OFFSET, FIELD_BYTE_SIZE, FIELD_SIGNED, FIELD_LSHIFT_U64, FIELD_RSHIFT_U64, ENUMVAL_VALUE -> new CoreValue(0,
                    true, 0, 0, local
                            + " does not exist in the target's types");
        };
    }

    static CoreValue of(CoreSpec spec) throws LoadException {
        return switch (spec.kind()) {
            case FIELD_EXISTS, ENUMVAL_EXISTS, TYPE_EXISTS, TYPE_MATCHES -> of(1);
            case TYPE_ID_LOCAL, TYPE_ID_TARGET -> new CoreValue(spec.root(), false, 0, 0, null);
            case TYPE_SIZE -> of(size(spec, spec.root()));
            case ENUMVAL_VALUE -> of(constant(spec));
            case FIELD_BYTE_OFFSET, FIELD_BYTE_SIZE, FIELD_SIGNED, FIELD_LSHIFT_U64, FIELD_RSHIFT_U64 -> field(spec);
        };
    }

    private static long constant(CoreSpec spec) {
        CoreSpec.Step step = spec.steps().getLast();
        return spec.btf().type(step.type()) instanceof Enumeration enumeration ? enumeration.constants().get(step.index()).value() : 0;
    }

    private static int size(CoreSpec spec, int type) throws LoadException {
        long size = spec.btf().size(type);
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw spec.error("the type has " + (size < 0 ? "no size" : size + " bytes"));
        }
        return (int) size;
    }

    private static CoreValue field(CoreSpec spec) throws LoadException {
        CoreSpec.Step step = spec.steps().getLast();
        if (step.name() == null || !(spec.btf().type(step.type()) instanceof Composite composite)) {
            return element(spec, step);
        }
        Btf btf = spec.btf();
        Member member = composite.members().get(step.index());
        int type = btf.strip(member.type());
        boolean bitfield = member.bits() > 0;
        long bitOffset = spec.bitOffset();
        int bytes = size(spec, type);
        long byteOffset = bitOffset / 8;
        int bits = bytes * 8;
        if (bitfield) {
            // The smallest aligned load that holds all its bits.
            bits = member.bits();
            byteOffset = byteOffset / bytes * bytes;
            while (bitOffset + bits - byteOffset * 8 > bytes * 8L) {
                if (bytes * 8 >= MAX_LOAD_BITS) {
                    return new CoreValue(0, false, 0, 0, spec + " is a bitfield that no load of 64 bits holds");
                }
                bytes *= 2;
                byteOffset = bitOffset / 8 / bytes * bytes;
            }
        }
        return switch (spec.kind()) {
            case FIELD_BYTE_OFFSET -> bitfield ? new CoreValue(byteOffset, false, 0, 0, null)
                    : new CoreValue(byteOffset, true, bytes, type, null);
            case FIELD_BYTE_SIZE -> new CoreValue(bytes, !bitfield, 0, 0, null);
            case FIELD_SIGNED -> of(signed(btf.type(type)) ? 1 : 0);
            case FIELD_LSHIFT_U64 -> new CoreValue(btf.order() == ByteOrder.LITTLE_ENDIAN ? 64 - (bitOffset + bits - byteOffset * 8)
                    : (8L - bytes) * 8
                            + bitOffset - byteOffset * 8, !bitfield, 0, 0, null);
            case FIELD_RSHIFT_U64 -> of(64 - bits);
            case FIELD_EXISTS, TYPE_ID_LOCAL, TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE, ENUMVAL_EXISTS, ENUMVAL_VALUE, TYPE_MATCHES ->
                throw spec.error(
                        "is no question about a field's place");
        };
    }

    private static CoreValue element(CoreSpec spec, CoreSpec.Step step) throws LoadException {
        int bytes = size(spec, step.type());
        return switch (spec.kind()) {
            case FIELD_BYTE_OFFSET -> new CoreValue(spec.bitOffset() / 8, true, bytes, step.type(), null);
            case FIELD_BYTE_SIZE -> of(bytes);
            case FIELD_SIGNED, FIELD_LSHIFT_U64, FIELD_RSHIFT_U64, FIELD_EXISTS, TYPE_ID_LOCAL, TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE,
                    ENUMVAL_EXISTS,
                    ENUMVAL_VALUE, TYPE_MATCHES -> throw spec.error("cannot be asked of an array's element");
        };
    }

    private static boolean signed(BtfType type) {
        return switch (type) {
            case Int number -> number.signed();
            case Enumeration enumeration -> enumeration.signed();
            case BtfType other -> false;
        };
    }
}
