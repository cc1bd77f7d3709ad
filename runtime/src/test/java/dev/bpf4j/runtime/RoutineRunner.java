// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.eval.Evaluator;
import dev.bpf4j.isa.eval.State;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls the routine of a hot helper, by walking effect trees; for tests of routines without any engine. */
public final class RoutineRunner implements State {
    private static final Evaluator EVALUATOR = new Evaluator(Isa.system(), ByteOrder.LITTLE_ENDIAN);
    private static final long SPACE = GuestLayout.SPACE_SIZE;

    private final Lane lane;
    private final LinkedProgram program;
    private final int start;
    private final long[] registers = new long[11];
    private int next;
    private int at;
    private boolean done;
    private long steps;
    private Outcome.@Nullable Fault fault;

    /**
     * Links the routine of a helper.
     *
     * @param helper its number
     */
    public RoutineRunner(Lane lane, int helper) throws LoadException {
        this(lane, helper, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Links the routine of a helper for a program of a byte order.
     *
     * @param helper its number
     */
    public RoutineRunner(Lane lane, int helper, ByteOrder order) throws LoadException {
        this.lane = lane;
        byte[] code = new Assembler(Isa.bpf()).assemble("call", "call " + helper + "\nexit\n", order);
        this.program = lane.machine().link(Program.raw("call", order, code));
        this.start = program.routine(0);
        if (start < 0) {
            throw new IllegalArgumentException("helper " + helper + " is no routine");
        }
    }

    /** Calls it; gives r0, or 0 if it faulted. */
    public long call(long... arguments) {
        Arrays.fill(registers, 0x5a5a_5a5a_5a5aL);
        System.arraycopy(arguments, 0, registers, 1, arguments.length);
        long r10 = lane.stackTop();
        registers[10] = r10;
        next = start;
        done = false;
        fault = null;
        steps = 0;
        while (!done) {
            at = next;
            Insn insn = Objects.requireNonNull(program.insn(at));
            next = at + insn.slots();
            steps++;
            EVALUATOR.execute(insn, this);
        }
        if (registers[10] != r10) {
            throw new AssertionError("the routine changed r10");
        }
        return fault == null ? registers[0] : 0;
    }

    /** The fault of the last call; null if there was none. */
    public Outcome.@Nullable Fault fault() {
        return fault;
    }

    /** Instructions that the last call took. */
    public long steps() {
        return steps;
    }

    @Override
    public long register(int number) {
        return registers[number];
    }

    @Override
    public void register(int number, long value) {
        registers[number] = value;
    }

    @Override
    public long load(long address, int width) {
        long a = address & SPACE - 1;
        return switch (width) {
            case 8 -> lane.memory().get(ValueLayout.JAVA_BYTE, a) & 0xffL;
            case 16 -> lane.memory().get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), a) & 0xffffL;
            case 32 -> lane.memory().get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), a) & 0xffff_ffffL;
            default -> lane.memory().get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), a);
        };
    }

    @Override
    public void store(long address, int width, long value) {
        long a = address & SPACE - 1;
        for (int i = 0; i < width / 8; i++) {
            lane.memory().set(ValueLayout.JAVA_BYTE, a + i, (byte) (value >>> 8 * i));
        }
    }

    @Override
    public long atomic(Effect.AtomicOp op, long address, int width, long value) {
        throw new AssertionError("routines use no atomics");
    }

    @Override
    public long compareExchange(long address, int width, long expected, long value) {
        throw new AssertionError("routines use no atomics");
    }

    @Override
    public long loadAcquire(long address, int width) {
        if ((address & width / 8 - 1) != 0) {
            throw new AssertionError("unaligned load_acquire");
        }
        VarHandle.fullFence();
        long value = load(address, width);
        VarHandle.fullFence();
        return value;
    }

    @Override
    public void storeRelease(long address, int width, long value) {
        throw new AssertionError("routines use no store_release");
    }

    @Override
    public long packet(int offset, int width) {
        throw new AssertionError("routines read no packets");
    }

    @Override
    public long linked() {
        return program.constant(at);
    }

    @Override
    public long supplied(Expr.Supply supply) {
        return switch (supply) {
            case LANE_CELLS -> lane.cells();
            case ARENA_HIGH -> throw new AssertionError("routines use no arena");
        };
    }

    @Override
    public void jump() {
        next = program.target(at);
    }

    @Override
    public void mayGoto() {
        throw new AssertionError("routines use no may_goto");
    }

    @Override
    public void jumpTo(long pointer) {
        throw new AssertionError("routines use no gotox");
    }

    @Override
    public void call(Effect.CallKind kind) {
        throw new AssertionError("routines call nothing");
    }

    @Override
    public void callTo(long value) {
        throw new AssertionError("routines call nothing");
    }

    @Override
    public void exit() {
        done = true;
    }

    @Override
    public void check(long address, long size, boolean write) {
        int bytes = (int) size;
        if (lane.machine().policy() == Policy.STRICT && lane.regions().find(address, bytes, write) < 0) {
            fault = new Outcome.Fault(FaultKind.BAD_ACCESS, 0, 0, address, bytes, write, "");
            done = true;
        }
    }

    /** The linked program: the call and its routine. */
    public LinkedProgram program() {
        return program;
    }

    /** The instructions of the routine. */
    public List<Insn> instructions() {
        return IntStream.range(start, program.totalSlots()).mapToObj(program::insn).filter(Objects::nonNull).toList();
    }
}
