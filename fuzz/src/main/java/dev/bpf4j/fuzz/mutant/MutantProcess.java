// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.conformance.candidate.EngineCandidate;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.suite.Suites;
import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The main class of processes that hunt mutants, since wrong machine code can end the process that it runs in. A line of input is the number of
 * a mutant, a line of output what became of it. How many programs a mutant was given stands in a mapped file, so that it is known after
 * whatever happens.
 */
public final class MutantProcess {
    /**
     * Programs that a mutant gets, each stage a share of all: some of everything, the same without the CPU features that a backend can do without, and
     * those with a purpose.
     */
    private static final List<Stage> STAGES = List.of(new Stage(Profile.MIXED, 4, false), new Stage(Profile.MIXED, 10, true), new Stage(
            Profile.ACCESSES, 20, true), new Stage(Profile.BOUNDS, 5, false), new Stage(Profile.SEQUENCES, 20, false), new Stage(
                    Profile.CONTROL, 20, false), new Stage(Profile.ACCESSES, 20, false), new Stage(Profile.TAIL, 20, false), new Stage(
                            Profile.JUMPS, 40, false), new Stage(Profile.CALLBACKS, 20, false), new Stage(Profile.MAPS, 40, false),
            new Stage(Profile.STRAIGHT, 40, false), new Stage(Profile.BIG, 800, false));
    /** Every stage is gone through so many times, each time to such a share of its programs: most mutants need few, but not of every kind. */
    private static final int[] ROUNDS = {64, 8, 1};
    /** The round behind which the cases of the conformance suite come. */
    private static final int SUITE = 1;
    /** The first seed of a little-endian program: native engines have no others. */
    private static final long FIRST_SEED = 17;
    /** What makes native backends do without the CPU features that they can use. */
    private static final List<String> FEATURES = List.of("bpf4j.x86_64.features", "bpf4j.arm64.features");

    private record Stage(Profile profile, int share, boolean poor) {}

    private MutantProcess() {
    }

    /** Arguments: the kind, how many programs a mutant gets, the file with the number of programs. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        MutantKind kind = MutantKind.valueOf(arguments[0]);
        long most = Long.parseLong(arguments[1]);
        List<? extends Seeded> mutants = kind.mutants();
        try (FileChannel file = FileChannel.open(Path.of(arguments[2]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer programs = file.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                programs.putLong(0, 0);
                long start = System.nanoTime();
                MutantEnd.How how = hunt(mutants.get(Integer.parseInt(line)), most, programs);
                out.println(how + " " + programs.getLong(0) + " " + (System.nanoTime() - start) / 1_000_000);
            }
        }
    }

    private static MutantEnd.How hunt(Seeded mutant, long most, MappedByteBuffer programs) {
        try {
            Engine engine = new Counted(mutant.engine(), programs);
            long[] done = new long[STAGES.size()];
            for (int round = 0; round < ROUNDS.length; round++) {
                for (int i = 0; i < done.length; i++) {
                    Stage stage = STAGES.get(i);
                    long more = Math.max(most / stage.share() / ROUNDS[round], i == 0 ? 1 : 0) - done[i];
                    if (differs(engine, stage, FIRST_SEED + done[i], more)) {
                        return MutantEnd.How.DIFFERED;
                    }
                    done[i] += Math.max(more, 0);
                }
                if (round == SUITE && fails(engine)) {
                    return MutantEnd.How.DIFFERED;
                }
            }
            return MutantEnd.How.SURVIVED;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // also a translation that its own checks refuse
            return MutantEnd.How.THREW;
        }
    }

    private static boolean differs(Engine engine, Stage stage, long firstSeed, long programs) {
        if (programs <= 0 || stage.poor() && !nativeCode(engine)) {
            return false;
        }
        if (stage.poor()) {
            FEATURES.forEach(property -> System.setProperty(property, "none"));
        }
        try {
            return new Campaign(List.of(new RfcReference(), engine), stage.profile()).explaining(false).run(firstSeed, programs, 1)
                    .differing() > 0;
        } finally {
            if (stage.poor()) {
                FEATURES.forEach(System::clearProperty);
            }
        }
    }

    private static boolean nativeCode(Engine engine) {
        return engine.name().startsWith(Emitters.X86_64.engineName()) || engine.name().equals(Emitters.ARM64.engineName());
    }

    /** The cases of the conformance suite ask for what random programs on small machines do not: long loops, large programs, many calls. */
    private static boolean fails(Engine engine) {
        try (EngineCandidate candidate = new EngineCandidate(engine)) {
            return Suites.bundled().stream().anyMatch(test -> candidate.run(test).kind().failed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts programs. */
    private record Counted(Engine engine, MappedByteBuffer programs) implements Engine {
        @Override
        public String name() {
            return engine.name();
        }

        @Override
        public int rank() {
            return engine.rank();
        }

        @Override
        public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
            programs.putLong(0, programs.getLong(0) + 1);
            return engine.load(machine, program);
        }
    }
}
