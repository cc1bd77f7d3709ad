// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.Operands;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes vectors from rows of the table, with nothing in it that knows an instruction: boundary operands, every combination of registers, dirty
 * upper halves, both directions of branches, every fault that the row can cause. Immutable and thread-safe; vectors are made one at a time.
 */
public final class Vectors {
    /** Bytes of memory in front of the dump, for the instruction under test. */
    public static final int DATA = 64;
    /** Offset in the memory at which a vector leaves r0 to r9, the mark of the way taken, and the stack word: twelve words. */
    public static final int DUMP = DATA;
    /** Bytes of memory that a vector has. */
    public static final int MEMORY = DUMP + 12 * 8;
    /** Bytes of packet that a vector has if its row reads it. */
    public static final int PACKET = 64;

    private static final int FAR = 32_767;
    private static final int BEYOND_FAR = 40_000;
    /** Every how many vectors a long program is made, an access faults, operands are alike. */
    private static final int FAR_EVERY = 512;
    private static final int FAULT_EVERY = 4;
    private static final int ALIKE_EVERY = 16;

    private final Isa isa;
    private final ByteOrder order;
    private final Layout layout;
    private final Frame frame;
    private final List<List<Insn>> registers;
    private final List<Shape> shapes;

    /** Vectors for programs of one byte order, which get their memory at the layout's address. */
    public Vectors(Isa isa, ByteOrder order, Layout layout) {
        this.isa = isa;
        this.order = order;
        this.layout = layout;
        this.frame = new Frame(isa, order, layout.memory() + DUMP);
        this.registers = isa.instructions().stream().map(Vectors::registers).toList();
        this.shapes = isa.instructions().stream().map(Shape::of).toList();
    }

    /** The row with all combinations of registers; the other fields are not yet chosen. */
    private static List<Insn> registers(Instruction row) {
        List<Insn> insns = new ArrayList<>();
        for (int dst : Operands.boundary(row.operand(FieldName.DST))) {
            for (int src : Operands.boundary(row.operand(FieldName.SRC))) {
                insns.add(new Insn(row, dst, src, 0, 0, 0));
            }
        }
        return insns;
    }

    /** The first vectors of a row, made when they are asked for. */
    public Iterable<Vector> of(Instruction row, int count) {
        IntFunction<Vector> make = make(row);
        return () -> IntStream.range(0, count).mapToObj(make).iterator();
    }

    /** The first vectors of every row, row by row, made when they are asked for. */
    public Stream<Vector> all(int perRow) {
        return isa.instructions().stream().flatMap(row -> IntStream.range(0, perRow).mapToObj(make(row)));
    }

    /**
     * One vector of a row.
     *
     * @param number from 0; the number in its id
     */
    public Vector vector(Instruction row, int number) {
        return make(row).apply(number);
    }

    /** Programs in which one field of the row is wrong: each fixed field, each register that is none, each bit of a second slot. */
    public List<Malformed> malformed(Instruction row) {
        return new MalformedVectors(isa, order).of(row);
    }

    private IntFunction<Vector> make(Instruction row) {
        Shape shape = shapes.get(row.index());
        List<Insn> combinations = registers.get(row.index());
        return number -> make(row, shape, combinations.get(number % combinations.size()), number);
    }

    private Vector make(Instruction row, Shape shape, Insn operands, int number) {
        SplittableRandom random = new SplittableRandom(row.name().hashCode() * 0x9e37_79b9_7f4a_7c15L + number);
        boolean alike = number % ALIKE_EVERY == ALIKE_EVERY - 1;
        int pair = number - number / ALIKE_EVERY;
        long[] values = values(row, operands, pair, random);
        byte[] memory = new byte[MEMORY];
        random.nextBytes(memory);
        int off = choose(row, FieldName.OFF, number / 3, random);
        int imm = immediate(row, shape, pair / Boundary.count(), random);
        int next = choose(row, FieldName.NEXT, number / 7, random);
        if (alike) {
            boolean immediate = row.operand(FieldName.IMM).kind() == Instruction.OperandKind.ANY;
            long other = immediate ? imm : values[register(operands.src())];
            values[register(operands.dst())] = number / ALIKE_EVERY % 2 == 0 ? other : other ^ 0x1234_5678_0000_0000L;
        }
        if (shape.base() != null) {
            off = Address.place(shape, operands, off, number, FAULT_EVERY, layout, values, memory, order);
        }
        boolean far = number % FAR_EVERY == FAR_EVERY - 1;
        Way way = way(row, shape, number, far);
        if (shape.pointer() != null) {
            point(shape, operands, way, number, values);
        }
        if (row.targetField() != null && way.changes()) {
            off = row.targetField() == FieldName.OFF ? way.distance() : off;
            imm = row.targetField() == FieldName.IMM ? way.distance() : imm;
        }
        Insn insn = new Insn(row, operands.dst(), operands.src(), off, imm, next);
        byte[] code = frame.program(insn, values, way.before(), way.behind());
        byte[] packet = new byte[shape.packet() ? PACKET : 0];
        random.nextBytes(packet);
        return new Vector(row.name() + "/" + number, row, order, code, frame.slot(way.before()), memory, packet, values);
    }

