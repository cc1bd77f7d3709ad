// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.runtime.FaultKind;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The runner must be able to fail: each kind of wrong expectation is found. */
class BpftRunnerTest {
    private static final String TEXT = """
            memory: 01 02
            packet: 05
            program:
                *(u8 *)(r1 + 1) = 7
                r2 = 3
                r0 = 5
                exit
            """;

    private static Verdict run(String expectation) {
        BpftCase testCase = BpftFile.parse("t", TEXT + expectation).cases().getFirst();
        List<CaseResult> results = new BpftRunner(List.of(new RfcReference())).run(testCase);
        assertThat(results).hasSize(1);
        return results.getFirst().verdict();
    }

    private static Consumer<Verdict> wrong(String difference) {
        return verdict -> assertThat(verdict).isInstanceOfSatisfying(Verdict.Wrong.class, wrong -> assertThat(wrong.difference()).contains(
                difference));
    }

    @Test
    void rightExpectationPasses() {
        assertThat(run("expect: returned 5\nregisters after: r2=3\nmemory after: 01 07\npacket after: 05\n")).isEqualTo(new Verdict.Pass());
    }

    @Test
    void everyWrongExpectationIsFound() {
        assertThat(run("expect: returned 6")).satisfies(wrong("expected returned 0x6, found returned 0x5"));
        assertThat(run("expect: fault BUDGET pc=0")).satisfies(wrong("BUDGET"));
        assertThat(run("expect: returned 5\nregisters after: r2=4\n")).satisfies(wrong("expected r2 to be 0x4, found 0x3"));
        assertThat(run("expect: returned 5\nmemory after: 01 08\n")).satisfies(wrong("byte 1 of the memory to be 0x8, found 0x7"));
        assertThat(run("expect: returned 5\nmemory after: 01\n")).satisfies(wrong("memory of 1 bytes, found 2"));
        assertThat(run("expect: returned 5\npacket after: 06\n")).satisfies(wrong("byte 0 of the packet"));
        assertThat(run("reject: anything")).satisfies(wrong("is accepted"));
        assertThat(run("code: ff 00*7\nreject: something else\n".replace("code", "case a\ncode"))).satisfies(wrong("rejected with"));
    }

    @Test
    void faultRejectionAndScopeAreToldApart() {
        assertThat(run("expect: returned 5\ncase a\nmemory: 01\n")).isInstanceOfSatisfying(Verdict.Faulted.class, faulted -> assertThat(
                faulted.fault().kind()).isEqualTo(FaultKind.BAD_ACCESS));
        assertThat(run("expect: returned 5\ncase a\ncode: ff 00*7\n")).isInstanceOf(Verdict.Refused.class);
        assertThat(run("expect: returned 5\nonly: interpreter")).isInstanceOf(Verdict.Unsupported.class);
        assertThat(run("expect: returned 6\nexcept rfc: just so")).isEqualTo(new Verdict.Unsupported("just so"));
    }
}
