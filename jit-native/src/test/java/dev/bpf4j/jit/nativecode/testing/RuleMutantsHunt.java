// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bpf4j.conformance.candidate.EngineCandidate;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.suite.Suites;
import dev.bpf4j.conformance.vectors.VectorCheck;
import dev.bpf4j.conformance.vectors.VectorRunner;
import dev.bpf4j.fuzz.mutant.MutatedBackend;
import dev.bpf4j.fuzz.mutant.RuleMutant;
import dev.bpf4j.fuzz.mutant.RuleMutants;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.gen.Backend;
import dev.bpf4j.isa.gen.EmitterGenerator;
import dev.bpf4j.isa.machine.LoweringRule;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.vectors.Vectors;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * The conformance suite's vectors of a row catch a backend whose rule for the row is wrong: every mutant is an emitter generated, compiled and
 * loaded in memory, in a process of its own, since wrong machine code may end it. What no vector can tell from its rule is listed with its reason, and must not be caught, so that the list stays true.
 */
public abstract class RuleMutantsHunt {
    private static final int VECTORS = 2_000;
    /** How long a mutant may take. */
    private static final int SECONDS = 120;
    /** One mutant of so many is hunted; all of them in the long run. */
    private static final int EVERY = Integer.getInteger("bpf4j.mutants", Boolean.getBoolean("bpf4j.long") ? 1 : 40);

    private final Backend backend;
    private final Class<? extends Engine> engine;
    private final List<MachineForm> forms;
    private final Map<Effect, List<LoweringRule>> chains;
    private final String featuresProperty;

    /**
     * A hunt for mutants of a backend's rules.
     *
     * @param featuresProperty the system property that selects the CPU features in use
     */
    protected RuleMutantsHunt(Backend backend, Class<? extends Engine> engine, List<MachineForm> forms,
            Map<Effect, List<LoweringRule>> chains, String featuresProperty) {
        this.backend = backend;
        this.engine = engine;
        this.forms = forms;
        this.chains = chains;
        this.featuresProperty = featuresProperty;
    }

    /** Names of mutants that do what their rule does, each with the reason. */
    protected abstract Map<String, String> equivalents();

    @Test
    void vectorsCatchEveryMutant() throws IOException, InterruptedException, ReflectiveOperationException {
        assumeThat(engine.getConstructor().newInstance().unavailable()).isEmpty();
        List<RuleMutant> all = mutants();
        assertThat(all.stream().map(RuleMutant::name)).doesNotHaveDuplicates().containsAll(equivalents().keySet());
        Map<End, List<String>> ends = new EnumMap<>(End.class);
        List<String> wrong = new ArrayList<>();
        int next = 0;
        while (next < all.size()) {
            next = hunt(all, next, (mutant, end) -> {
                ends.computeIfAbsent(end, _ -> new ArrayList<>()).add(mutant.name());
                if ((end == End.SURVIVED) != equivalents().containsKey(mutant.name())) {
                    wrong.add(mutant.name() + " " + end + ": " + mutant.wrong().guard() + " " + mutant.wrong().steps());
                }
            });
        }
        StringBuilder summary = new StringBuilder("mutants of " + backend.table() + ".rules, every " + EVERY + " of " + all.size() + ":");
        ends.forEach((end, names) -> summary.append(' ').append(names.size()).append(' ').append(end));
        System.out.println(summary);
        assertThat(wrong).isEmpty();
        assertThat(ends.getOrDefault(End.CAUGHT, List.of())).hasSizeGreaterThan(all.size() / EVERY / 2);
    }

    /** What became of a mutant. */
    private enum End {
        /** A vector told it from the reference. */
        CAUGHT,
        /** It took its process down. */
        DIED,
        /** It did not come back. */
        HUNG,
        /** No vector told it from the reference. */
        SURVIVED
    }

