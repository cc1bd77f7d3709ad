// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.suite;

import dev.bpf4j.isa.Instruction;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/**
 * Conformance groups. A case belongs to the last one in this order that one of its instructions is of: what comes before is only the means.
 * A candidate supports a group if all its instructions work (RFC 9669 section 2.4), so one case that fails is enough to say that it does not.
 */
public enum Group {
    /** 32-bit operations and what every program needs. */
    BASE32(true),
    /** 64-bit operations. */
    BASE64(true),
    /** 32-bit atomic operations. */
    ATOMIC32(true),
    /** 64-bit atomic operations. */
    ATOMIC64(true),
    /** 32-bit multiplication and division. */
    DIVMUL32(true),
    /** 64-bit multiplication and division. */
    DIVMUL64(true),
    /** Legacy packet access. */
    PACKET(true),
    /** Calls of what a register names. */
    CALLX(false),
    /** What Linux added after the RFC. */
    LINUX(false),
    /** What the RFC leaves to the platform and this project has decided (docs/design.md, Rulings). Outside runtimes are not asked. */
    RULINGS(false);

    private final boolean standard;

    Group(boolean standard) {
        this.standard = standard;
    }

    /** Whether RFC 9669 defines the group. */
    public boolean standard() {
        return standard;
    }

    /** The name in the table, in reports and after {@code --group}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The group that the table gives to an instruction. */
    public static Group of(Instruction instruction) {
        return valueOf(instruction.group().toUpperCase(Locale.ROOT));
    }

    /** The group that a program with these instructions tests; {@link #BASE32} for none. */
    public static Group of(Collection<Instruction> instructions) {
        return instructions.stream().map(Group::of).max(Comparator.naturalOrder()).orElse(BASE32);
    }
}
