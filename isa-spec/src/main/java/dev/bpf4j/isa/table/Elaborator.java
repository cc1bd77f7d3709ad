// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives an expansion's expressions their types: looks names up, computes what is known when the table is read, and builds {@link Expr} and
 * {@link Effect} trees. A number has no width of its own and takes that of the operand beside it.
 */
final class Elaborator {
    private static final Map<String, Expr.Role> ROLES = Names.of(Expr.Role.values());
    private static final Map<String, Expr.Field> FIELDS = Names.of(Expr.Field.values());
    private static final Map<String, Expr.Supply> SUPPLIES = Names.of(Expr.Supply.values());
    private static final Map<String, Effect.AtomicOp> ATOMIC_OPS = Names.of(Effect.AtomicOp.values());
    private static final Map<String, Effect.CallKind> CALL_KINDS = Names.of(Effect.CallKind.values());
    private static final int ADDRESS = 64;

    private final Expansion expansion;

    Elaborator(Expansion expansion) {
        this.expansion = expansion;
    }

    /** A statement's effect. */
    Effect effect(Text source) {
        NodeParser.Statement statement = source.statement();
        Expr.Role target = statement.target() == null ? null : role(statement.target());
        if (statement.value() instanceof Node.Apply apply) {
            Effect effect = call(apply, target);
            if (effect != null) {
                return effect;
            }
        }
        if (target == null) {
            throw source.position().error(
                    "expected 'register = expression' or one of the effects, such as store(address, value) or exit()");
        }
        return new Effect.SetRegister(target, expr(statement.value(), 64));
    }

    private @Nullable Effect call(Node.Apply apply, Expr.@Nullable Role target) {
        return switch (apply.function()) {
            case "store" -> new Effect.Store(address(apply, 2, target, false), sized(apply, 1));
            case "store_release" -> new Effect.StoreRelease(address(apply, 2, target, false), sized(apply, 1));
            case "load_acquire" -> new Effect.LoadAcquire(result(apply, target), address(apply, 2, target, true), width(apply, 1));
            case "atomic" -> {
                arity(apply, 3);
                yield new Effect.Atomic(atomicOp(apply.arguments().get(0)), expr(apply.arguments().get(1), ADDRESS), atomicValue(apply),
                        target);
            }
            case "cmpxchg" -> {
                Expr address = address(apply, 3, target, true);
                Expr value = atomicValue(apply);
                yield new Effect.CompareExchange(address, expr(apply.arguments().get(1), value.width()), value, result(apply, target));
            }
            case "jump" -> new Effect.Jump(operand(apply, 1, target));
            case "may_goto" -> {
                none(apply, 0, target);
                yield new Effect.MayGoto();
            }
            case "jump_to" -> new Effect.JumpIndirect(operand(apply, ADDRESS, target));
            case "call_to" -> new Effect.CallIndirect(operand(apply, ADDRESS, target));
            case "call" -> {
                none(apply, 1, target);
                yield new Effect.Call(callKind(apply.arguments().get(0)));
            }
            case "exit" -> {
                none(apply, 0, target);
                yield new Effect.Exit();
            }
            case "check_read", "check_write" -> new Effect.CheckAccess(address(apply, 2, target, false), expr(apply.arguments().get(1), 64),
                    apply.function().equals("check_write"));
            default -> null;
        };
    }

    private Expr operand(Node.Apply apply, int width, Expr.@Nullable Role target) {
        none(apply, 1, target);
        return expr(apply.arguments().get(0), width);
    }

    private Expr address(Node.Apply apply, int arity, Expr.@Nullable Role target, boolean hasResult) {
        arity(apply, arity);
        if (target != null && !hasResult) {
            throw apply.at().error("'" + apply.function() + "' has no result");
        }
        return expr(apply.arguments().get(0), ADDRESS);
    }

    private Expr sized(Node.Apply apply, int index) {
        Node argument = apply.arguments().get(index);
        return number(argument, expr(argument, 0));
    }

    /** The third argument of a read-modify-write. */
    private Expr atomicValue(Node.Apply apply) {
        Expr value = sized(apply, 2);
        if (value.width() < 32) {
            throw apply.arguments().get(2).at().error("'" + apply.function() + "' has 32 or 64 bits, not " + value.width());
        }
        return value;
    }

