// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Instruction.OperandKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a generator has to know of an instruction, read from its fields and effects. Immutable. */
final class Row {
    /** What has to stand around an instruction in a program that is to get somewhere. */
    enum Sort {
        /** Computes from registers and constants. */
        COMPUTE,
        /** Accesses memory at a register plus offset. */
        MEMORY,
        /** The same, aligned. */
        ATOMIC,
        /** Jumps if a condition holds. */
        BRANCH,
        /** Jumps always. */
        GOTO,
        /** Jumps when iterations are used up. */
        MAY_GOTO,
        /** Jumps to a code pointer. */
        GOTO_INDIRECT,
        /** Calls a function of the program. */
        CALL_LOCAL,
        /** Calls a helper. */
        CALL_HELPER,
        /** Calls a kernel function. */
        CALL_KFUNC,
        /** Calls a code pointer or a helper. */
        CALL_INDIRECT,
        /** Returns. */
        EXIT,
        /** Reads the packet. */
        PACKET,
        /** Loads the address of a map. */
        LOAD_MAP,
        /** Loads the address of a platform variable. */
        LOAD_VARIABLE,
        /** Loads a code pointer. */
        LOAD_FUNCTION,
        /** Only for the machine's own routines. */
        SYSTEM
    }

    final Instruction instruction;
    final int index;
    final Sort sort;
    /** The canonical word with all fixed fields filled in. */
    final long base;
    final boolean wide;
    final boolean dstRegister;
    final boolean srcRegister;
    final boolean writesDst;
    final boolean writesSrc;
    final boolean immediate;
    /** The constant or register is a shift count. */
    final boolean shift;
    /** Divides: a zero or minus one in the source is of interest. */
    final boolean divides;
    /** The address register is in the dst field, else in src. Only for memory. */
    final boolean addressInDst;
    /** Bytes of the access. Only for memory. */
    final int bytes;
    final boolean stores;
    /** Register r0 takes part without being named. */
    final boolean usesR0;
    /** The width in bits at which registers are read; 64 if they are read whole. */
    final int width;

    Row(Instruction instruction) {
        this.instruction = instruction;
        this.index = instruction.index();
        List<Effect> effects = instruction.effects();
        this.sort = sort(instruction);
        this.base = Encoding.word(new Insn(instruction, fixed(FieldName.DST), fixed(FieldName.SRC), fixed(FieldName.OFF), fixed(
                FieldName.IMM), 0));
        this.wide = instruction.wide();
        Operand dst = instruction.operand(FieldName.DST);
        Operand src = instruction.operand(FieldName.SRC);
        this.dstRegister = dst.isRegister();
        this.srcRegister = src.isRegister();
        this.writesDst = dst.kind() == OperandKind.REGISTER_WRITE;
        this.writesSrc = src.kind() == OperandKind.REGISTER_WRITE;
        this.immediate = instruction.operand(FieldName.IMM).kind() == OperandKind.ANY;
        this.shift = any(effects, Expr.BinaryOp.SHL, Expr.BinaryOp.SHR, Expr.BinaryOp.SAR);
        this.divides = any(effects, Expr.BinaryOp.DIV_U, Expr.BinaryOp.DIV_S, Expr.BinaryOp.MOD_U, Expr.BinaryOp.MOD_S);
        this.usesR0 = Effects.reads(effects).contains(Expr.Role.R0) || Effects.writes(effects).contains(Expr.Role.R0);
        this.width = Effects.any(effects, expr -> expr instanceof Expr.Low(Expr.Register register, int bits) && bits == 32) ? 32 : 64;
        Access access = access(effects);
        this.addressInDst = access != null && access.inDst();
        this.bytes = access == null ? 0 : access.bits() / 8;
        this.stores = access != null && access.stores();
    }

    private int fixed(FieldName field) {
        Operand operand = instruction.operand(field);
        return operand.isFixed() ? operand.fixed() : 0;
    }

