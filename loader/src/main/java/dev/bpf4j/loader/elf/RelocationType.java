// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.elf;

import org.jspecify.annotations.Nullable;

/**
 * The relocation types of the eBPF psABI (LLVM, {@code llvm/docs/BPF/...} and "Clang implementation notes" of Linux
 * {@code Documentation/bpf/llvm_reloc.rst}). LLVM before 13 also used {@link #R_BPF_64_64} for 64-bit and {@link #R_BPF_64_32} for 32-bit data,
 * so the width in data follows from both.
 */
public enum RelocationType {
    /** Nothing to do; keeps a symbol alive. */
    R_BPF_NONE(0, Field.NONE),
    /** A wide load: the low half in the imm of the first slot, the high half in that of the second. */
    R_BPF_64_64(1, Field.WIDE_LOAD),
    /** A 64-bit number in data. */
    R_BPF_64_ABS64(2, Field.DATA64),
    /** A 32-bit number in data. */
    R_BPF_64_ABS32(3, Field.DATA32),
    /** A 32-bit number in .BTF and .BTF.ext, which a linker must leave alone. */
    R_BPF_64_NODYLD32(4, Field.DATA32),
    /** The imm of a call: distance in slots from the next instruction. */
    R_BPF_64_32(10, Field.CALL);

    /** What is changed at the relocation's offset. */
    public enum Field {
        NONE, WIDE_LOAD, DATA64, DATA32, CALL
    }

    private final int number;
    private final Field field;

    RelocationType(int number, Field field) {
        this.number = number;
        this.field = field;
    }

    /** The number in {@code r_info}. */
    public int number() {
        return number;
    }

    /** What is changed. */
    public Field field() {
        return field;
    }

    /** Bytes that are read or written when it stands in data; 0 if it changes nothing. */
    public int dataBytes() {
        return switch (field) {
            case NONE -> 0;
            case WIDE_LOAD, DATA64 -> 8;
            case DATA32, CALL -> 4;
        };
    }

    /** The type with this number, or null. */
    public static @Nullable RelocationType of(long number) {
        for (RelocationType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
