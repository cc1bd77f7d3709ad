// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.util.List;

/**
 * A typed expression of an instruction's effect: a tree over a closed set of operators. Every node has a width in bits (1 for a truth value,
 * else 8, 16, 32 or 64), and operands of a binary operator have one width. Values are bit patterns; signedness sits on the operator.
 *
 * <p>
 * Consumers switch over this type without a {@code default}, so that a new operator breaks the build wherever it is not handled.
 */
public sealed interface Expr {
    /** Width of the value in bits: 1, 8, 16, 32 or 64. */
    int width();

    /** The operands, from left to right; none for a leaf. */
    List<Expr> operands();

    /**
     * A constant.
     *
     * @param value the bits, zero-extended
     * @param width bits
     */
    record Const(long value, int width) implements Expr {
        /** Cuts the value to its width. */
        public Const { value = Bits.lo(value, width); }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** A register's value, 64 bits. */
    record Register(Role role) implements Expr {
        @Override
        public int width() {
            return 64;
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** A field of the encoding, as it stands there: {@code imm} has 32 bits, {@code off} 16, {@code wide} 64. */
    record FieldValue(Field field) implements Expr {
        @Override
        public int width() {
            return field.width();
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** Whether the program is big-endian; 1 bit. Folded away by {@link Effects#specialize}. */
    record BigEndian() implements Expr {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** The 64-bit value that the linker computes for a wide load that names a map, variable or function. */
    record Linked() implements Expr {
        @Override
        public int width() {
            return 64;
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** A value that the machine supplies; 64 bits. */
    record Supplied(Supply supply) implements Expr {
        @Override
        public int width() {
            return 64;
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** An operator on one operand; the width stays. */
    record Unary(UnaryOp op, Expr operand) implements Expr {
        @Override
        public int width() {
            return operand.width();
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }
    }

    /** An operator on two operands of one width; a comparison gives 1 bit. */
    record Binary(BinaryOp op, Expr left, Expr right) implements Expr {
        /** Checks the widths. */
        public Binary {
            if (left.width() != right.width()) {
                throw new IllegalArgumentException(op + " of " + left.width() + " and " + right.width() + " bits");
            }
        }

        @Override
        public int width() {
            return op.isComparison() ? 1 : left.width();
        }

        @Override
        public List<Expr> operands() {
            return List.of(left, right);
        }
    }

    /** The low bits of a wider value. */
    record Low(Expr operand, int width) implements Expr {
        /** Checks the widths. */
        public Low {
            if (width > operand.width()) {
                throw new IllegalArgumentException("the low " + width + " bits of " + operand.width());
            }
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }
    }

    /** A value widened with zeros. */
    record ZeroExtend(Expr operand, int width) implements Expr {
        /** Checks the widths. */
        public ZeroExtend {
            if (width < operand.width()) {
                throw new IllegalArgumentException("extension of " + operand.width() + " bits to " + width);
            }
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }
    }

    /** A value widened with copies of its highest bit. */
    record SignExtend(Expr operand, int width) implements Expr {
        /** Checks the widths. */
        public SignExtend {
            if (width < operand.width()) {
                throw new IllegalArgumentException("extension of " + operand.width() + " bits to " + width);
            }
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }
    }

    /** One of two values of one width; the other one is not evaluated. */
    record IfElse(Expr condition, Expr then, Expr otherwise) implements Expr {
        /** Checks the widths. */
        public IfElse {
            if (condition.width() != 1 || then.width() != otherwise.width()) {
                throw new IllegalArgumentException(condition.width() + " ? " + then.width() + " : " + otherwise.width() + " bits");
            }
        }

        @Override
        public int width() {
            return then.width();
        }

        @Override
        public List<Expr> operands() {
            return List.of(condition, then, otherwise);
        }
    }

    /** Memory read in the program's byte order; {@code address} has 64 bits. */
    record Load(Expr address, int width) implements Expr {
        @Override
        public List<Expr> operands() {
            return List.of(address);
        }
    }

    /** Legacy packet read, always big-endian (Ruling 12); {@code offset} has 32 bits. Out of bounds ends the program with 0. */
    record PacketLoad(Expr offset, int width) implements Expr {
        @Override
        public List<Expr> operands() {
            return List.of(offset);
        }
    }

    /** Where a register number comes from. */
    enum Role {
        /** The {@code dst} field. */
        DST,
        /** The {@code src} field. */
        SRC,
        /** Always r0. */
        R0
    }

    /** A field that an expression can read. */
    enum Field {
        /** The 32-bit immediate. */
        IMM(32),
        /** The 16-bit offset. */
        OFF(16),
        /** {@code next_imm << 32 | imm} of a wide load. */
        WIDE(64);

        private final int width;

        Field(int width) {
            this.width = width;
        }

        /** Bits. */
        public int width() {
            return width;
        }
    }

    /** What the machine supplies. */
    enum Supply {
        /** The high half of arena user pointers, in place (Ruling 10). */
        ARENA_HIGH,
        /** Guest address of the lane's cells. */
        LANE_CELLS
    }

    /** Operators on one operand. */
    enum UnaryOp {
        /** Two's complement negation. */
        NEG,
        /** Bytes in the opposite order; 16, 32 or 64 bits. */
        BSWAP
    }

    /** Operators on two operands. */
    enum BinaryOp {
        /** Sum, wrapping. */
        ADD("+"),
        /** Difference, wrapping. */
        SUB("-"),
        /** Product's low half. */
        MUL("*"),
        /** Unsigned quotient; the divisor is never 0 (the effect guards it). */
        DIV_U("/u"),
        /** Signed quotient toward zero, wrapping for the least number by -1; the divisor is never 0. */
        DIV_S("/s"),
        /** Unsigned remainder; the divisor is never 0. */
        MOD_U("%u"),
        /** Signed remainder with the dividend's sign, 0 for the least number by -1; the divisor is never 0. */
        MOD_S("%s"),
        /** Bits set in both. */
        AND("and"),
        /** Bits set in either. */
        OR("or"),
        /** Bits set in exactly one. */
        XOR("xor"),
        /** Shift left; the count is below the width (the effect masks it). */
        SHL("<<"),
        /** Shift right with zeros; the count is below the width. */
        SHR(">>u"),
        /** Shift right with copies of the sign; the count is below the width. */
        SAR(">>s"),
        /** Equal. */
        EQ("=="),
        /** Not equal. */
        NE("!="),
        /** Unsigned less. */
        LT_U("<u"),
        /** Unsigned less or equal. */
        LE_U("<=u"),
        /** Unsigned greater. */
        GT_U(">u"),
        /** Unsigned greater or equal. */
        GE_U(">=u"),
        /** Signed less. */
        LT_S("<s"),
        /** Signed less or equal. */
        LE_S("<=s"),
        /** Signed greater. */
        GT_S(">s"),
        /** Signed greater or equal. */
        GE_S(">=s");

        private final String symbol;

        BinaryOp(String symbol) {
            this.symbol = symbol;
        }

        /** How the table language writes it. */
        public String symbol() {
            return symbol;
        }

        /** Whether the result is a truth value. */
        public boolean isComparison() {
            return switch (this) {
                case EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> true;
                case ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR -> false;
            };
        }
    }
}
