// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.outside;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.candidate.OutsideRuntime;
import dev.bpf4j.conformance.candidate.OutsideRuntime.Answer;
import dev.bpf4j.conformance.candidate.OutsideRuntime.Ended;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramGenerator;
import dev.bpf4j.fuzz.generate.Statement;
import dev.bpf4j.fuzz.shrink.Shrinker;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Random programs in an outside runtime, compared with an engine. Not thread-safe. */
public final class OutsideCampaign implements AutoCloseable {
    /** The outcome of a program that the runtime has run to its end, in {@link Summary#outcomes}. */
    public static final String RETURNED = outcome(Ended.RETURNED);
    /** Findings, at most; programs that differ are counted in any case. */
    private static final int MOST_FINDINGS = 40;
    /** Disagreements in a row without a new finding after which further ones are only counted. */
    private static final int MOST_REPEATED = 60;
    /** Findings of one cause after which the row that it is about, if it is one, is left out, so that what hides behind it shows. */
    private static final int ENOUGH = 5;
    private static final int PROBES = 4;
    /** Jumps back in a program, at most. */
    private static final int MOST_JUMPS = 10_000;
    /** Where the memory begins, the second time, so that what depends on addresses shows. */
    private static final int SHIFT = 64;
    private static final long CHUNK = 500;
    private static final String LEFT = "What matters: ";
    private static final String KNOWN_WRONG = "left out after " + ENOUGH + " findings of it";
    private static final Map<Statement, Integer> WEIGHTS = Map.of(Statement.COMPUTE, 110, Statement.CONSTANT, 24, Statement.PAIR, 12,
            Statement.MEMORY, 28, Statement.ATOMIC, 18, Statement.BRANCH, 24, Statement.LOOP, 4, Statement.GOTO, 3);

    private final Engine reference;
    private final OutsideRuntime runtime;
    /** Programs end soon, or, when they are being shrunken, are of no use: a runtime would not come back from them. */
    private final Machine machine = new Machine(Machine.Settings.standard().withLimits(new Limits(MOST_JUMPS, Limits.DEFAULT.frames(),
            Limits.DEFAULT.tailCalls(), Limits.DEFAULT.mayGoto())));
    private final GeneratedProgram program = new GeneratedProgram();
    private final Entropy entropy = new Entropy();

    /**
     * What a campaign did.
     *
     * @param runtime   the runtime's name
     * @param programs  programs asked about
     * @param seconds   time
     * @param outcomes  how often the runtime did what, rejections with their reasons
     * @param unknown   rows, and {@code loop}, that the runtime does not take, by name, each with what it says, or that were left out after
     *                  enough findings
     * @param findings  disagreements, one of each cause
     * @param differing programs on which there was a disagreement
     */
    public record Summary(String runtime, long programs, double seconds, Map<String, Long> outcomes, Map<String, String> unknown,
            List<Finding> findings, long differing) {
        /** Copies lists and maps. */
        public Summary {
            outcomes = new TreeMap<>(outcomes);
            unknown = new TreeMap<>(unknown);
            findings = List.copyOf(findings);
        }
    }

    /** A campaign of a runtime against an engine of this process. */
    public OutsideCampaign(Engine reference, OutsideRuntime runtime) {
        this.reference = reference;
        this.runtime = runtime;
    }

    private static Profile profile(Map<Statement, Integer> weights, int items) {
        return new Profile("portable", items, 0, Profile.KERNEL.memory(), 0, 0, false, true, weights);
    }

