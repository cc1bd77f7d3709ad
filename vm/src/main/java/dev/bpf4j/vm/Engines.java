// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import dev.bpf4j.runtime.Engine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The engines on the class path, found once by {@link ServiceLoader}. */
public final class Engines {
    private static final List<Engine> ALL = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparingInt(Engine::rank).thenComparing(Engine::name)).toList();

    private Engines() {
    }

    /** All engines, available on this host or not, from the cheapest to load to the fastest to run. */
    public static List<Engine> all() {
        return ALL;
    }

    /** The engine with this name, available or not. */
    public static Optional<Engine> named(String name) {
        return ALL.stream().filter(engine -> engine.name().equals(name)).findFirst();
    }

    /** The engines that the automatic choice considers, available on this host, from the cheapest to load to the fastest to run. */
    public static List<Engine> ranked() {
        return ALL.stream().filter(engine -> engine.rank() > 0 && engine.unavailable().isEmpty()).toList();
    }
}
