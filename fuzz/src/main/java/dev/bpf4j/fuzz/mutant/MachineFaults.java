// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Emitters.Site;
import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.runtime.Engine;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What sequences of machine instructions that are written by hand can have wrong: a step left out, a jump on another condition, operands exchanged. */
final class MachineFaults {
    private static final String ENCODER = "Encoder";
    private static final List<String> RESTORES = List.of("pop", "ldp64", "ldr64");
    private static final List<String> EMITTERS = List.of("Emitter", "ListingEncoder");

    private MachineFaults() {
    }

    /** Names of the encoder's methods that other classes of the backend call: what the others make is never emitted. */
    static Set<String> formsCalled(Class<? extends Engine> engine, List<String> types) {
        Set<String> called = new HashSet<>();
        List<String> callers = new ArrayList<>(types);
        callers.add(EMITTERS.getFirst());
        for (String type : callers) {
            if (!type.equals(ENCODER)) {
                ClassModel file = ClassFile.of().parse(PackageAgain.classFile(engine, type));
                for (MethodModel method : file.methods()) {
                    method.code().ifPresent(code -> code.forEach(element -> {
                        if (element instanceof InvokeInstruction call && encoder(call)) {
                            called.add(call.name().stringValue());
                        }
                    }));
                }
            }
        }
        return called;
    }

    private static boolean encoder(InvokeInstruction call) {
        return call.owner().name().stringValue().endsWith("/" + ENCODER);
    }

    static List<Site> of(CodeElement element) {
        List<Site> sites = new ArrayList<>();
        if (!(element instanceof InvokeInstruction call) || !encoder(call) || TypeKind.from(call.typeSymbol()
                .returnType()) != TypeKind.VOID) {
            return sites;
        }
        String name = call.name().stringValue();
        String type = call.typeSymbol().descriptorString();
        switch (name) {
            case "bind", "listed", "comment", "put" -> {
                // a label that is nowhere is noticed by the buffer itself
            }
            case "jump" -> {
                sites.add(new Site(Fault.GUARD, "no jump", Rewrite.dropped(call)));
                if (type.equals("(II)V")) {
                    sites.add(new Site(Fault.CONDITION, "jump on the opposite", Rewrite.argument(call, 0, Rewrite.bits(1))));
                }
            }
            default -> {
                boolean restores = RESTORES.stream().anyMatch(name::startsWith);
                sites.add(new Site(restores ? Fault.RESTORE : Fault.DROPPED_EFFECT, "no " + name, Rewrite.dropped(call)));
                if (name.equals("mov32_ri")) {
                    sites.add(new Site(Fault.EXTENSION, "mov32_ri -> mov64_ri", Rewrite.renamed(call, "mov64_ri")));
                }
                if (type.startsWith("(II") && !name.contains("_ri") && !name.contains("jcc")) {
                    sites.add(new Site(Fault.SWAPPED_OPERANDS, name + " exchanged", Rewrite.exchanged(call, 0)));
                }
            }
        }
        return sites;
    }
}
