// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.bpft.BpftWriter;
import dev.bpf4j.fuzz.campaign.KernelCampaign;
import dev.bpf4j.fuzz.compare.Comparison;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramSource;
import dev.bpf4j.isa.SourceException;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Runs chunks of a campaign in this process: one worker. Not thread-safe. */
final class ChunkRunner implements AutoCloseable {
    private static final int UNOBSERVED_EVERY = 16;
    /** A program without anything new at first sight is looked at thoroughly if its seed is a multiple of this. */
    private static final int THOROUGH_EVERY = 64;
    /** Differences of one kind that are shrunken in one chunk; the others are counted. */
    private static final int MOST_EXPLAINED = 3;

    private final CampaignSpec spec;
    private final CampaignFolder folder;
    private final List<Engine> engines;
    private final Trial trial;
    private final Optional<KernelCampaign> kernel;
    private final RunningProgram running;
    private final List<ProgramSource> sources;
    private final Mutator mutator = new Mutator();
    private final Entropy entropy = new Entropy();
    private final GeneratedProgram program = new GeneratedProgram();
    private final Features features = new Features();
    private final Coverage coverage = new Coverage();
    private final Set<String> known = new HashSet<>();
    /** The corpus by seed, in the order of seeds. */
    private final TreeMap<String, TestInput> corpus = new TreeMap<>();

    /** @param file the file of {@link RunningProgram} */
    ChunkRunner(CampaignSpec spec, CampaignFolder folder, Path file) throws IOException {
        this.spec = spec;
        this.folder = folder;
        this.engines = CampaignSpec.engines(spec.ownEngines());
        this.kernel = spec.asksKernel() ? Optional.of(new KernelCampaign(engines)) : Optional.empty();
        this.trial = new Trial(engines);
        this.running = RunningProgram.create(file);
        this.sources = spec.generators().stream().filter(name -> !name.equals(CampaignSpec.MUTATE)).map(ProgramSource::named).toList();
    }

    /**
     * Runs the programs of so many seeds.
     *
     * @param without seeds whose programs are not run: they end the process
     */
    ChunkResult run(long first, long count, Set<Long> without) throws IOException {
        readCorpus();
        List<TestInput> donors = corpus.entrySet().stream().filter(entry -> CampaignFolder.seed(Path.of(entry.getKey())) < first).map(
                Map.Entry::getValue).toList();
        Map<String, Integer> explained = new HashMap<>();
        Map<String, Long> outcomes = new TreeMap<>();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long slots = 0;
        long differing = 0;
        for (long seed = first; seed < first + count; seed++) {
            if (kernel.isPresent() && turn(seed).equals(Profile.KERNEL.name())) {
                KernelCampaign.Step step = ask(kernel.get(), seed);
                slots += step.slots();
                outcomes.merge(CampaignSpec.LINUX + "-" + step.ended().replaceAll("[^a-z0-9]+", "-"), 1L, Long::sum);
                differing += step.differs() ? 1 : 0;
                continue;
            }
            TestInput.Variant variant = make(seed, donors);
            slots += program.slots();
            if (without.contains(seed)) {
                outcomes.merge("died", 1L, Long::sum);
                differing++;
                continue;
            }
            TestInput input = TestInput.of(variant, program);
            running.running(seed, input);
            Trial.Verdict verdict = trial.run(variant, program, seed % UNOBSERVED_EVERY == 0);
            outcomes.merge(verdict.ended(), 1L, Long::sum);
            if (!verdict.same()) {
                differing++;
                running.phase(RunningProgram.EXPLAINING);
                explain(seed, input, explained);
            }
            keep(seed, input, verdict);
        }
        running.phase(RunningProgram.IDLE);
        return new ChunkResult(count, slots, differing, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu, outcomes);
    }

    /** The generator of a seed. */
    private String turn(long seed) {
        return spec.generators().get((int) Long.remainderUnsigned(seed, spec.generators().size()));
    }

