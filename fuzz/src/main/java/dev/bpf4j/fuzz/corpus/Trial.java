// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.campaign.TestBed;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Incomparable;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs programs in several engines on machines that are used again, and says whether all of them leave the same. Not thread-safe. */
final class Trial implements AutoCloseable {
    /** How a program ended that the machine does not take. */
    static final String REJECTED = "rejected";

    private final List<Engine> engines;
    private final Map<TestInput.Variant, TestBed> beds = new HashMap<>();
    private @Nullable LinkedProgram linked;

    /**
     * What came of a program.
     *
     * @param same    whether the engines did the same
     * @param ended   how the first one's run ended, or {@link #REJECTED}
     * @param feature the same with the row that it ended at
     */
    record Verdict(boolean same, String ended, String feature) {}

    Trial(List<Engine> engines) {
        this.engines = List.copyOf(engines);
    }

    /** The machine of a variant; made when first needed. */
    TestBed bed(TestInput.Variant variant) {
        return beds.computeIfAbsent(variant, one -> new TestBed(one.profile(), one.policy(), one.order()));
    }

    /** The last program as it was linked; null if it was rejected. */
    @Nullable
    LinkedProgram linked() {
        return linked;
    }

    /** Runs a program in every engine. */
    Verdict run(TestInput.Variant variant, GeneratedProgram program, boolean unobservedToo) {
        TestBed bed = bed(variant);
        linked = null;
        LinkedProgram now;
        try {
            now = bed.link(program);
        } catch (LoadException e) {
            // the reference has checks of its own, which must come to the same; what programs name beside themselves is the machine's alone
            Program rejected = bed.toCase("", program).program();
            boolean same = References.toNothing(rejected) || RfcReference.reject(rejected).isPresent();
            return new Verdict(same, REJECTED, REJECTED);
        }
        linked = now;
        State expected = null;
        State found = new State(bed.stateSize());
        for (Engine engine : engines) {
            LoadedProgram loaded;
            try {
                loaded = engine.load(bed.machine(), now);
            } catch (LoadException e) {
                if (Incomparable.between(engines.getFirst().name(), engine.name()).contains(Aspect.ACCEPTANCE)) {
                    continue;
                }
                return new Verdict(false, REJECTED, REJECTED);
            }
            try (loaded) {
                run(bed, program, loaded, true, found);
                boolean same = expected == null || found.equals(expected, true);
                if (expected == null) {
                    expected = found;
                    found = new State(bed.stateSize());
                }
                if (same && unobservedToo) {
                    run(bed, program, loaded, false, found);
                    same = found.equals(expected, false);
                }
                if (!same) {
                    return verdict(false, expected.outcome, program);
                }
            }
        }
        return expected == null ? new Verdict(true, REJECTED, REJECTED) : verdict(true, expected.outcome, program);
    }

    private static Verdict verdict(boolean same, @Nullable Outcome outcome, GeneratedProgram program) {
        if (outcome == null) {
            return new Verdict(same, REJECTED, REJECTED);
        }
        String ended = switch (outcome) {
            case Outcome.Returned returned -> "returned";
            case Outcome.Fault fault -> fault.kind().name();
        };
        return new Verdict(same, ended, Features.end(outcome, program));
    }

    private static void run(TestBed bed, GeneratedProgram program, LoadedProgram loaded, boolean observed, State into) {
        bed.prepare(program);
        into.outcome = observed ? loaded.observe(bed.lane()) : loaded.run(bed.lane());
        System.arraycopy(bed.lane().exitRegisters(), 0, into.registers, 0, into.registers.length);
        bed.state(into.bytes);
    }

    /** What a run left. */
    private static final class State {
        private @Nullable Outcome outcome;
        private final long[] registers = new long[10];
        private final byte[] bytes;

        State(int size) {
            bytes = new byte[size];
        }

        boolean equals(State other, boolean withRegisters) {
            return outcome != null && other.outcome != null && outcome.sameAs(other.outcome) && (!withRegisters || Arrays.equals(registers,
                    other.registers)) && Arrays.equals(bytes, other.bytes);
        }
    }

    @Override
    public void close() {
        beds.values().forEach(TestBed::close);
        beds.clear();
    }
}
