// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.fuzz.campaign.TestBed;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program and what it starts from, apart from the generator that made it. The arrays are not to be changed.
 *
 * @param variant   the machine that it runs on
 * @param code      its slots in the variant's byte order
 * @param registers r0 to r9 at entry
 * @param memory    as large as the profile says
 * @param packet    as large as the profile says
 */
public record TestInput(Variant variant, byte[] code, long[] registers, byte[] memory, byte[] packet) {
    private static final String ORIGIN = "Of the profile ";
    private static final int REGISTERS = 10;

    /**
     * A machine for programs.
     *
     * @param profile what programs find in it
     */
    public record Variant(Profile profile, Policy policy, ByteOrder order) {
        private static final int CYCLE = 256;
        private static final int BIG_ENDIAN = 16;

        /** The variant of a seed: of 256 programs, 16 are big-endian, and one is under the sandbox policy. */
        public static Variant of(Profile profile, long seed) {
            int place = (int) (seed & CYCLE - 1);
            return new Variant(profile, place == 0 ? Policy.SANDBOX : Policy.STRICT, place >= 1 && place <= BIG_ENDIAN
                    ? ByteOrder.BIG_ENDIAN
                    : ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** A copy of a generated program. */
    public static TestInput of(Variant variant, GeneratedProgram program) {
        return new TestInput(variant, program.code(variant.order()), program.registers().clone(), program.memory().clone(), program.packet()
                .clone());
    }

    /** Puts it into a program that is used again. */
    public void into(GeneratedProgram program) {
        program.become(code, variant.order(), registers, memory, packet);
    }

    /** As a case that expects nothing in particular, for a bed of the variant. */
    public BpftCase toCase(String name, TestBed bed) {
        GeneratedProgram program = new GeneratedProgram();
        into(program);
        BpftCase plain = bed.toCase(name, program);
        return new BpftCase(name, List.of(ORIGIN + variant.profile().name() + "."), plain.programs(), plain.setup(), plain.start(), plain
                .expectation(), plain.scope(), plain.goldens());
    }

    /**
     * What {@link #toCase} was made from. Cases of other origin are taken as programs of {@link Profile#MIXED}, as far as they go: their memory and
     * packet become as large as the profile's, and their maps are the profile's.
     */
    public static TestInput of(BpftCase testCase) {
        Profile profile = testCase.comments().stream().filter(line -> line.startsWith(ORIGIN)).findFirst().map(line -> line.substring(ORIGIN
                .length(), line.length() - 1)).flatMap(TestInput::profile).orElse(Profile.MIXED);
        Policy policy = testCase.setup().policies().contains(Policy.STRICT) ? Policy.STRICT : Policy.SANDBOX;
        long[] registers = new long[REGISTERS];
        testCase.start().registers().forEach((register, value) -> registers[register] = value);
        return new TestInput(new Variant(profile, policy, testCase.program().order()), testCase.program().code(), registers,
                Arrays.copyOf(testCase.start().memory(), profile.memory()), Arrays.copyOf(testCase.start().packet(), profile
                        .packet()));
    }

    private static Optional<Profile> profile(String name) {
        return Stream.concat(Profile.ALL.stream(), Profile.SPECIAL.stream()).filter(profile -> profile.name().equals(name)).findFirst();
    }

    /** A number that tells inputs apart; the same one in every process. */
    public long hash() {
        long hash = Arrays.hashCode(code) * 31L + Arrays.hashCode(registers);
        hash = hash * 0x9e37_79b9_7f4a_7c15L + Arrays.hashCode(memory);
        hash = hash * 0x9e37_79b9_7f4a_7c15L + Arrays.hashCode(packet);
        return (hash ^ hash >>> 29) * 0xbf58_476d_1ce4_e5b9L;
    }
}
