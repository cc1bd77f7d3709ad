// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One run of the command line in this process, and what came of it. Lines end as on Unix, and the repository's path is left out of what is
 * printed, so that texts can be compared.
 *
 * @param code how it ended
 * @param out  standard output
 * @param err  standard error
 */
public record Invocation(ExitCode code, String out, String err) {
    /** The repository. */
    public static final Path ROOT = Path.of(System.getProperty("bpf4j.root"));

    /** Runs {@code bpf4j} with these arguments and nothing on standard input. */
    public static Invocation of(Object... args) {
        return withInput("", args);
    }

    /** Runs {@code bpf4j} with a text on standard input. */
    public static Invocation withInput(String input, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        Console console = new Console(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), new PrintWriter(out),
                new PrintWriter(
                        err, true));
        ExitCode code = new Cli(Subcommand.ALL, console).execute(words);
        console.out().flush();
        return new Invocation(code, plain(out), plain(err));
    }

    private static String plain(StringWriter text) {
        return text.toString().replace("\r\n", "\n").replace(ROOT + "/", "");
    }

    /** A file of the examples. */
    public static Path example(String name) {
        return ROOT.resolve("examples").resolve(name);
    }
}
