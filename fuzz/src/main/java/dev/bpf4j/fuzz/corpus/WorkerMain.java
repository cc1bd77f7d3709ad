// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.bpft.BpftRunner;
import dev.bpf4j.conformance.bpft.Observation;
import dev.bpf4j.fuzz.compare.Comparison;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Policy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The main class of worker processes; {@link WorkerProcess} starts them. It ends when its standard input does, so that no worker outlives its
 * campaign.
 */
public final class WorkerMain {
    /** The first argument: runs chunks. */
    static final String CHUNKS = "chunks";
    /** The first argument: compares cases. */
    static final String CASES = "cases";
    /** Words that begin an answer. */
    static final String DONE = "done ";
    static final String ERROR = "error ";
    static final String AT = "at ";
    static final String SAME = "same";
    static final String DIFFERS = "differs";
    /** Between names in arguments. */
    static final String COMMA = ",";

    private WorkerMain() {
    }

    /** Runs a worker; see {@link #CHUNKS} and {@link #CASES} for the arguments. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            if (arguments[0].equals(CHUNKS)) {
                chunks(arguments, out);
            } else {
                cases(arguments, System.in, out);
            }
        } catch (IOException | IllegalArgumentException e) {
            out.println(ERROR + String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }

    /** Arguments: folder, folder of findings, file of the running program, engines, generators, first seed. Input: first, count, seeds to leave out. */
    private static void chunks(String[] arguments, PrintStream out) throws IOException {
        CampaignFolder folder = new CampaignFolder(Path.of(arguments[1]), Path.of(arguments[2]));
        CampaignSpec spec = new CampaignSpec(List.of(arguments[4].split(COMMA)), List.of(arguments[5].split(COMMA)), Long.parseLong(
                arguments[6]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ChunkRunner runner = new ChunkRunner(spec, folder, Path.of(arguments[3]))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                List<Long> numbers = Arrays.stream(line.strip().split(" ")).map(Long::parseLong).toList();
                Set<Long> without = numbers.stream().skip(2).collect(Collectors.toSet());
                out.println(DONE + runner.run(numbers.get(0), numbers.get(1), without).line());
            }
        }
    }

    /** Arguments: engines. Input: a line of policy and number of bytes, then the bytes of a {@code .bpft} file. */
    private static void cases(String[] arguments, InputStream in, PrintStream out) throws IOException {
        List<Engine> engines = CampaignSpec.engines(List.of(arguments[1].split(COMMA)));
        for (String line = line(in); line != null; line = line(in)) {
            String[] words = line.split(" ");
            String text = new String(in.readNBytes(Integer.parseInt(words[1])), StandardCharsets.UTF_8);
            BpftCase testCase = BpftFile.parse("case", text).cases().getFirst();
            out.println(difference(engines, testCase, Policy.valueOf(words[0]), out).map(difference -> String.join("\t", DIFFERS, difference
                    .aspect().name(), difference.kind(), difference.first(), difference.second(), difference.detail().replace('\n', ' ')))
                    .orElse(SAME));
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** The first difference; says which engine is next, so that it is known which one ended the process. */
    private static Optional<Difference> difference(List<Engine> engines, BpftCase testCase, Policy policy, PrintStream out) {
        Engine first = engines.getFirst();
        Observation reference = null;
        for (Engine engine : engines) {
            out.println(AT + engine.name());
            Observation observed = BpftRunner.observe(testCase, engine, policy, true);
            Optional<Difference> found = reference == null ? Optional.empty()
                    : Comparison.compare(first.name(), reference, engine.name(), observed);
            if (found.isEmpty()) {
                found = Comparison.compare(engine.name(), observed, engine.name() + " (unobserved)", BpftRunner.observe(testCase, engine,
                        policy, false));
            }
            if (found.isPresent()) {
                return found;
            }
            reference = reference == null ? observed : reference;
        }
        return Optional.empty();
    }
}
