// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.runtime.GuestAtomics;
import dev.bpf4j.analysis.Origin;
import dev.bpf4j.analysis.Step;
import dev.bpf4j.analysis.Steps;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.jit.jvm.Expressions.Extension;
import dev.bpf4j.runtime.GuestLayout;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Accesses to guest memory as bytecode, under the policy of the machine. */
final class Memory {
    private static final ClassDesc ORDER = Names.of(ByteOrder.class);
    private static final ClassDesc ATOMIC_OP = Names.of(Effect.AtomicOp.class);
    private static final ClassDesc ATOMICS = Names.of(GuestAtomics.class);

    private final CodeBuilder code;
    private final Frame frame;
    private final Steps steps;
    private final Method method;
    private final boolean checked;

    /** @param checked whether accesses have to lie in a region */
    Memory(CodeBuilder code, Frame frame, Steps steps, Method method, boolean checked) {
        this.code = code;
        this.frame = frame;
        this.steps = steps;
        this.method = method;
        this.checked = checked;
    }

    private Expressions expressions() {
        return method.expressions();
    }

    /** A width of an access: its layout and the Java type of its value. */
    private enum Cell {
        BYTE("BYTE", "BYTE", ConstantDescs.CD_byte, Names.of(ValueLayout.OfByte.class), TypeKind.INT), SHORT("LITTLE_SHORT", "BIG_SHORT",
                ConstantDescs.CD_short, Names.of(ValueLayout.OfShort.class), TypeKind.INT), INT("LITTLE_INT", "BIG_INT", Names.INT, Names
                        .of(ValueLayout.OfInt.class), TypeKind.INT), LONG("LITTLE_LONG", "BIG_LONG", Names.LONG, Names.of(
                                ValueLayout.OfLong.class), TypeKind.LONG);

        final String little;
        final String big;
        final ClassDesc type;
        final ClassDesc layout;
        final TypeKind kind;

        Cell(String little, String big, ClassDesc type, ClassDesc layout, TypeKind kind) {
            this.little = little;
            this.big = big;
            this.type = type;
            this.layout = layout;
            this.kind = kind;
        }

        static Cell of(int width) {
            return switch (width) {
                case 8 -> BYTE;
                case 16 -> SHORT;
                case 32 -> INT;
                case 64 -> LONG;
                default -> throw new IllegalArgumentException("no access has " + width + " bits");
            };
        }
    }

    private void pushSegment() {
        code.getstatic(Names.GENERATED, GeneratedClass.MEMORY, Names.SEGMENT);
    }

    private void pushLayout(Cell cell, Step step) {
        boolean big = steps.order(step.slot()) == ByteOrder.BIG_ENDIAN;
        code.getstatic(Names.LAYOUTS, big ? cell.big : cell.little, cell.layout);
    }

    /** Pushes the value at an address: 64 bits as {@code long}, less as {@code int} extended with its sign. */
    void load(Expr address, int width, Step step) {
        Cell cell = Cell.of(width);
        int at = addressLocal(address, step);
        pushSegment();
        pushLayout(cell, step);
        confine(address, at, width / 8, false, step);
        code.invokeinterface(Names.SEGMENT, "get", MethodTypeDesc.of(cell.type, cell.layout, Names.LONG));
    }

    /** Stores a value at an address. */
    void store(Expr address, Expr value, Step step) {
        Cell cell = Cell.of(value.width());
        int at = addressLocal(address, step);
        int kept = valueLocal(value, cell, step);
        pushSegment();
        pushLayout(cell, step);
        confine(address, at, value.width() / 8, true, step);
        if (kept >= 0) {
            code.loadLocal(cell.kind, kept);
        } else {
            push(value, cell, step);
        }
        code.invokeinterface(Names.SEGMENT, "set", MethodTypeDesc.of(Names.VOID, cell.layout, Names.LONG, cell.type));
    }

    private void push(Expr value, Cell cell, Step step) {
        if (cell == Cell.LONG) {
            expressions().pushLong(value, step);
        } else {
            expressions().pushInt(value, Extension.SIGN, step);
        }
    }

    /** An address that reads memory itself is computed first; -1 if it can be computed where it is needed. */
    private int addressLocal(Expr address, Step step) {
        if (!Expressions.loads(address)) {
            return -1;
        }
        expressions().pushLong(address, step);
        int local = code.allocateLocal(TypeKind.LONG);
        code.lstore(local);
        return local;
    }

