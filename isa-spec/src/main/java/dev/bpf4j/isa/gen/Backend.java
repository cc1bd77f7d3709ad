// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

/**
 * Where the generated classes of a native backend belong.
 *
 * @param table       name of its tables: {@code NAME.isa} and {@code NAME.rules}
 * @param packageName their package
 * @param buffer      the class that {@code Encoder} extends: appends the fields of instructions
 * @param syntax      the class that {@code Printer} extends: writes operands
 */
public record Backend(String table, String packageName, String buffer, String syntax) {
    /** x86-64. */
    public static final Backend X86_64 = new Backend("x86_64", "dev.bpf4j.jit.x86_64", "X86Buffer", "IntelSyntax");

    /**
     * The one with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Backend of(String table) {
        return switch (table) {
            case "x86_64" -> X86_64;
            default -> throw new IllegalArgumentException("no backend '" + table + "'");
        };
    }
}
