// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.linux.KernelProgram;
import dev.bpf4j.conformance.linux.KernelResult;
import dev.bpf4j.conformance.linux.KernelRunner;
import dev.bpf4j.conformance.linux.KernelState;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One program in the running kernel and in an engine. The memory is the scratch part of map 0's one value ({@link KernelRunner}), in both. Not
 * thread-safe.
 */
final class KernelComparison implements AutoCloseable {
    /** The kernel's name as an engine. */
    static final String KERNEL = "linux";
    /** The kind of a difference in the upper half of a register alone. */
    static final String UPPER_HALF = "upper half";
    private static final int STACK_BYTES = 64;
    private static final int MEMORY_BYTES = Profile.KERNEL.memory();
    private static final byte[] KEY = new byte[Integer.BYTES];

    private final KernelRunner kernel = new KernelRunner(KernelProgram.Type.SYSCALL, STACK_BYTES, MEMORY_BYTES);
    private final Machine machine = new Machine(Machine.Settings.standard());
    private final MapDefinition definition = MapDefinition.of("state", MapType.ARRAY.number(), Integer.BYTES, KernelRunner.VALUE_SIZE, 1);
    private final BpfMap map;
    private final byte[] memory = new byte[MEMORY_BYTES];

    KernelComparison() {
        try {
            this.map = machine.map(definition);
        } catch (LoadException e) {
            throw new IllegalStateException("the machine cannot have the map of the kernel's runner", e);
        }
    }

    /** What the kernel does with a program. */
    KernelResult ask(byte[] code, KernelState start) {
        return kernel.run(code, List.of(start));
    }

    /** The first difference of an engine's run from the kernel's; a refusal is one, since nothing is made that the kernel refuses. */
    Optional<Difference> compare(byte[] code, KernelState start, KernelResult result, Engine engine) {
        return compare(program(code), start, result, engine);
    }

    private Optional<Difference> compare(Program program, KernelState start, KernelResult result, Engine engine) {
        return switch (result) {
            case KernelResult.Unavailable(String reason) -> throw new IllegalStateException(reason);
            case KernelResult.Refused refused -> Optional.of(difference(Aspect.ACCEPTANCE, refused.operation() + " " + refused.name()
                    + " " + refused.reason().replaceAll("[0-9]+", "N"), engine, "the kernel refuses the program: " + refused));
            case KernelResult.Ran ran -> compare(program, start, ran.states().getFirst(), engine);
        };
    }

    private Optional<Difference> compare(Program program, KernelState start, KernelState expected, Engine engine) {
        Lane lane = machine.lane(0);
        Outcome outcome;
        try {
            outcome = run(program, start, lane, engine);
        } catch (LoadException e) {
            return Optional.of(difference(Aspect.ACCEPTANCE, "accepted/rejected", engine, "the machine refuses the program: " + e
                    .getMessage()));
        }
        if (outcome instanceof Outcome.Fault fault) {
            return Optional.of(difference(Aspect.OUTCOME, "returned/" + fault.kind(), engine, "returned | " + outcome));
        }
        for (int register = 0; register < lane.exitRegisters().length; register++) {
            long found = lane.exitRegisters()[register];
            long wanted = expected.register(register);
            if (found != wanted) {
                return Optional.of(difference(Aspect.REGISTERS, (int) found == (int) wanted ? UPPER_HALF : "", engine, "r" + register
                        + " 0x" + Long.toHexString(wanted) + " | 0x" + Long.toHexString(found)));
            }
        }
        MemorySegment.copy(lane.memory(), ValueLayout.JAVA_BYTE, map.values() + KernelRunner.SCRATCH_OFFSET, memory, 0, memory.length);
        byte[] wanted = expected.memory();
        int at = Arrays.mismatch(memory, wanted);
        return at < 0 ? Optional.empty()
                : Optional.of(difference(Aspect.MAPS, "", engine, "byte " + at + " of the memory " + wanted[at]
                        + " | " + memory[at]));
    }

