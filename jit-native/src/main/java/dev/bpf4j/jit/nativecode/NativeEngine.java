// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs programs as machine code. Little-endian programs only (Ruling 13). What is about an architecture is in its subclass. */
public abstract class NativeEngine implements Engine {
    private final Features features;
    private final RegisterMap registers;
    private final @Nullable Set<String> chosen;
    private final @Nullable Tier tier;

    /**
     * An engine that analyses as much as the property says.
     *
     * @param features  the CPU features that the backend knows
     * @param registers where eBPF registers live
     * @param chosen    the features to use, all of which the processor has; null for what the processor and the property say
     */
    protected NativeEngine(Features features, RegisterMap registers, @Nullable Set<String> chosen) {
        this(features, registers, chosen, null);
    }

    /**
     * An engine.
     *
     * @param features  the CPU features that the backend knows
     * @param registers where eBPF registers live
     * @param chosen    the features to use, all of which the processor has; null for what the processor and the property say
     * @param tier      how much it analyses; null for what the property says
     */
    protected NativeEngine(Features features, RegisterMap registers, @Nullable Set<String> chosen, @Nullable Tier tier) {
        this.features = features;
        this.registers = registers;
        this.chosen = chosen == null ? null : Set.copyOf(chosen);
        this.tier = tier;
    }

    /** Why no processor can run this engine's code here, with what would mend it; empty if one can. */
    protected abstract Optional<String> withoutProcessor();

    /** What runs the code. Asked only if there is one. */
    protected abstract Processor processor();

    /** Translates a program without loading it; {@code listed}: the text of all instructions is kept. */
    protected abstract Compiled translate(Translation translation, Prediction prediction, boolean listed);

    @Override
    public Optional<String> unavailable() {
        Optional<String> reason = withoutProcessor();
        if (reason.isPresent()) {
            return reason;
        }
        try {
            features();
            tier();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> limitation() {
        return processor().withoutNet().map(reason -> "a hardware fault in machine code would end the JVM: " + reason);
    }

    /** The CPU features that the machine table knows. */
    public final Features knownFeatures() {
        return features;
    }

    /** Where there is no processor there may still be a listing, which then uses everything. */
    private Set<String> features() {
        if (chosen != null) {
            return chosen;
        }
        return features.selected(withoutProcessor().isPresent() ? features.words().keySet() : features.of(processor()));
    }

    private Tier tier() {
        return tier == null ? Tier.selected() : tier;
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
        Optional<String> reason = unavailable();
        if (reason.isPresent()) {
            throw new LoadException("engine " + name() + " " + reason.get());
        }
        return new NativeProgram(this, processor(), program, compile(machine, program, false));
    }

    /** Machine code is made on every host; only to run it takes the right one. */
    @Override
    public String listing(Machine machine, LinkedProgram program) throws LoadException {
        return CodeListing.of(compile(machine, program, true).code());
    }

    /**
     * Translates a program without loading it.
     *
     * @throws LoadException if it is big-endian
     */
    public final Compiled compile(Machine machine, LinkedProgram program, boolean listed) throws LoadException {
        if (program.source().order() == ByteOrder.BIG_ENDIAN) {
            throw new LoadException("engine " + name()
                    + " runs little-endian programs only, and this one is big-endian; use the interpreter");
        }
        Translation translation = new Translation(machine, program, features(), registers, tier());
        return translate(translation, Prediction.of(translation), listed);
    }
}
