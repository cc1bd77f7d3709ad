// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code bpf4j} command.
 *
 * <p>A command is a class that implements {@link dev.bpf4j.cli.Subcommand.Task}, with picocli's annotations on its fields, and a
 * row in {@link dev.bpf4j.cli.Subcommand#ALL}:
 *
 * {@snippet :
 * final class DisasmCommand implements Subcommand.Task {
 *     @Parameters(paramLabel = "OBJECT", description = "An object file of clang.")
 *     private Path object;
 *
 *     @Override
 *     public ExitCode run(Console console) throws IOException {
 *         if (Files.size(object) == 0) {
 *             throw new UserError(object + ": the file is empty, expected an ELF object");
 *         }
 *         console.out().println("...");
 *         return ExitCode.OK;
 *     }
 * }
 * }
 *
 * It writes results to {@code console.out()}, messages to {@code console.err()}, throws
 * {@link dev.bpf4j.cli.UserError} for what the user can mend, and returns an {@link dev.bpf4j.cli.ExitCode}. {@code --help} and
 * {@code --debug} are there without its doing.
 */
@NullMarked
package dev.bpf4j.cli;

import org.jspecify.annotations.NullMarked;
