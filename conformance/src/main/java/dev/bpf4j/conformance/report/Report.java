// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.report.Finding.Judgement;
import dev.bpf4j.conformance.suite.Group;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.isa.Instruction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run found: cases × candidates. Immutable.
 *
 * @param header     on what it was made
 * @param candidates who was asked
 * @param cases      what was asked, in order
 * @param findings   for each candidate, for each case
 */
public record Report(Header header, List<Asked> candidates, List<TestCase> cases, List<List<Finding>> findings) {

    /** Copies the lists. */
    public Report {
        candidates = List.copyOf(candidates);
        cases = List.copyOf(cases);
        findings = findings.stream().map(List::copyOf).toList();
    }

    /**
     * A candidate.
     *
     * @param name        unique in a report
     * @param description what it is
     * @param option      how {@code bpf4j conformance} is told to ask it
     */
    public record Asked(String name, String description, String option) {}

    /**
     * Counts of judgements.
     *
     * @param programs of the passes, those of cases that ask for more than to reject something
     */
    public record Count(int pass, int programs, int notAsked, int unsupported, int known, int failed, int unexpected) {
        /** Nothing. */
        public static final Count NONE = new Count(0, 0, 0, 0, 0, 0, 0);

        static Count of(TestCase testCase, Judgement judgement) {
            int runs = testCase.body() instanceof TestCase.Malformed ? 0 : 1;
            return switch (judgement) {
                case PASS -> new Count(1, runs, 0, 0, 0, 0, 0);
                case NOT_ASKED -> new Count(0, 0, 1, 0, 0, 0, 0);
                case UNSUPPORTED -> new Count(0, 0, 0, 1, 0, 0, 0);
                case KNOWN -> new Count(0, 0, 0, 0, 1, 0, 0);
                case FAILED -> new Count(0, 0, 0, 0, 0, 1, 0);
                case UNEXPECTED_PASS -> new Count(0, runs, 0, 0, 0, 0, 1);
            };
        }

        Count plus(Count other) {
            return new Count(pass + other.pass, programs + other.programs, notAsked + other.notAsked, unsupported + other.unsupported, known
                    + other.known, failed + other.failed, unexpected + other.unexpected);
        }

        /** Cases that were run. */
        public int ran() {
            return pass + known + failed + unexpected;
        }

        /** Cases that were run and passed, expected or not. */
        public int passed() {
            return pass + unexpected;
        }

        /** Whether every case passed, but for those that are not for the candidate, and one of them ran a program. */
        public boolean allPass() {
            return programs > 0 && passed() == ran() && unsupported == 0;
        }

        /** Whether nothing can be said: nothing failed, and no program was run. */
        public boolean unknown() {
            return programs == 0 && passed() == ran() && unsupported == 0;
        }
    }

    /** What candidate number {@code candidate} did in case number {@code testCase}. */
    public Finding finding(int candidate, int testCase) {
        return findings.get(candidate).get(testCase);
    }

    private Count count(int candidate, int testCase) {
        return Count.of(cases.get(testCase), finding(candidate, testCase).judgement());
    }

    /** Counts of a candidate by group, of those groups that have cases. */
    public Map<Group, Count> groups(int candidate) {
        Map<Group, Count> counts = new EnumMap<>(Group.class);
        for (int i = 0; i < cases.size(); i++) {
            counts.merge(cases.get(i).group(), count(candidate, i), Count::plus);
        }
        return counts;
    }

    /** Counts of a candidate over all cases. */
    public Count total(int candidate) {
        Count count = Count.NONE;
        for (int i = 0; i < cases.size(); i++) {
            count = count.plus(count(candidate, i));
        }
        return count;
    }

    /** Counts of a candidate over the cases that have an instruction. */
    public Count row(int candidate, Instruction row) {
        Count count = Count.NONE;
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).rows().contains(row)) {
                count = count.plus(count(candidate, i));
            }
        }
        return count;
    }

    /** Numbers of the cases that make the run fail on a candidate, or fail in a known way. */
    public List<Integer> failures(int candidate) {
        List<Integer> failures = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Judgement judgement = finding(candidate, i).judgement();
            if (judgement == Judgement.FAILED || judgement == Judgement.KNOWN || judgement == Judgement.UNEXPECTED_PASS) {
                failures.add(i);
            }
        }
        return failures;
    }

    /** Why cases were not run on a candidate, in the order of the first such case, and how many for each reason. */
    public Map<String, Integer> notRun(int candidate) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (Finding finding : findings.get(candidate)) {
            if (!finding.result().kind().ran()) {
                reasons.merge(finding.result().message().lines().findFirst().orElse("no reason given"), 1, Integer::sum);
            }
        }
        return reasons;
    }

    /** The command that runs a case again on a candidate. */
    public String command(int candidate, int testCase) {
        TestCase chosen = cases.get(testCase);
        String suite = chosen.body() instanceof TestCase.Data ? " --suite DIR/" + chosen.suite() : "";
        return "bpf4j conformance " + candidates.get(candidate).option() + suite + " --filter '^" + chosen.id() + "$'";
    }

    /** Whether every case that ran is as expected on every candidate, and one ran. */
    public boolean good() {
        boolean ran = false;
        for (List<Finding> of : findings) {
            for (Finding finding : of) {
                ran |= finding.result().kind().ran();
                if (finding.bad()) {
                    return false;
                }
            }
        }
        return ran;
    }

    /** The whole in a line. */
    public String summary() {
        Count all = Count.NONE;
        for (int i = 0; i < candidates.size(); i++) {
            all = all.plus(total(i));
        }
        StringBuilder text = new StringBuilder(good() ? "PASS" : "FAIL").append(": ").append(all.passed()).append(" of ").append(all.ran())
                .append(
                        " results pass");
        part(text, all.failed(), "failed");
        part(text, all.known(), "known failures");
        part(text, all.unexpected(), "unexpected passes");
        part(text, all.unsupported(), "unsupported");
        part(text, all.notAsked(), "not asked");
        return text.append("; ").append(cases.size()).append(cases.size() == 1 ? " case, " : " cases, ").append(candidates.size()).append(
                candidates.size() == 1 ? " candidate" : " candidates").toString();
    }

    private static void part(StringBuilder text, int count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(what);
        }
    }
}
