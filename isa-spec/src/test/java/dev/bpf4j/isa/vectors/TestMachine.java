// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.eval.Evaluator;
import dev.bpf4j.isa.eval.State;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The least machine that can run vectors with the {@link Evaluator}: registers, the memory, a stack, local calls. Enough to see that a vector
 * shows what its instruction did; what is right is decided elsewhere, by real engines.
 */
public final class TestMachine implements State {
    /** Where the stack's top lies. */
    public static final long STACK_TOP = 0x1010_0000L;
    private static final int FRAME = 512;
    private static final int FRAMES = 8;

    /** A running program did something that it must not do. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message);
        }
    }

    private final Layout layout;
    private final Vector vector;
    private final Evaluator evaluator;
    private final Decoder decoder;
    private final ByteBuffer memory;
    private final ByteBuffer stack;
    private final long[] registers = new long[11];
    private final Deque<long[]> frames = new ArrayDeque<>();
    private Insn insn;
    private int pc;
    private int next;
    private boolean ended;

    /** A machine with the vector's program and memory. */
    public TestMachine(Isa isa, Layout layout, Vector vector) {
        this.layout = layout;
        this.vector = vector;
        this.evaluator = new Evaluator(isa, vector.order());
        this.decoder = new Decoder(isa);
        this.memory = ByteBuffer.wrap(vector.memory().clone()).order(vector.order());
        this.stack = ByteBuffer.allocate(FRAME * FRAMES).order(vector.order());
        this.insn = decode(0);
        registers[1] = layout.memory();
        registers[2] = vector.memory().length;
        registers[10] = STACK_TOP;
    }

    /** Runs the vector's program to its end or fault. */
    public TestMachine run() {
        for (int steps = 0; !ended; steps++) {
            if (steps > 10_000) {
                throw new AssertionError(vector + " does not end");
            }
            insn = decode(pc);
            next = pc + insn.slots();
            evaluator.execute(insn, this);
            pc = next;
        }
        return this;
    }

    private Insn decode(int slot) {
        return switch (decoder.decode(vector.code(), slot, vector.order())) {
            case Decoder.Decoded(Insn decoded) -> decoded;
            case Decoder.Rejected(String reason) -> throw new AssertionError(vector + ", slot " + slot + ": " + reason);
        };
    }

    /** Where the program is. */
    int pc() {
        return pc;
    }

    /** A word of the dump: 0 to 9 registers, 10 the mark, 11 the stack word. */
    public long dumped(int word) {
        return memory.getLong(Vectors.DUMP + 8 * word);
    }

    /** The memory, as the program left it. */
    byte[] memory() {
        return memory.array();
    }

    @Override
    public long register(int number) {
        return registers[number];
    }

    @Override
    public void register(int number, long value) {
        registers[number] = value;
    }

    private ByteBuffer buffer(long address, int bytes) {
        if (address >= layout.memory() && address <= layout.memory() + memory.capacity() - bytes) {
            return memory.position((int) (address - layout.memory()));
        }
        long bottom = registers[10] - FRAME;
        if (address >= bottom && address <= STACK_TOP - bytes) {
            return stack.position((int) (address - (STACK_TOP - FRAME * FRAMES)));
        }
        throw new Fault("access of " + bytes + " bytes at 0x" + Long.toHexString(address));
    }

    @Override
    public long load(long address, int width) {
        ByteBuffer at = buffer(address, width / 8);
        int position = at.position();
        return Bits.lo(switch (width) {
            case 8 -> at.get(position);
            case 16 -> at.getShort(position);
            case 32 -> at.getInt(position);
            default -> at.getLong(position);
        }, width);
    }

    @Override
    public void store(long address, int width, long value) {
        ByteBuffer at = buffer(address, width / 8);
        int position = at.position();
        switch (width) {
            case 8 -> at.put(position, (byte) value);
            case 16 -> at.putShort(position, (short) value);
            case 32 -> at.putInt(position, (int) value);
            default -> at.putLong(position, value);
        }
    }

    private static void align(long address, int width) {
        if (address % (width / 8) != 0) {
            throw new Fault("misaligned at 0x" + Long.toHexString(address));
        }
    }

    @Override
    public long atomic(Effect.AtomicOp op, long address, int width, long value) {
        align(address, width);
        long old = load(address, width);
        store(address, width, switch (op) {
            case ADD -> old + value;
            case OR -> old | value;
            case AND -> old & value;
            case XOR -> old ^ value;
            case XCHG -> value;
        });
        return old;
    }

    @Override
    public long compareExchange(long address, int width, long expected, long value) {
        align(address, width);
        long old = load(address, width);
        if (old == expected) {
            store(address, width, value);
        }
        return old;
    }

    @Override
    public long loadAcquire(long address, int width) {
        align(address, width);
        return load(address, width);
    }

    @Override
    public void storeRelease(long address, int width, long value) {
        align(address, width);
        store(address, width, value);
    }

    @Override
    public long packet(int offset, int width) {
        if (offset < 0 || offset > vector.packet().length - width / 8) {
            ended = true;
            return 0;
        }
        ByteBuffer packet = ByteBuffer.wrap(vector.packet()).order(ByteOrder.BIG_ENDIAN);
        return switch (width) {
            case 8 -> packet.get(offset) & 0xff;
            case 16 -> packet.getShort(offset) & 0xffff;
            default -> packet.getInt(offset) & 0xffff_ffffL;
        };
    }

    @Override
    public long linked() {
        return insn.instruction().targetField() == null ? 0x6000_0000L : layout.code() + 8L * (pc + 1 + insn.distance());
    }

    @Override
    public long supplied(Expr.Supply supply) {
        return 0;
    }

    @Override
    public void jump() {
        next = pc + 1 + insn.distance();
    }

    @Override
    public void mayGoto() {
        // the iterations of a vector are never used up
    }

    @Override
    public void jumpTo(long pointer) {
        next = slot(pointer);
    }

    private int slot(long pointer) {
        long slot = (pointer - layout.code()) / 8;
        if (pointer < layout.code() || pointer % 8 != 0 || slot >= vector.code().length / 8) {
            throw new Fault("no code pointer: 0x" + Long.toHexString(pointer));
        }
        return (int) slot;
    }

    @Override
    public void call(Effect.CallKind kind) {
        switch (kind) {
            case LOCAL -> enter(pc + 1 + insn.distance());
            case HELPER, KFUNC -> throw new Fault("no helpers here");
        }
    }

    @Override
    public void callTo(long value) {
        enter(slot(value));
    }

    private void enter(int target) {
        if (frames.size() == FRAMES - 1) {
            throw new Fault("calls are nested too deep");
        }
        frames.push(new long[] {registers[6], registers[7], registers[8], registers[9], registers[10], next});
        registers[10] -= FRAME;
        next = target;
    }

    @Override
    public void exit() {
        if (frames.isEmpty()) {
            ended = true;
            return;
        }
        long[] frame = frames.pop();
        System.arraycopy(frame, 0, registers, 6, 5);
        next = (int) frame[5];
    }

    @Override
    public void check(long address, long size, boolean write) {
        throw new Fault("programs have no checks");
    }
}