    /** Hunts in a process of its own from a mutant on, until it ends; gives the index of the mutant to go on with. */
    private int hunt(List<RuleMutant> all, int first, BiConsumer<RuleMutant, End> result) throws IOException, InterruptedException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-XX:+SuppressFatalErrorMessage", "--enable-native-access=ALL-UNNAMED", "-Dbpf4j.mutants=" + EVERY, "-cp", System
                        .getProperty("java.class.path"), RuleMutantsHunt.class.getName(), getClass().getName(), String.valueOf(first));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().start(() -> {
            process.inputReader().lines().forEach(lines::add);
            lines.add("");
        });
        int next = first;
        String line = lines.poll(SECONDS, TimeUnit.SECONDS);
        while (line != null && !line.isEmpty()) {
            result.accept(all.get(next), End.valueOf(line));
            next += EVERY;
            line = lines.poll(SECONDS, TimeUnit.SECONDS);
        }
        process.destroyForcibly();
        int code = process.waitFor();
        if (line != null && code == 0) {
            return all.size();
        }
        assertThat(code).as("%s: an exception, which is on standard error", all.get(next).name()).isGreaterThan(128);
        result.accept(all.get(next), line == null ? End.HUNG : End.DIED);
        return next + EVERY;
    }

    /** The process: the name of the test, and the index of the first mutant; prints a line for each, what became of it. */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException, InterruptedException {
        Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        RuleMutantsHunt hunt = (RuleMutantsHunt) constructor.newInstance();
        List<RuleMutant> all = hunt.mutants();
        try (MutatedBackend mutated = new MutatedBackend(hunt.engine)) {
            for (int i = Integer.parseInt(arguments[1]); i < all.size(); i += EVERY) {
                String source = EmitterGenerator.generate(hunt.backend, Isa.system(), RuleMutants.with(hunt.chains, all.get(i)));
                System.out.println(hunt.caught(mutated.with("Emitter", source), all.get(i)) ? End.CAUGHT : End.SURVIVED);
            }
        }
    }

    /** Mutants of the rules that implement rows of the ISA; those of the system's own rows are none of a conformance suite's business. */
    private List<RuleMutant> mutants() {
        return RuleMutants.of(chains.values(), forms).stream().filter(mutant -> !rows(mutant).isEmpty()).toList();
    }

    private static List<Instruction> rows(RuleMutant mutant) {
        return Isa.bpf().instructions().stream().filter(row -> Effects.specialize(row.effects(), ByteOrder.LITTLE_ENDIAN).contains(mutant
                .rule().effect())).toList();
    }

    /**
     * Whether the suite tells the engine from the reference, or it cannot translate: with all of the processor's features, and with none where another
     * rule of the chain needs one.
     */
    private boolean caught(Engine mutant, RuleMutant rule) throws IOException, InterruptedException {
        System.clearProperty(featuresProperty);
        if (vectorsCatch(mutant, rows(rule)) || casesCatch(mutant, rows(rule))) {
            return true;
        }
        List<LoweringRule> chain = chains.getOrDefault(rule.rule().effect(), List.of());
        if (needsFeature(rule.rule()) || chain.stream().noneMatch(RuleMutantsHunt::needsFeature)) {
            return false;
        }
        System.setProperty(featuresProperty, "none");
        return vectorsCatch(mutant, rows(rule));
    }

    private static boolean needsFeature(LoweringRule rule) {
        return rule.guard().contains("has(");
    }

    /** Policies that differ for the rows: they are about memory. */
    private static List<Policy> policies(List<Instruction> rows) {
        boolean memory = rows.stream().map(Instruction::effects).anyMatch(effects -> effects.stream().anyMatch(Effects::accessesMemory)
                || Effects.any(effects, Expr.Load.class::isInstance));
        return memory ? List.of(Policy.values()) : List.of(Policy.STRICT);
    }

    private static boolean vectorsCatch(Engine mutant, List<Instruction> rows) {
        Vectors vectors = VectorRunner.vectors(ByteOrder.LITTLE_ENDIAN);
        for (Policy policy : policies(rows)) {
            try (VectorCheck check = new VectorCheck(new RfcReference(), mutant, policy)) {
                for (int number = 0; number < VECTORS; number++) {
                    for (Instruction row : rows) {
                        if (check.difference(vectors.vector(row, number)).isPresent()) {
                            return true;
                        }
                    }
                }
            } catch (LoadException | IllegalArgumentException | IllegalStateException e) {
                return true;
            }
        }
        return false;
    }

    private static boolean casesCatch(Engine mutant, List<Instruction> rows) throws IOException {
        try (EngineCandidate candidate = new EngineCandidate(mutant)) {
            return Suites.bundled().stream().filter(test -> !Collections.disjoint(test.rows(), rows)).anyMatch(test -> candidate.run(test)
                    .kind().failed());
        }
    }
}
