// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One test case: programs, what they start from, how the first of them must end. Not to be changed, nor the arrays in it.
 *
 * @param name        unique in its file
 * @param comments    the comment lines above it, without their mark: where the case comes from
 * @param programs    the program to run, and behind it the targets of its tail calls; at least one
 * @param setup       the machine
 * @param start       what the run starts from
 * @param expectation how it must end
 * @param scope       which engines it is for
 * @param goldens     listings by name, as lines: what a tool is expected to print; not a result of running, so it may be blessed
 */
public record BpftCase(String name, List<String> comments, List<Program> programs, Setup setup, Start start, Expectation expectation,
        Scope scope, Map<String, List<String>> goldens) {

    /** Copies the lists and maps. */
    public BpftCase {
        comments = List.copyOf(comments);
        programs = List.copyOf(programs);
        goldens = Map.copyOf(goldens);
        if (programs.isEmpty()) {
            throw new IllegalArgumentException("case " + name + " has no program");
        }
    }

    /** The program that is run. */
    public Program program() {
        return programs.getFirst();
    }

    /**
     * The machine that a case needs.
     *
     * @param policies  the case is run under each of these and must end the same
     * @param limits    budget and its neighbours
     * @param helpers   which helpers the programs find
     * @param arenaHigh the high half of the arena's user addresses, in place
     * @param variables guest addresses of platform variables by name
     */
    public record Setup(List<Policy> policies, Limits limits, Helpers helpers, long arenaHigh, Map<String, Long> variables) {
        /** Strict, with the default limits and Linux's helpers. */
        public static final Setup DEFAULT = new Setup(List.of(Policy.STRICT), Limits.DEFAULT, Helpers.LINUX, 0, Map.of());

        /** Copies the list and the map. */
        public Setup {
            policies = List.copyOf(policies);
            variables = Map.copyOf(variables);
        }
    }

    /** How the memory in r1 is handed over. */
    public enum MemoryKind {
        /** Raw memory: r1 its address (0 if there is none), r2 its length. */
        MEMORY,
        /** A context: r1 its address. */
        CONTEXT
    }

    /**
     * What a run starts from.
     *
     * @param kind      how the memory is handed over
     * @param memory    its bytes
     * @param packet    the packet's bytes, for legacy packet access; empty if there is no packet
     * @param registers registers that do not start as {@code kind} says; 0 to 9
     * @param entries   contents of maps by name of the map
     */
    public record Start(MemoryKind kind, byte[] memory, byte[] packet, SortedMap<Integer, Long> registers,
            Map<String, List<Entry>> entries) {
        /** Nothing: all registers 0. */
        public static final Start NOTHING = new Start(MemoryKind.MEMORY, new byte[0], new byte[0], new TreeMap<>(), Map.of());

        /** Raw memory and registers. */
        public static Start of(byte[] memory, SortedMap<Integer, Long> registers) {
            return new Start(MemoryKind.MEMORY, memory, new byte[0], registers, Map.of());
        }

        /** Copies the map of entries. */
        public Start { entries = Map.copyOf(entries); }
    }

    /** An entry of a map. */
    public sealed interface Entry {
        /** The key's bytes. */
        byte[] key();
    }

    /** An entry with a value of bytes. */
    public record ValueEntry(byte[] key, byte[] value) implements Entry {}

    /** An entry of a program array: the target of a tail call, by the program's name. */
    public record ProgramEntry(byte[] key, String program) implements Entry {}

    /** How a case must end. */
    public sealed interface Expectation {}

    /** The program is rejected before it runs, and the reason has this in it. */
    public record Rejected(String reason) implements Expectation {}

    /**
     * The program runs and ends.
     *
     * @param outcome   how; a fault names its program by the position in {@link BpftCase#programs()}
     * @param registers expected values at the exit, of those that are given; 0 to 9
     * @param memory    the whole memory afterwards; empty if it is not looked at
     * @param packet    the whole packet afterwards; empty if it is not looked at
     * @param entries   whole contents of maps afterwards, by name of the map, in any order
     */
    public record Ends(Outcome outcome, SortedMap<Integer, Long> registers, Optional<byte[]> memory, Optional<byte[]> packet,
            Map<String, List<Entry>> entries) implements Expectation {
        /** An outcome alone. */
        public static Ends with(Outcome outcome) {
            return new Ends(outcome, new TreeMap<>(), Optional.empty(), Optional.empty(), Map.of());
        }

        /** Copies the map of entries. */
        public Ends { entries = Map.copyOf(entries); }
    }

    /**
     * Which engines a case is for.
     *
     * @param only   names of the only engines; empty: all
     * @param except names of engines that the case is not for, each with the reason
     */
    public record Scope(List<String> only, Map<String, String> except) {
        /** All engines. */
        public static final Scope ALL = new Scope(List.of(), Map.of());

        /** Copies the list and the map. */
        public Scope {
            only = List.copyOf(only);
            except = Map.copyOf(except);
        }

        /** Why the case is not for an engine; empty if it is. */
        public Optional<String> excludes(String engine) {
            if (!only.isEmpty() && !only.contains(engine)) {
                return Optional.of("the case is for " + String.join(", ", only) + " only");
            }
            return Optional.ofNullable(except.get(engine));
        }
    }
}
