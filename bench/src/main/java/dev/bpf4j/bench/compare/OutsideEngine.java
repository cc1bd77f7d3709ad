// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Engines of runtimes of other projects, each run by an adapter of {@code conformance/adapters}: the table of them. */
public enum OutsideEngine {
    /** uBPF's interpreter. */
    UBPF_INTERPRETER("ubpf", "interpreter"),
    /** uBPF's JIT. */
    UBPF_JIT("ubpf", "jit"),
    /** rbpf's interpreter. */
    RBPF_INTERPRETER("rbpf", "interpreter"),
    /** rbpf's JIT. */
    RBPF_JIT("rbpf", "jit");

    private static final String JIT = "jit";
    /** The environment's variable that names the folder of adapters. */
    private static final String FOLDER = "BPF4J_ADAPTERS";
    private static final Path DEFAULT_FOLDER = Path.of("conformance/adapters/bin");

    private final String adapter;
    private final String engine;

    OutsideEngine(String adapter, String engine) {
        this.adapter = adapter;
        this.engine = engine;
    }

    /** The name in reports. */
    public String label() {
        return adapter + " " + engine;
    }

    /** The name of its adapter, with which all engines of a runtime are chosen. */
    public String adapter() {
        return adapter;
    }

    /** The command line of its adapter; empty if that was not built. */
    Optional<List<String>> command() {
        String named = System.getenv(FOLDER);
        Path file = (named == null || named.isEmpty() ? DEFAULT_FOLDER : Path.of(named)).resolve(adapter);
        String path = file.toAbsolutePath().toString();
        return Files.isExecutable(file) && Files.isRegularFile(file) ? Optional.of(engine.equals(JIT) ? List.of(path, "--jit")
                : List.of(
                        path)) : Optional.empty();
    }

    /** Why it does not run without its adapter. */
    String missing() {
        return "not installed: no adapter " + adapter + " in " + FOLDER + " or " + DEFAULT_FOLDER
                + "; conformance/adapters/README.md says how to build it";
    }
}