    /** Runs the programs of so many seeds, or for so long. */
    public Summary run(long firstSeed, long count, Duration time, Consumer<Summary> progress) throws InterruptedException {
        long start = System.nanoTime();
        long most = time.compareTo(Duration.ofDays(365)) > 0 ? Long.MAX_VALUE : time.toNanos();
        Map<String, String> unknown = unknown();
        Map<Statement, Integer> weights = new EnumMap<>(WEIGHTS);
        if (unknown.containsKey(LOOP)) {
            weights.remove(Statement.LOOP);
        }
        ProgramGenerator generator = generator(weights, unknown);
        Map<String, Long> outcomes = new TreeMap<>();
        Causes causes = new Causes();
        long differing = 0;
        int repeated = 0;
        long done = 0;
        while (done < count && System.nanoTime() - start < most) {
            long seed = firstSeed + done++;
            entropy.seed(seed);
            generator.generate(entropy, program);
            Inner inner = new Inner(program.code(), program.registers().clone(), program.memory().clone());
            Optional<Expected> expected = expected(inner);
            if (expected.isEmpty()) {
                outcomes.merge("not asked: it depends on addresses, or does not return", 1L, Long::sum);
                continue;
            }
            Answer answer = runtime.ask(inner.whole(0), inner.memoryFor(0));
            outcomes.merge(outcome(answer), 1L, Long::sum);
            Optional<Difference> difference = difference(expected.get(), answer);
            if (difference.isPresent()) {
                differing++;
                if (causes.findings().size() < MOST_FINDINGS && repeated++ < MOST_REPEATED) {
                    Shrunken shrunken = find(seed, inner, difference.get());
                    int times = causes.add(shrunken.finding(), shrunken.rows());
                    List<String> culprits = Causes.culprits(shrunken.rows());
                    repeated = times == 1 ? 0 : repeated;
                    if (times >= ENOUGH && culprits.size() == 1 && unknown.putIfAbsent(culprits.getFirst(), KNOWN_WRONG) == null) {
                        generator = generator(weights, unknown);
                        repeated = 0;
                    }
                }
            }
            if (done % CHUNK == 0) {
                progress.accept(new Summary(runtime.name(), done, (System.nanoTime() - start) / 1e9, outcomes, unknown, causes
                        .findings(), differing));
            }
        }
        return new Summary(runtime.name(), done, (System.nanoTime() - start) / 1e9, outcomes, unknown, causes.findings(), differing);
    }

    private static ProgramGenerator generator(Map<Statement, Integer> weights, Map<String, String> without) {
        Set<String> rows = Set.copyOf(without.keySet());
        return new ProgramGenerator(profile(weights, 40), row -> !rows.contains(row));
    }

    private static String outcome(Ended ended) {
        return ended.name().toLowerCase(Locale.ROOT);
    }

    private static String outcome(Answer answer) {
        return outcome(answer.ended()) + (answer.ended() == Ended.REJECTED || answer.ended() == Ended.FAULT
                ? ": " + answer.text().lines().findFirst().orElse("").replaceAll("[0-9]+", "N")
                : "");
    }

    // ---- what a runtime knows ----

    private static final String LOOP = "loop";

    /** Rows that the runtime rejects in every program that has nothing else. */
    private Map<String, String> unknown() throws InterruptedException {
        Map<String, String> unknown = new TreeMap<>();
        Map<Statement, Integer> all = Map.of(Statement.COMPUTE, 4, Statement.MEMORY, 2, Statement.ATOMIC, 2, Statement.BRANCH, 3,
                Statement.GOTO, 1);
        Set<String> names = new TreeSet<>(ProgramGenerator.usable(profile(WEIGHTS, 1)).stream().map(Instruction::name).toList());
        for (String name : names) {
            Statement statement = ProgramGenerator.statement(name);
            if (all.containsKey(statement)) {
                rejected(new ProgramGenerator(profile(Map.of(statement, 1), 1), row -> row.equals(name))).ifPresent(reason -> unknown.put(
                        name, reason));
            }
        }
        rejected(new ProgramGenerator(profile(Map.of(Statement.LOOP, 1, Statement.CONSTANT, 1), 4), row -> !unknown.containsKey(row)))
                .ifPresent(reason -> unknown.put(LOOP, reason));
        return unknown;
    }

    private Optional<String> rejected(ProgramGenerator generator) throws InterruptedException {
        String reason = "";
        for (int seed = 1; seed <= PROBES; seed++) {
            entropy.seed(seed);
            generator.generate(entropy, program);
            Answer answer = runtime.ask(new Inner(program.code(), program.registers().clone(), program.memory().clone()).whole(0),
                    new byte[PortableProgram.MEMORY]);
            if (answer.ended() != Ended.REJECTED) {
                return Optional.empty();
            }
            reason = answer.text();
        }
        return Optional.of(reason.isEmpty() ? "rejected" : reason);
    }

    // ---- one program ----

