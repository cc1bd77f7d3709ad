// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Emitters.Site;
import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the bytes of an x86-64 instruction can have wrong (SDM volume 2, chapter 2), wherever it is emitted. */
final class X86Faults {
    private static final int HIGH = 8;

    private X86Faults() {
    }

    /** What can be wrong at an element of a form's method. */
    static List<Site> of(String form, List<CodeElement> elements, int at) {
        List<Site> sites = new ArrayList<>();
        if (!(elements.get(at) instanceof InvokeInstruction call)) {
            return sites;
        }
        boolean memory = call.typeSymbol().parameterList().stream().anyMatch(type -> type.displayName().equals("Mem"));
        switch (call.name().stringValue()) {
            case "rex" -> {
                sites.add(new Site(Fault.WIDTH, "REX.W", Rewrite.argument(call, 0, Rewrite.bits(1))));
                // a part of the opcode in the place of a register has no fourth bit
                if (!constant(elements, at, 3)) {
                    sites.add(new Site(Fault.REGISTER_WRITTEN, "REX.R", Rewrite.argument(call, 1, Rewrite.bits(HIGH))));
                }
                if (!memory && !constant(elements, at, 2)) {
                    sites.add(new Site(Fault.REGISTER_WRITTEN, "REX.B", Rewrite.argument(call, 2, Rewrite.bits(HIGH))));
                }
            }
            case "vex" -> {
                sites.add(new Site(Fault.WIDTH, "VEX.W", Rewrite.argument(call, 2, Rewrite.bits(1))));
                sites.add(new Site(Fault.REGISTER_READ, "VEX.vvvv", Rewrite.argument(call, 4, Rewrite.bits(1))));
            }
            case "modrm" -> {
                sites.add(new Site(Fault.REGISTER_WRITTEN, "ModRM.reg", Rewrite.argument(call, 0, Rewrite.bits(1))));
                if (memory) {
                    ClassDesc mem = call.typeSymbol().parameterType(1);
                    sites.add(new Site(Fault.DISPLACEMENT, "displacement + 1", Rewrite.argument(call, 1, further(mem))));
                } else {
                    sites.add(new Site(Fault.REGISTER_READ, "ModRM.rm", Rewrite.argument(call, 1, Rewrite.bits(1))));
                    sites.add(new Site(Fault.SWAPPED_OPERANDS, "ModRM exchanged", Rewrite.exchanged(call, 0)));
                }
            }
            case "signed8", "imm16", "imm32", "unsigned8" -> immediates(form, call, sites);
            case "imm64" -> sites.add(new Site(Fault.OFF_BY_ONE, "immediate + 1", Rewrite.argument(call, 0, code -> code.lconst_1()
                    .ladd())));
            case "condition" -> {
                sites.add(new Site(Fault.CONDITION, "opposite", Rewrite.result(call, Rewrite.bits(1))));
                sites.add(new Site(Fault.CONDITION, "another", Rewrite.result(call, Rewrite.bits(2))));
            }
            case "byteNeedsRex" -> sites.add(new Site(Fault.REGISTER_READ, "ah, ch, dh, bh", Rewrite.result(call, code -> code.pop()
                    .iconst_0())));
            default -> {
                // opcodes are the rules' business
            }
        }
        return sites;
    }

    /** Whether the instruction so many before another one loads a constant. */
    private static boolean constant(List<CodeElement> elements, int at, int before) {
        int left = before;
        int place = at;
        while (left > 0 && --place >= 0) {
            left -= elements.get(place) instanceof Instruction ? 1 : 0;
        }
        return place >= 0 && elements.get(place) instanceof ConstantInstruction;
    }

    private static void immediates(String form, InvokeInstruction call, List<Site> sites) {
        boolean distance = form.startsWith("j") || form.startsWith("call");
        sites.add(new Site(distance ? Fault.DISPLACEMENT : Fault.OFF_BY_ONE, distance ? "distance" : "immediate", Rewrite.argument(call, 0,
                Rewrite.bits(1))));
        if (!distance && call.name().stringValue().equals("imm32")) {
            sites.add(new Site(Fault.EXTENSION, "sign of the immediate", Rewrite.argument(call, 0, Rewrite.bits(Integer.MIN_VALUE))));
        }
    }

    /** Takes a memory operand and leaves the one behind it. */
    private static Consumer<CodeBuilder> further(ClassDesc mem) {
        MethodTypeDesc number = MethodTypeDesc.of(ConstantDescs.CD_int);
        return code -> {
            int local = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(local).new_(mem).dup();
            for (String part : List.of("base", "index", "scale", "displacement")) {
                code.aload(local).invokevirtual(mem, part, number);
            }
            code.iconst_1().iadd().invokespecial(mem, ConstantDescs.INIT_NAME, MethodTypeDesc.of(ConstantDescs.CD_void,
                    ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        };
    }
}