    private int valueLocal(Expr value, Cell cell, Step step) {
        if (!Expressions.loads(value)) {
            return -1;
        }
        push(value, cell, step);
        int local = code.allocateLocal(cell.kind);
        code.storeLocal(cell.kind, local);
        return local;
    }

    private void pushAddress(Expr address, int local, Step step) {
        if (local >= 0) {
            code.lload(local);
        } else {
            expressions().pushLong(address, step);
        }
    }

    /** Pushes the address of an access, confined to the guest space and found in a region. */
    private void confine(Expr address, int local, int size, boolean write, Step step) {
        Origin region = method.isCovered(step.slot()) || !checked ? Compilation.PROVEN
                : method.compilation().regionOf(step.slot(), size, write);
        if (region.equals(Compilation.PROVEN)) {
            pushAddress(address, local, step);
        } else if (region instanceof Origin.Unknown) {
            frame.pushRun();
            pushAddress(address, local, step);
            find(size, write, step);
        } else {
            int at = local;
            if (at < 0) {
                at = code.allocateLocal(TypeKind.LONG);
                pushAddress(address, local, step);
                code.lstore(at);
            }
            check(region, at, size, write, step);
            code.lload(at);
        }
        code.loadConstant(GuestLayout.ADDRESS_MASK).land();
    }

    /** Compares an address with the bounds of the region that it is expected in, and searches all regions if it is not there. */
    private void check(Origin region, int at, int size, boolean write, Step step) {
        Label inside = code.newLabel();
        code.lload(at);
        pushBase(region);
        code.lsub();
        pushLimit(region, size);
        code.invokestatic(Names.LONG_BOX, "compareUnsigned", MethodTypeDesc.of(Names.INT, Names.LONG, Names.LONG)).iflt(inside);
        frame.pushRun();
        code.lload(at);
        find(size, write, step);
        code.pop2();
        code.labelBinding(inside);
    }

    private void pushBase(Origin region) {
        switch (region) {
            case Origin.Context c -> method.bounds().push("contextBase");
            case Origin.Packet p -> method.bounds().push("packetBase");
            case Origin.Shared(long base) -> code.loadConstant(base);
            case Origin.Stack s -> {
                frame.pushStackPointer();
                code.loadConstant((long) GuestLayout.FRAME_SIZE).lsub();
            }
            case Origin.Frame f -> throw noRegion(region);
            case Origin.Fixed f -> throw noRegion(region);
            case Origin.None n -> throw noRegion(region);
            case Origin.Scalar s -> throw noRegion(region);
            case Origin.Unknown u -> throw noRegion(region);
        }
    }

    /** Pushes how far behind the base an access of this size has to begin below. */
    private void pushLimit(Origin region, int size) {
        switch (region) {
            case Origin.Context c -> method.bounds().push("contextLimit" + size);
            case Origin.Packet p -> method.bounds().push("packetLimit" + size);
            case Origin.Shared(long base) -> code.loadConstant(Math.max(method.compilation().shared(base).size() - size + 1, 0));
            case Origin.Stack s -> {
                method.bounds().push("stackTop");
                frame.pushStackPointer();
                code.lsub().loadConstant((long) GuestLayout.FRAME_SIZE + 1 - size).ladd();
            }
            case Origin.Frame f -> throw noRegion(region);
            case Origin.Fixed f -> throw noRegion(region);
            case Origin.None n -> throw noRegion(region);
            case Origin.Scalar s -> throw noRegion(region);
            case Origin.Unknown u -> throw noRegion(region);
        }
    }

    private static IllegalStateException noRegion(Origin origin) {
        return new IllegalStateException(origin + " is no region");
    }

    private void find(int size, boolean write, Step step) {
        code.loadConstant(size).loadConstant(write ? 1 : 0);
        frame.pushStackPointer();
        frame.pushPlace(step.slot());
        code.invokestatic(Names.ACCESSES, "find", MethodTypeDesc.of(Names.LONG, Names.RUN, Names.LONG, Names.INT, Names.BOOLEAN, Names.LONG,
                Names.INT));
    }

    // ---- atomics ----

    private void pushOrder(Step step) {
        boolean big = steps.order(step.slot()) == ByteOrder.BIG_ENDIAN;
        code.getstatic(ORDER, big ? "BIG_ENDIAN" : "LITTLE_ENDIAN", ORDER);
    }

