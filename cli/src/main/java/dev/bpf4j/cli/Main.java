// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

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
                new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), System.err.charset()), true));
    }
}