    private static boolean any(List<Effect> effects, Expr.BinaryOp... operators) {
        return Effects.any(effects, expr -> expr instanceof Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) && List.of(operators)
                .contains(op));
    }

    private record Access(boolean inDst, int bits, boolean stores) {}

    private static @Nullable Access access(List<Effect> effects) {
        List<Access> found = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.SetRegister set -> Effects.walk(set, expr -> {
                    if (expr instanceof Expr.Load(Expr address, int width)) {
                        found.add(new Access(inDst(address), width, false));
                    }
                });
                case Effect.Store(Expr address, Expr value) -> found.add(new Access(inDst(address), value.width(), true));
                case Effect.Atomic atomic -> found.add(new Access(inDst(atomic.address()), atomic.value().width(), true));
                case Effect.CompareExchange exchange -> found.add(new Access(inDst(exchange.address()), exchange.value().width(), true));
                case Effect.LoadAcquire load -> found.add(new Access(inDst(load.address()), load.width(), false));
                case Effect.StoreRelease(Expr address, Expr value) -> found.add(new Access(inDst(address), value.width(), true));
                case Effect.Jump _,Effect.MayGoto _,Effect.JumpIndirect _,Effect.Call _,Effect.CallIndirect _,Effect.Exit _,Effect.CheckAccess _ -> {
                    // no access
                }
            }
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private static boolean inDst(Expr address) {
        List<Expr> registers = new ArrayList<>();
        Effects.walk(address, expr -> {
            if (expr instanceof Expr.Register(Expr.Role role) && role == Expr.Role.DST) {
                registers.add(expr);
            }
        });
        return !registers.isEmpty();
    }

    private static Sort sort(Instruction instruction) {
        List<Effect> effects = instruction.effects();
        if (Effects.any(effects, Expr.PacketLoad.class::isInstance)) {
            return Sort.PACKET;
        }
        if (Effects.any(effects, expr -> expr instanceof Expr.Supplied(Expr.Supply supply) && supply == Expr.Supply.LANE_CELLS)) {
            return Sort.SYSTEM;
        }
        if (Effects.any(effects, Expr.Linked.class::isInstance)) {
            return linked(instruction);
        }
        if (Effects.any(effects, Expr.Load.class::isInstance)) {
            return Sort.MEMORY;
        }
        return switch (effects.getFirst()) {
            case Effect.SetRegister e -> Sort.COMPUTE;
            case Effect.Store e -> Sort.MEMORY;
            case Effect.Atomic e -> Sort.ATOMIC;
            case Effect.CompareExchange e -> Sort.ATOMIC;
            case Effect.LoadAcquire e -> Sort.ATOMIC;
            case Effect.StoreRelease e -> Sort.ATOMIC;
            case Effect.Jump(Expr condition) -> condition instanceof Expr.Const ? Sort.GOTO : Sort.BRANCH;
            case Effect.MayGoto e -> Sort.MAY_GOTO;
            case Effect.JumpIndirect e -> Sort.GOTO_INDIRECT;
            case Effect.Call(Effect.CallKind kind) -> switch (kind) {
                case HELPER -> Sort.CALL_HELPER;
                case LOCAL -> Sort.CALL_LOCAL;
                case KFUNC -> Sort.CALL_KFUNC;
            };
            case Effect.CallIndirect e -> Sort.CALL_INDIRECT;
            case Effect.Exit e -> Sort.EXIT;
            case Effect.CheckAccess e -> Sort.SYSTEM;
        };
    }

    private static Sort linked(Instruction instruction) {
        return switch (instruction.operand(FieldName.IMM).kind()) {
            case MAP -> Sort.LOAD_MAP;
            case VARIABLE -> Sort.LOAD_VARIABLE;
            case TARGET -> Sort.LOAD_FUNCTION;
            case FIXED, REGISTER_READ, REGISTER_WRITE, DISPLACEMENT, ANY, HELPER, KFUNC -> throw new IllegalStateException(instruction
                    + " is linked to nothing known");
        };
    }
}
