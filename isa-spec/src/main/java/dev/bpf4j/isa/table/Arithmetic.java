// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Expr;

/** Operators on numbers that are known when the table is read, 64 bits. */
final class Arithmetic {
    private Arithmetic() {
    }

    static long apply(Position at, Expr.BinaryOp op, long a, long b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case AND -> a & b;
            case SHL -> a << count(at, b);
            case SHR -> a >>> count(at, b);
            case SAR -> a >> count(at, b);
            case EQ -> truth(a == b);
            case NE -> truth(a != b);
            case LT_U -> truth(Long.compareUnsigned(a, b) < 0);
            case LE_U -> truth(Long.compareUnsigned(a, b) <= 0);
            case GT_U -> truth(Long.compareUnsigned(a, b) > 0);
            case GE_U -> truth(Long.compareUnsigned(a, b) >= 0);
            case LT_S -> truth(a < b);
            case LE_S -> truth(a <= b);
            case GT_S -> truth(a > b);
            case GE_S -> truth(a >= b);
            case DIV_U -> Long.divideUnsigned(a, divisor(at, b));
            case DIV_S -> a / divisor(at, b);
            case MOD_U -> Long.remainderUnsigned(a, divisor(at, b));
            case MOD_S -> a % divisor(at, b);
        };
    }

    private static long count(Position at, long count) {
        if (count < 0 || count > 63) {
            throw at.error("a shift by " + count + " bits; 0 to 63 are possible");
        }
        return count;
    }

    private static long divisor(Position at, long divisor) {
        if (divisor == 0) {
            throw at.error("a division by zero");
        }
        return divisor;
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }
}
