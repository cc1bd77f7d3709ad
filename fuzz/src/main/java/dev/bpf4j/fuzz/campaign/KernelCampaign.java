// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import dev.bpf4j.conformance.linux.KernelProgram;
import dev.bpf4j.conformance.linux.KernelResult;
import dev.bpf4j.conformance.linux.KernelRunner;
import dev.bpf4j.conformance.linux.KernelState;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.Exclusions;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.GenerationCoverage;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramGenerator;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Programs of {@link Profile#KERNEL} in an engine and in the running kernel: r0 to r9 and the memory afterwards are compared. What cannot be compared
 * is not in these programs ({@link Exclusions}): r10, pointers, r1 to r5 after a call. Not thread-safe.
 */
public final class KernelCampaign implements AutoCloseable {
    private static final int STACK_BYTES = 64;
    private static final int MAX_DIFFERENCES = 20;

    private final Engine engine;
    private final ProgramGenerator generator = new ProgramGenerator(Profile.KERNEL);
    private final KernelRunner kernel;
    private final Machine machine;
    private final MapDefinition definition = MapDefinition.of("state", MapType.ARRAY.number(), Integer.BYTES, KernelRunner.VALUE_SIZE, 1);
    private final BpfMap map;

    /**
     * A difference, or a refusal of what should be accepted by construction.
     *
     * @param seed    of the program
     * @param detail  what differs
     * @param listing the program
     */
    public record KernelDifference(long seed, String detail, List<String> listing) {
        @Override
        public String toString() {
            return "seed " + seed + ": " + detail + "\n    " + String.join("\n    ", listing);
        }
    }

    /**
     * What a campaign did.
     *
     * @param unavailable why there is no kernel to ask; null if there is one
     * @param programs    programs run in both
     * @param wallSeconds time
     * @param cpuSeconds  processor time
     * @param results     how often the kernel did what
     * @param missing     rows and operands that never came, without a reason
     * @param differences disagreements, the first ones
     * @param differing   number of disagreements
     */
    public record Summary(String unavailable, long programs, double wallSeconds, double cpuSeconds, Map<String, Long> results,
            List<String> missing, List<KernelDifference> differences, long differing) {

        /** The summary as lines for people; the last one sums up. */
        public String text() {
            if (!unavailable.isEmpty()) {
                return "the kernel cannot be asked: " + unavailable + System.lineSeparator();
            }
            StringBuilder text = new StringBuilder();
            text.append(String.format(Locale.ROOT, "programs:    %,d%n", programs));
            text.append(String.format(Locale.ROOT, "time:        %.1f s, %.1f s of processor time%n", wallSeconds, cpuSeconds));
            text.append(String.format(Locale.ROOT, "rate:        %,.0f programs per second and core%n", programs / cpuSeconds));
            text.append("kernel:      ").append(results).append(System.lineSeparator());
            text.append("never made:  ").append(missing.isEmpty() ? "nothing" : String.join(", ", missing)).append(System.lineSeparator());
            differences.forEach(difference -> text.append(difference).append(System.lineSeparator()));
            text.append(String.format(Locale.ROOT, "%,d programs, %,d disagreements%n", programs, differing));
            return text.toString();
        }
    }

    /** A campaign of one engine against the kernel. */
    public KernelCampaign(Engine engine) {
        this.engine = engine;
        this.kernel = new KernelRunner(KernelProgram.Type.SYSCALL, STACK_BYTES, Profile.KERNEL.memory());
        this.machine = new Machine(Machine.Settings.standard());
        try {
            this.map = machine.map(definition);
        } catch (LoadException e) {
            throw new IllegalStateException("the machine cannot have the map of the kernel's runner", e);
        }
    }

    /** Runs the programs of so many seeds. */
    public Summary run(long firstSeed, long count) {
        Entropy entropy = new Entropy();
        GeneratedProgram program = new GeneratedProgram();
        GenerationCoverage coverage = new GenerationCoverage();
        Map<String, Long> results = new TreeMap<>();
        List<KernelDifference> differences = new ArrayList<>();
        long differing = 0;
        long wall = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            entropy.seed(seed);
            generator.generate(entropy, program);
            coverage.count(program);
            KernelResult result = kernel.run(program.code(ByteOrder.nativeOrder()), List.of(KernelState.of(program.registers(), program
                    .memory())));
            if (result instanceof KernelResult.Unavailable(String reason)) {
                return new Summary(reason, 0, 0, 0, results, List.of(), List.of(), 0);
            }
            Optional<String> difference = compare(program, result);
            results.merge(result instanceof KernelResult.Ran ? "ran" : "refused", 1L, Long::sum);
            if (difference.isPresent()) {
                differing++;
                if (differences.size() < MAX_DIFFERENCES) {
                    differences.add(new KernelDifference(seed, difference.get(), listing(program)));
                }
            }
        }
        List<String> missing = coverage.missing(Exclusions.kernel()).stream().filter(what -> Exclusions.kernelOperand(what).isEmpty())
                .toList();
        return new Summary("", count, (System.nanoTime() - wall) / 1e9, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                - cpu)
                / 1e9, results, missing, differences, differing);
    }

    private static List<String> listing(GeneratedProgram program) {
        return Disassembler.list(new Decoder(Isa.bpf()), program.code(), ByteOrder.LITTLE_ENDIAN).stream().map(line -> line.slot() + ": "
                + line.text()).toList();
    }

    /** The first difference of the engine's run and the kernel's; a refusal is one, since nothing is made that the kernel refuses. */
    private Optional<String> compare(GeneratedProgram program, KernelResult result) {
        return switch (result) {
            case KernelResult.Unavailable(String reason) -> Optional.of(reason);
            case KernelResult.Refused refused -> Optional.of("the kernel refuses the program: " + refused);
            case KernelResult.Ran ran -> compare(program, ran.states().getFirst());
        };
    }

    private Optional<String> compare(GeneratedProgram program, KernelState expected) {
        Lane lane = machine.lane(0);
        Outcome outcome;
        try {
            outcome = run(program, lane);
        } catch (LoadException e) {
            return Optional.of("the machine refuses the program: " + e.getMessage());
        }
        if (!(outcome instanceof Outcome.Returned)) {
            return Optional.of(engine.name() + " ends with " + outcome);
        }
        for (int register = 0; register < program.registers().length; register++) {
            long found = lane.exitRegisters()[register];
            if (found != expected.register(register)) {
                return Optional.of("r" + register + " is 0x" + Long.toHexString(found) + " in " + engine.name() + ", 0x" + Long.toHexString(
                        expected.register(register)) + " in the kernel");
            }
        }
        byte[] memory = new byte[program.memory().length];
        MemorySegment.copy(lane.memory(), ValueLayout.JAVA_BYTE, map.values() + KernelRunner.SCRATCH_OFFSET, memory, 0, memory.length);
        int at = Arrays.mismatch(memory, expected.memory());
        return at < 0 ? Optional.empty()
                : Optional.of("byte " + at + " of the memory is " + memory[at] + " in " + engine.name() + ", "
                        + expected.memory()[at] + " in the kernel");
    }

    private Outcome run(GeneratedProgram program, Lane lane) throws LoadException {
        machine.unlinkFrom(0);
        Program raw = new Program("", ProgramType.RAW, "", ByteOrder.nativeOrder(), program.code(ByteOrder.nativeOrder()), List.of(), List
                .of(
                        definition), Map.of(), Map.of(), Map.of(), List.of(), "GPL");
        LinkedProgram linked = machine.link(raw);
        lane.raw(new byte[0]);
        System.arraycopy(program.registers(), 0, lane.entry(), 0, program.registers().length);
        lane.write(map.values() + KernelRunner.SCRATCH_OFFSET, program.memory());
        return engine.load(machine, linked).observe(lane);
    }

    @Override
    public void close() {
        kernel.close();
        machine.close();
    }
}
