// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the launcher runs once after a build, to record for the JVM's AOT cache (JEP 483, 514) which classes a start needs: typical
 * command lines, in one process, into the void. A command that fails here loses start-up time and nothing else, so how the
 * commands end does not matter.
 */
public final class AotTraining {
    /** {@code r0 = 0; exit}. */
    private static final String CODE = "b7000000000000009500000000000000";
    private static final int PACKET = 64;

    private AotTraining() {
    }

    /** @param args the directory of the examples */
    public static void main(String[] args) {
        Console nowhere = new Console(InputStream.nullInputStream(), new PrintWriter(OutputStream.nullOutputStream()),
                new PrintWriter(OutputStream.nullOutputStream()));
        for (String[] line : lines(Path.of(args[0]))) {
            new Cli(Subcommand.ALL, nowhere).execute(line);
        }
    }

    private static List<String[]> lines(Path examples) {
        String object = examples.resolve("xdp_firewall.bpf.o").toString();
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"--help"});
        lines.add(new String[] {"--version"});
        lines.add(new String[] {"no-such-command"});
        for (Subcommand subcommand : Subcommand.ALL) {
            lines.add(new String[] {subcommand.name(), "--help"});
        }
        lines.add(new String[] {"run", object, "--pcap", examples.resolve("traffic.pcap").toString()});
        lines.add(new String[] {"run", object, "--packet", "00".repeat(PACKET), "--maps", "--format", "json"});
        lines.add(new String[] {"disasm", object});
        lines.add(new String[] {"disasm", "--hex", CODE, "--bytes"});
        lines.add(new String[] {"asm", examples.resolve("no-such-text.bpfasm").toString()});
        lines.add(new String[] {"inspect", object});
        lines.add(new String[] {"isa"});
        lines.add(new String[] {"isa", "add64_reg"});
        lines.add(new String[] {"plugin", "--program", CODE});
        lines.add(new String[] {"bench", "--program", "no-such-program"});
        lines.add(new String[] {"conformance", "--engine", "interpreter", "--vectors", "100", "--filter", "^vectors/"});
        return lines;
    }
}
