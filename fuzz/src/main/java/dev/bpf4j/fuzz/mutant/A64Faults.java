// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Emitters.Site;
import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the word of an A64 instruction can have wrong (Arm ARM, C4.1), wherever it is emitted. */
final class A64Faults {
    private static final Set<String> REGISTERS = Set.of("w", "x", "wz", "xz", "xs");
    private static final Set<String> DISTANCES = Set.of("s9", "o4", "o8", "p8", "q8", "d14", "d19", "d21", "d26");
    private static final Set<String> NUMBERS = Set.of("u12", "u16", "b32", "b64", "b6432", "z32", "z64", "n32", "n64", "l32", "l64", "v32",
            "v64");
    /** Bit 31 of instructions that compute: 64 bits or 32. */
    private static final int WIDE = 1 << 31;
    /** Bit 30: subtraction for addition, another logical operation, another size of an access. */
    private static final int OPERATION = 1 << 30;
    /** In bits 21 to 5 of an access: the lowest of a displacement of 9 bits. */
    private static final int DISPLACEMENT = 1 << 7;

    private A64Faults() {
    }

    static List<Site> of(String form, CodeElement element) {
        List<Site> sites = new ArrayList<>();
        if (!(element instanceof InvokeInstruction call)) {
            return sites;
        }
        String name = call.name().stringValue();
        if (REGISTERS.contains(name)) {
            sites.add(new Site(Fault.REGISTER_READ, "register", Rewrite.result(call, Rewrite.bits(1))));
        } else if (DISTANCES.contains(name)) {
            sites.add(new Site(Fault.DISPLACEMENT, "distance", Rewrite.result(call, Rewrite.bits(1))));
        } else if (NUMBERS.contains(name)) {
            sites.add(new Site(Fault.OFF_BY_ONE, "immediate", Rewrite.result(call, Rewrite.bits(1))));
        } else if (name.equals("cc")) {
            sites.add(new Site(Fault.CONDITION, "opposite", Rewrite.result(call, Rewrite.bits(1))));
            sites.add(new Site(Fault.CONDITION, "another", Rewrite.result(call, Rewrite.bits(2))));
        } else if (name.equals("m")) {
            sites.add(new Site(Fault.REGISTER_READ, "base", Rewrite.result(call, Rewrite.bits(1))));
            sites.add(new Site(Fault.DISPLACEMENT, "displacement", Rewrite.result(call, Rewrite.bits(DISPLACEMENT))));
        } else if (name.equals("word")) {
            if (form.contains("32") || form.contains("64")) {
                sites.add(new Site(Fault.WIDTH, "bit 31", Rewrite.argument(call, 0, Rewrite.bits(WIDE))));
            }
            sites.add(new Site(Fault.OPERATOR, "bit 30", Rewrite.argument(call, 0, Rewrite.bits(OPERATION))));
        }
        return sites;
    }
}
