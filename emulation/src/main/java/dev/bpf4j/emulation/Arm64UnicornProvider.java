// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import dev.bpf4j.jit.nativecode.Processor;
import dev.bpf4j.jit.nativecode.ProcessorProvider;
import java.util.Optional;

/** The ARM64 processor for hosts that are none: Unicorn, from the jar on most of them. */
public final class Arm64UnicornProvider implements ProcessorProvider {
    /** Found by {@link java.util.ServiceLoader}. */
    public Arm64UnicornProvider() {
        // asks for nothing yet
    }

    @Override
    public String architecture() {
        return Architecture.ARM64.toString();
    }

    @Override
    public String name() {
        return UnicornLibraries.describe(Architecture.ARM64).orElse("Unicorn");
    }

    @Override
    public Optional<String> unavailable() {
        return UnicornLibraries.unavailable(Architecture.ARM64);
    }

    @Override
    public Processor processor() {
        return UnicornProcessor.of(Architecture.ARM64);
    }
}
