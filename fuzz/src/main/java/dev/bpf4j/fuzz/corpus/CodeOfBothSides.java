// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftRunner;
import dev.bpf4j.fuzz.compare.Comparison;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.util.ArrayList;
import java.util.List;

/** What the engines of a difference have made of an instruction: the rules, and the code. */
final class CodeOfBothSides {
    private static final int MOST_LINES = 32;
    private static final String RULE_MARK = "; ";

    private CodeOfBothSides() {
    }

    /** Lines for each of both engines; of engines without code, that they have none. */
    static List<String> lines(Comparison comparison, BpftCase testCase, Policy policy, Difference difference, int slot) {
        List<String> lines = new ArrayList<>();
        for (Engine engine : comparison.engines()) {
            if (difference.first().startsWith(engine.name()) || difference.second().startsWith(engine.name())) {
                lines.addAll(lines(engine, testCase, policy, slot));
            }
        }
        return lines.stream().distinct().toList();
    }

    private static List<String> lines(Engine engine, BpftCase testCase, Policy policy, int slot) {
        List<String> part;
        try {
            part = at(BpftRunner.listing(testCase, engine, policy).lines().toList(), slot);
        } catch (LoadException e) {
            return List.of("Code of " + engine.name() + ": " + e.getMessage());
        }
        List<String> rules = part.stream().map(String::strip).filter(line -> line.startsWith(RULE_MARK)).map(line -> line.substring(
                RULE_MARK
                        .length())).distinct().toList();
        List<String> lines = new ArrayList<>();
        if (!rules.isEmpty()) {
            lines.add("Rules of " + engine.name() + ": " + String.join(", ", rules));
        }
        lines.add("Code of " + engine.name() + ":");
        part.stream().limit(MOST_LINES).map(line -> "  " + line.stripTrailing()).forEach(lines::add);
        return lines;
    }

    /** The part of a listing between an instruction's line and the next one's; the whole if the instruction has no line. */
    private static List<String> at(List<String> listing, int slot) {
        List<String> part = new ArrayList<>();
        boolean inside = false;
        for (String line : listing) {
            boolean heading = !line.isEmpty() && !Character.isWhitespace(line.charAt(0));
            if (heading) {
                inside = line.startsWith(slot + ":");
            }
            if (inside) {
                part.add(line);
            }
        }
        return part.isEmpty() ? listing : part;
    }
}
