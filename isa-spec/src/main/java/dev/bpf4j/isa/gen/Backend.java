// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.machine.Architecture;

/**
 * Where the generated classes of a native backend belong.
 *
 * @param architecture whose instructions they are
 * @param table       name of its tables: {@code NAME.isa} and {@code NAME.rules}
 * @param packageName their package
 * @param buffer      the class that {@code Encoder} extends: appends the fields of instructions
 * @param syntax      the class that {@code Printer} extends: writes operands
 */
public record Backend(Architecture architecture, String table, String packageName, String buffer, String syntax) {
    /** x86-64. */
    public static final Backend X86_64 = new Backend(Architecture.X86_64, "x86_64", "dev.bpf4j.jit.x86_64", "X86Buffer",
            "IntelSyntax");
    /** ARM64. */
    public static final Backend ARM64 = new Backend(Architecture.ARM64, "a64", "dev.bpf4j.jit.arm64", "A64Buffer", "A64Syntax");

    /**
     * The one with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Backend of(String table) {
        return switch (table) {
            case "x86_64" -> X86_64;
            case "a64" -> ARM64;
            default -> throw new IllegalArgumentException("no backend '" + table + "'");
        };
    }
}
