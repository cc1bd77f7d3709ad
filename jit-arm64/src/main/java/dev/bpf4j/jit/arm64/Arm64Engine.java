// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.Compiled;
import dev.bpf4j.jit.nativecode.Features;
import dev.bpf4j.jit.nativecode.HostProcessor;
import dev.bpf4j.jit.nativecode.HostRoutines;
import dev.bpf4j.jit.nativecode.NativeEngine;
import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Processor;
import dev.bpf4j.jit.nativecode.ProcessorProvider;
import dev.bpf4j.jit.nativecode.Tier;
import dev.bpf4j.jit.nativecode.Translation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs as ARM64 machine code: on ARM64 Linux natively, elsewhere in an emulator if a {@link ProcessorProvider} for {@code arm64} is on
 * the class path. Little-endian programs only (Ruling 13).
 *
 * <p>
 * The CPU features that it uses are those of the processor, or the smaller set that the system property {@code bpf4j.arm64.features} names:
 * {@code none} or {@code lse}.
 */
public class Arm64Engine extends NativeEngine {
    /** All features that the machine table knows. */
    public static final Features FEATURES = new Features("bpf4j.arm64.features", Map.of("lse", "atomics"));
    private static final String NAME = "arm64";
    private static final int NATIVE_RANK = 30;
    private static final List<String> NAMES = List.of("arm64", "aarch64");

    private static final HostRoutines ROUTINES = new A64Routines();

    /** What emulates where the host is another one; looked for once. */
    private static final class Emulator {
        static final @Nullable ProcessorProvider PROVIDER = ServiceLoader.load(ProcessorProvider.class, Arm64Engine.class.getClassLoader())
                .stream().map(ServiceLoader.Provider::get).filter(provider -> provider.architecture().equals(NAME)).findFirst().orElse(
                        null);
    }

    /** An engine for this host. */
    public Arm64Engine() {
        super(FEATURES, Registers.MAP, null);
    }

    /** An engine that uses these features, all of which the processor has. */
    protected Arm64Engine(Set<String> features) {
        super(FEATURES, Registers.MAP, features);
    }

    /** The same, analysing as much as is said. */
    protected Arm64Engine(Set<String> features, Tier tier) {
        super(FEATURES, Registers.MAP, features, tier);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** In an emulator it is never chosen by itself. */
    @Override
    public int rank() {
        return onHost().isEmpty() ? NATIVE_RANK : 0;
    }

    private static Optional<String> onHost() {
        return HostProcessor.unavailable(NAMES, ROUTINES);
    }

    @Override
    protected Optional<String> withoutProcessor() {
        Optional<String> host = onHost();
        if (host.isEmpty()) {
            return host;
        }
        ProcessorProvider emulator = Emulator.PROVIDER;
        if (emulator == null) {
            return Optional.of(host.get() + ", and no emulator is on the class path: add bpf4j-emulation");
        }
        return emulator.unavailable().map(reason -> host.get() + "; and " + emulator.name() + ": " + reason);
    }

    @Override
    protected Processor processor() {
        ProcessorProvider emulator = Emulator.PROVIDER;
        return emulator == null || onHost().isEmpty() ? HostProcessor.get(ROUTINES) : emulator.processor();
    }

    @Override
    protected Compiled translate(Translation translation, Prediction prediction, boolean listed) {
        return Compiler.compile(translation, prediction, listed ? new ListingEncoder() : new Encoder());
    }
}
