// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import dev.bpf4j.jit.nativecode.Processor;
import dev.bpf4j.jit.x86_64.X86Engine;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engine {@code x86-64} in emulation, on any host that has a Unicorn which knows x86-64: the same machine code, for those who have no such
 * processor, and to compare processor and emulator. Never chosen by itself.
 */
public final class X86UnicornEngine extends X86Engine {
    private final @Nullable UnicornProcessor own;

    /** Found by {@link java.util.ServiceLoader}. */
    public X86UnicornEngine() {
        this.own = null;
    }

    /** An engine that uses these CPU features. */
    X86UnicornEngine(Set<String> features) {
        super(features);
        this.own = null;
    }

    /** An engine on a processor of its own, such as one that counts. */
    public X86UnicornEngine(UnicornProcessor processor) {
        this.own = processor;
    }

    @Override
    public String name() {
        return "x86-64-unicorn";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    protected Optional<String> withoutProcessor() {
        return UnicornLibraries.unavailable(Architecture.X86_64);
    }

    @Override
    protected Processor processor() {
        return own == null ? UnicornProcessor.of(Architecture.X86_64) : own;
    }
}
