// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Comparison;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.compare.Incomparable;
import dev.bpf4j.fuzz.compare.Explanation;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.Exclusions;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.GenerationCoverage;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramGenerator;
import dev.bpf4j.fuzz.shrink.Shrinker;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs random programs in several engines and compares all that they leave. Program {@code i} depends on its seed and the profile only. Not
 * thread-safe; make one per thread.
 *
 * <p>
 * Most programs are little-endian under the strict policy; of 256, 16 are big-endian and one runs in the sandbox, whose machine has to be reset for
 * every run.
 */
public final class Campaign {
    /** Most findings that are shrunken and kept; further disagreements are counted. */
    private static final int MAX_FINDINGS = 20;
    private static final int CYCLE = 256;
    private static final int BIG_ENDIAN = 16;
    private static final int UNOBSERVED_EVERY = 16;

    private final List<Engine> engines;
    private final Profile profile;
    private final ProgramGenerator generator;
    private final Entropy entropy = new Entropy();
    private final GeneratedProgram program = new GeneratedProgram();
    private GenerationCoverage coverage = new GenerationCoverage();
    private final Map<String, Long> outcomes = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> kinds = new HashSet<>();
    private boolean explaining = true;
    private @Nullable Policy only;
    private long differing;
    private long slots;

    /** A campaign; the first engine is what the others are compared with. */
    public Campaign(List<Engine> engines, Profile profile) {
        this.engines = List.copyOf(engines);
        this.profile = profile;
        this.generator = new ProgramGenerator(profile);
    }

    /** Whether differences are confirmed, shrunken and explained, or only counted; they are unless said otherwise. */
    public Campaign explaining(boolean wanted) {
        explaining = wanted;
        return this;
    }

    /** Runs all programs under one policy, little-endian, instead of those of each seed. */
    public Campaign under(Policy policy) {
        only = policy;
        return this;
    }

    /** The program of a seed as a case that expects nothing in particular, on the machine that a campaign would run it on. */
    public static BpftCase program(Profile profile, long seed) {
        GeneratedProgram generated = new GeneratedProgram();
        Entropy entropy = new Entropy();
        entropy.seed(seed);
        new ProgramGenerator(profile).generate(entropy, generated);
        if (profile.kernel()) {
            try (KernelComparison kernel = new KernelComparison()) {
                return kernel.toCase("seed" + seed, generated);
            }
        }
        try (Beds beds = new Beds(profile)) {
            return beds.of(seed).toCase("seed" + seed, generated);
        }
    }

    /** Runs the programs of so many seeds, from the first one on. */
    public CampaignSummary run(long firstSeed, long count) {
        return run(firstSeed, count, Long.MAX_VALUE);
    }

    /** Runs the programs of so many seeds, from the first one on, or stops at the first program after so many disagreements. */
    public CampaignSummary run(long firstSeed, long count, long mostDiffering) {
        coverage = new GenerationCoverage();
        outcomes.clear();
        findings.clear();
        kinds.clear();
        differing = 0;
        slots = 0;
        long wall = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long done = 0;
        try (Beds beds = new Beds(profile)) {
            while (done < count && differing < mostDiffering) {
                long seed = firstSeed + done;
                run(only == null ? beds.of(seed) : beds.of(only), seed);
                done++;
            }
        }
        double wallSeconds = (System.nanoTime() - wall) / 1e9;
        double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
        return new CampaignSummary(engines.stream().map(Engine::name).toList(), done, slots, wallSeconds, cpuSeconds, outcomes, coverage,
                coverage.missing(Exclusions.of(profile)), Exclusions.of(profile), findings, differing);
    }

    /** The machines of the variants; made when first needed. */
    private static final class Beds implements AutoCloseable {
        private final TestBed strict;
        private final TestBed bigEndian;
        private final TestBed sandbox;

        Beds(Profile profile) {
            strict = new TestBed(profile, Policy.STRICT, ByteOrder.LITTLE_ENDIAN);
            bigEndian = new TestBed(profile, Policy.STRICT, ByteOrder.BIG_ENDIAN);
            sandbox = new TestBed(profile, Policy.SANDBOX, ByteOrder.LITTLE_ENDIAN);
        }

        TestBed of(long seed) {
            int place = (int) (seed & CYCLE - 1);
            return place == 0 ? sandbox : place <= BIG_ENDIAN ? bigEndian : strict;
        }

