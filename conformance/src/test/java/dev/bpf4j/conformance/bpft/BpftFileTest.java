// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bpf4j.isa.Diagnostic;
import dev.bpf4j.isa.SourceException;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BpftFileTest {
    private static final String PROGRAM = "program:\n  exit\n";

    private static BpftCase parse(String text) {
        return BpftFile.parse("some/test.bpft", text).cases().getFirst();
    }

    private static Diagnostic wrong(String text) {
        return catchThrowableOfType(SourceException.class, () -> parse(text)).diagnostic();
    }

    @Test
    void fileWithoutCasesIsOneCaseWithItsName() {
        BpftCase testCase = parse("# from here\n#\n# and there\n" + PROGRAM + "expect: returned 0\n");
        assertThat(testCase.name()).isEqualTo("test");
        assertThat(testCase.comments()).containsExactly("from here", "", "and there");
        assertThat(testCase.setup().policies()).containsExactly(Policy.STRICT);
        assertThat(testCase.expectation()).isEqualTo(BpftCase.Ends.with(new Outcome.Returned(0)));
    }

    @Test
    void caseReplacesKeysOfTheFileAndWhatTheyExclude() {
        String text = PROGRAM
                + "memory: 01\nexpect: returned 0\nbudget: 5\n# a comment\ncase a\nbudget: 6\ncase b\ncode: 95\ncontext: 02\nreject: multiple\n";
        List<BpftCase> cases = BpftFile.parse("t", text).cases();
        assertThat(cases.get(0).setup().limits().budget()).isEqualTo(6);
        assertThat(cases.get(0).comments()).containsExactly("a comment");
        assertThat(cases.get(1).setup().limits().budget()).isEqualTo(5);
        assertThat(cases.get(1).program().code()).hasSize(1);
        assertThat(cases.get(1).start().kind()).isEqualTo(BpftCase.MemoryKind.CONTEXT);
        assertThat(cases.get(1).expectation()).isEqualTo(new BpftCase.Rejected("multiple"));
    }

    @Test
    void numbersBytesAndPlaces() {
        BpftCase testCase = parse(PROGRAM
                + "memory: 00*3 ff\n  0102\nregisters: r1=-1 r2=0xffffffffffffffff\n  r3=context+8 r4=stack-0x10\nexpect: returned 0\n");
        assertThat(testCase.start().memory()).containsExactly(0, 0, 0, 0xff, 1, 2);
        assertThat(testCase.start().registers()).containsExactlyEntriesOf(new TreeMap<>(Map.of(1, -1L, 2, -1L, 3,
                GuestLayout.lane(0) + GuestLayout.CONTEXT + 8, 4, GuestLayout.lane(0) + GuestLayout.STACK_TOP - 16)));
    }

    @Test
    void faultsNameTheirProgram() {
        BpftCase testCase = parse(PROGRAM
                + "program next:\n  exit\nexpect: fault BAD_ACCESS pc=3 address=0x10 size=8 write program=next\n");
        assertThat(testCase.expectation()).isEqualTo(BpftCase.Ends.with(new Outcome.Fault(FaultKind.BAD_ACCESS, 1, 3, 16, 8, true, "")));
    }

    @Test
    void errorInTheAssemblyHasItsPlaceInTheFile() {
        Diagnostic diagnostic = wrong("expect: returned 0\n\nprogram:\n  r0 = 1\n    r0 = what\n");
        assertThat(diagnostic.line()).isEqualTo(5);
        assertThat(diagnostic.column()).isEqualTo(10);
        assertThat(diagnostic.render()).contains("    r0 = what");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense                                  | 1  | 1  | expected 'case NAME'
            colour: red                               | 1  | 1  | unknown key
            budget x: 5                               | 1  | 1  | this key is written 'budget:'
            map: 2                                    | 1  | 1  | this key is written 'map NAME:'
            budget: five                              | 1  | 9  | is no number
            budget: -1                                | 1  | 9  | expected a number from 0
            frames: 2000                              | 1  | 9  | expected a number from 1 to 1024
            policy: lax                               | 1  | 9  | none of strict, sandbox
            memory: 0                                 | 1  | 9  | odd number
            memory: 01 0x                             | 1  | 12 | no byte
            memory: 00*9999999                        | 1  | 12 | expected a number from 0
            registers: r10=5                          | 1  | 13 | expected a number from 0 to 9
            registers: r1=1 r1=2                      | 1  | 17 | stands twice
            registers: 5                              | 1  | 12 | expected REGISTER=NUMBER
            expect: maybe                             | 1  | 1  | expected 'returned NUMBER'
            expect: fault BAD_LUCK pc=1               | 1  | 15 | none of BAD_ACCESS
            expect: fault BUDGET address=1            | 1  | 15 | pc is missing
            expect: fault BUDGET pc=1 program=x       | 1  | 35 | there is no 'program x:'
            expect: returned 0x1ffffffffffffffff      | 1  | 18 | does not fit 64 bits
            entries m: 00=00                          | 1  | 1  | there is no 'map m:'
            arena: 5                                  | 1  | 8  | low half
            order: middle                             | 1  | 8  | expected little or big
            helpers: many                             | 1  | 10 | none of linux
            except rfc:                               | 1  | 1  | needs a reason
            """)
    void mistakeIsNamedWithItsPlace(String line, int number, int column, String message) {
        Diagnostic diagnostic = wrong(line + "\n" + PROGRAM + (line.startsWith("expect") ? "" : "expect: returned 0\n"));
        assertThat(diagnostic.message()).contains(message);
        assertThat(List.of(diagnostic.line(), diagnostic.column())).containsExactly(number, column);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(wrong("").message()).contains("no 'program:'");
        assertThat(wrong(PROGRAM).message()).contains("neither 'expect:' nor 'reject:'");
        assertThat(wrong("expect: returned 0\ncode: 95\nprogram:\n  exit\n").message()).contains("exclude each other");
        assertThat(wrong(PROGRAM + PROGRAM).message()).contains("stands twice");
        assertThat(wrong("  exit\n").message()).contains("indented line");
        assertThat(wrong(PROGRAM + "reject: x\nmemory after: 00\n").message()).contains("leaves nothing behind");
        assertThat(wrong(PROGRAM + "expect: returned 0\ncase a\ncase a\n").message()).contains("stands twice");
    }

    @Test
    void listingIsReplacedAndNothingElse() {
        String text = "# top\n" + PROGRAM
                + "expect: returned 0\ngolden x86_64:\n  old\n\ncase one\n# between\ncase two\ngolden x86_64:\n    mov rax, 1\n      ret\n\n";
        BpftFile file = BpftFile.parse("t", text);
        assertThat(file.cases().get(1).goldens()).containsEntry("x86_64", List.of("mov rax, 1", "  ret"));
        String blessed = GoldenListing.replace(file, "two", "x86_64", List.of("a", "", "  b"));
        assertThat(blessed).isEqualTo("# top\n" + PROGRAM
                + "expect: returned 0\ngolden x86_64:\n  old\n\ncase one\n# between\ncase two\ngolden x86_64:\n  a\n\n    b\n\n");
        String added = GoldenListing.replace(file, "one", "arm64", List.of("ret"));
        assertThat(added).contains("case one\ngolden arm64:\n  ret\n# between\ncase two\n");
        assertThatThrownBy(() -> GoldenListing.replace(file, "three", "arm64", List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever the text, the answer is a file or a diagnostic. */
    @Property(tries = 2000)
    void anyTextIsReadOrRefused(@ForAll long seed) {
        String[] pieces = {"case ", "program:", "expect: ", "returned ", "fault ", "BUDGET ", "pc=", "\n", "\n  ", " ", "r1=", "0x", "*",
            "999999999999", "memory: ", "after", ":", "=", "map a: ", "2 key=4 value=4 max=1", "entries a: ", "code: ", "95 00*7",
            "golden x:", "#", "\t", "\u00e9", "\u0663", "unresolved 1: x", "variable 5: a = 5", "functions: 0"};
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(random.nextBoolean() ? PROGRAM + "expect: returned 0\n" : "");
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        try {
            assertThat(BpftFile.parse("t", text.toString()).cases()).isNotEmpty();
        } catch (SourceException e) {
            assertThat(e.diagnostic().line()).isPositive();
        }
    }

    @Test
    void filesLargerThanAnyCaseAreNotRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("large.bpft");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30);
        }
        assertThatThrownBy(() -> BpftFile.read(file)).isInstanceOf(IOException.class).hasMessageContaining("the most for a file of cases");
    }
}
