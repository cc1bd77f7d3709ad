// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.eval;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Executes instructions by walking their effect trees. Immutable and thread-safe. This class is the meaning of the operators: what is written
 * here in one line per operator, every generator must print.
 */
public final class Evaluator {
    private final List<List<Effect>> effects;

    /** An evaluator for programs of one byte order. */
    public Evaluator(Isa isa, ByteOrder order) {
        this.effects = isa.instructions().stream().map(instruction -> Effects.specialize(instruction.effects(), order)).toList();
    }

    /** The effects of an instruction, for this evaluator's byte order. */
    public List<Effect> effects(Instruction instruction) {
        return effects.get(instruction.index());
    }

    /** Does what an instruction does. */
    public void execute(Insn insn, State state) {
        for (Effect effect : effects.get(insn.instruction().index())) {
            execute(effect, insn, state);
        }
    }

    private static void execute(Effect effect, Insn insn, State state) {
        switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> state.register(number(insn, target), value(value, insn, state));
            case Effect.Store(Expr address, Expr value) -> state.store(value(address, insn, state), value.width(), value(value, insn,
                    state));
            case Effect.Atomic atomic -> {
                Expr operand = atomic.value();
                long old = state.atomic(atomic.op(), value(atomic.address(), insn, state), operand.width(), value(operand, insn, state));
                if (atomic.old() != null) {
                    state.register(number(insn, atomic.old()), old);
                }
            }
            case Effect.CompareExchange(Expr address, Expr expected, Expr value, Expr.Role old) -> state.register(number(insn, old), state
                    .compareExchange(
                            value(address, insn, state), value.width(), value(expected, insn, state), value(value, insn, state)));
            case Effect.LoadAcquire(Expr.Role target, Expr address, int width) -> state.register(number(insn, target), state.loadAcquire(
                    value(address, insn,
                            state), width));
            case Effect.StoreRelease(Expr address, Expr value) -> state.storeRelease(value(address, insn, state), value.width(), value(
                    value, insn, state));
            case Effect.Jump(Expr condition) -> {
                if (value(condition, insn, state) != 0) {
                    state.jump();
                }
            }
            case Effect.MayGoto mayGoto -> state.mayGoto();
            case Effect.JumpIndirect(Expr target) -> state.jumpTo(value(target, insn, state));
            case Effect.Call(Effect.CallKind kind) -> state.call(kind);
            case Effect.CallIndirect(Expr target) -> state.callTo(value(target, insn, state));
            case Effect.Exit exit -> state.exit();
            case Effect.CheckAccess(Expr address, Expr size, boolean write) -> state.check(value(address, insn, state), value(size, insn,
                    state), write);
        }
    }

    /** The register number that a role means in an instruction. */
    public static int number(Insn insn, Expr.Role role) {
        return switch (role) {
            case DST -> insn.dst();
            case SRC -> insn.src();
            case R0 -> 0;
        };
    }

    /** The value of an expression, zero-extended from its width. */
    public static long value(Expr expr, Insn insn, State state) {
        return switch (expr) {
            case Expr.Const(long value, int width) -> value;
            case Expr.Register(Expr.Role role) -> state.register(number(insn, role));
            case Expr.FieldValue(Expr.Field field) -> switch (field) {
                case IMM -> insn.imm() & 0xffff_ffffL;
                case OFF -> insn.off() & 0xffffL;
                case WIDE -> insn.wide();
            };
            case Expr.BigEndian bigEndian -> throw new IllegalStateException("effects must be specialised for a byte order first");
            case Expr.Linked linked -> state.linked();
            case Expr.Supplied(Expr.Supply supply) -> state.supplied(supply);
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> unary(op, value(operand, insn, state), operand.width());
            case Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) -> binary(op, value(left, insn, state), value(right, insn, state),
                    left.width());
            case Expr.Low(Expr operand, int width) -> Bits.lo(value(operand, insn, state), width);
            case Expr.ZeroExtend(Expr operand, int width) -> value(operand, insn, state);
            case Expr.SignExtend(Expr operand, int width) -> Bits.lo(Bits.sx(value(operand, insn, state), operand.width()), width);
            case Expr.IfElse(Expr condition, Expr then, Expr otherwise) -> value(value(condition, insn, state) != 0 ? then : otherwise,
                    insn, state);
            case Expr.Load(Expr address, int width) -> state.load(value(address, insn, state), width);
            case Expr.PacketLoad(Expr offset, int width) -> state.packet((int) value(offset, insn, state), width);
        };
    }

    /** An operator on a value of this width. */
    public static long unary(Expr.UnaryOp op, long a, int width) {
        return switch (op) {
            case NEG -> Bits.lo(-a, width);
            case BSWAP -> Bits.bswap(a, width);
        };
    }

    /** An operator on two zero-extended values of this width. */
    public static long binary(Expr.BinaryOp op, long a, long b, int width) {
        return switch (op) {
            case ADD -> Bits.lo(a + b, width);
            case SUB -> Bits.lo(a - b, width);
            case MUL -> Bits.lo(a * b, width);
            case DIV_U -> Long.divideUnsigned(a, b);
            case DIV_S -> Bits.lo(Bits.sx(a, width) / Bits.sx(b, width), width);
            case MOD_U -> Long.remainderUnsigned(a, b);
            case MOD_S -> Bits.lo(Bits.sx(a, width) % Bits.sx(b, width), width);
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> Bits.lo(a << b, width);
            case SHR -> a >>> b;
            case SAR -> Bits.lo(Bits.sx(a, width) >> b, width);
            case EQ -> truth(a == b);
            case NE -> truth(a != b);
            case LT_U -> truth(Long.compareUnsigned(a, b) < 0);
            case LE_U -> truth(Long.compareUnsigned(a, b) <= 0);
            case GT_U -> truth(Long.compareUnsigned(a, b) > 0);
            case GE_U -> truth(Long.compareUnsigned(a, b) >= 0);
            case LT_S -> truth(Bits.sx(a, width) < Bits.sx(b, width));
            case LE_S -> truth(Bits.sx(a, width) <= Bits.sx(b, width));
            case GT_S -> truth(Bits.sx(a, width) > Bits.sx(b, width));
            case GE_S -> truth(Bits.sx(a, width) >= Bits.sx(b, width));
        };
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }
}
