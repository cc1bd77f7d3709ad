// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.BinaryOp;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.eval.Evaluator;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.Arrays;

/** Runs {@link OriginCode} for the instructions of a block: registers and a stack of origins. */
final class OriginMachine {
    private static final int STACK_POINTER = 10;
    private static final int CLOBBERED = 6;
    private static final int LONG = 64;
    private static final int INT = 32;
    private static final int ARGUMENT = 8;
    private static final int BYTE = 0xff;
    private static final BinaryOp[] BINARY = BinaryOp.values();
    private static final Expr.UnaryOp[] UNARY = Expr.UnaryOp.values();

    private final Provenance provenance;
    private final Steps steps;
    private final LinkedProgram program;
    private final OriginCode[] rows;
    private final int[] kinds = new int[OriginStates.REGISTERS];
    private final long[] values = new long[OriginStates.REGISTERS];
    private final int[] stack = new int[OriginCode.DEPTH];
    private final long[] stackValues = new long[OriginCode.DEPTH];
    private int depth;

    OriginMachine(Provenance provenance, LinkedProgram program) {
        this.provenance = provenance;
        this.steps = provenance.steps();
        this.program = program;
        this.rows = OriginCode.of(program.source().order());
    }

    /** The registers' kinds; live. */
    int[] kinds() {
        return kinds;
    }

    /** The registers' values; live. */
    long[] values() {
        return values;
    }

    /** Registers become what they are at the start of a function that nobody has called yet. */
    void enterFunction(boolean main) {
        Arrays.fill(kinds, Origins.NUMBER);
        Arrays.fill(values, 0);
        if (main) {
            kinds[1] = Origins.CONTEXT;
        }
        kinds[STACK_POINTER] = Origins.FRAME;
    }

    /** The registers are those that a function is called with; true if that is something new for it. */
    boolean enter(OriginStates callee) {
        int[] given = new int[OriginStates.REGISTERS];
        for (int r = 0; r < STACK_POINTER; r++) {
            given[r] = Origins.blurred(kinds[r]);
        }
        given[STACK_POINTER] = Origins.FRAME;
        return callee.enter(0, given, new long[OriginStates.REGISTERS]);
    }

    /** Runs the instructions of a block. */
    void run(int function, int block, OriginStates state) {
        FlowGraph graph = state.graph();
        int last = graph.last(block);
        for (int slot = graph.first(block); slot <= last; slot++) {
            int row = steps.row(slot);
            if (row >= 0) {
                run(rows[row], slot, function, block, state);
            }
        }
    }

    private void run(OriginCode row, int slot, int function, int block, OriginStates state) {
        OriginCode.Form form = row.form();
        if (form == OriginCode.Form.NOTHING) {
            return;
        }
        Insn insn = steps.insn(slot);
        int dst = insn.dst();
        switch (form) {
            case NOTHING -> throw new IllegalStateException("done above");
            case MOVE -> set(dst, kinds[insn.src()], values[insn.src()]);
            case CONSTANT -> set(dst, Origins.KNOWN, insn.imm());
            case ADD -> {
                if (Origins.hasValue(kinds[dst])) {
                    values[dst] += insn.imm();
                }
            }
            case LOAD -> {
                int kind = kinds[insn.src()];
                long address = Origins.hasValue(kind) ? values[insn.src()] + insn.off() : 0;
                provenance.note(slot, kind, address);
                set(dst, provenance.loaded(kind, address, row.width(), state, block), 0);
            }
            case STORE, SPILL -> {
                int kind = kinds[dst];
                long address = Origins.hasValue(kind) ? values[dst] + insn.off() : 0;
                provenance.note(slot, kind, address);
                if (form == OriginCode.Form.SPILL && kind == Origins.FRAME) {
                    state.spill(address, kinds[insn.src()]);
                }
            }
            case OTHER -> {
                if (row.computesFrom() != 0 && numbers(row.computesFrom(), insn)) {
                    set(dst, Origins.NUMBER, 0);
                } else {
                    run(row, slot, insn, function, block, state);
                }
            }
        }
    }

    private void set(int register, int kind, long value) {
        kinds[register] = kind;
        values[register] = value;
    }

