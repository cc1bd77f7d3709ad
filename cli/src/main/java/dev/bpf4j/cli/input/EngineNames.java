// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.input;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.vm.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code --engine} names. */
public final class EngineNames {
    /** Starts cheap, moves what is hot. */
    public static final String AUTO = "auto";
    /** Every engine that runs here, {@link #AUTO} excepted, which is one of them. */
    public static final String ALL = "all";

    private EngineNames() {
    }

    /**
     * The engines that are named, in this order, each once.
     *
     * @throws UserError if there is no such engine, or it cannot run here; names those that can
     */
    public static List<Engine> of(List<String> names) {
        List<Engine> engines = new ArrayList<>();
        for (String name : names) {
            for (Engine engine : name.equals(ALL) ? available() : List.of(named(name))) {
                if (!engines.contains(engine)) {
                    engines.add(engine);
                }
            }
        }
        return engines;
    }

    /** The engine with this name, which must be able to run here. */
    public static Engine named(String name) {
        Engine engine = existing(name);
        engine.unavailable().ifPresent(reason -> {
            throw new UserError("engine " + name + " cannot run here: " + reason);
        });
        return engine;
    }

    /** The engine with this name, whether it can run here or not. */
    public static Engine existing(String name) {
        return Engines.named(name).orElseThrow(() -> new UserError("no engine " + name + "; there are " + names(Engines.all())));
    }

    private static List<Engine> available() {
        return Engines.all().stream().filter(engine -> !engine.name().equals(AUTO) && engine.unavailable().isEmpty()).toList();
    }

    private static String names(List<Engine> engines) {
        return engines.stream().map(Engine::name).sorted().collect(Collectors.joining(", ")) + " and " + ALL;
    }
}
