// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.campaign.TestBed;
import dev.bpf4j.fuzz.compare.Comparison;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramGenerator;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.interpreter.InterpreterEngine;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.SourceException;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.ObjectReport;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/**
 * Targets for Jazzer, which looks for inputs that reach new code; {@code docs/fuzzing.md} says how to run them. Captures have a target beside their
 * reader. Tagged {@code long}, because Jazzer instruments every class that is loaded after it: not for a process with other tests in it.
 */
@Tag("long")
class CoverageGuidedFuzzTest {
    private static final Decoder DECODER = new Decoder(Isa.bpf());
    private static final Comparison ENGINES = new Comparison(List.of(new RfcReference(), new EvaluatorEngine(), new InterpreterEngine()));

    /** Whatever the bytes, they load or are rejected. */
    @FuzzTest(maxDuration = "2m")
    void loader(byte[] bytes) {
        try {
            assertThat(ObjectReport.of(BpfObject.parse(bytes, "input"))).isNotEmpty();
        } catch (LoadException e) {
            assertThat(e).hasMessageStartingWith("input");
        }
    }

    /** What is decoded encodes to the same bytes; what is not has a reason. */
    @FuzzTest(maxDuration = "2m")
    void decoder(byte[] bytes) {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (int slot = 0; slot < bytes.length / 8; slot++) {
                switch (DECODER.decode(bytes, slot, order)) {
                    case Decoder.Decoded(Insn insn) -> assertThat(Encoding.encode(insn, order)).isEqualTo(Arrays.copyOfRange(bytes, 8
                            * slot, 8 * (slot + insn.slots())));
                    case Decoder.Rejected(String reason) -> assertThat(reason).isNotBlank();
                }
            }
        }
    }

    /** Whatever the text, it is a table or gives an error with a place in it. */
    @FuzzTest(maxDuration = "2m")
    void tables(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            assertThat(Isa.read(Map.of("input.isa", text))).isNotNull();
        } catch (SourceException e) {
            assertThat(e).hasMessageContaining("input.isa");
        }
    }

    /** The bytes are the entropy of a program; engines agree on it. */
    @FuzzTest(maxDuration = "2m")
    void programs(byte[] bytes) {
        Entropy entropy = new Entropy();
        entropy.use(bytes);
        GeneratedProgram program = new GeneratedProgram();
        new ProgramGenerator(Profile.MIXED).generate(entropy, program);
        try (TestBed bed = new TestBed(Profile.MIXED, Policy.STRICT, ByteOrder.LITTLE_ENDIAN)) {
            assertThat(ENGINES.differences(bed.toCase("input", program), Policy.STRICT)).isEmpty();
        }
    }
}
