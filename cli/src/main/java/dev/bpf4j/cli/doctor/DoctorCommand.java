// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.doctor;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.json.JsonOutput;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code bpf4j doctor}: what this machine offers. Ends with {@link ExitCode#OK} whatever is missing: it was asked, and it answered. */
public final class DoctorCommand implements Subcommand.Task {
    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.") private OutputFormat format = OutputFormat.TEXT;

    private final Host host;

    /** Looks at the machine that it runs on. */
    public DoctorCommand() {
        this(new Host.Here());
    }

    DoctorCommand(Host host) {
        this.host = host;
    }

    @Override
    public List<String> examples() {
        return List.of("bpf4j doctor", "bpf4j doctor --format json");
    }

    @Override
    public ExitCode run(Console console) {
        List<Check> checks = new Checks(host).run();
        switch (format) {
            case TEXT -> checks.forEach(check -> print(console.out(), check));
            case JSON -> json(console.out(), checks);
        }
        return ExitCode.OK;
    }

    private static void print(PrintWriter out, Check check) {
        out.println(String.format("%-18s %-8s %s", check.name(), check.status(), Printable.line(check.found())).stripTrailing());
        if (check.status() == Check.Status.MISSING) {
            out.println("    needed for  " + check.use());
            out.println("    tried       " + check.tried());
            out.println("    to get it   " + check.remedy());
        }
    }

    private static void json(PrintWriter out, List<Check> checks) {
        try (JsonOutput json = new JsonOutput(out)) {
            json.object(() -> json.array("checks", () -> checks.forEach(check -> json.object(() -> {
                json.field("name", check.name());
                json.field("status", check.status().toString());
                json.field("found", check.found());
                json.field("tried", check.tried());
                json.field("use", check.use());
                json.field("remedy", check.remedy());
            }))));
        }
    }
}
