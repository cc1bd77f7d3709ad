// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs as x86-64 machine code on Linux. Little-endian programs only (Ruling 13).
 *
 * <p>
 * The CPU features that it uses are those of the processor, or the smaller set that the system property {@code bpf4j.x86_64.features} names:
 * {@code none}, {@code bmi2}, ….
 */
public final class X86Engine implements Engine {
    private final @Nullable Set<String> features;

    /** An engine for this processor. */
    public X86Engine() {
        this.features = null;
    }

    /** An engine that uses these features, all of which the processor has. */
    X86Engine(Set<String> features) {
        this.features = Set.copyOf(features);
    }

    @Override
    public String name() {
        return "x86-64";
    }

    @Override
    public int rank() {
        return 30;
    }

    @Override
    public Optional<String> unavailable() {
        String system = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        if (!system.equals("Linux") || !List.of("amd64", "x86_64").contains(processor)) {
            return Optional.of("needs Linux on x86-64; this is " + system + " on " + processor);
        }
        if (!X86Engine.class.getModule().isNativeAccessEnabled()) {
            return Optional.of("needs native access: start Java with --enable-native-access=ALL-UNNAMED");
        }
        try {
            CodeSpace.get();
            features();
        } catch (IllegalStateException | IllegalArgumentException | ExceptionInInitializerError | NoClassDefFoundError e) {
            return Optional.of("cannot make executable memory: " + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
        return Optional.empty();
    }

    private Set<String> features() {
        return features == null ? Features.selected() : features;
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
        Optional<String> reason = unavailable();
        if (reason.isPresent()) {
            throw new LoadException("engine x86-64 " + reason.get());
        }
        refuseBigEndian(program);
        return new X86Program(this, program, compile(machine, program, new Encoder()));
    }

    /** Machine code is made on every host; only to run it takes the right one. */
    @Override
    public String listing(Machine machine, LinkedProgram program) throws LoadException {
        refuseBigEndian(program);
        return CodeListing.of(compile(machine, program, new ListingEncoder()).code());
    }

    private static void refuseBigEndian(LinkedProgram program) throws LoadException {
        if (program.source().order() == ByteOrder.BIG_ENDIAN) {
            throw new LoadException("engine x86-64 runs little-endian programs only, and this one is big-endian; use the interpreter");
        }
    }

    /** Translates a program without loading it. */
    Compiler.Compiled compile(Machine machine, LinkedProgram program, Encoder asm) {
        return Compiler.compile(new Translation(machine, program, features()), asm, Prediction.of(machine, program));
    }
}
