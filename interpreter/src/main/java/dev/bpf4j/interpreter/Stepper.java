// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.eval.Evaluator;
import dev.bpf4j.isa.eval.State;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestAtomics;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.context.PacketAccess;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates an activation's instructions one by one. */
final class Stepper implements State {
    private final Activation activation;
    private final Meaning meaning;
    private final Lane lane;
    private final MemorySegment memory;
    private final @Nullable StepListener listener;
    private final long[] before = new long[16];
    private final Ended ended = new Ended();
    private int at;
    private int next;

    /** What instructions mean, for both byte orders. */
    record Meaning(Evaluator little, Evaluator big) {
        /** As the table says. */
        static final Meaning TABLE = of(Isa.system());

        static Meaning of(Isa isa) {
            return new Meaning(new Evaluator(isa, ByteOrder.LITTLE_ENDIAN), new Evaluator(isa, ByteOrder.BIG_ENDIAN));
        }
    }

    Stepper(Activation activation, Meaning meaning, @Nullable StepListener listener) {
        this.activation = activation;
        this.meaning = meaning;
        this.lane = activation.lane();
        this.memory = lane.memory();
        this.listener = listener;
    }

    /**
     * Executes the instruction at a slot of the activation's program.
     *
     * @return the slot to go on with, {@link Activation#ENDED} or {@link Activation#SWITCH}
     */
    int step(int slot) {
        LinkedProgram program = activation.program();
        at = slot;
        Insn insn = Objects.requireNonNull(program.insn(at));
        String poison = program.poison(at);
        if (poison != null) {
            return activation.fault(FaultKind.UNRESOLVED, at, 0, 0, false, poison);
        }
        next = at + insn.slots();
        if (listener != null) {
            System.arraycopy(activation.registers, 0, before, 0, before.length);
        }
        try {
            evaluator().execute(insn, this);
        } catch (Ended end) {
            return Activation.ENDED;
        }
        if (listener != null && (next != Activation.ENDED || activation.outcome() instanceof Outcome.Returned)) {
            listener.executed(program, at, insn, before, activation.registers);
        }
        return next;
    }

    /** Routines are the machine's own and take no budget: they mean what the table says, whatever is tried with programs. */
    private Evaluator evaluator() {
        Meaning now = activation.inRoutine() ? Meaning.TABLE : meaning;
        return order() == ByteOrder.BIG_ENDIAN ? now.big() : now.little();
    }

    /** Routines work on the machine's metadata, which is little-endian. */
    private ByteOrder order() {
        return activation.inRoutine() ? ByteOrder.LITTLE_ENDIAN : activation.program().source().order();
    }

    private void go(int slot) {
        next = slot;
    }

    private long access(long address, int width, boolean write) {
        if (activation.region(address, width / 8, write) < 0) {
            activation.badAccess(at, address, width / 8, write);
            throw ended;
        }
        return address & GuestLayout.ADDRESS_MASK;
    }

    private long aligned(long address, int width, boolean write) {
        if ((address & width / 8 - 1) != 0) {
            activation.fault(FaultKind.MISALIGNED, at, address, width / 8, write, "");
            throw ended;
        }
        return access(address, width, write);
    }

    @Override
    public long register(int number) {
        return activation.registers[number];
    }

    @Override
    public void register(int number, long value) {
        activation.registers[number] = value;
    }

    @Override
    public long load(long address, int width) {
        long a = access(address, width, false);
        return switch (width) {
            case 8 -> memory.get(ValueLayout.JAVA_BYTE, a) & 0xffL;
            case 16 -> memory.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order()), a) & 0xffffL;
            case 32 -> memory.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order()), a) & 0xffff_ffffL;
            default -> memory.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order()), a);
        };
    }

    @Override
    public void store(long address, int width, long value) {
        long a = access(address, width, true);
        switch (width) {
            case 8 -> memory.set(ValueLayout.JAVA_BYTE, a, (byte) value);
            case 16 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order()), a, (short) value);
            case 32 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order()), a, (int) value);
            default -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order()), a, value);
        }
    }

    @Override
    public long atomic(Effect.AtomicOp op, long address, int width, long value) {
        return GuestAtomics.update(memory, op, aligned(address, width, true), width, value, order());
    }

    @Override
    public long compareExchange(long address, int width, long expected, long value) {
        return GuestAtomics.compareExchange(memory, aligned(address, width, true), width, expected, value, order());
    }

    @Override
    public long loadAcquire(long address, int width) {
        return GuestAtomics.loadAcquire(memory, aligned(address, width, false), width, order());
    }

    @Override
    public void storeRelease(long address, int width, long value) {
        GuestAtomics.storeRelease(memory, aligned(address, width, true), width, value, order());
    }

    @Override
    public long packet(int offset, int width) {
        long value = PacketAccess.load(lane, offset, width / 8);
        if (value == PacketAccess.OUT_OF_BOUNDS) {
            go(activation.abandon());
            throw ended;
        }
        activation.clobber();
        return Bits.lo(value, width);
    }

    @Override
    public long linked() {
        return activation.program().constant(at);
    }

    @Override
    public long supplied(Expr.Supply supply) {
        return switch (supply) {
            case ARENA_HIGH -> activation.machine().arenaHigh();
            case LANE_CELLS -> lane.cells();
        };
    }

    @Override
    public void jump() {
        go(activation.jump(at, activation.program().target(at)));
    }

    @Override
    public void mayGoto() {
        if (activation.mayGotoJumps()) {
            jump();
        }
    }

    @Override
    public void jumpTo(long pointer) {
        go(activation.jumpTo(at, pointer));
    }

    @Override
    public void call(Effect.CallKind kind) {
        LinkedProgram program = activation.program();
        int imm = Objects.requireNonNull(program.insn(at)).imm();
        go(switch (kind) {
            case HELPER -> activation.callHelper(at, next, imm & 0xffff_ffffL, program.routine(at));
            case LOCAL -> activation.callLocal(at, next, program.target(at));
            case KFUNC -> activation.callKfunc(at, imm);
        });
    }

    @Override
    public void callTo(long value) {
        go(activation.callTo(at, next, value));
    }

    @Override
    public void exit() {
        go(activation.exit());
    }

    @Override
    public void check(long address, long size, boolean write) {
        if (!activation.check(address, size, write)) {
            throw ended;
        }
    }

    /** Unwinds out of an effect whose run has ended; carries nothing, since the activation has the outcome. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Ended() {
            super(null, null, false, false);
        }
    }
}
