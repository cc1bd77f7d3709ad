// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import dev.bpf4j.cli.assembly.AsmCommand;
import dev.bpf4j.cli.assembly.DisasmCommand;
import dev.bpf4j.cli.assembly.IsaCommand;
import dev.bpf4j.cli.bench.BenchCommand;
import dev.bpf4j.cli.conformance.ConformanceCommand;
import dev.bpf4j.cli.doctor.DoctorCommand;
import dev.bpf4j.cli.fuzz.FuzzCommand;
import dev.bpf4j.cli.inspect.InspectCommand;
import dev.bpf4j.cli.plugin.PluginCommand;
import dev.bpf4j.cli.run.RunCommand;
import dev.bpf4j.cli.run.TrialsCommand;
import java.util.List;
import java.util.function.Supplier;

/**
 * A row of the table of commands, {@link #ALL}. The name and the summary stand here only: the class of the task carries picocli's
 * {@code @Option} and {@code @Parameters} annotations on its fields and no {@code @Command}. A task is made only when its command
 * was asked for: reading the annotations of all of them would cost more than everything else in a start.
 *
 * @param name    as typed after {@code bpf4j}
 * @param summary one sentence, without a full stop, for the list of commands and the top of the command's own help
 * @param task    makes a new task, whose annotated fields picocli fills
 */
public record Subcommand(String name, String summary, Supplier<Task> task) {
    /** All commands, in the order of the help. */
    public static final List<Subcommand> ALL = List.of(
            new Subcommand("run", "Run a program on packets, memory or a context", RunCommand::new),
            new Subcommand("trials", "Run programs of other projects on packets and compare with what must come of it", TrialsCommand::new),
            new Subcommand("disasm", "Show programs as text, with labels, names of maps and helpers, and source lines", DisasmCommand::new),
            new Subcommand("asm", "Assemble a text", AsmCommand::new),
            new Subcommand("inspect", "Show what is in an object: programs, maps, relocations, types", InspectCommand::new),
            new Subcommand("isa", "Explain an instruction, or list all", IsaCommand::new),
            new Subcommand("conformance", "Tell which conformance groups of the ISA a runtime supports, and exactly what fails",
                    ConformanceCommand::new),
            new Subcommand("fuzz", "Run random programs in several engines and compare what they do", FuzzCommand::new),
            new Subcommand("doctor", "Show what this machine offers, what is missing for what, and how to get it", DoctorCommand::new),
            new Subcommand("bench", "Measure engines against native code and the kernel", BenchCommand::new),
            new Subcommand("plugin", "Run a program for the public conformance suite (bpf_conformance)", PluginCommand::new));

    /** What a command does once its options are parsed. */
    @FunctionalInterface
    public interface Task {
        /**
         * Runs the command.
         *
         * @return how it ended
         * @throws Exception {@link UserError} and {@link java.io.IOException} are told to the user as {@link ExitCode#BAD_INPUT},
         *                   anything else is a bug: {@link ExitCode#INTERNAL}
         */
        ExitCode run(Console console) throws Exception;

        /** Command lines for the end of the help, each with {@code bpf4j} in front; empty if the synopsis says it all. */
        default List<String> examples() {
            return List.of();
        }
    }
}