    private static void none(Node.Apply apply, int arity, Expr.@Nullable Role target) {
        arity(apply, arity);
        if (target != null) {
            throw apply.at().error("'" + apply.function() + "' has no result");
        }
    }

    private static void arity(Node.Apply apply, int arity) {
        if (apply.arguments().size() != arity) {
            throw apply.at().error("'" + apply.function() + "' takes " + arity + (arity == 1 ? " argument" : " arguments") + ", not "
                    + apply.arguments().size());
        }
    }

    private static Expr.Role result(Node.Apply apply, Expr.@Nullable Role target) {
        if (target == null) {
            throw apply.at().error("'" + apply.function() + "' needs 'register =' in front of it");
        }
        return target;
    }

    private static Expr.Role role(Text name) {
        Expr.Role role = ROLES.get(name.value());
        if (role == null) {
            throw name.position().error("'" + name + "' is no register: dst, src or r0");
        }
        return role;
    }

    private Effect.AtomicOp atomicOp(Node node) {
        Effect.AtomicOp op = ATOMIC_OPS.get(word(node));
        if (op == null) {
            throw node.at().error("expected a column that holds one of add, or, and, xor, xchg");
        }
        return op;
    }

    private Effect.CallKind callKind(Node node) {
        Effect.CallKind kind = CALL_KINDS.get(word(node));
        if (kind == null) {
            throw node.at().error("expected a column that holds one of helper, local, kfunc");
        }
        return kind;
    }

    /** A name, or the characters that it stands for. */
    private String word(Node node) {
        if (!(node instanceof Node.Name(Position at, String name))) {
            return "";
        }
        Text meaning = expansion.raw(name);
        return meaning == null ? name : meaning.value();
    }

    /** An expression; a constant takes {@code width} bits, and anything else must have them, unless that is 0. */
    private Expr expr(Node node, int width) {
        Value known = expansion.value(node);
        if (known != null) {
            return constant(node, known, width);
        }
        expansion.budget().enter(node.at());
        Expr expr = node.typed(this, width);
        expansion.budget().leave();
        if (width != 0 && expr.width() != width) {
            throw node.at().error("this has " + bits(expr.width()) + ", expected " + bits(width));
        }
        return expr;
    }

    private static String bits(int width) {
        return width == 1 ? "1 bit, a truth value" : width + " bits";
    }

    private static Expr constant(Node node, Value value, int width) {
        if (!(value instanceof Value.Num(long number))) {
            throw node.at().error("this is a word, expected a value");
        }
        if (width == 0) {
            throw node.at().error("it cannot be told how many bits this number has");
        }
        if (!Bits.fitsSigned(number, width) && !Bits.fitsUnsigned(number, width)) {
            throw node.at().error("the number " + number + " does not fit into " + bits(width));
        }
        return new Expr.Const(number, width);
    }

    Expr negation(Node.Negation negation, int width) {
        return new Expr.Unary(Expr.UnaryOp.NEG, number(negation.operand(), expr(negation.operand(), width)));
    }

    Expr name(Node.Name name, int width) {
        Text text = expansion.lookup(name);
        if (text != null) {
            expansion.enter(name, text);
            Expr expr = expr(text.expression(), width);
            expansion.leave();
            return expr;
        }
        Expr.Role role = ROLES.get(name.name());
        if (role != null) {
            return new Expr.Register(role);
        }
        Expr.Field field = FIELDS.get(name.name());
        if (field != null) {
            return new Expr.FieldValue(field);
        }
        Expr.Supply supply = SUPPLIES.get(name.name());
        if (supply != null) {
            return new Expr.Supplied(supply);
        }
        return switch (name.name()) {
            case "linked" -> new Expr.Linked();
            case "big_endian" -> new Expr.BigEndian();
            default -> throw name.at().error("'" + name.name() + "' is no variable, definition or column of this table, and none of "
                    + builtIn());
        };
    }

    private static String builtIn() {
        Set<String> names = new TreeSet<>(ROLES.keySet());
        names.addAll(FIELDS.keySet());
        names.addAll(SUPPLIES.keySet());
        names.addAll(List.of("linked", "big_endian"));
        return String.join(", ", names);
    }

