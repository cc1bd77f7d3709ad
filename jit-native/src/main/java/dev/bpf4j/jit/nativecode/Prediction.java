// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.Origin;
import dev.bpf4j.analysis.Provenance;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Regions;
import org.jspecify.annotations.Nullable;

/** Which region an access is compared with first. A wrong guess costs time only: the search finds the right one. */
public final class Prediction {
    private final Machine machine;
    private final Translation translation;
    private final boolean predicts;
    /** Made when the first access asks. */
    private @Nullable Provenance provenance;

    private Prediction(Translation translation) {
        this.machine = translation.machine();
        this.translation = translation;
        this.predicts = Tuning.PREDICT && machine.policy() == Policy.STRICT;
    }

    /** Predictions for a program: what the analysis takes each address for. For one thread. */
    static Prediction of(Translation translation) {
        return new Prediction(translation);
    }

    /** Offset in the context of the region that the access at a slot is expected to hit. */
    public int at(int slot) {
        if (!predicts) {
            return NativeContext.CONTEXT;
        }
        if (!translation.analyses()) {
            Insn insn = translation.insn(slot);
            boolean stack = insn.dst() == Translator.STACK_POINTER || insn.src() == Translator.STACK_POINTER;
            return stack ? NativeContext.STACK : NativeContext.CONTEXT;
        }
        if (provenance == null) {
            provenance = Provenance.of(translation.functions());
        }
        return switch (provenance.at(slot)) {
            case Origin.Frame f -> NativeContext.STACK;
            case Origin.Stack s -> NativeContext.STACK;
            case Origin.Context c -> NativeContext.CONTEXT;
            case Origin.Packet p -> NativeContext.PACKET;
            case Origin.Shared(long base) -> shared(base);
            case Origin.Fixed(long base, long address) -> shared(base);
            case Origin.Scalar n -> NativeContext.CONTEXT;
            case Origin.None n -> NativeContext.CONTEXT;
            case Origin.Unknown u -> NativeContext.CONTEXT;
        };
    }

    /** The entry of the region with this base; regions that all lanes share have the same place in all of them. */
    private int shared(long base) {
        Regions regions = machine.lane(0).regions();
        for (int i = Regions.SHARED; i < regions.count(); i++) {
            if (regions.base(i) == base) {
                return NativeContext.table(machine) + (i - Regions.SHARED) * NativeContext.ENTRY;
            }
        }
        return NativeContext.CONTEXT;
    }
}
