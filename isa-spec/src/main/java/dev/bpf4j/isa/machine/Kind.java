// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

/** What an operand may be. Tables write its constant's name in lower case. */
public sealed interface Kind permits X86Kind, A64Kind {
    /** The constant's name. */
    String name();

    /** Whether it is a register. */
    boolean isRegister();

    /** Whether it is memory. */
    boolean isMemory();

    /** The type of the encoder's parameter: {@code int}, {@code long}, or the backend's {@code Mem}. */
    String javaType();
}
