// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.Progress;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.assembly.SourceText;
import dev.bpf4j.cli.capture.PcapWriter;
import dev.bpf4j.cli.json.JsonOutput;
import dev.bpf4j.conformance.linux.RealWorld;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of the command, its options understood. For one thread. */
final class Run {
    /** Lines of the program's own that JSON holds. */
    private static final int MOST_PRINTED = 10_000;

    private final RunCommand options;
    private final Console console;
    private final Setup setup;
    private final Feed feed;
    private final String input;
    private final List<String> printed = new ArrayList<>();
    private final @Nullable Tracer tracer;
    private final Map<String, String> absent = new LinkedHashMap<>();
    private long written;

    Run(RunCommand options, Console console, Setup setup, Feed feed, String input) {
        this.options = options;
        this.console = console;
        this.setup = setup;
        this.feed = feed;
        this.input = input;
        this.tracer = options.trace ? new Tracer(console.out(), new SourceText(setup.file().path())) : null;
    }

    ExitCode execute(List<Engine> engines) throws IOException, LoadException {
        List<Guest> guests = new ArrayList<>();
        try {
            load(tracer == null ? engines : List.of(new EvaluatorEngine(tracer)), guests);
            Runner runner = new Runner(guests, options.waiting());
            switch (options.format) {
                case TEXT -> {
                    feed(runner, this::text);
                    measure(runner, guests);
                    new TextReport(console.out(), report(runner, guests)).print();
                }
                case JSON -> json(runner, guests);
            }
            return end(runner);
        } finally {
            guests.forEach(Guest::close);
        }
    }

    /**
     * Makes the machines. An engine that refuses the program is left out if nobody named it, and so is the kernel if the program asks for what is
     * real there: time, random numbers.
     */
    private void load(List<Engine> engines, List<Guest> guests) throws LoadException {
        for (Engine engine : engines) {
            Optional<String> real = options.named(engine.name()) || !engine.name().equals("linux") ? Optional.empty() : real();
            if (real.isPresent()) {
                absent.put(engine.name(), "the program calls " + real.get() + ", whose result is real in the kernel and cannot be equal");
                continue;
            }
            boolean first = guests.isEmpty();
            try {
                guests.add(new Guest(setup, engine, line -> {
                    if (first) {
                        print(line);
                    }
                }));
            } catch (LoadException e) {
                if (!options.anyEngine()) {
                    throw e;
                }
                absent.put(engine.name(), String.valueOf(e.getMessage()));
            }
        }
        if (guests.isEmpty()) {
            throw new UserError("no engine takes the program:" + absent.entrySet().stream().map(entry -> "\n  " + entry.getKey() + ": "
                    + Printable.lines(entry.getValue())).collect(Collectors.joining()));
        }
    }

    /** A helper with real results that a program of the file calls: any of them may be the target of a tail call. */
    private Optional<String> real() {
        return Stream.concat(Stream.of(setup.program()), setup.file().programs().stream()).flatMap(program -> RealWorld.helper(program)
                .stream()).findFirst();
    }

    private void print(String line) {
        if (options.format == OutputFormat.TEXT) {
            console.out().println(Printable.line("printed: " + line));
        } else if (printed.size() < MOST_PRINTED) {
            printed.add(line);
        }
    }

    private void json(Runner runner, List<Guest> guests) throws IOException, LoadException {
        try (JsonOutput json = new JsonOutput(console.out())) {
            JsonReport document = new JsonReport(json);
            json.<Exception>object(() -> {
                if (options.each) {
                    json.<IOException>array("packets", () -> feed(runner, (run, in, seen) -> document.each(setup, run, in, seen)));
                } else {
                    feed(runner, (run, in, seen) -> {
                        // only counted
                    });
                }
                measure(runner, guests);
                document.fields(report(runner, guests));
            });
        } catch (IOException | LoadException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Report report(Runner runner, List<Guest> guests) {
        return new Report(setup, guests, absent, runner, input, options.out, written, printed, options.maps);
    }

    private void feed(Runner runner, Runner.Watcher watcher) throws IOException {
        Progress progress = feed.size() >= Progress.WORTH_SHOWING && console.interactive() && !options.trace ? Progress.bar(input, feed
                .size())
                : Progress.NONE;
        try (progress) {
            if (tracer != null) {
                tracer.start(1);
            }
            if (options.out == null || !(feed instanceof Feed.Capture capture)) {
                runner.run(feed, watcher, progress);
            } else {
                try (PcapWriter writer = PcapWriter.create(options.out, capture.nanoseconds())) {
                    runner.run(feed, (run, in, seen) -> {
                        watcher.ran(run, in, seen);
                        write(writer, in, seen);
                    }, progress);
                }
            }
        }
    }

    private void write(PcapWriter writer, Input in, Observation seen) throws IOException {
        if (seen.outcome() instanceof Outcome.Returned(long r0) && in.captured() != null) {
            int kept = Verdict.kept(setup.program().type(), r0, seen.bytes().length);
            if (kept >= 0) {
                writer.write(in.captured().with(Arrays.copyOf(seen.bytes(), kept)));
                written++;
            }
        }
    }

    private void text(long run, Input in, Observation seen) {
        if (tracer != null) {
            tracer.end();
        }
        if (options.each) {
            String verdict = switch (seen.outcome()) {
                case Outcome.Returned(long r0) -> String.format("%-10s r0=0x%x", Verdict.name(setup.program().type(), r0), r0);
                case Outcome.Fault fault -> Tally.FAULT + "      " + fault.kind() + " at pc " + fault.pc();
            };
            String change = Arrays.equals(in.bytes(), seen.bytes()) ? ""
                    : in.bytes().length == seen.bytes().length ? "  changed"
                            : "  changed, " + in.bytes().length + " to " + seen.bytes().length + " bytes";
            String effects = seen.effects().isEmpty() ? "" : "  " + Printable.line(seen.effects());
            console.out().println(String.format("%6d  %s%s%s", run, verdict, change, effects));
        }
        if (tracer != null) {
            tracer.start(run + 1);
        }
    }

    private void measure(Runner runner, List<Guest> guests) throws LoadException {
        if (options.repeat == null || runner.kept().isEmpty()) {
            return;
        }
        for (int i = 0; i < guests.size(); i++) {
            if (runner.retired(i) == null) {
                try (Guest fresh = new Guest(setup, guests.get(i).engine(), line -> {
                    // said already
                })) {
                    runner.tallies().get(i).nanosPerRun(Stopwatch.median(fresh, runner.kept(), options.repeat));
                }
            }
        }
    }

    private ExitCode end(Runner runner) {
        if (runner.broken() != null) {
            console.err().println("bpf4j: " + Printable.lines(runner.broken()));
        }
        if (runner.disagreement() != null) {
            return ExitCode.DISAGREEMENT;
        }
        if (runner.tallies().stream().anyMatch(tally -> tally.faulted() + tally.timerFaults() > 0)) {
            return ExitCode.PROGRAM_FAULT;
        }
        return runner.broken() != null ? ExitCode.BAD_INPUT : ExitCode.OK;
    }
}
