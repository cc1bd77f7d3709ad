// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramSource;
import dev.bpf4j.fuzz.generate.WildGenerator;
import dev.bpf4j.runtime.Engine;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What a campaign is made of; with it, programs follow from their seeds.
 *
 * @param engines    names of engines, the first of which the others are compared with; {@code class:} and the name of a class that is an engine and
 *                   has a constructor without parameters stands for an engine that is not found by itself;
 *                   {@code linux} is the running kernel, which the others are compared with over programs of the generator {@code kernel}
 * @param generators names of {@link ProgramSource}s, and {@code mutate} for programs made from those of the corpus; taken in turns
 * @param firstSeed  of the first program
 */
public record CampaignSpec(List<String> engines, List<String> generators, long firstSeed) {
    /** The generator that mutates and splices programs of the corpus. */
    public static final String MUTATE = "mutate";
    /** Every generator; the first ones are taken more often. */
    public static final List<String> ALL_GENERATORS = List.of("mixed", MUTATE, "mixed", MUTATE, "control", "accesses", "mixed", MUTATE,
            "bounds", "callbacks", "mixed", MUTATE, "maps", "tail", "mixed", WildGenerator.NAME, "straight", "jumps", "sequences");
    /** The kernel as an engine; it takes programs of the generator of {@link Profile#KERNEL} only, and nobody else gets those. */
    public static final String LINUX = "linux";
    private static final String CLASS = "class:";

    /** Copies the lists. */
    public CampaignSpec {
        engines = List.copyOf(engines);
        generators = List.copyOf(generators);
        boolean kernel = engines.contains(LINUX);
        if (engines.size() < 2 || engines.getFirst().equals(LINUX)) {
            throw new IllegalArgumentException("a campaign compares at least two engines, the first of which is not " + LINUX
                    + "; there are " + engines);
        }
        if (kernel != generators.contains(Profile.KERNEL.name())) {
            throw new IllegalArgumentException("the engine " + LINUX + " and the generator " + Profile.KERNEL.name()
                    + " come together in a campaign");
        }
        if (generators.isEmpty() || generators.stream().allMatch(MUTATE::equals)) {
            throw new IllegalArgumentException("a campaign needs a generator besides " + MUTATE);
        }
        generators.stream().filter(name -> !name.equals(MUTATE)).forEach(ProgramSource::named);
    }

    /** The engines that run in this program: all but the kernel. */
    public List<String> ownEngines() {
        return engines.stream().filter(name -> !name.equals(LINUX)).toList();
    }

    /** Whether the kernel is asked. */
    public boolean asksKernel() {
        return engines.contains(LINUX);
    }

    /**
     * The engines.
     *
     * @throws IllegalArgumentException if there is none with a name
     */
    public static List<Engine> engines(List<String> names) {
        List<Engine> found = new ArrayList<>();
        for (String name : names) {
            found.add(name.startsWith(CLASS) ? made(name.substring(CLASS.length()))
                    : ServiceLoader.load(Engine.class).stream().map(
                            ServiceLoader.Provider::get).filter(engine -> engine.name().equals(name)).findFirst().orElseThrow(
                                    () -> new IllegalArgumentException("there is no engine " + name)));
        }
        return found;
    }

    private static Engine made(String type) {
        try {
            return Class.forName(type).asSubclass(Engine.class).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(type + " cannot be made: " + e.getCause(), e);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(type + " is no engine with a constructor without parameters", e);
        }
    }
}
