// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.Syntax;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** {@code bpf4j isa}: the manual in the terminal. */
public final class IsaCommand implements Subcommand.Task {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "An instruction (add64_reg), or a part of its name (add). Default: a list of all.") private @Nullable String name;

    @Override
    public List<String> examples() {
        return List.of("bpf4j isa", "bpf4j isa sdiv32_reg", "bpf4j isa cmpxchg");
    }

    @Override
    public ExitCode run(Console console) {
        Isa isa = Isa.bpf();
        if (name == null) {
            list(console.out(), isa.instructions());
            return ExitCode.OK;
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        List<Instruction> exact = isa.instructions().stream().filter(instruction -> instruction.name().equals(wanted)).toList();
        List<Instruction> found = !exact.isEmpty() ? exact
                : isa.instructions().stream().filter(instruction -> instruction.name().contains(wanted)).toList();
        if (found.isEmpty()) {
            throw new UserError("no instruction has " + name + " in its name; bpf4j isa lists all");
        }
        if (found.size() == 1) {
            page(console.out(), found.getFirst());
        } else {
            list(console.out(), found);
        }
        return ExitCode.OK;
    }

    private static void list(PrintWriter out, List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            out.println(String.format("%-22s %-42s %-9s %-12s %s", instruction.name(), print(instruction.syntax()), instruction.group(),
                    instruction.since(), instruction.description()).stripTrailing());
        }
    }

    private static void page(PrintWriter out, Instruction instruction) {
        out.println(instruction.name() + " - " + instruction.description());
        out.println();
        out.println("  text         " + print(instruction.syntax()));
        for (Syntax syntax : instruction.conformanceSyntaxes()) {
            out.println("  conformance  " + print(syntax));
        }
        out.println(String.format("  opcode       0x%02x", instruction.opcode()));
        for (FieldName field : FieldName.values()) {
            if (field != FieldName.NEXT || instruction.wide()) {
                out.println(String.format("  %-12s %s", fieldName(field), print(instruction.operand(field))));
            }
        }
        out.println("  group        " + instruction.group());
        out.println("  since        " + instruction.since());
        out.println("  defined in   " + instruction.section());
    }

    private static String fieldName(FieldName field) {
        return field == FieldName.NEXT ? "next_imm" : field.name().toLowerCase(Locale.ROOT);
    }

    private static String print(Operand operand) {
        return switch (operand.kind()) {
            case FIXED -> Integer.toString(operand.fixed());
            case REGISTER_READ -> "register, read";
            case REGISTER_WRITE -> "register, written: not r10";
            case DISPLACEMENT -> "bytes from the base register";
            case TARGET -> "slots from the next instruction";
            case ANY -> "any";
            case HELPER -> "number of a helper";
            case KFUNC -> "BTF id of a kernel function";
            case MAP -> "file descriptor or index of a map";
            case VARIABLE -> "id of a platform variable";
        };
    }

    private static String print(Syntax syntax) {
        return syntax.parts().stream().map(part -> switch (part) {
            case Syntax.Literal(String text) -> text;
            case Syntax.Slot(Syntax.SlotKind kind) -> switch (kind) {
                case DST -> "dst";
                case SRC -> "src";
                case WDST -> "wdst";
                case WSRC -> "wsrc";
                case IMM, UIMM -> "imm";
                case OFF -> "+off";
                case TARGET, ITARGET -> "target";
                case WIDE -> "imm64";
                case NEXT -> "next_imm";
                case WORD -> "name";
            };
        }).collect(Collectors.joining());
    }
}
