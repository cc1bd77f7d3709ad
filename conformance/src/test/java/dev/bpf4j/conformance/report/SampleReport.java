// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.candidate.Result;
import dev.bpf4j.conformance.candidate.Result.Kind;
import dev.bpf4j.conformance.data.DataFile;
import dev.bpf4j.conformance.report.Report.Asked;
import dev.bpf4j.conformance.suite.Suites;
import dev.bpf4j.conformance.suite.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small report with every kind of result in it, the same everywhere: what reports are tested with. */
public final class SampleReport {
    private SampleReport() {
    }

    /** @param folder an empty folder for the cases' files */
    public static Report make(Path folder) throws IOException {
        Path suite = Files.createDirectories(folder.resolve("sample"));
        write(suite, "a_pass", "mov %r0, 7\nexit\n-- result\n7\n");
        write(suite, "b_wrong", "smod %r0, %r2\nexit\n-- mem\n01 02\n-- result\n0\n");
        write(suite, "c_fault", "ldxdw %r0, [%r1]\nexit\n-- result\n1\n");
        write(suite, "d_rejected", "lock add [%r1], %r2\nexit\n-- result\n1\n");
        write(suite, "e_refused", "lsh %r0, 63\nexit\n-- result\n1\n");
        write(suite, "f_timeout", "ja -1\nexit\n-- result\n1\n");
        write(suite, "g_crash", "mul %r0, 3\nexit\n-- result\n1\n");
        write(suite, "h_known", "call %r2\nexit\n-- result\n2\n");
        write(suite, "i_unexpected", "lock fetch add32 [%r1], %r2\nexit\n-- result\n0\n");
        List<TestCase> cases = new ArrayList<>(Suites.data(suite));
        Suites.vectors(10).stream().filter(testCase -> testCase.id().endsWith("/be16") || testCase.id().endsWith("/ld_abs8")).forEach(
                cases::add);
        KnownFailures known = KnownFailures.parse("known.txt", """
                # what is known
                other rejected sample/h_known has no callx & <never> will
                other any      sample/i_.*    was broken once
                """);
        List<Finding> good = cases.stream().map(testCase -> new Finding(Result.PASS, "")).toList();
        List<Result> results = List.of(Result.PASS, Result.wrong("r0 = ", "0x0", "0xffffffffffffffff"), Result.of(Kind.FAULT,
                "BAD_ACCESS at pc 0 reading 8 bytes address 0x0"), Result.of(Kind.REJECTED,
                        "exit code 1: \"unknown\" opcode <0xdb> & more | \u0007\nsecond line"),
                Result.of(Kind.REFUSED, "invalid shift 63"), Result.of(Kind.TIMEOUT, "no answer within 10000 ms"), Result.of(Kind.CRASH,
                        "signal 11 (SIGSEGV)"), Result.of(Kind.REJECTED, "unknown opcode 8d"), Result.PASS);
        List<Finding> bad = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Result result = i < results.size() ? results.get(i)
                    : i % 2 == 0 ? Result.notAsked("no packet can be given")
                            : Result.unsupported(
                                    "no such instruction here");
            bad.add(new Finding(result, known.reason("other", cases.get(i), result.kind())));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("bpf4j", "1.2.3, commit 0123456789ab");
        fields.put("cpu", "Processor <fast> & \"large\"");
        return new Report(new Header(fields), List.of(new Asked("good", "engine good", "--engine good"), new Asked("other",
                "plugin ./other --jit",
                "--plugin './other --jit'")), cases, List.of(good, bad));
    }

    private static void write(Path suite, String name, String rest) throws IOException {
        Files.writeString(suite.resolve(name + DataFile.SUFFIX), "-- asm\n" + rest);
    }
}
