// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.fuzz;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.json.JsonOutput;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.mutant.Hunt;
import dev.bpf4j.fuzz.mutant.Mutant;
import dev.bpf4j.fuzz.mutant.Mutants;
import dev.bpf4j.isa.Isa;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code fuzz mutants}: wrong instruction tables, each of which a campaign must notice. */
final class MutantsReport {
    /** Programs that a mutant is given, unless said otherwise. */
    static final long MOST = 100_000;

    private MutantsReport() {
    }

    /** Hunts one mutant of so many; the exit code says whether every one that is not a listed equivalent was killed. */
    static ExitCode run(Console console, int every, long most, OutputFormat format) {
        List<Mutant> all = Mutants.of(Isa.system());
        List<Mutant> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i += every) {
            chosen.add(all.get(i));
        }
        long start = System.nanoTime();
        Hunt hunt = Hunt.of(chosen, new RfcReference(), most);
        double seconds = (System.nanoTime() - start) / 1e9;
        switch (format) {
            case TEXT -> {
                console.out().print(hunt.markdown());
                console.out().println(String.format(Locale.ROOT, "%n%d of %d mutants killed in %.1f s, %d equivalent, %d survived", hunt
                        .kills().size(), chosen.size(), seconds, hunt.equivalent().size(), hunt.survivors().size()));
            }
            case JSON -> json(console, hunt, chosen.size(), seconds);
        }
        return hunt.survivors().isEmpty() ? ExitCode.OK : ExitCode.DISAGREEMENT;
    }

    private static void json(Console console, Hunt hunt, int count, double seconds) {
        try (JsonOutput json = new JsonOutput(console.out())) {
            json.object(() -> {
                json.field("mutants", count);
                json.field("seconds", seconds);
                json.field("most", hunt.most());
                json.object("killed", () -> hunt.kills().forEach((mutant, programs) -> json.field(mutant.name(), programs.longValue())));
                json.object("equivalent", () -> hunt.equivalent().forEach((mutant, reason) -> json.field(mutant.name(), reason)));
                json.array("survived", () -> hunt.survivors().forEach(mutant -> json.value(mutant.name())));
            });
        }
    }
}
