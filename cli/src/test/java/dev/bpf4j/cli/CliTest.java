// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command gets from the command line around it: help, errors, exit codes. */
class CliTest {
    private static final Pattern TRACE_FILE = Pattern.compile("the stack trace is in (\\S+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** A command that ends as its argument says. */
    static final class Ending implements Subcommand.Task {
        @Option(names = "--times", description = "How often.") int times = 1;

        @Parameters(paramLabel = "HOW", description = "How to end.") String how;

        @Override
        public ExitCode run(Console console) throws IOException {
            console.out().println("ending " + how + " " + times);
            return switch (how) {
                case "user-error" -> throw new UserError("firewall.o: section .text: expected 8-byte slots");
                case "no-file" -> throw new NoSuchFileException("missing.o");
                case "io" -> throw new IOException("device gone");
                case "bug" -> throw new IllegalStateException("register 11");
                case "memory" -> throw new OutOfMemoryError("Java heap space");
                case "stack" -> throw new StackOverflowError();
                default -> ExitCode.valueOf(how);
            };
        }
    }

    private static final List<Subcommand> COMMANDS = List.of(new Subcommand("end", "Ends as it is told", Ending::new),
            new Subcommand("unused", "Must never be made", () -> {
                throw new AssertionError("a command that was not asked for was made");
            }));

    private ExitCode execute(String... args) {
        Console console = new Console(new ByteArrayInputStream(new byte[0]), new PrintWriter(out), new PrintWriter(err, true));
        return new Cli(COMMANDS, console).execute(args);
    }

    @Test
    void codesOfTheProcessAreThoseOfTheDocumentation() {
        assertThat(ExitCode.values()).extracting(ExitCode::code).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void commandDecidesTheExitCode() {
        for (ExitCode code : ExitCode.values()) {
            assertThat(execute("end", code.name())).isEqualTo(code);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpListsCommandsAndExitCodesWithoutMakingCommands() {
        assertThat(execute("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("end").contains("Ends as it is told").contains("unused").contains("Exit codes:")
                .contains("3   " + ExitCode.PROGRAM_FAULT.meaning());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpOfACommandShowsItsSummaryAndOptions() {
        assertThat(execute("end", "--help")).isEqualTo(ExitCode.OK);
        String direct = out.toString();
        assertThat(direct).startsWith("Usage: bpf4j end").contains("Ends as it is told.").contains("--times").contains("HOW");
        out.getBuffer().setLength(0);
        assertThat(execute("help", "end")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo(direct);
    }

    @Test
    void helpAloneIsTheHelpOfAll() {
        assertThat(execute("help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Usage: bpf4j ");
    }

    @Test
    void versionNamesBuildAndJava() {
        assertThat(execute("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).matches("(?s)bpf4j \\d+\\.\\d+\\.\\d+\\S*, Java 2\\d.*");
    }

    @Test
    void noCommandIsWrongUseAndShowsTheHelp() {
        assertThat(execute()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).startsWith("Usage: bpf4j ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void unknownCommandSuggestsTheNearest() {
        assertThat(execute("enb", "x")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("'enb'").contains("Did you mean: bpf4j end").contains("Try: bpf4j --help");
    }

    @Test
    void unknownOptionSuggestsTheNearest() {
        assertThat(execute("end", "OK", "--tims=3")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("--tims=3").contains("--times").contains("Try: bpf4j end --help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void badValueNamesOptionAndValue() {
        assertThat(execute("end", "OK", "--times", "many")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("--times").contains("many");
    }

    @Test
    void missingParameterIsNamed() {
        assertThat(execute("end")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("HOW");
    }

    @Test
    void userErrorIsItsMessageOnly() {
        assertThat(execute("end", "user-error")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).isEqualTo("bpf4j: firewall.o: section .text: expected 8-byte slots" + System.lineSeparator());
    }

    @Test
    void missingFileAndFailedReadAreNoBugs() {
        assertThat(execute("end", "no-file")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("end", "io")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("bpf4j: no such file: missing.o").contains("device gone").doesNotContain("\tat ");
    }

    @Test
    void tooLittleMemoryNamesTheRemedy() {
        assertThat(execute("end", "memory")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("BPF4J_JAVA_OPTS=-Xmx");
    }

    @Test
    void bugLeavesItsTraceInAFile() throws IOException {
        for (String bug : List.of("bug", "stack")) {
            err.getBuffer().setLength(0);
            assertThat(execute("end", bug)).isEqualTo(ExitCode.INTERNAL);
            assertThat(err.toString()).contains("internal error, please report it").doesNotContain("\tat ");
            Matcher file = TRACE_FILE.matcher(err.toString());
            assertThat(file.find()).isTrue();
            Path trace = Path.of(file.group(1));
            assertThat(trace).content().contains("bpf4j ").contains("CliTest$Ending.run");
            Files.delete(trace);
        }
    }

    @Test
    void debugShowsTheTraceAtEitherPlace() {
        assertThat(execute("--debug", "end", "bug")).isEqualTo(ExitCode.INTERNAL);
        assertThat(err.toString()).contains("register 11").contains("\tat ").doesNotContain("the stack trace is in");
        err.getBuffer().setLength(0);
        assertThat(execute("end", "user-error", "--debug")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void lostOutputStopsTheCommand() {
        assertThat(writingTo("Broken pipe")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).as("the reader went by intention").isEmpty();
        assertThat(writingTo("No space left on device")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("cannot write to standard output: No space left on device");
    }

    @Test
    void trainingForTheAotCacheEndsWhateverItsCommandsDo(@TempDir Path noExamples) {
        assertThatCode(() -> AotTraining.main(new String[] {noExamples.toString()})).doesNotThrowAnyException();
    }

    private ExitCode writingTo(String failure) {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        Subcommand endless = new Subcommand("endless", "Prints for ever", () -> console -> {
            while (true) {
                console.out().println("and on");
            }
        });
        Console console = new Console(new ByteArrayInputStream(new byte[0]), new PrintWriter(OutputLost.throwing(failing)),
                new PrintWriter(err, true));
        return new Cli(List.of(endless), console).execute("endless");
    }
}
