// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report of numbers that are easy to check by hand. */
final class FakeReport {
    private FakeReport() {
    }

    static Report make() {
        Map<String, String> host = new LinkedHashMap<>();
        host.put("processor", "a fast one");
        host.put("load averages", "0.5, 0.6");
        List<Report.Column> columns = List.of(new Report.Column("interpreter strict", ""), new Report.Column("linux", "Linux 6"),
                new Report.Column(Report.BASELINE, "clang 19"));
        List<Report.Row> rows = List.of(row("add", "kinds", Kind.INVOCATION, 1, 20, 1, 2), row("loop", "kinds", Kind.COMPUTE, 1, 2000, 100,
                100),
                row("prime", "kinds", Kind.COMPUTE, 1, 8000, 400, 100), row("sha1", "large", Kind.COMPUTE, 1, 3_000_000, -1, 1000),
                row("frames", "machine", Kind.PACKET, 10, 5000, 1000, 500));
        return new Report(host, Cpu.V3, columns, rows, List.of(new Report.Refusal("linux", "sha1", "too | large")));
    }

    private static Report.Row row(String name, String family, Kind kind, int inputs, double interpreter, double linux, double clang) {
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        measurements.put("interpreter strict", new Measurement(List.of(interpreter * 2, interpreter, interpreter / 2)));
        if (linux >= 0) {
            measurements.put("linux", new Measurement(List.of(linux)));
        }
        measurements.put(Report.BASELINE, new Measurement(List.of(clang)));
        return new Report.Row(name, family, kind, 42, 1000, inputs, measurements);
    }
}