    /** A register that a program can set; the stack pointer cannot. */
    private static int register(int number) {
        return number == 10 ? 9 : number;
    }

    /** All pairs of boundary values in the operands; anything in the other registers. */
    private static long[] values(Instruction row, Insn operands, int pair, SplittableRandom random) {
        long[] values = new long[10];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? random.nextLong() : Boundary.value(random.nextInt(Boundary.count()));
        }
        if (row.operand(FieldName.SRC).isRegister()) {
            values[register(operands.src())] = Boundary.value(pair / Boundary.count());
        }
        if (row.operand(FieldName.DST).isRegister()) {
            values[register(operands.dst())] = Boundary.value(pair);
        }
        return values;
    }

    /** A boundary value of a field, at times a random one. */
    private static int choose(Instruction row, FieldName field, int number, SplittableRandom random) {
        Operand operand = row.operand(field);
        List<Integer> choices = Operands.boundary(operand);
        boolean any = operand.kind() == Instruction.OperandKind.ANY && random.nextInt(8) == 0;
        return any ? random.nextInt() : choices.get(number % choices.size());
    }

    private static int immediate(Instruction row, Shape shape, int number, SplittableRandom random) {
        boolean linked = switch (row.operand(FieldName.IMM).kind()) {
            case MAP, VARIABLE -> true;
            case FIXED, REGISTER_READ, REGISTER_WRITE, DISPLACEMENT, TARGET, ANY, HELPER, KFUNC -> false;
        };
        if (linked) {
            return 0;
        }
        return shape.packet() && random.nextBoolean() ? random.nextInt(PACKET + 4) - 2 : choose(row, FieldName.IMM, number, random);
    }

    /**
     * Where control goes, and the fillers that it needs.
     *
     * @param changes  whether the distance is put into the instruction
     * @param distance slots from the next instruction
     * @param target   the slot that it means
     */
    private record Way(int before, int behind, boolean changes, int distance, int target) {}

    private Way way(Instruction row, Shape shape, int number, boolean far) {
        int slots = row.wide() ? 2 : 1;
        int reach = row.targetField() == FieldName.IMM || shape.pointer() != null ? BEYOND_FAR : FAR;
        return switch (shape.flow()) {
            case NEXT, EXIT -> row.targetField() == null ? new Way(0, 0, false, 0, 0) : to(frame.function(0, slots, 0), 0, 0);
            case LOCAL_CALL, CALL_TO_POINTER -> far ? to(frame.function(0, slots, reach), 0, reach)
                    : number % 16 == 15 ? to(0, 0, 0)
                            : to(frame.function(0, slots, 0), 0, 0);
            case JUMP, JUMP_TO_POINTER -> {
                if (far && number / FAR_EVERY % 2 == 0) {
                    int behind = reach - (frame.ahead(0, slots, 0) - frame.slot(0) - 1);
                    yield to(frame.ahead(0, slots, behind), 0, behind);
                }
                if (far) {
                    int before = reach - (frame.slot(0) - frame.back());
                    yield to(frame.back(), before, 0);
                }
                yield switch (number % 4) {
                    case 0 -> to(frame.back(), 0, 0);
                    case 1 -> to(frame.ahead(0, slots, 5), 0, 5);
                    case 2 -> to(frame.slot(0) + slots, 0, 0);
                    default -> to(frame.dumpSlot(0, slots), 0, 0);
                };
            }
        };
    }

    private Way to(int target, int before, int behind) {
        return new Way(before, behind, true, target - frame.slot(before) - 1, target);
    }

    /** Puts a code pointer into the register that the instruction follows; at times a value that is none. */
    private void point(Shape shape, Insn operands, Way way, int number, long[] values) {
        int register = register(shape.pointer() == Expr.Role.SRC ? operands.src() : operands.dst());
        long pointer = layout.code() + 8L * way.target();
        values[register] = switch (number % 8) {
            case 0 -> pointer + 1;
            case 1 -> pointer | 1L << 32;
            case 2 -> layout.code() - 8;
            case 3 -> Boundary.value(number / 8);
            default -> pointer;
        };
    }
}
