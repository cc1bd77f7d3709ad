// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rows that a kind of program does not have, each with the reason. */
public final class Exclusions {
    private static final String ARENA = "needs a program with an arena map";
    private static final String HANDLE = "a map's address is a kernel pointer, which cannot be compared";

    private Exclusions() {
    }

    /** Rows that programs for Linux's verifier do not have, by name. */
    public static Map<String, String> kernel() {
        return KERNEL;
    }

    /**
     * Why programs for Linux's verifier do not have a combination of row and operand, as {@link GenerationCoverage#missing} names it; empty if
     * there is no reason.
     */
    public static Optional<String> kernelOperand(String combination) {
        for (Map.Entry<Pattern, String> entry : KERNEL_OPERANDS.entrySet()) {
            if (entry.getKey().matcher(combination).matches()) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    /**
     * Rows that programs of a profile do not have on purpose, by name: those of statements that it never chooses, and those that Linux's verifier
     * refuses if it is for that. They may come nevertheless, as parts of other statements.
     */
    public static Map<String, String> of(Profile profile) {
        if (profile.kernel()) {
            return KERNEL;
        }
        Map<String, String> left = new TreeMap<>();
        for (int index = 0; index < Rows.BPF.count(); index++) {
            Row row = Rows.BPF.row(index);
            List<Statement> sources = statements(row.sort);
            boolean chosen = sources.isEmpty() || sources.stream().anyMatch(statement -> profile.weights().getOrDefault(statement, 0) > 0);
            if (!chosen) {
                left.put(row.instruction.name(), "profile " + profile.name() + " has no statements of the kind " + sources
                        .getFirst().name().toLowerCase(Locale.ROOT));
            } else if (row.sort == Row.Sort.LOAD_MAP && !profile.maps()) {
                left.put(row.instruction.name(), "profile " + profile.name() + " has no maps");
            }
        }
        return left;
    }

    /** The statements that rows of a sort come from; none: from all. */
    static List<Statement> statements(Row.Sort sort) {
        return switch (sort) {
            case COMPUTE -> List.of(Statement.COMPUTE, Statement.PAIR);
            case MEMORY -> List.of(Statement.MEMORY);
            case ATOMIC -> List.of(Statement.ATOMIC);
            case BRANCH -> List.of(Statement.BRANCH, Statement.FAR_JUMP);
            case GOTO -> List.of(Statement.GOTO, Statement.FAR_JUMP);
            case MAY_GOTO -> List.of(Statement.MAY_GOTO);
            case GOTO_INDIRECT -> List.of(Statement.GOTO_INDIRECT);
            case CALL_LOCAL -> List.of(Statement.CALL);
            case CALL_HELPER -> List.of(Statement.HELPER, Statement.TAIL_CALL, Statement.CALLBACK, Statement.MAP_STATE);
            case CALL_KFUNC -> List.of(Statement.KFUNC);
            case CALL_INDIRECT -> List.of(Statement.CALL_INDIRECT);
            case PACKET -> List.of(Statement.PACKET);
            case LOAD_MAP -> List.of(Statement.ADDRESS, Statement.TAIL_CALL, Statement.MAP_STATE);
            case LOAD_FUNCTION -> List.of(Statement.ADDRESS, Statement.CALLBACK);
            case LOAD_VARIABLE -> List.of(Statement.ADDRESS);
            case EXIT, SYSTEM -> List.of();
        };
    }

    private static final Map<Pattern, String> KERNEL_OPERANDS = Map.of(
            Pattern.compile("(?!(st|ldx|atomic|xchg|cmpxchg|load_acq)).* with (dst|src) r10"),
            "r10 is a kernel address, which is no operand but of an access",
            Pattern.compile("(stx|atomic|xchg|cmpxchg|store_rel).* with (src r10|dst = src)"), "would store a kernel address",
            Pattern.compile("(ldx|load_acquire).* with dst = src|.*with (dst|src) r[0-9]"),
            "any register is a pointer as good as any other",
            Pattern.compile("(lsh|rsh|arsh).* with imm .*"), "constant shifts by the width or more are refused",
            Pattern.compile("s?(div|mod).*_imm with imm ZERO"), "constant zero divisors are refused",
            Pattern.compile("(st|ldx|atomic|xchg|cmpxchg|load_acquire|store_release).* with off .*"), "an access is known to be inside");

    private static final Map<String, String> KERNEL = new TreeMap<>(Map.ofEntries(
            Map.entry("cast_kern", ARENA),
            Map.entry("cast_user", ARENA),
            Map.entry("may_goto", "is bounded by time in Linux, by a count here"),
            Map.entry("gotox", "needs Linux 6.19 and a map of instructions"),
            Map.entry("callx", "Linux has no such instruction"),
            Map.entry("call", "helpers are compared through the runtime's own tests"),
            Map.entry("call_kfunc", "there are no kernel functions here"),
            Map.entry("lddw_map_fd", HANDLE),
            Map.entry("lddw_map_index", HANDLE),
            Map.entry("lddw_map_value", "is loaded by index instead, which is the same address"),
            Map.entry("lddw_variable", "is a kernel address, which cannot be compared"),
            Map.entry("lddw_function", "needs BTF of the program's functions"),
            Map.entry("ldabs32", "only in programs over packets"),
            Map.entry("ldabs16", "only in programs over packets"),
            Map.entry("ldabs8", "only in programs over packets"),
            Map.entry("ldind32", "only in programs over packets"),
            Map.entry("ldind16", "only in programs over packets"),
            Map.entry("ldind8", "only in programs over packets")));
}
