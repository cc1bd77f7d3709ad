// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.bpft.BpftWriter;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.campaign.KernelCampaign;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Comparison;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.compare.Explanation;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.fuzz.generate.OperandClass;
import dev.bpf4j.fuzz.shrink.Shrinker;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.runtime.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a finding of a disagreement: shrunken, with the first diverging instruction, the rules and the code of both sides, and the command that
 * shows it again. Its file is named by the cause, so that a cause is found once.
 */
public final class FindingWriter {
    /** The kind of what does not happen again on a machine of its own. */
    static final String USED_MACHINE = "only on a used machine";
    private static final String ENGINES = "Engines: ";
    private static final String SHRUNKEN = "Shrunken from ";
    private static final Pattern SEED = Pattern.compile("Found by the fuzzer: seed (-?[0-9]{1,18})");
    private static final Pattern SLOTS = Pattern.compile(SHRUNKEN + "([0-9]{1,8}) slots");
    private static final Pattern DIFFERENCE = Pattern.compile("^(.+) and (.+) differ in ([a-z]+): (.*)$", Pattern.MULTILINE);

    private final CampaignFolder folder;
    private final Comparison comparison;
    private final CampaignSpec spec;

    /** Writes findings of a campaign. */
    FindingWriter(CampaignFolder folder, Comparison comparison, CampaignSpec spec) {
        this.folder = folder;
        this.comparison = comparison;
        this.spec = spec;
    }

    /** Writes a finding, unless its cause has been found; {@code differences} may be empty if there is none on fresh machines. */
    Path write(long seed, BpftCase whole, Policy policy, List<Difference> differences) throws IOException {
        if (differences.isEmpty()) {
            Difference unconfirmed = new Difference(Aspect.OUTCOME, USED_MACHINE, spec.ownEngines().getFirst(), spec.ownEngines().getLast(),
                    "on a fresh machine there is no difference: something of an earlier run is left");
            return write(cause(unconfirmed, Optional.empty(), whole), whole, List.of(origin(seed), unconfirmed.toString()));
        }
        Difference difference = differences.getFirst();
        Shrinker shrinker = new Shrinker(comparison, policy, difference);
        BpftCase small = shrinker.shrink(whole);
        Difference last = shrinker.difference(small).orElse(difference);
        Explanation explanation = Explanation.of(comparison, small, policy, last);
        BpftCase explained = explanation.annotate(small, "seed " + seed);
        List<String> lines = new ArrayList<>(explained.comments());
        lines.addAll(CodeOfBothSides.lines(comparison, small, policy, last, explanation.slot()));
        lines.add(SHRUNKEN + whole.program().slots() + " slots.");
        return write(cause(last, insn(small, explanation.slot()), small), explained, lines);
    }

    /** Writes the finding of a program that ended or stopped its process; those that are not shrunken have one cause, the way they ended. */
    Path writeDeath(long seed, BpftCase small, Difference difference, boolean shrunken) throws IOException {
        Difference cause = new Difference(difference.aspect(), difference.detail(), difference.first(), difference.second(), "");
        return write(shrunken ? cause(difference, Optional.empty(), small) : named(cause, ""), small, List.of(origin(seed), difference
                .toString()));
    }

    /** Writes what an engine and the kernel do differently, as {@link KernelCampaign} has found it. */
    static Path writeKernels(CampaignFolder folder, Finding finding) throws IOException {
        BpftCase found = finding.testCase();
        List<String> lines = new ArrayList<>(found.comments());
        lines.add("To see it again: bpf4j fuzz --engine " + CampaignSpec.LINUX + "," + finding.difference().second() + " --seed " + finding
                .seed() + " --programs 1");
        BpftCase commented = new BpftCase(found.name(), lines, found.programs(), found.setup(), found.start(), found.expectation(), found
                .scope(), found.goldens());
        return folder.addFinding(cause(finding.difference(), Optional.empty(), found), BpftWriter.write(commented));
    }

    private static String origin(long seed) {
        return "Found by the fuzzer: seed " + seed + ".";
    }

    private Path write(String name, BpftCase testCase, List<String> comments) throws IOException {
        List<String> lines = new ArrayList<>(comments);
        lines.add(ENGINES + String.join(", ", spec.ownEngines()) + ".");
        lines.add("To see it again: bpf4j fuzz replay " + name);
        BpftCase commented = new BpftCase(testCase.name(), lines, testCase.programs(), testCase.setup(), testCase.start(), testCase
                .expectation(), testCase.scope(), testCase.goldens());
        return folder.addFinding(name, BpftWriter.write(commented));
    }

    /** The engines that a finding was made with; empty for files of other origin. */
    public static List<String> engines(BpftCase testCase) {
        return testCase.comments().stream().filter(line -> line.startsWith(ENGINES)).findFirst().map(line -> List.of(line.substring(ENGINES
                .length(), line.length() - 1).split(", "))).orElse(List.of());
    }

    /**
     * Reads a finding back.
     *
     * @throws IOException if it cannot be read, or is no finding
     */
    public static Finding read(Path file) throws IOException {
        BpftCase testCase = BpftFile.read(file).cases().getFirst();
        String comments = String.join("\n", testCase.comments());
        Matcher difference = DIFFERENCE.matcher(comments);
        if (!difference.find()) {
            throw new IOException(file + " is no finding: none of its comments says what differs");
        }
        return new Finding(number(SEED, comments, -1), "campaign", new Difference(Aspect.valueOf(difference.group(3).toUpperCase(
                Locale.ROOT)), "", difference.group(1), difference.group(2), difference.group(4)), testCase, (int) number(SLOTS, comments,
                        testCase.program().slots()));
    }

    private static long number(Pattern pattern, String text, long otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise;
    }

    private static Optional<Insn> insn(BpftCase testCase, int slot) {
        return slot < 0 ? Optional.empty()
                : Listing.of(testCase.program()).map(listing -> listing.items().get(Math.min(listing.position(
                        slot), listing.size() - 1)).insn());
    }

    /**
     * What makes two findings one, as a file's name: what differs, and the instruction after which it does, with the classes of its operands; where
     * that is not known, the rows that are left.
     */
    private static String cause(Difference difference, Optional<Insn> diverging, BpftCase small) {
        String where = diverging.map(insn -> insn.instruction().name() + (insn.instruction().operand(FieldName.IMM).isFixed() ? ""
                : " " + OperandClass.of(insn.imm())) + (insn.instruction().operand(FieldName.DST).isRegister() && insn.instruction()
                        .operand(
                                FieldName.SRC).isRegister() && insn.dst() == insn.src() ? " alias" : "")).orElseGet(() -> String.join(" ",
                                        Listing.rows(
                                                small.program())));
        return named(difference, where);
    }

    private static String named(Difference difference, String where) {
        String text = difference.second() + " " + difference.aspect() + " " + difference.kind() + " " + where;
        String readable = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
        String shortened = readable.length() <= 90 ? readable
                : readable.substring(0, 80) + "-" + Integer.toHexString(readable.hashCode());
        return shortened + BpftFile.SUFFIX;
    }
}
