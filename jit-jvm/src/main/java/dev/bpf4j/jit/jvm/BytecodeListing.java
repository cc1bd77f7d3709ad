// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Functions;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.LinkedProgram;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The bytecode of a program as text. While it is written, the slot of each instruction is put in as two line numbers at the same place, because
 * one holds 16 bits only: first its high bits with the mark {@link #HIGH}, then its low {@link #LOW_BITS} bits.
 */
final class BytecodeListing {
    private static final int LOW_BITS = 15;
    private static final int HIGH = 1 << LOW_BITS;

    private static final String INDENT = " ".repeat(11);

    private final Map<Integer, List<String>> lines = new TreeMap<>();
    private int high;
    private int slot;

    private BytecodeListing() {
    }

    /** Says that what follows belongs to the instruction at a slot. */
    static void mark(CodeBuilder code, int slot) {
        code.lineNumber(HIGH | slot >>> LOW_BITS);
        code.lineNumber(slot & HIGH - 1);
    }

    /** Each instruction of a program, routines included, and below it the bytecode that it has become. */
    static String of(Functions functions) {
        BytecodeListing listing = new BytecodeListing();
        Form.Files files = Form.Files.of(functions, false, true);
        for (int i = 0; i < files.files().size(); i++) {
            for (MethodModel method : ClassFile.of().parse(files.files().get(i)).methods()) {
                Integer start = files.compilation().classes().get(i).firstSlot(method.methodName().stringValue());
                if (start != null) {
                    listing.slot = start;
                    listing.method(method);
                }
            }
        }
        return listing.print(functions.program());
    }

    private String print(LinkedProgram program) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < program.totalSlots(); at++) {
            Insn insn = program.insn(at);
            if (insn != null) {
                text.append(String.format("%5d: %s%n", at, Disassembler.print(insn, Assembler.Dialect.LLVM, null)));
                lines.getOrDefault(at, List.of()).forEach(line -> text.append(INDENT).append(line).append(System.lineSeparator()));
            }
        }
        return text.toString();
    }

    private void add(String line) {
        lines.computeIfAbsent(slot, key -> new ArrayList<>()).add(line);
    }

    private void method(MethodModel method) {
        CodeAttribute code = (CodeAttribute) method.code().orElseThrow();
        add(method.methodName().stringValue() + method.methodTypeSymbol().displayDescriptor() + ", " + code
                .codeLength() + " bytes");
        int at = 0;
        for (CodeElement element : code) {
            switch (element) {
                case LineNumber number -> line(number.line());
                case Instruction instruction -> {
                    add(String.format("%5d: %s", at, text(instruction, code)).stripTrailing());
                    at += instruction.sizeInBytes();
                }
                case CodeElement other -> {
                    // labels and exception tables have no place of their own
                }
            }
        }
    }

    private void line(int number) {
        if ((number & HIGH) != 0) {
            high = number & HIGH - 1;
        } else {
            slot = high << LOW_BITS | number;
        }
    }

    private static String text(Instruction instruction, CodeAttribute code) {
        String name = instruction.opcode().name().toLowerCase(Locale.ROOT);
        return switch (instruction) {
            case LoadInstruction load -> plain(name) + " " + load.slot();
            case StoreInstruction store -> plain(name) + " " + store.slot();
            case IncrementInstruction increment -> "iinc " + increment.slot() + " " + increment.constant();
            case ConstantInstruction constant -> name.contains("const") ? name : name + " " + constant.constantValue();
            case BranchInstruction branch -> name + " " + place(branch.target(), code);
            case FieldInstruction field -> name + " " + simple(field.owner().asInternalName()) + "." + field.name().stringValue();
            case InvokeInstruction invoke -> name + " " + simple(invoke.owner().asInternalName()) + "." + invoke.name().stringValue();
            case TableSwitchInstruction table -> name + cases(table.cases(), table.defaultTarget(), code);
            case LookupSwitchInstruction lookup -> name + cases(lookup.cases(), lookup.defaultTarget(), code);
            case Instruction other -> name;
        };
    }

    /** The name without the number of a local variable that some opcodes have in it. */
    private static String plain(String name) {
        int end = name.indexOf('_');
        return end < 0 ? name : name.substring(0, end);
    }

    private static String cases(List<SwitchCase> cases, Label otherwise, CodeAttribute code) {
        return cases.stream().map(one -> " " + one.caseValue() + "->" + place(one.target(), code)).collect(Collectors.joining()) + " else->"
                + place(otherwise, code);
    }

    private static int place(Label label, CodeAttribute code) {
        return code.labelToBci(label);
    }

    private static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }
}