        TestBed of(Policy policy) {
            return policy == Policy.SANDBOX ? sandbox : strict;
        }

        @Override
        public void close() {
            strict.close();
            bigEndian.close();
            sandbox.close();
        }
    }

    private void run(TestBed bed, long seed) {
        entropy.seed(seed);
        generator.generate(entropy, program);
        coverage.count(program);
        slots += program.slots();
        boolean same;
        try {
            same = same(bed, seed % UNOBSERVED_EVERY == 0);
        } catch (LoadException e) {
            outcomes.merge("rejected", 1L, Long::sum);
            same = false;
        }
        if (!same) {
            differing++;
            if (explaining && findings.size() < MAX_FINDINGS) {
                find(bed, seed);
            }
        }
    }

    private final byte[][] states = new byte[2][];
    private final long[] registers = new long[10];

    /** Whether all engines do the same with the program; they are compared with the first one's observed run. */
    private boolean same(TestBed bed, boolean unobservedToo) throws LoadException {
        LinkedProgram linked = bed.link(program);
        if (states[0] == null) {
            states[0] = new byte[bed.stateSize()];
            states[1] = new byte[bed.stateSize()];
        }
        Outcome expected = null;
        for (Engine engine : engines) {
            LoadedProgram loaded = load(engine, bed, linked);
            if (loaded == null) {
                continue;
            }
            bed.prepare(program);
            Outcome outcome = loaded.observe(bed.lane());
            bed.state(states[expected == null ? 0 : 1]);
            if (expected == null) {
                expected = outcome;
                System.arraycopy(bed.lane().exitRegisters(), 0, registers, 0, registers.length);
                count(outcome);
            } else if (!outcome.sameAs(expected) || !Arrays.equals(registers, bed.lane().exitRegisters()) || !Arrays.equals(states[0],
                    states[1])) {
                return false;
            }
            if (unobservedToo) {
                bed.prepare(program);
                outcome = loaded.run(bed.lane());
                bed.state(states[1]);
                if (!outcome.sameAs(expected) || !Arrays.equals(states[0], states[1])) {
                    return false;
                }
            }
            loaded.close();
        }
        return true;
    }

    /** The program as an engine loads it; null if it refuses it and that is no difference. */
    private @Nullable LoadedProgram load(Engine engine, TestBed bed, LinkedProgram linked) throws LoadException {
        try {
            return engine.load(bed.machine(), linked);
        } catch (LoadException e) {
            if (Incomparable.between(engines.getFirst().name(), engine.name()).contains(Aspect.ACCEPTANCE)) {
                outcomes.merge("refused by " + engine.name(), 1L, Long::sum);
                return null;
            }
            throw e;
        }
    }

    private void count(Outcome outcome) {
        outcomes.merge(switch (outcome) {
            case Outcome.Returned returned -> "returned";
            case Outcome.Fault fault -> fault.kind().name();
        }, 1L, Long::sum);
    }

    /** Confirms a difference on fresh machines, shrinks it and explains it. Kinds that have been found already are counted only. */
    private void find(TestBed bed, long seed) {
        BpftCase testCase = bed.toCase("seed" + seed, program);
        Comparison comparison = new Comparison(engines);
        List<Difference> differences = comparison.differences(testCase, bed.policy());
        if (differences.isEmpty()) {
            Difference unconfirmed = new Difference(Aspect.OUTCOME, "only on a used machine", engines.getFirst().name(), engines.getLast()
                    .name(), "on a fresh machine there is no difference: something of an earlier run is left");
            if (kinds.add(unconfirmed.kind())) {
                findings.add(new Finding(seed, profile.name(), unconfirmed, testCase, program.slots()));
            }
            return;
        }
        Difference difference = differences.getFirst();
        Shrinker shrinker = new Shrinker(comparison, bed.policy(), difference);
        BpftCase small = shrinker.shrink(testCase);
        Difference last = shrinker.difference(small).orElse(difference);
        if (kinds.add(cause(last, small))) {
            BpftCase explained = Explanation.of(comparison, small, bed.policy(), last).annotate(small, "seed " + seed + " of profile "
                    + profile.name());
            findings.add(new Finding(seed, profile.name(), last, explained, program.slots()));
        }
    }

    /** What makes two findings one: the difference, and the instructions that are left. */
    private static String cause(Difference difference, BpftCase small) {
        return difference.aspect() + " " + difference.kind() + " " + difference.second() + " " + Listing.rows(small.program());
    }
}
