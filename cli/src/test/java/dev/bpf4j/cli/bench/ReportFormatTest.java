// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.bench.compare.Measurement;
import dev.bpf4j.bench.compare.Report;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The forms of a report, from numbers that are made up. Markdown is tested where it is written. */
class ReportFormatTest {
    private static Report report() {
        Report.Row loop = new Report.Row("loop", "kinds", Kind.COMPUTE, 42, 1000, 1, Map.of("interpreter strict", new Measurement(List.of(
                2000.0, 1000.0, 4000.0)), Report.BASELINE, new Measurement(List.of(100.0))));
        return new Report(Map.of("processor", "a fast one"), Cpu.V3, List.of(new Report.Column("interpreter strict", ""), new Report.Column(
                Report.BASELINE, "clang 19")), List.of(loop), List.of(new Report.Refusal("linux", "loop", "no kernel")));
    }

    @Test
    void text() {
        assertThat(ReportFormat.TEXT.write(report())).isEqualTo("""
                processor: a fast one
                eBPF objects: -mcpu=v3
                clang -O2: clang 19
                largest spread of a figure's rounds: 4.00, median 2.50

                Time as a multiple of that of native code by clang -O2
                  program        interpreter strict  clang -O2
                  loop                         20.0       1.00
                  mean of kinds                20.0       1.00

                Nanoseconds per executed eBPF instruction
                  program        interpreter strict  clang -O2
                  loop                        2.000      0.100
                  mean of kinds               2.000      0.100

                Time of a run, its eBPF instructions, and the program's slots
                  program  slots  executed  interpreter strict  clang -O2
                  loop        42      1000             2.00 µs     100 ns
                """);
    }

    @Test
    void json() {
        assertThat(ReportFormat.JSON.write(report())).isEqualTo("""
                {
                  "host": {
                    "processor": "a fast one"
                  },
                  "cpu": "v3",
                  "contenders": [
                    {
                      "name": "interpreter strict",
                      "description": ""
                    },
                    {
                      "name": "clang -O2",
                      "description": "clang 19"
                    }
                  ],
                  "programs": [
                    {
                      "name": "loop",
                      "family": "kinds",
                      "kind": "compute",
                      "slots": 42,
                      "inputs": 1,
                      "instructions": 1000,
                      "measurements": [
                        {
                          "contender": "interpreter strict",
                          "roundNanos": [
                            2000.0,
                            1000.0,
                            4000.0
                          ],
                          "nanos": 2000.0,
                          "ratio": 20.0,
                          "nanosPerInstruction": 2.0
                        },
                        {
                          "contender": "clang -O2",
                          "roundNanos": [
                            100.0
                          ],
                          "nanos": 100.0,
                          "ratio": 1.0,
                          "nanosPerInstruction": 0.1
                        }
                      ]
                    }
                  ],
                  "refusals": [
                    {
                      "contender": "linux",
                      "program": "loop",
                      "reason": "no kernel"
                    }
                  ]
                }
                """);
    }
}