    /** Whether the registers of these roles are numbers that are not known. */
    private boolean numbers(int roles, Insn insn) {
        return ((roles & 1 << Expr.Role.DST.ordinal()) == 0 || kinds[insn.dst()] == Origins.NUMBER) && ((roles & 1 << Expr.Role.SRC
                .ordinal()) == 0 || kinds[insn.src()] == Origins.NUMBER) && (roles & 1 << Expr.Role.R0.ordinal()) == 0;
    }

    private void run(OriginCode row, int slot, Insn insn, int function, int block, OriginStates state) {
        depth = 0;
        for (int instruction : row.code()) {
            int argument = instruction >>> ARGUMENT;
            switch (instruction & BYTE) {
                case OriginCode.REGISTER -> {
                    int register = register(insn, argument);
                    push(kinds[register], values[register]);
                }
                case OriginCode.IMM -> push(Origins.KNOWN, Bits.lo(insn.imm(), INT));
                case OriginCode.IMM_64 -> push(Origins.KNOWN, insn.imm());
                case OriginCode.OFF -> push(Origins.KNOWN, Bits.lo(insn.off(), 16));
                case OriginCode.OFF_64 -> push(Origins.KNOWN, insn.off());
                case OriginCode.WIDE -> push(provenance.constant(insn.wide()), insn.wide());
                case OriginCode.LINKED -> push(provenance.constant(program.constant(slot)), program.constant(slot));
                case OriginCode.CONST -> {
                    long value = row.constants()[argument >>> 1];
                    push((argument & 1) == 0 ? Origins.KNOWN : provenance.constant(value), value);
                }
                case OriginCode.NUMBER -> push(Origins.NUMBER, 0);
                case OriginCode.UNARY -> unary(argument);
                case OriginCode.BINARY -> {
                    depth--;
                    binary(argument);
                }
                case OriginCode.LOW -> low(argument);
                case OriginCode.ZERO_EXTEND -> extend(argument);
                case OriginCode.SIGN_EXTEND -> signExtend(argument);
                case OriginCode.IF_ELSE -> choose();
                case OriginCode.ADDRESS -> {
                    int register = register(insn, argument);
                    int kind = kinds[register];
                    push(kind, Origins.hasValue(kind) ? values[register] + insn.off() : 0);
                    provenance.note(slot, stack[0], stackValues[0]);
                }
                case OriginCode.NOTE -> provenance.note(slot, stack[depth - 1], stackValues[depth - 1]);
                case OriginCode.LOAD -> top(provenance.loaded(stack[depth - 1], stackValues[depth - 1], argument, state, block), 0);
                case OriginCode.SET -> {
                    int register = register(insn, argument);
                    depth--;
                    kinds[register] = stack[depth];
                    values[register] = stackValues[depth];
                }
                case OriginCode.SET_NUMBER -> {
                    int register = register(insn, argument);
                    kinds[register] = Origins.NUMBER;
                    values[register] = 0;
                }
                case OriginCode.SPILL -> {
                    if (stack[0] == Origins.FRAME) {
                        state.spill(stackValues[0], stack[1]);
                    }
                }
                case OriginCode.DROP -> depth--;
                case OriginCode.CLOBBER -> clobber();
                case OriginCode.CALL -> {
                    int result = provenance.call(slot, argument, function, block);
                    clobber();
                    kinds[0] = result;
                }
                case OriginCode.LEAVE -> provenance.result(function, kinds[0]);
                default -> throw new IllegalStateException("no operation " + instruction);
            }
        }
    }

    private static int register(Insn insn, int role) {
        return role == Expr.Role.DST.ordinal() ? insn.dst() : role == Expr.Role.SRC.ordinal() ? insn.src() : 0;
    }

    private void clobber() {
        Arrays.fill(kinds, 0, CLOBBERED, Origins.NUMBER);
        Arrays.fill(values, 0, CLOBBERED, 0);
    }

    private void push(int kind, long value) {
        stack[depth] = kind;
        stackValues[depth++] = value;
    }

    /** Replaces what is on top. */
    private void top(int kind, long value) {
        stack[depth - 1] = kind;
        stackValues[depth - 1] = value;
    }

