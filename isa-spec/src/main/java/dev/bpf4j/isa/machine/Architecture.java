// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A kind of processors: how its machine table writes operands and encodings. */
public enum Architecture {
    /** x86-64, after the Intel SDM. */
    X86_64(X86Slot.values(), X86Kind.values(), X86Encoding::parse, Set.of("rax", "rcx", "rdx")),
    /** ARM64, after the Arm ARM: its 64-bit instruction set is called A64. */
    ARM64(A64Slot.values(), A64Kind.values(), A64Encoding::parse, Set.of("x0", "x16", "x17", "xzr"));

    private final List<Slot> slots;
    private final List<Kind> kinds;
    private final Function<String, MachineEncoding> parser;
    private final Set<String> registers;

    Architecture(Slot[] slots, Kind[] kinds, Function<String, MachineEncoding> parser, Set<String> registers) {
        this.slots = Arrays.asList(slots);
        this.kinds = Arrays.asList(kinds);
        this.parser = parser;
        this.registers = registers;
    }

    /** Where operands are encoded. */
    public List<Slot> slots() {
        return slots;
    }

    /** What operands may be. */
    public List<Kind> kinds() {
        return kinds;
    }

    /** Machine registers that lowering rules may name. */
    public Set<String> registers() {
        return registers;
    }

    /**
     * Reads an encoding.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    public MachineEncoding encoding(String notation) {
        return parser.apply(notation);
    }
}
