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
    /** Programs that go first: a share of all. */
    private static final int FIRST = 2;
    /** What programs look like that go behind those of the profile {@code mixed}, each a share of all. */
    private static final List<Profile> NEXT = List.of(Profile.SEQUENCES, Profile.BOUNDS, Profile.CONTROL, Profile.ACCESSES, Profile.JUMPS,
            Profile.TAIL,
            Profile.CALLBACKS, Profile.MAPS, Profile.STRAIGHT);
    private static final int SHARE = 20;
    private static final int LARGE_SHARE = 400;
    /** What makes native backends do without the CPU features that they can use. */
    private static final List<String> FEATURES = List.of("bpf4j.x86_64.features", "bpf4j.arm64.features");
    private static final int POOR_SHARE = 4;

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
            boolean found = differs(engine, Profile.MIXED, Math.max(1, most / FIRST)) || poor(engine, most / POOR_SHARE);
            for (Profile profile : NEXT) {
                found = found || differs(engine, profile, most / SHARE);
            }
            found = found || differs(engine, Profile.BIG, most / LARGE_SHARE) || fails(engine);
            return found ? MutantEnd.How.DIFFERED : MutantEnd.How.SURVIVED;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // also a translation that its own checks refuse
            return MutantEnd.How.THREW;
        }
    }

    /** The same without the CPU features that the backend can do without. */
    private static boolean poor(Engine engine, long programs) {
        if (!engine.name().equals(Emitters.X86_64.engineName()) && !engine.name().equals(Emitters.ARM64.engineName())) {
            return false;
        }
        FEATURES.forEach(property -> System.setProperty(property, "none"));
        try {
            return differs(engine, Profile.MIXED, programs);
        } finally {
            FEATURES.forEach(System::clearProperty);
        }
    }

    private static boolean differs(Engine engine, Profile profile, long programs) {
        return programs > 0 && new Campaign(List.of(new RfcReference(), engine), profile).explaining(false).run(1, programs, 1)
                .differing() > 0;
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
