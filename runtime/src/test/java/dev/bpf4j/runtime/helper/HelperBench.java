// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Callback;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.RoutineRunner;
import dev.bpf4j.runtime.world.World;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls helpers as an engine would, without any engine: a machine, its first lane, a place for arguments. */
final class HelperBench implements AutoCloseable {
    static final int CALL_PC = 7;
    private final ByteOrder order;

    final Machine machine;
    final Lane lane;
    Callback callback = (pointer, r1, r2, r3, r4, r5) -> {
        throw new AssertionError("this helper calls nothing back");
    };

    HelperBench(Policy policy, ByteOrder order, int lanes) throws LoadException {
        this(Machine.Settings.standard().withPolicy(policy).withLanes(lanes), order);
    }

    HelperBench(World world) throws LoadException {
        this(Machine.Settings.standard().withWorld(world), ByteOrder.LITTLE_ENDIAN);
    }

    private HelperBench(Machine.Settings settings, ByteOrder order) throws LoadException {
        machine = new Machine(settings);
        this.order = order;
        lane = machine.lane(0);
        byte[] code = new Assembler(Isa.bpf()).assemble("exit", "r0 = 0\nexit\n", order);
        machine.link(Program.raw("test", order, code));
        lane.begin(true);
    }

    HelperBench() throws LoadException {
        this(Policy.STRICT, ByteOrder.LITTLE_ENDIAN, 1);
    }

    /** Calls a helper by its name in the table. */
    long call(String name, long... arguments) {
        return call(lane, name, arguments);
    }

    long call(Lane on, String name, long... arguments) {
        HelperRow row = Stream.concat(HelperTable.rows().stream(), HelperTable.kfuncRows().stream()).filter(known -> known.name().equals(
                name)).findFirst().orElseThrow();
        Helper helper = Objects.requireNonNull(HelperTable.linux().find(row.id()));
        long[] r = Arrays.copyOf(arguments, 5);
        on.calling(0, CALL_PC, callback);
        HelperFunction function = helper.function();
        return function == null ? routine(on, helper.id(), r) : function.call(on, r[0], r[1], r[2], r[3], r[4]);
    }

    private long routine(Lane on, int helper, long[] arguments) {
        try {
            RoutineRunner routine = new RoutineRunner(on, helper, order);
            long result = routine.call(arguments);
            Outcome.Fault fault = routine.fault();
            if (fault != null) {
                on.fault(fault.kind(), fault.address(), fault.size(), fault.write(), fault.detail());
            }
            return result;
        } catch (LoadException e) {
            throw new AssertionError(e);
        }
    }

    /** A place on the stack, {@code below} bytes under its top. */
    long stack(int below) {
        return lane.stackTop() - below;
    }

    /** Puts bytes so many below the stack's top; gives their address. */
    long put(int below, byte[] bytes) {
        lane.write(stack(below), bytes);
        return stack(below);
    }

    long put(int below, String text) {
        return put(below, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The fault that is pending; null if there is none. Forgets it. */
    Outcome.@Nullable Fault fault() {
        Outcome.Fault fault = lane.interrupted() && lane.pending() instanceof Outcome.Fault pending ? pending : null;
        lane.begin(false);
        return fault;
    }

    @Override
    public void close() {
        machine.close();
    }
}
