// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Objects linked into a machine and run by the evaluator. */
final class LinkedObjectTest {
    private static final EvaluatorEngine ENGINE = new EvaluatorEngine();

    private static Machine machine() {
        return new Machine(Machine.Settings.standard());
    }

    private static Outcome run(Machine machine, LinkedProgram program, byte[] memory) throws LoadException {
        Lane lane = machine.lane(0);
        lane.raw(memory);
        return machine.load(ENGINE, program).run(lane);
    }

    private static LinkedProgram link(BpfObject object, Machine machine, String name) throws LoadException {
        Program program = object.program(name);
        return Objects.requireNonNull(LinkedObject.link(object, machine, List.of(program)).program(program));
    }

    /** Every object of a source returns what the native build of the source does, whatever its cpu version and byte order. */
    @TestFactory
    List<DynamicTest> sameAsNative() throws IOException {
        JsonNode runs = TestObjects.runs();
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> object : TestObjects.expected().properties()) {
            JsonNode own = runs.get(object.getValue().get("source").asString());
            if (own != null) {
                tests.add(DynamicTest.dynamicTest(object.getKey() + " x " + own.size(), () -> checkRuns(TestObjects.FOLDER.resolve(object
                        .getKey()), own)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(10);
        return tests;
    }

    private static void checkRuns(Path file, JsonNode runs) throws LoadException {
        BpfObject object = BpfObject.load(file);
        try (Machine machine = machine()) {
            LinkedObject linked = LinkedObject.link(object, machine, object.programs());
            for (JsonNode run : runs) {
                byte[] memory = HexFormat.of().parseHex(run.get("memory").asString());
                LinkedProgram program = Objects.requireNonNull(linked.program(object.program(run.get("program").asString())));
                machine.reset();
                assertThat(run(machine, program, memory)).as(run.toString()).isEqualTo(new Outcome.Returned(Long.parseUnsignedLong(run.get(
                        "r0").asString()
                        .substring(2), 16)));
                String after = run.has("after") ? run.get("after").asString() : run.get("memory").asString();
                assertThat(HexFormat.of().formatHex(machine.lane(0).read(machine.lane(0).contextBase(), memory.length))).as(run.toString())
                        .isEqualTo(after);
            }
        }
    }

    @Test
    void functionPointers() throws LoadException {
        BpfObject object = BpfObject.load(TestObjects.FOLDER.resolve("functions.o"));
        try (Machine machine = machine()) {
            assertThat(run(machine, link(object, machine, "chosen"), new byte[] {5, 0})).isInstanceOf(Outcome.Returned.class);
        }
    }

    @Test
    void functionTablesInData() throws LoadException {
        BpfObject object = BpfObject.load(TestObjects.FOLDER.resolve("struct_ops.o"));
        try (Machine machine = machine()) {
            LinkedProgram program = link(object, machine, "through_table");
            for (int round = 0; round < 2; round++) {
                assertThat(run(machine, program, new byte[] {4, 0, 0})).isEqualTo(new Outcome.Returned(7)); // 4 + 3
                assertThat(run(machine, program, new byte[] {9, 0, 0})).isEqualTo(new Outcome.Returned(6)); // 9 - 3
                machine.reset();
            }
        }
    }

    @Test
    void onlyWhatIsReachedIsLinked() throws LoadException {
        BpfObject object = BpfObject.load(TestObjects.EXAMPLES.resolve("tail_calls.bpf.o"));
        try (Machine machine = machine()) {
            Program start = object.program("tail_calls");
            LinkedObject linked = LinkedObject.link(object, machine, List.of(start));
            assertThat(linked.programs()).hasSize(object.programs().size()); // through the program array
            Program parser = object.program("parse_tcp");
            try (Machine other = machine()) {
                LinkedObject one = LinkedObject.link(object, other, List.of(parser));
                assertThat(one.programs()).extracting(program -> program.source().name()).containsExactly("parse_tcp");
                assertThat(one.program(start)).isNull();
            }
        }
    }

    @Test
    void programArraysAreFilledAndStayFilled() throws LoadException {
        BpfObject object = BpfObject.load(TestObjects.EXAMPLES.resolve("tail_calls.bpf.o"));
        try (Machine machine = machine()) {
            LinkedObject linked = LinkedObject.link(object, machine, List.of(object.program("tail_calls")));
            ObjectMap parsers = Objects.requireNonNull(object.map("parsers"));
            long handle = machine.map(parsers.definition()).handle();
            for (int round = 0; round < 2; round++) {
                for (ObjectMap.Entry entry : parsers.entries()) {
                    String name = ((ObjectMap.Target.ToFunction) entry.target()).name();
                    LinkedProgram target = Objects.requireNonNull(linked.program(object.program(name)));
                    assertThat(machine.maps().tailCall(handle, entry.index())).isEqualTo(target.index());
                }
                machine.reset();
            }
        }
    }

    @Test
    void poisonedInstructionsFault() throws LoadException {
        BpfObject object = BpfObject.load(TestObjects.FOLDER.resolve("extern_function.o"));
        try (Machine machine = machine()) {
            Outcome outcome = run(machine, link(object, machine, "needs_more"), new byte[64]);
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Fault.class, fault -> {
                assertThat(fault.kind()).isEqualTo(FaultKind.UNRESOLVED);
                assertThat(fault.pc()).isEqualTo(1);
                assertThat(fault.detail()).contains("missing_function");
            });
        }
    }

    @Test
    void allExamplesLink() throws IOException, LoadException {
        for (Path file : TestObjects.examples()) {
            BpfObject object = BpfObject.load(file);
            try (Machine machine = machine()) {
                assertThat(LinkedObject.link(object, machine, object.programs()).programs()).as(file.toString()).hasSameSizeAs(object
                        .programs());
            }
        }
    }
}