    private static Difference difference(Aspect aspect, String kind, Engine engine, String detail) {
        return new Difference(aspect, kind, KERNEL, engine.name(), detail);
    }

    private Outcome run(Program program, KernelState start, Lane lane, Engine engine) throws LoadException {
        machine.unlinkFrom(0);
        lane.raw(new byte[0]);
        for (int register = 0; register < lane.entry().length; register++) {
            lane.entry()[register] = start.register(register);
        }
        lane.write(map.values() + KernelRunner.SCRATCH_OFFSET, start.memory());
        return engine.load(machine, machine.link(program)).observe(lane);
    }

    private Program program(byte[] code) {
        return new Program("", ProgramType.RAW, "", ByteOrder.nativeOrder(), code, List.of(), List.of(definition), Map.of(), Map.of(), Map
                .of(), List.of(), "GPL");
    }

    // ---- cases ----

    /** A generated program as a case. */
    BpftCase toCase(String name, GeneratedProgram generated) {
        TreeMap<Integer, Long> registers = new TreeMap<>();
        for (int i = 0; i < generated.registers().length; i++) {
            registers.put(i, generated.registers()[i]);
        }
        BpftCase.Start start = new BpftCase.Start(BpftCase.MemoryKind.MEMORY, new byte[0], new byte[0], registers, Map.of(definition
                .name(), List.of(value(generated.memory()))));
        return new BpftCase(name, List.of(), List.of(program(generated.code(ByteOrder.nativeOrder()))), BpftCase.Setup.DEFAULT, start,
                BpftCase.Ends.with(new Outcome.Returned(0)), BpftCase.Scope.ALL, Map.of());
    }

    private static BpftCase.Entry value(byte[] scratch) {
        byte[] value = new byte[KernelRunner.VALUE_SIZE];
        System.arraycopy(scratch, 0, value, KernelRunner.SCRATCH_OFFSET, scratch.length);
        return new BpftCase.ValueEntry(KEY, value);
    }

    private KernelState start(BpftCase testCase) {
        long[] registers = new long[10];
        testCase.start().registers().forEach((register, value) -> registers[register] = value);
        byte[] scratch = new byte[MEMORY_BYTES];
        for (BpftCase.Entry entry : testCase.start().entries().getOrDefault(definition.name(), List.of())) {
            if (entry instanceof BpftCase.ValueEntry(byte[] key, byte[] value)) {
                System.arraycopy(value, KernelRunner.SCRATCH_OFFSET, scratch, 0, scratch.length);
            }
        }
        return KernelState.of(registers, scratch);
    }

    /** The first difference that a case made by {@link #toCase}, or a smaller one, shows. */
    Optional<Difference> difference(BpftCase testCase, Engine engine) {
        KernelState start = start(testCase);
        return compare(testCase.program(), start, ask(testCase.program().code(), start), engine);
    }

    /** A case with its origin as comments, expecting what the kernel does; a refused one expects nothing in particular. */
    BpftCase annotate(BpftCase testCase, List<String> comments) {
        KernelResult result = ask(testCase.program().code(), start(testCase));
        BpftCase.Expectation expectation = testCase.expectation();
        if (result instanceof KernelResult.Ran(List<KernelState> states)) {
            KernelState end = states.getFirst();
            TreeMap<Integer, Long> registers = new TreeMap<>();
            for (int i = 0; i < end.registers().length; i++) {
                registers.put(i, end.register(i));
            }
            boolean maps = !testCase.program().maps().isEmpty();
            expectation = new BpftCase.Ends(new Outcome.Returned(end.register(0)), registers, Optional.empty(), Optional.empty(), maps ? Map
                    .of(definition.name(), List.of(value(end.memory())))
                    : Map.of());
        }
        return new BpftCase(testCase.name(), comments, testCase.programs(), testCase.setup(), testCase.start(), expectation, testCase
                .scope(), testCase.goldens());
    }

    @Override
    public void close() {
        kernel.close();
        machine.close();
    }
}