    /** A program for the kernel's profile. */
    private record Inner(byte[] code, long[] registers, byte[] memory) {
        byte[] whole(int shift) {
            return PortableProgram.of(code, registers, shift);
        }

        byte[] memoryFor(int shift) {
            byte[] bytes = new byte[shift + PortableProgram.MEMORY];
            System.arraycopy(memory, 0, bytes, shift, Math.min(memory.length, PortableProgram.REGISTERS_AT));
            return bytes;
        }
    }

    /** What an engine leaves: r0 and the memory; null if it does not return. */
    private byte @Nullable [] expected(Inner inner, int shift, long[] r0) {
        Lane lane = machine.lane(0);
        machine.unlinkFrom(0);
        lane.raw(inner.memoryFor(shift));
        try {
            Outcome outcome = reference.load(machine, machine.link(Program.raw("", ByteOrder.LITTLE_ENDIAN, inner.whole(shift)))).observe(
                    lane);
            if (!(outcome instanceof Outcome.Returned(long value))) {
                return null;
            }
            r0[0] = value;
            return Arrays.copyOfRange(lane.contextBytes(), shift, shift + PortableProgram.MEMORY);
        } catch (LoadException e) {
            return null;
        }
    }

    /** What a program must leave; empty if it does not return, or depends on addresses. */
    private Optional<Expected> expected(Inner inner) {
        long[] r0 = new long[1];
        byte[] memory = expected(inner, 0, r0);
        long first = r0[0];
        byte[] again = memory == null ? null : expected(inner, SHIFT, r0);
        return memory == null || again == null || !Arrays.equals(memory, again) || first != r0[0] ? Optional.empty()
                : Optional.of(new Expected(first, memory));
    }

    /** What a program must leave. */
    private record Expected(long r0, byte[] memory) {}

    /** The difference of an answer; none if the runtime rejects the program. */
    private Optional<Difference> difference(Expected expected, Answer answer) {
        byte[] memory = expected.memory();
        long first = expected.r0();
        if (answer.ended() == Ended.REJECTED) {
            return Optional.empty();
        }
        if (answer.ended() != Ended.RETURNED) {
            return Optional.of(difference(Aspect.OUTCOME, "returned/" + answer.ended(), "returned | " + answer.ended() + " " + answer
                    .text()));
        }
        if (answer.memory().isPresent() && !Arrays.equals(memory, answer.memory().get())) {
            return Optional.of(memoryDifference(memory, answer.memory().get()));
        }
        return first == answer.r0() ? Optional.empty()
                : Optional.of(difference(Aspect.OUTCOME, "returned/returned",
                        "registers and memory, folded: 0x" + Long.toHexString(first) + " | 0x" + Long.toHexString(answer.r0())));
    }

    private Difference memoryDifference(byte[] expected, byte[] found) {
        long[] wanted = PortableProgram.registers(expected, 0);
        long[] had = PortableProgram.registers(found, 0);
        int register = Arrays.mismatch(wanted, had);
        if (register >= 0) {
            return difference(Aspect.REGISTERS, "", "r" + register + " 0x" + Long.toHexString(wanted[register]) + " | 0x" + Long
                    .toHexString(
                            had[register]));
        }
        int at = Arrays.mismatch(expected, found);
        return difference(Aspect.MEMORY, "", "byte " + at + " 0x" + Integer.toHexString(expected[at] & 0xff) + " | 0x" + Integer
                .toHexString(found[at] & 0xff));
    }

    private Difference difference(Aspect aspect, String kind, String detail) {
        return new Difference(aspect, kind, reference.name(), runtime.name(), detail);
    }

    // ---- findings ----

    /** A finding, and the rows that were left of the inner program. */
    private record Shrunken(Finding finding, List<String> rows) {}

