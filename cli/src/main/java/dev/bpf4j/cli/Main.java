// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** The {@code bpf4j} process. */
public final class Main {
    private Main() {
    }

    /** Runs one command line and ends the process with its {@link ExitCode}. */
    public static void main(String[] args) {
        System.exit(new Cli(Subcommand.ALL, standardStreams()).execute(args).code());
    }

    private static Console standardStreams() {
        var out = OutputLost.throwing(new FileOutputStream(FileDescriptor.out));
        return new Console(System.in, new PrintWriter(new OutputStreamWriter(out, System.out.charset())),
                new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), System.err.charset()), true),
                Main::errorIsTerminal);
    }

    /** Java only knows about all three streams together; Linux has a link to where this one leads. */
    private static boolean errorIsTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException e) {
            return false; // then nobody is shown progress
        }
    }
}