    // ---- operators ----

    private void unary(int argument) {
        if (stack[depth - 1] == Origins.KNOWN) {
            top(Origins.KNOWN, Evaluator.unary(UNARY[argument & BYTE], stackValues[depth - 1], argument >>> ARGUMENT));
        } else {
            top(Origins.NUMBER, 0);
        }
    }

    private void extend(int from) {
        int kind = stack[depth - 1];
        if (kind != Origins.KNOWN) {
            top(from == INT ? Origins.blurred(kind) : Origins.NUMBER, 0);
        }
    }

    private void signExtend(int argument) {
        int from = argument & BYTE;
        if (stack[depth - 1] == Origins.KNOWN) {
            top(Origins.KNOWN, Bits.lo(Bits.sx(stackValues[depth - 1], from), argument >>> ARGUMENT));
        } else {
            extend(from);
        }
    }

    private void low(int width) {
        int kind = stack[depth - 1];
        if (kind == Origins.KNOWN) {
            top(kind, Bits.lo(stackValues[depth - 1], width));
        } else {
            top(width == INT ? Origins.blurred(kind) : Origins.NUMBER, 0);
        }
    }

    /** One side if the condition is known, else whatever both may be. */
    private void choose() {
        depth -= 2;
        boolean known = stack[depth - 1] == Origins.KNOWN;
        boolean same = stack[depth] == stack[depth + 1] && stackValues[depth] == stackValues[depth + 1];
        if (known || same) {
            int side = !known || stackValues[depth - 1] != 0 ? depth : depth + 1;
            top(stack[side], stackValues[side]);
        } else {
            top(Origins.join(stack[depth], stack[depth + 1]), 0);
        }
    }

    /** The operands are on top and above it. */
    private void binary(int argument) {
        int left = stack[depth - 1];
        int right = stack[depth];
        if (left == Origins.NUMBER && Origins.isScalar(right) || left == Origins.KNOWN && right == Origins.NUMBER) {
            top(Origins.NUMBER, 0);
            return;
        }
        BinaryOp op = BINARY[argument & BYTE];
        int width = argument >>> ARGUMENT;
        if (left == Origins.KNOWN && right == Origins.KNOWN) {
            compute(op, width);
            return;
        }
        switch (op) {
            case ADD -> add(width);
            case SUB -> {
                if (!Origins.isScalar(right)) {
                    top(Origins.NUMBER, 0);
                } else if (width == LONG) {
                    move(left, stackValues[depth - 1], right, -stackValues[depth]);
                } else {
                    top(Origins.blurred(left), 0);
                }
            }
            case MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR, EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S ->
                top(
                        Origins.NUMBER, 0);
        }
    }

    private void compute(BinaryOp op, int width) {
        long a = stackValues[depth - 1];
        long b = stackValues[depth];
        boolean undefined = b == 0 && (op == BinaryOp.DIV_U || op == BinaryOp.DIV_S || op == BinaryOp.MOD_U || op == BinaryOp.MOD_S);
        if (undefined) {
            top(Origins.NUMBER, 0);
        } else {
            top(Origins.KNOWN, Evaluator.binary(op, a, b, width));
        }
    }

    /** A pointer and a number in either order, or two pointers. */
    private void add(int width) {
        int left = stack[depth - 1];
        int right = stack[depth];
        if (width != LONG) {
            int a = Origins.blurred(left);
            int b = Origins.blurred(right);
            top(a == b ? a : Origins.join(a, b), 0);
        } else if (Origins.isScalar(right)) {
            move(left, stackValues[depth - 1], right, stackValues[depth]);
        } else if (Origins.isScalar(left)) {
            move(right, stackValues[depth], left, stackValues[depth - 1]);
        } else if (left == Origins.PACKET && right != Origins.PACKET) {
            top(right, stackValues[depth]);
        } else {
            top(Origins.blurred(left), 0);
        }
    }

    /** A pointer moves by a number. */
    private void move(int pointer, long value, int number, long distance) {
        if (number == Origins.KNOWN && Origins.hasValue(pointer)) {
            top(pointer, value + distance);
        } else {
            top(Origins.blurred(pointer), 0);
        }
    }
}
