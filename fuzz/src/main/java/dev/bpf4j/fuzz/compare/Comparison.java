// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.compare;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftRunner;
import dev.bpf4j.conformance.bpft.Observation;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what engines do with cases: each engine's observed run with that of the first engine, and its unobserved run with its own observed one.
 * Every run has a machine of its own, so this is the slow and thorough way; campaigns find differences faster and have them confirmed here.
 * Thread-safe if the engines are.
 */
public final class Comparison {
    private static final String UNOBSERVED = " (unobserved)";

    private final List<Engine> engines;

    /** A comparison; the first engine is what the others are compared with. */
    public Comparison(List<Engine> engines) {
        this.engines = List.copyOf(engines);
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("nothing to compare");
        }
    }

    /** The engines. */
    public List<Engine> engines() {
        return engines;
    }

    /** Everything in which the engines differ: at most one difference per engine, and one per engine's unobserved form. */
    public List<Difference> differences(BpftCase testCase, Policy policy) {
        List<Difference> differences = new ArrayList<>();
        Engine first = engines.getFirst();
        boolean isFirst = true;
        Observation reference = BpftRunner.observe(testCase, first, policy, true);
        for (Engine engine : engines) {
            Observation observed = isFirst ? reference : BpftRunner.observe(testCase, engine, policy, true);
            if (!isFirst) {
                compare(first.name(), reference, engine.name(), observed).ifPresent(differences::add);
            }
            isFirst = false;
            Observation unobserved = BpftRunner.observe(testCase, engine, policy, false);
            compare(engine.name(), observed, engine.name() + UNOBSERVED, unobserved).ifPresent(differences::add);
        }
        return differences;
    }

    /**
     * The first difference of two observations; empty if there is none. Registers are compared if both have them.
     *
     * @param first  name of the engine that made {@code a}
     * @param second name of the engine that made {@code b}
     */
    public static Optional<Difference> compare(String first, Observation a, String second, Observation b) {
        Set<Aspect> unequal = Incomparable.between(first, second);
        if (a instanceof Observation.Run one && b instanceof Observation.Run other) {
            for (Aspect aspect : Aspect.values()) {
                if (!unequal.contains(aspect)) {
                    Optional<Found> found = compare(aspect, one, other);
                    if (found.isPresent()) {
                        return found.map(f -> new Difference(aspect, f.kind(), first, second, f.detail()));
                    }
                }
            }
            return Optional.empty();
        }
        boolean same = a instanceof Observation.Rejection && b instanceof Observation.Rejection;
        if (same || unequal.contains(Aspect.ACCEPTANCE)) {
            return Optional.empty();
        }
        return Optional.of(new Difference(Aspect.ACCEPTANCE, a instanceof Observation.Run ? "accepted/rejected" : "rejected/accepted",
                first,
                second, describe(a) + " | " + describe(b)));
    }

    private static String describe(Observation observation) {
        return switch (observation) {
            case Observation.Rejection(String reason) -> "rejected: " + reason;
            case Observation.Run run -> run.outcome().toString();
        };
    }

    private record Found(String kind, String detail) {}

    private static Optional<Found> compare(Aspect aspect, Observation.Run a, Observation.Run b) {
        return switch (aspect) {
            case ACCEPTANCE -> Optional.empty();
            case OUTCOME -> a.outcome().sameAs(b.outcome()) ? Optional.empty()
                    : Optional.of(new Found(kind(a.outcome()) + "/" + kind(b
                            .outcome()), a.outcome() + " | " + b.outcome()));
            case REGISTERS -> registers(a.registers(), b.registers());
            case MEMORY -> bytes(a.memory(), b.memory());
            case PACKET -> bytes(a.packet(), b.packet());
            case MAPS -> maps(a.maps(), b.maps());
            case HELPERS -> a.calls().equals(b.calls()) ? Optional.empty() : Optional.of(new Found("", a.calls() + " | " + b.calls()));
        };
    }

    private static String kind(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Returned returned -> "returned";
            case Outcome.Fault fault -> fault.kind().name();
        };
    }

    private static Optional<Found> registers(Optional<long[]> one, Optional<long[]> other) {
        if (one.isEmpty() || other.isEmpty() || Arrays.equals(one.get(), other.get())) {
            return Optional.empty();
        }
        long[] a = one.get();
        long[] b = other.get();
        int at = Arrays.mismatch(a, b);
        return Optional.of(new Found("", "r" + at + " 0x" + Long.toHexString(a[at]) + " | 0x" + Long.toHexString(b[at])));
    }

    /** The first entry, by names and keys, that is not the same. */
    private static Optional<Found> maps(SortedMap<String, SortedMap<String, String>> a, SortedMap<String, SortedMap<String, String>> b) {
        Set<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        for (String name : names) {
            SortedMap<String, String> one = a.getOrDefault(name, new TreeMap<>());
            SortedMap<String, String> other = b.getOrDefault(name, new TreeMap<>());
            Set<String> keys = new TreeSet<>(one.keySet());
            keys.addAll(other.keySet());
            for (String key : keys) {
                String left = one.getOrDefault(key, "nothing");
                String right = other.getOrDefault(key, "nothing");
                if (!left.equals(right)) {
                    return Optional.of(new Found("", "map " + name + " key " + key + ": " + left + " | " + right));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> bytes(byte[] a, byte[] b) {
        int at = Arrays.mismatch(a, b);
        if (at < 0) {
            return Optional.empty();
        }
        String one = at < a.length ? "0x" + Integer.toHexString(a[at] & 0xff) : "the end";
        String other = at < b.length ? "0x" + Integer.toHexString(b[at] & 0xff) : "the end";
        return Optional.of(new Found("", "byte " + at + " " + one + " | " + other));
    }

    /** The difference that a case shows between the same engines as another one, if it is of the same kind. */
    public Optional<Difference> recurs(BpftCase testCase, Policy policy, Difference like) {
        Observation a = observe(testCase, policy, like.first());
        Observation b = observe(testCase, policy, like.second());
        return compare(like.first(), a, like.second(), b).filter(like::sameAs);
    }

    /** What an engine, or its unobserved form, does with a case. */
    public Observation observe(BpftCase testCase, Policy policy, String form) {
        String name = form.replace(UNOBSERVED, "");
        Engine engine = engines.stream().filter(candidate -> candidate.name().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("there is no engine " + name));
        return BpftRunner.observe(testCase, engine, policy, name.equals(form));
    }
}
