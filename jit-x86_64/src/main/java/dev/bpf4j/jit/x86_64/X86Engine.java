// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.jit.nativecode.Compiled;
import dev.bpf4j.jit.nativecode.Features;
import dev.bpf4j.jit.nativecode.HostProcessor;
import dev.bpf4j.jit.nativecode.HostRoutines;
import dev.bpf4j.jit.nativecode.NativeEngine;
import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Processor;
import dev.bpf4j.jit.nativecode.Tier;
import dev.bpf4j.jit.nativecode.Translation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs programs as x86-64 machine code on Linux. Little-endian programs only (Ruling 13).
 *
 * <p>
 * The CPU features that it uses are those of the processor, or the smaller set that the system property {@code bpf4j.x86_64.features} names:
 * {@code none}, or some of {@code bmi2} and {@code fsgsbase}.
 */
public class X86Engine extends NativeEngine {
    /** All features that the machine table knows. */
    static final Features FEATURES = new Features("bpf4j.x86_64.features", Map.of("bmi2", "bmi2", "fsgsbase", "fsgsbase"));
    private static final HostRoutines ROUTINES = new X86Routines();

    /** An engine for this processor. */
    public X86Engine() {
        super(FEATURES, Registers.MAP, null);
    }

    /** An engine that uses these features, all of which the processor has. For subclasses on another processor, and tests. */
    protected X86Engine(Set<String> features) {
        super(FEATURES, Registers.MAP, features);
    }

    /** The same, analysing as much as is said. */
    protected X86Engine(Set<String> features, Tier tier) {
        super(FEATURES, Registers.MAP, features, tier);
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
    protected Optional<String> withoutProcessor() {
        return HostProcessor.unavailable(List.of("amd64", "x86_64"), ROUTINES);
    }

    @Override
    protected Processor processor() {
        return HostProcessor.get(ROUTINES);
    }

    @Override
    protected Compiled translate(Translation translation, Prediction prediction, boolean listed) {
        return Compiler.compile(translation, prediction, listed ? new ListingEncoder() : new Encoder());
    }
}