    /** Pushes the aligned and confined address of an atomic access. */
    private void aligned(Expr address, int size, boolean write, Step step) {
        frame.pushRun();
        expressions().pushLong(address, step);
        code.loadConstant(size).loadConstant(write ? 1 : 0).loadConstant(checked ? 1 : 0);
        frame.pushStackPointer();
        frame.pushPlace(step.slot());
        code.invokestatic(Names.CALLS, "aligned", MethodTypeDesc.of(Names.LONG, Names.RUN, Names.LONG, Names.INT, Names.BOOLEAN,
                Names.BOOLEAN, Names.LONG, Names.INT));
    }

    /** Pushes a value, zero-extended to a {@code long}. */
    private void pushUnsigned(Expr value, Step step) {
        expressions().pushLong(value.width() == Long.SIZE ? value : new Expr.ZeroExtend(value, Long.SIZE), step);
    }

    /** Pushes the old value, zero-extended. */
    void atomic(Effect.Atomic atomic, Step step) {
        int width = atomic.value().width();
        pushSegment();
        code.getstatic(ATOMIC_OP, atomic.op().name(), ATOMIC_OP);
        aligned(atomic.address(), width / 8, true, step);
        code.loadConstant(width);
        pushUnsigned(atomic.value(), step);
        pushOrder(step);
        code.invokestatic(ATOMICS, "update", MethodTypeDesc.of(Names.LONG, Names.SEGMENT, ATOMIC_OP, Names.LONG, Names.INT, Names.LONG,
                ORDER));
    }

    /** Pushes the old value, zero-extended. */
    void compareExchange(Effect.CompareExchange exchange, Step step) {
        int width = exchange.value().width();
        pushSegment();
        aligned(exchange.address(), width / 8, true, step);
        code.loadConstant(width);
        pushUnsigned(exchange.expected(), step);
        pushUnsigned(exchange.value(), step);
        pushOrder(step);
        code.invokestatic(ATOMICS, "compareExchange", MethodTypeDesc.of(Names.LONG, Names.SEGMENT, Names.LONG, Names.INT, Names.LONG,
                Names.LONG, ORDER));
    }

    /** Pushes the value, zero-extended. */
    void loadAcquire(Expr address, int width, Step step) {
        pushSegment();
        aligned(address, width / 8, false, step);
        code.loadConstant(width);
        pushOrder(step);
        code.invokestatic(ATOMICS, "loadAcquire", MethodTypeDesc.of(Names.LONG, Names.SEGMENT, Names.LONG, Names.INT, ORDER));
    }

    void storeRelease(Expr address, Expr value, Step step) {
        pushSegment();
        aligned(address, value.width() / 8, true, step);
        code.loadConstant(value.width());
        pushUnsigned(value, step);
        pushOrder(step);
        code.invokestatic(ATOMICS, "storeRelease", MethodTypeDesc.of(Names.VOID, Names.SEGMENT, Names.LONG, Names.INT, Names.LONG, ORDER));
    }

    // ---- the rest ----

    /** Pops an offset and pushes the packet's value there, zero-extended; leaves the program if there is none. */
    void packet(int width, Step step) {
        int offset = code.allocateLocal(TypeKind.INT);
        int value = code.allocateLocal(TypeKind.LONG);
        Label found = code.newLabel();
        code.istore(offset);
        frame.pushRun();
        code.iload(offset).loadConstant(width / 8);
        code.invokestatic(Names.CALLS, "packet", MethodTypeDesc.of(Names.LONG, Names.RUN, Names.INT, Names.INT)).lstore(value);
        code.lload(value).lconst_0().lcmp().ifge(found);
        method.abandon();
        code.labelBinding(found).lload(value).l2i();
    }

    void check(Effect.CheckAccess check, Step step) {
        frame.pushRun();
        expressions().pushLong(check.address(), step);
        expressions().pushLong(check.size(), step);
        code.loadConstant(check.write() ? 1 : 0);
        frame.pushStackPointer();
        frame.pushPlace(step.slot());
        code.invokestatic(Names.CALLS, "check", Names.type(Names.VOID, List.of(Names.RUN), 2, List.of(Names.BOOLEAN, Names.LONG,
                Names.INT)));
    }
}
