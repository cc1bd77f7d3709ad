// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.campaign.TestBed;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramGeneratorTest {

    static List<Profile> profiles() {
        return Profile.ALL;
    }

    static Stream<Profile> machineProfiles() {
        return Profile.ALL.stream().filter(profile -> !profile.kernel());
    }

    private static GeneratedProgram generate(Profile profile, Entropy entropy) {
        GeneratedProgram program = new GeneratedProgram();
        new ProgramGenerator(profile).generate(entropy, program);
        return program;
    }

    private static Entropy seed(long seed) {
        Entropy entropy = new Entropy();
        entropy.seed(seed);
        return entropy;
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void programDependsOnSeedAndProfileOnly(Profile profile) {
        ProgramGenerator used = new ProgramGenerator(profile);
        GeneratedProgram program = new GeneratedProgram();
        used.generate(seed(7), program);
        used.generate(seed(42), program);
        GeneratedProgram fresh = generate(profile, seed(42));
        assertThat(program.code()).isEqualTo(fresh.code());
        assertThat(program.registers()).isEqualTo(fresh.registers());
        assertThat(program.memory()).isEqualTo(fresh.memory());
        assertThat(program.packet()).isEqualTo(fresh.packet());
        assertThat(generate(profile, seed(43)).code()).isNotEqualTo(fresh.code());
    }

    @ParameterizedTest
    @MethodSource("machineProfiles")
    void everyProgramIsAccepted(Profile profile) throws LoadException {
        ProgramGenerator generator = new ProgramGenerator(profile);
        GeneratedProgram program = new GeneratedProgram();
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            try (TestBed bed = new TestBed(profile, Policy.STRICT, order)) {
                for (int i = 0; i < 3000; i++) {
                    generator.generate(seed(i), program);
                    assertThat(bed.link(program).slots()).isEqualTo(program.slots());
                    assertThat(RfcReference.reject(program.code(order), order)).as("seed %s", i).isEmpty();
                }
            }
        }
    }

    /** A coverage-guided fuzzer gives any bytes, and few. */
    @Property(tries = 3000)
    void anyEntropyGivesAnAcceptedProgram(@ForAll byte[] bytes) {
        for (Profile profile : Profile.ALL) {
            Entropy entropy = new Entropy();
            entropy.use(bytes);
            GeneratedProgram program = generate(profile, entropy);
            assertThat(RfcReference.reject(program.code(), ByteOrder.LITTLE_ENDIAN)).isEmpty();
        }
    }

    @Test
    void mixedProgramsHaveEveryRowWithEveryKindOfOperand() {
        assertThat(coverage(Profile.MIXED, 400_000).missing(Map.of())).isEmpty();
    }

    @Test
    void kernelProgramsMissNothingWithoutAReason() {
        List<String> missing = coverage(Profile.KERNEL, 300_000).missing(Exclusions.kernel());
        assertThat(missing).allSatisfy(what -> assertThat(Exclusions.kernelOperand(what)).as(what).isPresent());
    }

    @Test
    void rowsThatAreLeftOutForTheKernelExistAndHaveReasons() {
        Map<String, Long> made = coverage(Profile.KERNEL, 20_000).instructions();
        assertThat(made).containsKeys(Exclusions.kernel().keySet().toArray(String[]::new));
        Exclusions.kernel().forEach((row, reason) -> {
            assertThat(reason).isNotBlank();
            assertThat(made).containsEntry(row, 0L);
        });
    }

    /** The coverage itself can fail: without branches their rows are missing. */
    @Test
    void missingRowsAreReported() {
        List<String> missing = coverage(Profile.STRAIGHT, 20_000).missing(Map.of());
        assertThat(missing).contains("ldx64", "call", "atomic_add64", "jeq64_reg with src r10").doesNotContain("add64_reg");
        assertThat(coverage(Profile.STRAIGHT, 20_000).missing(Map.of("ldx64", "for a reason"))).doesNotContain("ldx64");
    }

    private static GenerationCoverage coverage(Profile profile, int programs) {
        ProgramGenerator generator = new ProgramGenerator(profile);
        GeneratedProgram program = new GeneratedProgram();
        GenerationCoverage coverage = new GenerationCoverage();
        Entropy entropy = new Entropy();
        for (int i = 0; i < programs; i++) {
            entropy.seed(i);
            generator.generate(entropy, program);
            coverage.count(program);
        }
        return coverage;
    }
}
