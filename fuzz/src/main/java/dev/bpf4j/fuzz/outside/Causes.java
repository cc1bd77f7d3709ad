// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.outside;

import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Difference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which findings are one. A bug of a compiler is wrong code for an operation, and shows in its forms, in registers or in memory, alone or behind
 * instructions that only make it visible. So a cause is how programs end together with the <em>families</em> of the instructions that are left:
 * operations without width and form; and a finding whose families include all those of a known cause is that one once more.
 */
final class Causes {
    /** Instructions that set something up or carry it on, if there are others. */
    private static final Pattern GLUE = Pattern.compile("(mov(32|64)_reg|stx?(8|16|32|64)|ldx(8|16|32|64))");
    /** Instructions that are in every program. */
    private static final Pattern SETUP = Pattern.compile("(lddw.*|mov(32|64)_imm|exit|ja|ja32)");
    private static final Pattern FETCHING = Pattern.compile("atomic_fetch_.*|xchg.*");
    private static final Pattern JUMP = Pattern.compile("j[a-z]+(32|64)_(imm|reg)");

    private final Map<Set<String>, Integer> times = new HashMap<>();
    private final Map<Set<String>, Finding> findings = new LinkedHashMap<>();

    /**
     * Adds a disagreement; a finding with a new cause stands for those found before that have more families.
     *
     * @param rows of the shrunken program
     * @return how often its cause was seen, this time included
     */
    int add(Finding finding, List<String> rows) {
        Set<String> families = new TreeSet<>(families(rows));
        families.add(end(finding.difference()));
        Set<String> cause = findings.keySet().stream().filter(families::containsAll).findFirst().orElse(families);
        if (!findings.containsKey(cause)) {
            findings.keySet().removeIf(other -> other.containsAll(cause));
            findings.put(cause, finding);
        }
        return times.merge(cause, 1, Integer::sum);
    }

    /** One finding of each cause. */
    List<Finding> findings() {
        return List.copyOf(findings.values());
    }

    /** Wrong values are alike, wherever they show; other ends are told apart. */
    private static String end(Difference difference) {
        return difference.aspect() != Aspect.OUTCOME || difference.kind().equals("returned/returned") ? "wrong value" : difference.kind();
    }

    /** The rows that a finding is about: those that do not just set something up, and of them, if there are others, those that do not carry values. */
    static List<String> culprits(List<String> rows) {
        List<String> left = rows.stream().filter(row -> !SETUP.matcher(row).matches()).distinct().toList();
        List<String> culprits = left.stream().filter(row -> !GLUE.matcher(row).matches()).toList();
        return culprits.isEmpty() ? left : culprits;
    }

    private static Set<String> families(List<String> rows) {
        return culprits(rows).stream().map(Causes::family).collect(Collectors.toCollection(TreeSet::new));
    }

    /** An instruction's operation without width and form. */
    private static String family(String row) {
        if (FETCHING.matcher(row).matches()) {
            return "fetching atomic";
        }
        if (JUMP.matcher(row).matches()) {
            return "jump on a comparison";
        }
        String operation = row.replaceFirst("_(imm|reg)$", "").replaceAll("_?[0-9]+", "");
        return switch (operation) {
            case "sdiv", "smod" -> "signed division";
            case "div", "mod" -> "division";
            case "lsh", "rsh", "arsh" -> "shift";
            default -> operation;
        };
    }
}
