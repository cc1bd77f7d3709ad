// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Bytes read as values of a type. The text form is for people; programs walk the tree. */
public sealed interface BtfValue {
    /** An integer of up to 128 bits, by its type signed or not. */
    record Numeral(BigInteger value) implements BtfValue {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** A bool. */
    record Truth(boolean value) implements BtfValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A floating-point number of 4 or 8 bytes. */
    record Real(double value) implements BtfValue {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** A pointer: guest address, 64 bits. */
    record Address(long value) implements BtfValue {
        @Override
        public String toString() {
            return "0x" + Long.toHexString(value);
        }
    }

    /** A constant of an enumeration. */
    record Named(String name, long value) implements BtfValue {
        @Override
        public String toString() {
            return name;
        }
    }

    /** An array of characters that holds text up to its first zero byte. */
    record Text(String value) implements BtfValue {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("\"");
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) == '"' || value.charAt(i) == '\\') {
                    text.append('\\');
                }
                text.append(value.charAt(i));
            }
            return text.append('"').toString();
        }
    }

    /** The elements of an array. */
    record Items(List<BtfValue> values) implements BtfValue {
        public Items { values = List.copyOf(values); }

        @Override
        public String toString() {
            return values.stream().map(BtfValue::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** A member of a structure or variable of a section; the name is empty for members without one. */
    record Field(String name, BtfValue value) {
        @Override
        public String toString() {
            return name.isEmpty() ? value.toString() : name + ": " + value;
        }
    }

    /** The members of a structure or union, or the variables of a section. */
    record Fields(List<Field> fields) implements BtfValue {
        public Fields { fields = List.copyOf(fields); }

        @Override
        public String toString() {
            return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** Bytes that have no better form: of a type without values, too few for their type, or beyond what is printed. */
    record Raw(List<Byte> bytes) implements BtfValue {
        public Raw { bytes = List.copyOf(bytes); }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("0x");
            bytes.forEach(value -> text.append(HexFormat.of().toHexDigits(value)));
            return text.toString();
        }
    }
}
