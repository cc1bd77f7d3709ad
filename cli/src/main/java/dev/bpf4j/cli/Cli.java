// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * Wires the commands to picocli. The root command is described by calls, not annotations, and of the subcommands only the one
 * that was asked for is described at all; the others are names with a summary. That keeps the start below a tenth of a second.
 *
 * <p>Not thread-safe for one {@link Console}; has no state of its own otherwise.
 */
public final class Cli {
    private final List<Subcommand> subcommands;
    private final Console console;

    /**
     * A command line over these commands.
     *
     * @param subcommands {@link Subcommand#ALL}, or others in tests
     */
    public Cli(List<Subcommand> subcommands, Console console) {
        this.subcommands = List.copyOf(subcommands);
        this.console = console;
    }

    /** Parses and runs one command line. Never throws: whatever happens is told on the console and in the exit code. */
    public ExitCode execute(String... args) {
        boolean debug = Arrays.asList(args).contains("--debug");
        ExitCode result;
        try {
            result = parseAndRun(helpLast(memoryLast(args)));
            console.out().flush();
        } catch (Throwable failure) {
            result = Failure.report(failure, console.err(), debug);
        }
        console.err().flush();
        return result;
    }

    private ExitCode parseAndRun(String[] args) throws Exception {
        Optional<Subcommand> asked = asked(args);
        Subcommand.@Nullable Task task = asked.isPresent() ? asked.get().task().get() : null;
        CommandLine root = root();
        for (Subcommand s : subcommands) {
            root.addSubcommand(s.name(), task != null && asked.get().equals(s) ? describe(s, task) : stub(s));
        }
        ParseResult parsed;
        try {
            parsed = root.parseArgs(args);
        } catch (ParameterException wrong) {
            return wrongUse(wrong);
        }
        CommandLine last = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().commandLine() : root;
        if (last.isUsageHelpRequested()) {
            last.usage(console.out(), Ansi.AUTO);
            return ExitCode.OK;
        }
        if (last.isVersionHelpRequested()) {
            console.out().println(Version.text());
            return ExitCode.OK;
        }
        if (task == null) {
            root.usage(console.err(), Ansi.AUTO);
            return ExitCode.BAD_INPUT;
        }
        return task.run(console);
    }

    /** The public conformance runner puts the memory in front of the plugin's options, and for it the command is one of them. */
    private static String[] memoryLast(String[] args) {
        if (args.length < 2 || !args[0].matches("([0-9a-f]{2}  )+")) {
            return args;
        }
        String[] moved = Arrays.copyOfRange(args, 1, args.length + 1);
        moved[args.length - 1] = args[0];
        return moved;
    }

    /** {@code help X} means {@code X --help}. */
    private static String[] helpLast(String[] args) {
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        String[] moved = Arrays.copyOfRange(args, 1, args.length + 1);
        moved[args.length - 1] = "--help";
        return moved;
    }

    /** The command named by the first argument that is no option: the options before a command take no values. */
    private Optional<Subcommand> asked(String[] args) {
        Optional<String> name = Arrays.stream(args).filter(a -> !a.startsWith("-")).findFirst();
        return subcommands.stream().filter(s -> name.isPresent() && s.name().equals(name.get())).findFirst();
    }

    private CommandLine root() {
        CommandSpec spec = CommandSpec.create().name("bpf4j");
        spec.usageMessage()
                .width(100)
                .synopsisSubcommandLabel("COMMAND")
                .description("A hardware-accurate eBPF machine: runs, tests and explains eBPF programs.")
                .commandListHeading("%nCommands (bpf4j COMMAND --help says more):%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).scopeType(ScopeType.INHERIT).description("Show this help.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version").versionHelp(true).description("Show the version.").build());
        spec.addOption(OptionSpec.builder("--debug").type(boolean.class).scopeType(ScopeType.INHERIT)
                .description("Show the stack trace of an error.").build());
        return new CommandLine(spec).setOut(console.out()).setErr(console.err()).setExpandAtFiles(false); // --mem @FILE is ours
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> lines = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            lines.put(Integer.toString(code.code()), code.meaning());
        }
        return lines;
    }

    private static CommandLine describe(Subcommand subcommand, Subcommand.Task task) {
        CommandSpec spec = CommandSpec.forAnnotatedObjectLenient(task);
        spec.usageMessage().width(100).description(subcommand.summary() + ".").abbreviateSynopsis(false);
        if (!task.examples().isEmpty()) {
            spec.usageMessage().footerHeading("%nExamples:%n").footer(task.examples().stream().map(line -> "  " + line.replace("%", "%%"))
                    .toArray(String[]::new));
        }
        return new CommandLine(spec).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static CommandLine stub(Subcommand subcommand) {
        return new CommandLine(CommandSpec.create().usageMessage(new UsageMessageSpec().description(subcommand.summary())));
    }

    /** What was wrong, what was probably meant, and where to read on. */
    private ExitCode wrongUse(ParameterException wrong) {
        console.err().println("bpf4j: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, console.err());
        console.err().println("Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT;
    }
}