    Expr infix(Node.Infix infix, int width) {
        Expr.BinaryOp op = infix.op();
        int wanted = op.isComparison() ? 0 : width;
        boolean leftKnown = expansion.value(infix.left()) != null;
        Expr first = expr(leftKnown ? infix.right() : infix.left(), wanted);
        Expr second = expr(leftKnown ? infix.left() : infix.right(), first.width());
        boolean ofTruths = switch (op) {
            case AND, OR, XOR, EQ, NE -> true;
            case ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, SHL, SHR, SAR, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> false;
        };
        if (!ofTruths && first.width() == 1) {
            throw infix.at().error("'" + op.symbol() + "' of truth values");
        }
        return leftKnown ? new Expr.Binary(op, second, first) : new Expr.Binary(op, first, second);
    }

    private static Expr number(Node node, Expr expr) {
        if (expr.width() == 1) {
            throw node.at().error("this is a truth value, expected a number");
        }
        return expr;
    }

    Expr choice(Node.Choice choice, int width) {
        if (expansion.value(choice.condition()) instanceof Value.Num(long number)) {
            return expr(number != 0 ? choice.then() : choice.otherwise(), width);
        }
        boolean thenKnown = expansion.value(choice.then()) != null;
        Expr first = expr(thenKnown ? choice.otherwise() : choice.then(), width);
        Expr second = expr(thenKnown ? choice.then() : choice.otherwise(), first.width());
        Expr condition = expr(choice.condition(), 1);
        return thenKnown ? new Expr.IfElse(condition, second, first) : new Expr.IfElse(condition, first, second);
    }

    Expr apply(Node.Apply apply, int width) {
        List<Node> arguments = apply.arguments();
        switch (apply.function()) {
            case "lo", "zx", "sx" -> {
                arity(apply, 2);
                return resize(apply, width(apply, 1));
            }
            case "bswap" -> {
                arity(apply, 1);
                Expr operand = expr(arguments.get(0), width);
                if (operand.width() < 16) {
                    throw apply.at().error("nothing to swap in " + operand.width() + " bits");
                }
                return new Expr.Unary(Expr.UnaryOp.BSWAP, operand);
            }
            case "load" -> {
                arity(apply, 2);
                return new Expr.Load(expr(arguments.get(0), ADDRESS), width(apply, 1));
            }
            case "packet" -> {
                arity(apply, 2);
                return new Expr.PacketLoad(expr(arguments.get(0), 32), width(apply, 1));
            }
            default -> throw apply.at().error("'" + apply.function()
                    + "' is no function that gives a value; these are lo, zx, sx, bswap, load, packet");
        }
    }

    private Expr resize(Node.Apply apply, int to) {
        Expr operand = expr(apply.arguments().get(0), 0);
        boolean narrows = apply.function().equals("lo");
        if (narrows ? to > operand.width() : to < operand.width()) {
            throw apply.at().error(apply.function() + " of " + operand.width() + " bits to " + to + " bits");
        }
        if (to == operand.width()) {
            return operand;
        }
        if (narrows) {
            return low(operand, to);
        }
        return apply.function().equals("zx") ? new Expr.ZeroExtend(operand, to) : new Expr.SignExtend(operand, to);
    }

    /** The low bits, without an extension below that does not reach them. */
    private static Expr low(Expr operand, int to) {
        if (to == operand.width()) {
            return operand;
        }
        if (operand instanceof Expr.SignExtend(Expr inner, int width) && to <= inner.width()) {
            return low(inner, to);
        }
        if (operand instanceof Expr.ZeroExtend(Expr inner, int width) && to <= inner.width()) {
            return low(inner, to);
        }
        return operand instanceof Expr.Low(Expr inner, int width) ? low(inner, to) : new Expr.Low(operand, to);
    }

    private int width(Node.Apply apply, int index) {
        Node node = apply.arguments().get(index);
        if (expansion.value(node) instanceof Value.Num(long bits) && (bits == 8 || bits == 16 || bits == 32 || bits == 64)) {
            return (int) bits;
        }
        throw node.at().error("expected a width of 8, 16, 32 or 64 bits");
    }
}
