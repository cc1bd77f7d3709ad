// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.bpft.BpftFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rejection may be the machine's alone for. */
class ReferencesTest {
    @ParameterizedTest
    @CsvSource({"18 11 00 00 07 00 00 00 00 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00,true",
        "18 31 00 00 07 00 00 00 00 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00,true",
        "18 01 00 00 07 00 00 00 00 00 00 00 00 00 00 00 95 00 00 00 00 00 00 00,false",
        // the second half of a constant that looks like a reference
        "18 01 00 00 07 00 00 00 00 00 00 00 18 11 00 00 95 00 00 00 00 00 00 00,false",
        // a message may have the word in it without being about one
        "85 00 00 00 01 00 00 00,false"})
    void mapsAndVariablesThatAreNotThere(String code, boolean expected) {
        assertThat(References.toNothing(BpftFile.parse("case", "code: " + code + "\nexpect: returned 0\n").cases().getFirst()
                .program())).isEqualTo(expected);
    }
}
