// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.Timers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one engine did with all inputs. For one thread. */
final class Tally {
    /** The verdict of a run that ended with a fault. */
    static final String FAULT = "FAULT";
    /** Different results that are told apart; a program without verdicts may return anything. */
    private static final int MOST_RESULTS = 32;
    private static final String OTHERS = "others";
    /** Faults that are told one by one. */
    private static final int MOST_FAULTS = 5;

    private final String engine;
    private final ProgramType type;
    private final Map<Long, String> names = new TreeMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final List<Faulted> faults = new ArrayList<>();
    private long runs;
    private long faulted;
    private long changed;
    private long keptBytes;
    private long rang;
    private long timerFaults;
    private @Nullable Observation last;
    private OptionalDouble nanosPerRun = OptionalDouble.empty();

    /**
     * A run that ended with a fault.
     *
     * @param run    its number, from 1; 0: a timer, after the last run
     * @param fault  the fault
     * @param text   what it means: instruction and source line
     */
    record Faulted(long run, Outcome.Fault fault, FaultPlace text) {}

    Tally(String engine, ProgramType type) {
        this.engine = engine;
        this.type = type;
    }

    /** Counts a run. */
    void add(Guest guest, Input input, Observation seen) {
        runs++;
        last = seen;
        if (!Arrays.equals(input.bytes(), seen.bytes())) {
            changed++;
        }
        switch (seen.outcome()) {
            case Outcome.Returned(long r0) -> {
                counts.merge(name(r0), 1L, Long::sum);
                keptBytes += Math.max(0, Verdict.kept(type, r0, seen.bytes().length));
            }
            case Outcome.Fault fault -> {
                faulted++;
                add(guest, runs, fault);
            }
        }
    }

    private void add(Guest guest, long run, Outcome.Fault fault) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new Faulted(run, fault, FaultPlace.of(guest, fault)));
        }
    }

    /** Counts the timers that ran while time passed after the last run. */
    void waited(Guest guest, List<Timers.Ran> timers) {
        rang += timers.size();
        for (Timers.Ran timer : timers) {
            if (timer.outcome() instanceof Outcome.Fault fault) {
                timerFaults++;
                add(guest, 0, fault);
            }
        }
    }

    private String name(long r0) {
        String name = Verdict.name(type, r0);
        if (counts.containsKey(name)) {
            return name;
        }
        if (names.size() == MOST_RESULTS) {
            return OTHERS;
        }
        names.put(r0, name);
        return name;
    }

    /** Sets the median time of a run. */
    void nanosPerRun(double nanos) {
        nanosPerRun = OptionalDouble.of(nanos);
    }

    String engine() {
        return engine;
    }

    ProgramType type() {
        return type;
    }

    long runs() {
        return runs;
    }

    /** Runs that ended with a fault. */
    long faulted() {
        return faulted;
    }

    /** Runs after which packet, memory or context were not what they had been. */
    long changed() {
        return changed;
    }

    /** Bytes of the packets that went on their way. */
    long keptBytes() {
        return keptBytes;
    }

    /** Timers that ran after the last run. */
    long rang() {
        return rang;
    }

    /** Those of them that ended with a fault. */
    long timerFaults() {
        return timerFaults;
    }

    /** The first faults. */
    List<Faulted> faults() {
        return List.copyOf(faults);
    }

    /** The last run; null if there was none. */
    @Nullable
    Observation last() {
        return last;
    }

    /** Median time of a run, if it was measured. */
    OptionalDouble nanosPerRun() {
        return nanosPerRun;
    }

    /** Number of runs by verdict, in the order of the verdicts' numbers, faults last. */
    Map<String, Long> verdicts() {
        Map<String, Long> ordered = new LinkedHashMap<>();
        names.values().forEach(name -> ordered.put(name, counts.getOrDefault(name, 0L)));
        if (counts.containsKey(OTHERS)) {
            ordered.put(OTHERS, counts.getOrDefault(OTHERS, 0L));
        }
        if (faulted > 0) {
            ordered.put(FAULT, faulted);
        }
        return ordered;
    }
}
