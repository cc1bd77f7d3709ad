// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

/** What is known when the table is read: a number, or a word that stands for itself. */
sealed interface Value {

    /** A number. */
    record Num(long value) implements Value {}

    /** A word, such as the {@code imm} in {@code for S in imm reg}. */
    record Word(String word) implements Value {}
}
