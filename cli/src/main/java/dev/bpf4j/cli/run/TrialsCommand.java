// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.TextTable;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.cli.json.JsonOutput;
import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpf4j trials}: programs of other projects' objects on packets, with what must come of it. */
public final class TrialsCommand implements Subcommand.Task {
    @Parameters(paramLabel = "TRIALS", description = "A file of trials (YAML), or a folder with such files.") private Path trials = Path.of(
            "");

    @Option(names = "--objects", required = true, paramLabel = "FOLDER", description = "Where the objects are; trials name them by path and hash.") private Path objects = Path
            .of("");

    @Option(names = "--engine", paramLabel = "E", description = "An engine; several, or all. Default: all. The kernel is asked where it is the judge.") private List<String> engineNames = new ArrayList<>();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.") private OutputFormat format = OutputFormat.TEXT;

    @Override
    public List<String> examples() {
        return List.of("bpf4j trials examples/trials --objects FOLDER", "bpf4j trials examples/trials/katran.yaml --objects FOLDER "
                + "--engine interpreter --engine linux --format json");
    }

    @Override
    public ExitCode run(Console console) throws IOException {
        List<Engine> engines = EngineNames.of(engineNames.isEmpty() ? List.of(EngineNames.ALL) : engineNames);
        if (!Files.isDirectory(objects)) {
            throw new UserError("--objects " + objects + ": there is no such folder");
        }
        List<TrialRun.Result> results = new ArrayList<>();
        for (Path file : files()) {
            for (Trial trial : TrialFile.read(file)) {
                results.add(TrialRun.perform(trial, objects, engines));
            }
        }
        switch (format) {
            case TEXT -> text(console, results);
            case JSON -> json(console, results);
        }
        if (results.stream().allMatch(result -> result.absent() != null)) {
            throw new UserError("none of " + results.size() + " trials was run");
        }
        return results.stream().allMatch(result -> result.problem() == null) ? ExitCode.OK : ExitCode.DISAGREEMENT;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(trials)) {
            return List.of(trials);
        }
        try (Stream<Path> list = Files.list(trials)) {
            List<Path> found = list.filter(path -> path.toString().endsWith(".yaml")).sorted().toList();
            if (found.isEmpty()) {
                throw new UserError(trials + ": there is no description of trials (.yaml) in this folder");
            }
            return found;
        }
    }

    private static String status(TrialRun.Result result) {
        if (result.absent() != null) {
            return "not run";
        }
        return result.problem() != null ? "FAILED" : result.judged() ? "holds" : "holds, not judged";
    }

    private static void text(Console console, List<TrialRun.Result> results) {
        TextTable table = new TextTable("project", "program", "trial", " packets", "judge", "");
        for (TrialRun.Result result : results) {
            Trial trial = result.trial();
            table.row(trial.project(), trial.program(), trial.name(), result.packets(), trial.judge(), status(result));
        }
        table.print(console.out(), "");
        for (TrialRun.Result result : results) {
            String what = result.problem() != null ? result.problem() : result.absent();
            if (what != null) {
                console.out().println(Printable.line(result.trial().program() + ", " + result.trial().name() + ": " + what));
            }
        }
        results.stream().filter(TrialRun.Result::held).findFirst().ifPresent(result -> console.out().println("engines: " + String.join(", ",
                result.engines())));
        console.out().println(String.format("%d trials of %d programs of %d projects: %d hold, %d failed, %d not run", results.size(),
                programs(results), results.stream().map(result -> result.trial().project()).distinct().count(), results.stream().filter(
                        TrialRun.Result::held).count(), results.stream().filter(result -> result.problem() != null).count(), results
                                .stream()
                                .filter(result -> result.absent() != null).count()));
    }

    private static long programs(List<TrialRun.Result> results) {
        return results.stream().map(result -> result.trial().object() + " " + result.trial().program()).distinct().count();
    }

    private static void json(Console console, List<TrialRun.Result> results) {
        try (JsonOutput json = new JsonOutput(console.out())) {
            json.<RuntimeException>array(() -> {
                for (TrialRun.Result result : results) {
                    Trial trial = result.trial();
                    json.<RuntimeException>object(() -> {
                        json.field("project", trial.project());
                        json.field("object", trial.object());
                        json.field("program", trial.program());
                        json.field("trial", trial.name());
                        json.field("judge", trial.judge().toString());
                        json.field("packets", result.packets());
                        json.<RuntimeException>array("engines", () -> result.engines().forEach(json::value));
                        json.field("status", status(result));
                        json.field("problem", result.problem());
                        json.field("absent", result.absent());
                    });
                }
            });
        }
    }
}
