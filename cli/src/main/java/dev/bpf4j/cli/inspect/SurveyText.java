// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.TextTable;
import dev.bpf4j.cli.inspect.SurveyedObject.SurveyedProgram;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A survey as tables for people. */
final class SurveyText {
    private static final String INDENT = "  ";
    /** Most things listed as missing; JSON has all. */
    private static final int MOST_MISSING = 40;

    private final Survey survey;

    SurveyText(Survey survey) {
        this.survey = survey;
    }

    void print(PrintWriter out) {
        objects(out);
        refusals(out);
        missing(out);
        totals(out);
    }

    private void objects(PrintWriter out) {
        TextTable table = new TextTable("OBJECT", "LOADED", " PROGRAMS", " LINKED", " COMPLETE", "MISSING");
        for (SurveyedObject object : survey.objects()) {
            List<SurveyedProgram> programs = object.programs();
            Set<String> missing = new LinkedHashSet<>();
            programs.forEach(program -> program.missing().forEach(what -> missing.add(switch (what.kind()) {
                case HELPER -> what.name();
                case MAP_TYPE, KFUNC -> what.kind() + " " + what.name();
                case UNRESOLVED -> "unresolved instructions";
            })));
            table.row(object.path(), object.loaded() ? "yes" : "no", programs.size(), programs.stream().filter(SurveyedProgram::linked)
                    .count(), programs.stream().filter(SurveyedProgram::complete).count(), String.join(", ", missing));
        }
        table.print(out, "");
        out.println();
    }

    private void refusals(PrintWriter out) {
        List<SurveyedObject> refused = survey.objects().stream().filter(object -> !object.loaded()).toList();
        if (!refused.isEmpty()) {
            out.println("Objects that do not load: " + refused.size());
            refused.forEach(object -> out.println(Printable.line(INDENT + object.error())));
            out.println();
        }
        Set<String> reasons = new LinkedHashSet<>();
        survey.objects().forEach(object -> object.programs().stream().filter(program -> program.error() != null).forEach(
                program -> reasons.add(object.path() + ": " + program.name() + ": " + program.error())));
        if (!reasons.isEmpty()) {
            out.println("Programs that do not link: " + reasons.size());
            reasons.forEach(reason -> out.println(Printable.line(INDENT + reason)));
            out.println();
        }
    }

    private void missing(PrintWriter out) {
        List<Survey.Count> counts = survey.missing();
        if (counts.isEmpty()) {
            return;
        }
        out.println("Missing" + (counts.size() > MOST_MISSING ? ", the first " + MOST_MISSING + " of " + counts.size() : ""));
        TextTable table = new TextTable(" PROGRAMS", " NETWORK", " OBJECTS", "WHAT", "");
        counts.stream().limit(MOST_MISSING).forEach(count -> table.row(count.programs(), count.network(), count.objects(), count.what()
                .kind(), count.what().name()));
        table.print(out, INDENT);
        out.println();
    }

    private void totals(PrintWriter out) {
        TextTable types = new TextTable("TYPE", " PROGRAMS", " LINKED", " COMPLETE");
        survey.byType().forEach((type, sums) -> types.row(type, sums.programs(), sums.linked(), sums.complete()));
        row(types, "network types", survey.network());
        row(types, "all", survey.all());
        types.print(out, "");
        out.println();
        out.println("Objects: " + survey.loaded() + " of " + survey.objects().size() + " load" + (survey.others() == 0 ? ""
                : "; " + Printable.number(survey.others(), "file is no eBPF object", "files are no eBPF objects")));
    }

    private static void row(TextTable table, String name, Survey.Sums sums) {
        table.row(name, sums.programs(), sums.linked(), sums.complete());
    }
}
