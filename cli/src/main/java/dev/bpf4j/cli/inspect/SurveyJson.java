// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import dev.bpf4j.cli.inspect.SurveyedObject.SurveyedProgram;
import dev.bpf4j.cli.json.JsonOutput;
import dev.bpf4j.loader.Missing;
import java.io.PrintWriter;

/** A survey as JSON; the fields are described in {@code docs/cli.md}. */
final class SurveyJson {
    private final Survey survey;

    SurveyJson(Survey survey) {
        this.survey = survey;
    }

    void print(PrintWriter out) {
        try (JsonOutput json = new JsonOutput(out)) {
            json.object(() -> {
                json.field("folder", survey.folder().toString());
                json.object("totals", () -> {
                    json.field("objects", survey.objects().size());
                    json.field("loaded", survey.loaded());
                    json.field("otherFiles", survey.others());
                    json.object("programs", () -> sums(json, survey.all()));
                    json.object("network", () -> sums(json, survey.network()));
                    json.object("byType", () -> survey.byType().forEach((type, sums) -> json.object(type, () -> sums(json, sums))));
                });
                json.array("missing", () -> survey.missing().forEach(count -> json.object(() -> {
                    what(json, count.what());
                    json.field("programs", count.programs());
                    json.field("network", count.network());
                    json.field("objects", count.objects());
                })));
                json.array("objects", () -> survey.objects().forEach(object -> object(json, object)));
            });
        }
    }

    private static void sums(JsonOutput json, Survey.Sums sums) {
        json.field("programs", sums.programs());
        json.field("linked", sums.linked());
        json.field("complete", sums.complete());
    }

    private static void what(JsonOutput json, Missing what) {
        json.field("kind", what.kind().toString());
        json.field("name", what.name());
    }

    private static void object(JsonOutput json, SurveyedObject object) {
        json.object(() -> {
            json.field("object", object.path());
            json.field("sha256", object.sha256());
            json.field("loaded", object.loaded());
            json.field("error", object.error());
            json.array("programs", () -> object.programs().forEach(program -> program(json, program)));
        });
    }

    private static void program(JsonOutput json, SurveyedProgram program) {
        json.object(() -> {
            json.field("name", program.name());
            json.field("section", program.section());
            json.field("type", program.type());
            json.field("network", program.network());
            json.field("slots", program.slots());
            json.field("linked", program.linked());
            json.field("error", program.error());
            json.field("complete", program.complete());
            json.array("missing", () -> program.missing().forEach(missing -> json.object(() -> what(json, missing))));
        });
    }
}