    /** Shrinks the inner program; what comes out is whole again. */
    private Shrunken find(long seed, Inner inner, Difference like) {
        TreeMap<Integer, Long> registers = new TreeMap<>();
        for (int i = 0; i < inner.registers().length; i++) {
            registers.put(i, inner.registers()[i]);
        }
        BpftCase whole = new BpftCase("seed" + seed, List.of(), List.of(Program.raw("", ByteOrder.LITTLE_ENDIAN, inner.code())),
                BpftCase.Setup.DEFAULT, BpftCase.Start.of(inner.memory(), registers), BpftCase.Ends.with(new Outcome.Returned(0)),
                BpftCase.Scope.ALL, Map.of());
        Shrinker shrinker = new Shrinker(testCase -> recurs(testCase).filter(found -> found.aspect() == like.aspect() && found.kind()
                .equals(
                        like.kind())));
        BpftCase small = shrinker.difference(whole).isPresent() ? shrinker.shrink(whole) : whole;
        Difference last = recurs(small).orElse(like);
        Inner left = inner(small);
        List<String> rows = Listing.rows(small.program());
        List<String> comments = List.of("Found by the fuzzer: seed " + seed + ", " + runtime.name() + ".", last.toString(), LEFT + String
                .join(", ", rows));
        Shown shown = shown(left, like);
        BpftCase.Ends ends = BpftCase.Ends.with(new Outcome.Returned(shown.r0()));
        BpftCase portable = new BpftCase("seed" + seed, comments, List.of(Program.raw("", ByteOrder.LITTLE_ENDIAN, shown.code())),
                BpftCase.Setup.DEFAULT, BpftCase.Start.of(shown.memory(), new TreeMap<>()), ends, BpftCase.Scope.ALL, Map.of());
        return new Shrunken(new Finding(seed, runtime.name(), last, portable, inner.code().length / 8), rows);
    }

    /** A program that shows a difference in r0 alone, or by its end, and what r0 must be. */
    private record Shown(byte[] code, byte[] memory, long r0) {}

    /** The shortest program that still shows it. */
    private Shown shown(Inner left, Difference like) {
        byte[] memory = new byte[PortableProgram.MEMORY];
        System.arraycopy(left.memory(), 0, memory, 0, Math.min(left.memory().length, PortableProgram.REGISTERS_AT));
        int last = memory.length;
        while (last > 8 && memory[last - 1] == 0) {
            last--;
        }
        for (byte[] code : PortableProgram.shorter(left.code(), left.registers())) {
            for (byte[] bytes : List.of(Arrays.copyOf(memory, (last + 7) / 8 * 8), memory)) {
                Optional<Long> expected = returned(code, bytes);
                try {
                    Answer answer = expected.isEmpty() ? new Answer(Ended.REJECTED, 0, Optional.empty(), "") : runtime.ask(code, bytes);
                    boolean ended = answer.ended() == Ended.RETURNED ? like.aspect() != Aspect.OUTCOME || like.kind().endsWith("returned")
                            : like.kind().equals("returned/" + answer.ended());
                    if (answer.ended() != Ended.REJECTED && ended && (answer.ended() != Ended.RETURNED || answer.r0() != expected
                            .orElseThrow())) {
                        return new Shown(code, bytes, expected.orElseThrow());
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        byte[] whole = left.whole(0);
        return new Shown(whole, left.memoryFor(0), returned(whole, left.memoryFor(0)).orElse(0L));
    }

    private Optional<Long> returned(byte[] code, byte[] memory) {
        Lane lane = machine.lane(0);
        machine.unlinkFrom(0);
        lane.raw(memory);
        try {
            return reference.load(machine, machine.link(Program.raw("", ByteOrder.LITTLE_ENDIAN, code))).observe(
                    lane) instanceof Outcome.Returned(long r0) ? Optional.of(r0) : Optional.empty();
        } catch (LoadException e) {
            return Optional.empty();
        }
    }

    private static Inner inner(BpftCase testCase) {
        long[] registers = new long[10];
        testCase.start().registers().forEach((register, value) -> registers[register] = value);
        return new Inner(testCase.program().code(), registers, testCase.start().memory());
    }

    private Optional<Difference> recurs(BpftCase testCase) {
        Inner inner = inner(testCase);
        List<String> rows = Listing.rows(testCase.program());
        boolean oneExit = PortableProgram.hidesAddresses(inner.code()) && !rows.isEmpty() && rows.getLast().equals("exit") && rows.indexOf(
                "exit") == rows.size() - 1;
        try {
            Optional<Expected> expected = oneExit ? expected(inner) : Optional.empty();
            return expected.isEmpty() ? Optional.empty()
                    : difference(expected.get(), runtime.ask(inner.whole(0), inner.memoryFor(
                            0)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        machine.close();
    }
}
