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
import dev.bpf4j.loader.btf.BtfType.Member;
import dev.bpf4j.loader.btf.BtfType.Nothing;
import dev.bpf4j.loader.btf.BtfType.Placed;
import dev.bpf4j.loader.btf.BtfType.Pointer;
import dev.bpf4j.loader.btf.BtfType.Prototype;
import dev.bpf4j.loader.btf.BtfType.Qualified;
import dev.bpf4j.loader.btf.BtfType.TypeTag;
import dev.bpf4j.loader.btf.BtfType.Typedef;
import dev.bpf4j.loader.btf.BtfType.Variable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads bytes by type: structures, unions (every member), arrays, enumerations, bitfields, and character arrays as strings. Any bytes and any
 * type give a value: what does not fit is {@link BtfValue.Raw}. Values of more than {@value #MAX_VALUES} parts are cut, since unions in unions
 * can be read in more ways than anybody can print. Thread-safe.
 */
public final class BtfPrinter {
    private static final int MAX_VALUES = 1 << 20;

    private final Btf btf;
    private final ByteOrder order;

    /**
     * @param btf   the types
     * @param order byte order of the values
     */
    public BtfPrinter(Btf btf, ByteOrder order) {
        this.btf = btf;
        this.order = order;
    }

    /**
     * The value of a type in some bytes.
     *
     * @param type  id of the type
     * @param bytes at least as many as the type has; more are ignored, except that an array of unknown length takes them all
     */
    public BtfValue read(int type, byte[] bytes) {
        return new Reading(bytes).value(type, 0, bytes.length);
    }

    /** One value being read; counts its parts. */
    private final class Reading {
        private final byte[] bytes;
        private int left = MAX_VALUES;

        Reading(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The value of a type in bytes {@code from} to {@code end}. */
        BtfValue value(int id, long from, long end) {
            if (--left < 0 || from > end) {
                return new BtfValue.Raw(List.of());
            }
            BtfType type = btf.resolve(id);
            long size = btf.size(id);
            if (size > end - from) {
                return raw(from, end);
            }
            return switch (type) {
                case Int number -> number.offset() == 0 && number.bits() == number.size() * 8 ? integer(number, from)
                        : bits(type, from, number.offset(), number
                                .bits());
                case Floating number -> real(from, number.size());
                case Pointer pointer -> new BtfValue.Address(unsigned(from, 8).longValue());
                case Enumeration enumeration -> constant(enumeration, signedOrNot(unsigned(from, enumeration.size()), enumeration.size()
                        * 8, enumeration
                                .signed()));
                case Array array -> array(array, from, end);
                case Composite composite -> composite(composite, from, end);
                case DataSection section -> section(section, from, end);
                case Variable variable -> value(variable.type(), from, end);
                case Nothing nothing -> raw(from, end);
                case Forward forward -> raw(from, end);
                case Function function -> raw(from, end);
                case Prototype prototype -> raw(from, end);
                case DeclTag tag -> raw(from, end);
                case Typedef typedef -> raw(from, end); // resolve has passed these three
                case Qualified qualified -> raw(from, end);
                case TypeTag tag -> raw(from, end);
            };
        }

        private BtfValue integer(Int number, long from) {
            BigInteger value = unsigned(from, number.size());
            return number(number, signedOrNot(value, number.bits(), number.signed()));
        }

        private BtfValue number(Int type, BigInteger value) {
            return type.bool() ? new BtfValue.Truth(value.signum() != 0) : new BtfValue.Numeral(value);
        }

        private BtfValue real(long from, int size) {
            long value = unsigned(from, size).longValue();
            return switch (size) {
                case 4 -> new BtfValue.Real(Float.intBitsToFloat((int) value));
                case 8 -> new BtfValue.Real(Double.longBitsToDouble(value));
                default -> raw(from, from + size);
            };
        }

        private BtfValue constant(Enumeration enumeration, BigInteger value) {
            for (Constant constant : enumeration.constants()) {
                if (constant.value() == value.longValue()) {
                    return new BtfValue.Named(constant.name(), constant.value());
                }
            }
            return new BtfValue.Numeral(value);
        }

        private BtfValue array(Array array, long from, long end) {
            long size = btf.size(array.element());
            // A flexible array is what is left; elements without bytes say nothing.
            long count = size <= 0 ? 0 : array.count() == 0 ? (end - from) / size : Math.min(array.count(), (end - from) / size);
            if (characters(array.element()) && text(from, from + count) instanceof BtfValue.Text text) {
                return text;
            }
            List<BtfValue> values = new ArrayList<>();
            for (long i = 0; i < count && left > 0; i++) {
                values.add(value(array.element(), from + i * size, from + (i + 1) * size));
            }
            return new BtfValue.Items(values);
        }

        /** Whether the type is {@code char}: clang marks it neither as character nor always as signed, so the name decides. */
        private boolean characters(int id) {
            return btf.resolve(id) instanceof Int number && number.size() == 1 && !number.bool() && (number.character() || number.name()
                    .equals("char"));
        }

        /** Text up to the first zero byte, if nothing but zeros follows and it is printable UTF-8; else the raw bytes. */
        private BtfValue text(long from, long end) {
            byte[] all = Arrays.copyOfRange(bytes, (int) from, (int) end);
            int length = 0;
            while (length < all.length && all[length] != 0) {
                length++;
            }
            for (int i = length; i < all.length; i++) {
                if (all[i] != 0) {
                    return raw(from, end);
                }
            }
            try {
                CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(all, 0, length));
                return text.chars().noneMatch(Character::isISOControl) ? new BtfValue.Text(text.toString()) : raw(from, end);
            } catch (CharacterCodingException e) {
                return raw(from, end);
            }
        }

        private BtfValue composite(Composite composite, long from, long end) {
            List<BtfValue.Field> fields = new ArrayList<>();
            long own = Math.min(end, from + Math.max(composite.size(), 0));
            for (Member member : composite.members()) {
                if (left <= 0) {
                    break;
                }
                long start = from + member.bitOffset() / 8;
                BtfValue value;
                if (member.bits() > 0) {
                    value = bits(btf.resolve(member.type()), from, member.bitOffset(), member.bits());
                } else if (btf.resolve(member.type()) instanceof Int number && (number.offset() != 0 || number.bits() != number.size()
                        * 8)) {
                    value = bits(number, from, member.bitOffset() + number.offset(), number.bits());
                } else {
                    // A flexible array at the end may use what is behind the structure.
                    value = value(member.type(), start, btf.size(member.type()) == 0 ? end : own);
                }
                fields.add(new BtfValue.Field(member.name(), value));
            }
            return new BtfValue.Fields(fields);
        }

        private BtfValue section(DataSection section, long from, long end) {
            List<BtfValue.Field> fields = new ArrayList<>();
            for (Placed placed : section.variables()) {
                long start = from + placed.offset();
                long stop = Math.min(end, start + placed.size());
                fields.add(new BtfValue.Field(btf.type(placed.variable()).name(), start > end ? raw(end, end)
                        : value(placed.variable(), start, stop)));
            }
            return new BtfValue.Fields(fields);
        }

        /** A bitfield. In big-endian structures bits are counted from the most significant one. */
        private BtfValue bits(BtfType type, long from, long bitOffset, int bits) {
            long first = from + bitOffset / 8;
            int skip = (int) (bitOffset % 8);
            int size = (skip + bits + 7) / 8;
            if (first + size > bytes.length) {
                return raw(Math.min(first, bytes.length), bytes.length);
            }
            int shift = order == ByteOrder.LITTLE_ENDIAN ? skip : size * 8 - skip - bits;
            BigInteger value = unsigned(first, size).shiftRight(shift).and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
            return switch (type) {
                case Int number -> number(number, signedOrNot(value, bits, number.signed()));
                case Enumeration enumeration -> constant(enumeration, signedOrNot(value, bits, enumeration.signed()));
                case BtfType other -> new BtfValue.Numeral(value);
            };
        }

        private BigInteger unsigned(long from, int size) {
            byte[] copy = Arrays.copyOfRange(bytes, (int) from, (int) from + size);
            if (order == ByteOrder.LITTLE_ENDIAN) {
                for (int i = 0; i < size / 2; i++) {
                    byte low = copy[i];
                    copy[i] = copy[size - 1 - i];
                    copy[size - 1 - i] = low;
                }
            }
            return new BigInteger(1, copy);
        }

        private static BigInteger signedOrNot(BigInteger value, int bits, boolean signed) {
            return signed && value.testBit(bits - 1) ? value.subtract(BigInteger.ONE.shiftLeft(bits)) : value;
        }

        private BtfValue raw(long from, long end) {
            List<Byte> list = new ArrayList<>();
            for (long i = from; i < end && --left >= 0; i++) {
                list.add(bytes[(int) i]);
            }
            return new BtfValue.Raw(list);
        }
    }
}
