// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

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
    public static final List<Subcommand> ALL = List.of();

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
    }
}
