// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.gen.Manual;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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
            console.out().print(Manual.page(found.getFirst()));
        } else {
            list(console.out(), found);
        }
        return ExitCode.OK;
    }

    private static void list(PrintWriter out, List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            out.println(Manual.summary(instruction));
        }
    }
}
