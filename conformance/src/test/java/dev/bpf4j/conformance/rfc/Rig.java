// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;

/** A machine with one lane on which tests run code under the reference. */
final class Rig implements AutoCloseable {
    final Machine machine;
    final Lane lane;
    private final RfcReference engine = new RfcReference();

    Rig(UnaryOperator<Machine.Settings> settings) {
        machine = new Machine(settings.apply(Machine.Settings.standard()));
        lane = machine.lane(0);
    }

    static Rig strict() {
        return new Rig(s -> s.withHelpers(HelperTable.conformance()));
    }

    /** Strict, with Linux's helpers. */
    static Rig linux() {
        return new Rig(s -> s);
    }

    static Rig sandbox() {
        return new Rig(s -> s.withPolicy(Policy.SANDBOX));
    }

    static Rig limits(Limits limits) {
        return new Rig(s -> s.withLimits(limits).withHelpers(HelperTable.conformance()));
    }

    /** Runs code from the entry registers that the lane has now. */
    Outcome observe(Code code) {
        return observe(code, ByteOrder.LITTLE_ENDIAN);
    }

    Outcome observe(Code code, ByteOrder order) {
        return observe(Program.raw("test", order, code.bytes(order)));
    }

    /** Faults name the program by its index in the machine; this checks the index and puts 0 in its place. */
    Outcome observe(Program program) {
        try {
            return observe(machine.link(program));
        } catch (LoadException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    Outcome observe(LinkedProgram linked) {
        try {
            Outcome outcome = engine.load(machine, linked).observe(lane);
            if (!(outcome instanceof Outcome.Fault fault)) {
                return outcome;
            }
            assertThat(fault.program()).isEqualTo(linked.index());
            return new Outcome.Fault(fault.kind(), 0, fault.pc(), fault.address(), fault.size(), fault.write(), fault.detail());
        } catch (LoadException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** r0 after code that returns. */
    long returned(Code code) {
        return returned(code, ByteOrder.LITTLE_ENDIAN);
    }

    long returned(Code code, ByteOrder order) {
        Outcome outcome = observe(code, order);
        if (outcome instanceof Outcome.Returned(long r0)) {
            return r0;
        }
        throw new AssertionError("expected a return, got " + outcome);
    }

    /** The fault that code ends with. */
    Outcome.Fault fault(Code code) {
        return fault(observe(code));
    }

    static Outcome.Fault fault(Outcome outcome) {
        if (outcome instanceof Outcome.Fault fault) {
            return fault;
        }
        throw new AssertionError("expected a fault, got " + outcome);
    }

    /** The fault that an instruction which accesses memory, or jumps, is expected to end with. */
    static Outcome.Fault expected(FaultKind kind, int pc, long address, int size, boolean write) {
        return new Outcome.Fault(kind, 0, pc, address, size, write, "");
    }

    long register(int number) {
        return lane.exitRegisters()[number];
    }

    @Override
    public void close() {
        machine.close();
    }
}
