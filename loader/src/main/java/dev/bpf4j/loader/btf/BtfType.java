// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import java.util.List;

/**
 * A type, by the kinds of Linux {@code include/uapi/linux/btf.h}. Other types are named by id; all ids are known to exist. Names are empty
 * where the source gives none.
 */
public sealed interface BtfType {
    /** Kind number of the format. */
    int kind();

    /** Its name, or the empty string. */
    String name();

    /** Type 0: nothing, or anything behind a pointer. */
    record Nothing() implements BtfType {
        @Override
        public int kind() {
            return 0;
        }

        @Override
        public String name() {
            return "void";
        }
    }

    /**
     * An integer.
     *
     * @param size      bytes
     * @param signed    two's complement
     * @param character meant as a character
     * @param bool      0 or 1
     * @param offset    first bit, for the bitfields of old compilers
     * @param bits      number of bits, 1 to 128
     */
    record Int(String name, int size, boolean signed, boolean character, boolean bool, int offset, int bits) implements BtfType {
        @Override
        public int kind() {
            return 1;
        }
    }

    /** A pointer to a type. */
    record Pointer(int target) implements BtfType {
        @Override
        public int kind() {
            return 2;
        }

        @Override
        public String name() {
            return "";
        }
    }

    /** {@code count} elements of a type; {@code index} is the index's type. Count 0 is a flexible array. */
    record Array(int element, int index, long count) implements BtfType {
        @Override
        public int kind() {
            return 3;
        }

        @Override
        public String name() {
            return "";
        }
    }

    /**
     * A member of a structure or union.
     *
     * @param name      empty for an anonymous one
     * @param type      its type
     * @param bitOffset first bit from the start of the structure; for big-endian bitfields counted from the most significant bit
     * @param bits      bits of a bitfield, else 0
     */
    record Member(String name, int type, long bitOffset, int bits) {}

    /** A structure, or a union of members that share their place. */
    record Composite(String name, boolean union, long size, List<Member> members) implements BtfType {
        public Composite { members = List.copyOf(members); }

        @Override
        public int kind() {
            return union ? 5 : 4;
        }
    }

    /** A constant of an enumeration. */
    record Constant(String name, long value) {}

    /** An enumeration of up to 32 or of 64 bits. */
    record Enumeration(String name, int size, boolean signed, boolean wide, List<Constant> constants) implements BtfType {
        public Enumeration { constants = List.copyOf(constants); }

        @Override
        public int kind() {
            return wide ? 19 : 6;
        }
    }

    /** A structure or union whose members are not known. */
    record Forward(String name, boolean union) implements BtfType {
        @Override
        public int kind() {
            return 7;
        }
    }

    /** Another name for a type. */
    record Typedef(String name, int target) implements BtfType {
        @Override
        public int kind() {
            return 8;
        }
    }

    /** What a qualifier says. */
    enum Qualifier {
        VOLATILE(9), CONST(10), RESTRICT(11);

        private final int kind;

        Qualifier(int kind) {
            this.kind = kind;
        }
    }

    /** A type with a qualifier. */
    record Qualified(Qualifier qualifier, int target) implements BtfType {
        @Override
        public int kind() {
            return qualifier.kind;
        }

        @Override
        public String name() {
            return "";
        }
    }

    /** Where a function or variable is seen. */
    enum Linkage {
        STATIC, GLOBAL, EXTERN
    }

    /** A function of a prototype. */
    record Function(String name, int prototype, Linkage linkage) implements BtfType {
        @Override
        public int kind() {
            return 12;
        }
    }

    /** A parameter; the last one of a variadic function has neither name nor type. */
    record Parameter(String name, int type) {}

    /** What a function returns and takes. */
    record Prototype(int result, List<Parameter> parameters) implements BtfType {
        public Prototype { parameters = List.copyOf(parameters); }

        @Override
        public int kind() {
            return 13;
        }

        @Override
        public String name() {
            return "";
        }
    }

    /** A variable. */
    record Variable(String name, int type, Linkage linkage) implements BtfType {
        @Override
        public int kind() {
            return 14;
        }
    }

    /** A variable's place in a section, in bytes. */
    record Placed(int variable, long offset, long size) {}

    /** The variables of a section. */
    record DataSection(String name, long size, List<Placed> variables) implements BtfType {
        public DataSection { variables = List.copyOf(variables); }

        @Override
        public int kind() {
            return 15;
        }
    }

    /** A floating-point number of {@code size} bytes. */
    record Floating(String name, int size) implements BtfType {
        @Override
        public int kind() {
            return 16;
        }
    }

    /** A tag on a declaration; {@code component} is the member or parameter, -1 for the whole. */
    record DeclTag(String name, int target, int component) implements BtfType {
        @Override
        public int kind() {
            return 17;
        }
    }

    /** A tag on a type. */
    record TypeTag(String name, int target) implements BtfType {
        @Override
        public int kind() {
            return 18;
        }
    }
}
