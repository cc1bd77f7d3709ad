// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.linux.KernelResult;
import dev.bpf4j.conformance.linux.KernelState;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.Exclusions;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.GenerationCoverage;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramGenerator;
import dev.bpf4j.fuzz.shrink.Shrinker;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Programs of {@link Profile#KERNEL} in the running kernel and in engines: r0 to r9 and the memory afterwards are compared. What cannot be compared
 * is not in these programs ({@link Exclusions}): r10, pointers, r1 to r5 after a call. Differences are shrunken as between engines. Not thread-safe.
 */
public final class KernelCampaign implements AutoCloseable {
    /** What programs for the kernel do not have, or do not show, because it could not be equal. */
    public static final String NOT_COMPARED = "r10, pointers, r1 to r5 after a call, packets, helpers";
    private static final String REFERENCE = "rfc";
    private static final String COMPARE_EXCHANGE = "ran, upper half of r0 left by cmpxchg32 (explained)";
    private static final int MAX_FINDINGS = 20;
    private static final long CHUNK = 20_000;

    private final List<Engine> engines;
    private final ProgramGenerator generator;
    private final Entropy entropy = new Entropy();
    private final GeneratedProgram program = new GeneratedProgram();
    private final KernelComparison comparison = new KernelComparison();
    private final Engine reference = new RfcReference();
    private final Map<String, Long> results = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> kinds = new HashSet<>();
    private GenerationCoverage coverage = new GenerationCoverage();
    private long differing;

    /**
     * What a campaign did.
     *
     * @param unavailable why there is no kernel to ask; empty if there is one
     * @param engines     names of the engines
     * @param programs    programs run in the kernel and in each of them
     * @param wallSeconds time
     * @param cpuSeconds  processor time, the kernel's included
     * @param results     how often the kernel did what
     * @param missing     rows and operands that never came, without a reason
     * @param findings    disagreements, one of each kind; a refusal of what should be accepted by construction is one
     * @param differing   number of disagreements
     */
    public record Summary(String unavailable, List<String> engines, long programs, double wallSeconds, double cpuSeconds,
            Map<String, Long> results, List<String> missing, List<Finding> findings, long differing) {

        /** Copies the lists and sorts the map. */
        public Summary {
            engines = List.copyOf(engines);
            results = new TreeMap<>(results);
            missing = List.copyOf(missing);
            findings = List.copyOf(findings);
        }

        /** Programs per second of processor time. */
        public double perCpuSecond() {
            return programs / Math.max(cpuSeconds, 1e-9);
        }

        /** The summary as lines for people; the last one sums up. */
        public String text() {
            if (!unavailable.isEmpty()) {
                return "the kernel cannot be asked: " + unavailable + System.lineSeparator();
            }
            StringBuilder text = new StringBuilder();
            text.append(String.format(Locale.ROOT, "engines:     %s, %s%n", KernelComparison.KERNEL, String.join(", ", engines)));
            text.append(String.format(Locale.ROOT, "programs:    %,d%n", programs));
            text.append(String.format(Locale.ROOT, "time:        %.1f s, %.1f s of processor time%n", wallSeconds, cpuSeconds));
            text.append(String.format(Locale.ROOT, "rate:        %,.0f programs per second and core%n", perCpuSecond()));
            text.append("kernel:      ").append(results).append(System.lineSeparator());
            text.append("left out:    ").append(Exclusions.kernel().size()).append(
                    " rows that Linux refuses, or whose results cannot be compared").append(System.lineSeparator());
            text.append("never made:  ").append(missing.isEmpty() ? "nothing" : String.join(", ", missing)).append(System.lineSeparator());
            findings.forEach(finding -> text.append("finding:     ").append(finding).append(System.lineSeparator()));
            text.append(String.format(Locale.ROOT, "%,d programs, %,d disagreements of %d kinds%n", programs, differing, findings.size()));
            return text.toString();
        }
    }

    /** A campaign of these engines, each compared with the kernel. */
    public KernelCampaign(List<Engine> engines) {
        this(engines, Profile.KERNEL);
    }

    /** The same with programs of another length: the profile must be one for the kernel. */
    public KernelCampaign(List<Engine> engines, Profile profile) {
        if (!profile.kernel() || profile.memory() != Profile.KERNEL.memory()) {
            throw new IllegalArgumentException("the kernel does not take programs of the profile " + profile.name());
        }
        this.engines = List.copyOf(engines);
        this.generator = new ProgramGenerator(profile);
    }

    /** Runs the programs of so many seeds. */
    public Summary run(long firstSeed, long count) {
        return run(firstSeed, count, done -> {
            // nobody waits
        });
    }

    /**
     * Runs the programs of so many seeds.
     *
     * @param progress is told now and then what has been done
     */
    public Summary run(long firstSeed, long count, Consumer<Summary> progress) {
        coverage = new GenerationCoverage();
        results.clear();
        findings.clear();
        kinds.clear();
        differing = 0;
        long wall = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (long done = 0; done < count; done++) {
            Optional<String> unavailable = run(firstSeed + done);
            if (unavailable.isPresent()) {
                return new Summary(unavailable.get(), List.of(), 0, 0, 0, Map.of(), List.of(), List.of(), 0);
            }
            if ((done + 1) % CHUNK == 0) {
                progress.accept(summary(done + 1, wall, cpu));
            }
        }
        return summary(count, wall, cpu);
    }

    /**
     * What came of one program.
     *
     * @param ended   what the kernel did
     * @param slots   of the program
     * @param differs whether an engine did something else
     * @param finding the disagreement, shrunken, if it is of a new kind
     */
    public record Step(String ended, int slots, boolean differs, Optional<Finding> finding) {}

    /**
     * Runs the program of one seed, as a part of a larger campaign.
     *
     * @throws IllegalStateException if there is no kernel to ask, with the reason
     */
    public Step step(long seed) {
        int found = findings.size();
        long before = differing;
        Map<String, Long> counted = Map.copyOf(results);
        run(seed).ifPresent(reason -> {
            throw new IllegalStateException("the kernel cannot be asked: " + reason);
        });
        String ended = results.entrySet().stream().filter(entry -> !entry.getValue().equals(counted.get(entry.getKey()))).map(
                Map.Entry::getKey).findFirst().orElse("ran");
        return new Step(ended, program.slots(), differing > before, found < findings.size() ? Optional.of(findings.getLast())
                : Optional
                        .empty());
    }

    private Summary summary(long programs, long wall, long cpu) {
        List<String> missing = coverage.missing(Exclusions.kernel()).stream().filter(what -> Exclusions.kernelOperand(what).isEmpty())
                .toList();
        return new Summary("", engines.stream().map(Engine::name).toList(), programs, (System.nanoTime() - wall) / 1e9, (ManagementFactory
                .getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9, results, missing, findings, differing);
    }

    /** Runs the program of a seed; the reason why the kernel cannot be asked, if it cannot. */
    private Optional<String> run(long seed) {
        entropy.seed(seed);
        generator.generate(entropy, program);
        coverage.count(program);
        byte[] code = program.code(ByteOrder.nativeOrder());
        KernelState start = KernelState.of(program.registers(), program.memory());
        KernelResult result = comparison.ask(code, start);
        if (result instanceof KernelResult.Unavailable(String reason)) {
            return Optional.of(reason);
        }
        results.merge(result instanceof KernelResult.Ran ? "ran" : "refused", 1L, Long::sum);
        boolean differs = false;
        for (Engine engine : engines) {
            Optional<Difference> difference = comparison.compare(code, start, result, engine);
            if (difference.isPresent() && isCompareExchange(difference.get(), comparison.compare(code, start, result, reference))) {
                results.merge(COMPARE_EXCHANGE, 1L, Long::sum);
                continue;
            }
            if (difference.isPresent() && findings.size() < MAX_FINDINGS) {
                find(seed, engine, difference.get());
            }
            differs |= difference.isPresent();
        }
        differing += differs ? 1 : 0;
        return Optional.empty();
    }

    /**
     * The one difference that is known and explained. Linux 6.18 for x86-64 sometimes leaves the upper half of r0 after a 32-bit compare-and-exchange
     * that succeeds: the processor does not write eax then, so the verifier has to add a zero extension, and it does not if r0 is read as a whole
     * only on a path that it has not followed to the end. RFC 9669 section 5.3: what was there before is "zero-extended and loaded back to R0". Taken
     * for that only if the upper half is all that differs, the program has such an instruction, and the reference differs in the same way.
     */
    private boolean isCompareExchange(Difference difference, Optional<Difference> third) {
        boolean same = third.filter(other -> other.aspect() == difference.aspect() && other.detail().equals(difference.detail()))
                .isPresent();
        if (!same || !difference.kind().equals(KernelComparison.UPPER_HALF)) {
            return false;
        }
        Decoder decoder = new Decoder(Isa.bpf());
        byte[] code = program.code(ByteOrder.nativeOrder());
        for (int slot = 0; slot < program.slots(); slot++) {
            if (decoder.decode(code, slot, ByteOrder.nativeOrder()) instanceof Decoder.Decoded(Insn insn)) {
                slot += insn.slots() - 1;
                if (insn.instruction().name().equals("cmpxchg32")) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Shrinks a difference. A third voice keeps it from becoming another one on the way: a smaller program may leak a pointer, on which everybody
     * differs from the kernel, so the third engine must side with whom it sided at first.
     */
    private void find(long seed, Engine engine, Difference like) {
        Engine third = engine.name().equals(REFERENCE) ? new EvaluatorEngine() : new RfcReference();
        BpftCase whole = comparison.toCase("seed" + seed, program);
        boolean withKernel = comparison.difference(whole, third).isEmpty();
        Shrinker shrinker = new Shrinker(testCase -> comparison.difference(testCase, engine).filter(like::sameAs).filter(
                same -> comparison.difference(testCase, third).isEmpty() == withKernel));
        BpftCase small = shrinker.difference(whole).isPresent() ? shrinker.shrink(whole) : whole;
        Difference last = comparison.difference(small, engine).orElse(like);
        if (kinds.add(last.aspect() + " " + last.kind() + " " + last.second() + " " + Listing.rows(small.program()))) {
            BpftCase explained = comparison.annotate(small, List.of("Found by the fuzzer: seed " + seed + " of profile " + Profile.KERNEL
                    .name() + ".", last.toString(), "The third voice, " + third.name() + ", " + (withKernel ? "agrees with the kernel."
                            : "differs from the kernel too.")));
            findings.add(new Finding(seed, Profile.KERNEL.name(), last, explained, program.slots()));
        }
    }

    @Override
    public void close() {
        comparison.close();
    }
}
