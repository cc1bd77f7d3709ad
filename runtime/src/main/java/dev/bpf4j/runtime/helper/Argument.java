// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import java.util.Locale;
/**
 * An argument of a helper.
 *
 * @param name   as in the kernel's documents
 * @param kind   what it is, and so how it is checked
 * @param extent for memory: the index (0 to 4) of the argument with its size, or its size as -1 - bytes; else 0
 */
public record Argument(String name, Kind kind, int extent) {

    /** What an argument is. */
    public enum Kind {
        /** The context; checked as a read of its size. */
        CTX("pointer to the context"),
        /** A map's handle. */
        MAP("map"),
        /** Memory with a key of the preceding map, read. */
        KEY("pointer to a key"),
        /** Memory with a value of the preceding map, read. */
        VALUE("pointer to a value"),
        /** Memory for a value of the preceding map, written. */
        VALUE_OUT("pointer to a place for a value"),
        /** Memory that is read. */
        IN("pointer to memory, read"),
        /** Memory that is written. */
        OUT("pointer to memory, written"),
        /** Memory that is read and written. */
        INOUT("pointer to memory, read and written"),
        /** A number of bytes; 32 bits count. */
        SIZE("bytes"),
        /** A signed number of 32 bits. */
        INT("int"),
        /** An unsigned number of 32 bits. */
        U32("u32"),
        /** A number of 64 bits. */
        U64("u64"),
        /** A function of the program. */
        FUNC("function"),
        /** A text that ends with a zero byte; checked as far as it is read. */
        STR("pointer to a text"),
        /** Anything; not checked. */
        ANY("any value");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The name in the table. */
        String inTable() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What it is, in words. */
        public String words() {
            return words;
        }
    }

    /** Whether the size of the memory is another argument. */
    boolean sizedByArgument() {
        return extent >= 0;
    }

    /** The fixed size of the memory in bytes. */
    int fixedSize() {
        return -1 - extent;
    }
}
