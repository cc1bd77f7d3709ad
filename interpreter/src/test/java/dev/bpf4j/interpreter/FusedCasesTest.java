// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.fusion.Fusion;
import dev.bpf4j.isa.fusion.Pattern;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of the interpreter's loops, fused or not, rare or not, against the evaluator: the pattern is made into a program with random
 * registers, constants and memory, and both engines must end in the same state.
 */
class FusedCasesTest {
    private static final int PROGRAMS = 20;
    private static final int MEMORY = 512;
    private static final List<Long> VALUES = List.of(0L, 1L, 2L, -1L, -2L, 31L, 32L, 33L, 63L, 64L, 0x7fff_ffffL, 0x8000_0000L,
            0xffff_ffffL,
            0x1_0000_0000L, 0xdead_beef_0000_0003L, Long.MAX_VALUE, Long.MIN_VALUE);

    /** A policy's fusion list and one of its cases. */
    record Subject(Policy policy, Fusion.Case fused) {
        @Override
        public String toString() {
            return policy + " " + Fusion.describe(fused.pattern());
        }
    }

    static Stream<Subject> cases() {
        return Stream.of(Policy.values()).flatMap(policy -> {
            Fusion fusion = Fusion.of(Isa.bpf(), policy == Policy.STRICT);
            return Stream.concat(fusion.cases().stream(), fusion.rare().stream()).filter(fused -> !linked(fused)).map(fused -> new Subject(
                    policy, fused));
        });
    }

    /** Wide loads that name maps or functions do the same as those of constants once they are linked. */
    private static boolean linked(Fusion.Case fused) {
        return fused.pattern().parts().stream().anyMatch(part -> Effects.any(part.instruction().effects(), Expr.Linked.class::isInstance));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesWhatTheEvaluatorDoes(Subject subject) throws LoadException {
        SplittableRandom random = new SplittableRandom(Fusion.describe(subject.fused().pattern()).hashCode());
        Machine.Settings settings = Machine.Settings.standard().withPolicy(subject.policy()).withLimits(Limits.DEFAULT.withBudget(20));
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (int i = 0; i < PROGRAMS; i++) {
                compare(program(subject.fused().pattern(), order, random), settings, random.nextLong());
            }
        }
    }

    private static void compare(Program program, Machine.Settings settings, long seed) throws LoadException {
        try (Machine machine = new Machine(settings)) {
            LinkedProgram linked = machine.link(program);
            String expected = observe(machine, linked, new EvaluatorEngine(), seed);
            machine.reset();
            assertThat(observe(machine, linked, new InterpreterEngine(), seed)).isEqualTo(expected);
        }
    }

    private static String observe(Machine machine, LinkedProgram program, Activation.Loop engine, long seed) throws LoadException {
        Lane lane = machine.lane(0);
        SplittableRandom random = new SplittableRandom(seed);
        byte[] memory = new byte[MEMORY];
        random.nextBytes(memory);
        lane.raw(memory);
        for (int r = 0; r < 10; r++) {
            long value = VALUES.get(random.nextInt(VALUES.size()));
            lane.entry()[r] = random.nextInt(3) == 0 ? lane.contextBase() + random.nextInt(MEMORY) : value;
        }
        Outcome outcome = engine.load(machine, program).observe(lane);
        StringBuilder state = new StringBuilder(outcome.toString()).append(" budget ").append(lane.budget());
        if (outcome instanceof Outcome.Returned) {
            for (int r = 0; r < 10; r++) {
                state.append(' ').append(Long.toHexString(lane.exitRegisters()[r]));
            }
        }
        return state.append(" memory ").append(java.util.HexFormat.of().formatHex(lane.contextBytes())).toString();
    }

    /** The pattern's instructions, then an exit; a jump forward skips one instruction, one back goes to the start. */
    private static Program program(Pattern pattern, ByteOrder order, SplittableRandom random) {
        int[] registers = new int[26];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = random.nextInt(10);
        }
        List<Insn> insns = new ArrayList<>();
        int slot = 0;
        for (Pattern.Part part : pattern.parts()) {
            insns.add(insn(part, slot, registers, random));
            slot += insns.getLast().slots();
        }
        Isa isa = Isa.bpf();
        insns.add(new Insn(isa.get("add64_imm"), 0, 0, 0, 1, 0));
        insns.add(new Insn(isa.get("exit"), 0, 0, 0, 0, 0));
        boolean calls = pattern.parts().getLast().instruction().name().equals("call_local");
        if (calls) {
            insns.add(new Insn(isa.get("add64_imm"), 6, 0, 0, 1, 0));
            insns.add(new Insn(isa.get("exit"), 0, 0, 0, 0, 0));
        }
        return Program.raw("case", order, Encoding.encode(insns, order));
    }

    private static Insn insn(Pattern.Part part, int slot, int[] registers, SplittableRandom random) {
        Instruction instruction = part.instruction();
        int dst = instruction.operand(FieldName.DST).isRegister() ? registers[part.dst() - 'a']
                : instruction.operand(FieldName.DST).fixed();
        int src = instruction.operand(FieldName.SRC).isRegister() ? registers[part.src() - 'a']
                : instruction.operand(FieldName.SRC).fixed();
        int imm = field(instruction, FieldName.IMM, random.nextBoolean() ? random.nextInt() : random.nextInt(70) - 2);
        int off = field(instruction, FieldName.OFF, random.nextInt(64) - 8);
        boolean calls = instruction.name().equals("call_local");
        int distance = part.back() ? -slot - 1 : calls ? 2 : 1;
        if (instruction.targetField() == FieldName.OFF) {
            off = distance;
        } else if (instruction.targetField() == FieldName.IMM) {
            imm = distance;
        }
        return new Insn(instruction, dst, src, off, imm, instruction.wide() ? random.nextInt() : 0);
    }

    private static int field(Instruction instruction, FieldName field, int free) {
        return instruction.operand(field).isFixed() ? instruction.operand(field).fixed() : free;
    }

    @Test
    void wildAddressesDoNotWrapIntoARegion() throws LoadException {
        // the low half would hit the context; the sums with a region's bounds wrap around 2^63 and 2^64
        Isa isa = Isa.bpf();
        for (String load : List.of("ldx8", "ldx16", "ldx32", "ldx64")) {
            List<Insn> insns = List.of(new Insn(isa.get(load), 0, 1, 0, 0, 0), new Insn(isa.get("exit"), 0, 0, 0, 0, 0));
            byte[] code = Encoding.encode(insns, ByteOrder.LITTLE_ENDIAN);
            try (Machine machine = new Machine(Machine.Settings.standard())) {
                LinkedProgram program = machine.link(Program.raw(load, ByteOrder.LITTLE_ENDIAN, code));
                Lane lane = machine.lane(0);
                for (long high : new long[] {1L << 32, 1L << 63, -1L << 32, 0x7fff_ffffL << 32}) {
                    for (int low = -9; low < 12; low++) {
                        lane.raw(new byte[4]);
                        lane.entry()[1] = high + lane.contextBase() + low;
                        Outcome outcome = machine.load(new InterpreterEngine(), program).run(lane);
                        assertThat(outcome).as(Long.toHexString(lane.entry()[1])).isInstanceOf(Outcome.Fault.class);
                    }
                }
            }
        }
    }
}