    /** Compares the engines with the kernel. Programs for it are no part of the corpus: what is mutated is not what its verifier accepts. */
    private KernelCampaign.Step ask(KernelCampaign asked, long seed) throws IOException {
        running.phase(RunningProgram.IDLE);
        KernelCampaign.Step step;
        try {
            step = asked.step(seed);
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (step.finding().isPresent()) {
            FindingWriter.writeKernels(folder, step.finding().get());
        }
        return step;
    }

    /** Makes the program of a seed; with nothing to mutate, a generator takes the turn. */
    private TestInput.Variant make(long seed, List<TestInput> donors) {
        String turn = turn(seed);
        if (turn.equals(CampaignSpec.MUTATE) && !donors.isEmpty()) {
            entropy.seed(seed);
            TestInput from = donors.get(Math.floorMod(entropy.s32(), donors.size()));
            TestInput donor = donors.get(Math.floorMod(entropy.s32(), donors.size()));
            TestInput mutant = mutator.mutate(entropy, from, donor);
            mutant.into(program);
            return mutant.variant();
        }
        ProgramSource source = sources.stream().filter(one -> one.name().equals(turn)).findFirst().orElse(sources.getFirst());
        entropy.seed(seed, source.entropy());
        source.generate(entropy, program);
        return TestInput.Variant.of(source.profile(), seed);
    }

    /** Adds a program to the corpus if it shows something new. Its features are known only when it is there. */
    private void keep(long seed, TestInput input, Trial.Verdict verdict) throws IOException {
        features.of(program, verdict.feature());
        LinkedProgram linked = trial.linked();
        if (features.anyNew(coverage) || Long.remainderUnsigned(seed, THOROUGH_EVERY) == 0) {
            if (linked != null) {
                features.facts(program, linked);
                features.rules(trial.bed(input.variant()).machine(), linked, engines);
            }
            if (features.anyNew(coverage)) {
                String name = CampaignFolder.entryName(seed, input.hash());
                folder.addEntry(name, BpftWriter.write(input.toCase("seed" + seed, trial.bed(input.variant()))));
                features.see(coverage);
                known.add(name);
                corpus.put(name, input);
            }
        }
    }

    /** Reads what other workers, or earlier ones, have added. */
    private void readCorpus() throws IOException {
        for (Path file : folder.entries()) {
            String name = String.valueOf(file.getFileName());
            if (known.add(name)) {
                try {
                    for (BpftCase testCase : BpftFile.read(file).cases()) {
                        TestInput input = TestInput.of(testCase);
                        corpus.put(name, input);
                        input.into(program);
                        running.running(CampaignFolder.seed(file), input);
                        see(input, trial.run(input.variant(), program, false));
                    }
                } catch (SourceException e) {
                    throw new IOException(file + " is no corpus entry: " + e.getMessage(), e);
                }
            }
        }
        running.phase(RunningProgram.IDLE);
    }

    private void see(TestInput input, Trial.Verdict verdict) {
        features.of(program, verdict.feature());
        LinkedProgram linked = trial.linked();
        if (linked != null) {
            features.facts(program, linked);
            features.rules(trial.bed(input.variant()).machine(), linked, engines);
        }
        features.see(coverage);
    }

    /** Confirms a difference on fresh machines, shrinks and explains it, unless this chunk has had enough of its kind. */
    private void explain(long seed, TestInput input, Map<String, Integer> explained) throws IOException {
        BpftCase whole = input.toCase("seed" + seed, trial.bed(input.variant()));
        Comparison comparison = new Comparison(engines);
        List<Difference> differences = new ArrayList<>(comparison.differences(whole, input.variant().policy()));
        String kind = differences.isEmpty() ? FindingWriter.USED_MACHINE
                : differences.getFirst().aspect() + differences.getFirst().kind()
                        + differences.getFirst().second();
        if (explained.merge(kind, 1, Integer::sum) <= MOST_EXPLAINED) {
            new FindingWriter(folder, comparison, spec).write(seed, whole, input.variant().policy(), differences);
        }
    }

    @Override
    public void close() {
        trial.close();
        kernel.ifPresent(KernelCampaign::close);
    }
}
