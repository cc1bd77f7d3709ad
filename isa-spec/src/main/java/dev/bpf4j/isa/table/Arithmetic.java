// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

/** Operators on compile-time numbers, 64 bits. */
final class Arithmetic {
    private Arithmetic() {
    }

    static long apply(Position at, String op, long a, long b) {
        return switch (op) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "or" -> a | b;
            case "xor" -> a ^ b;
            case "and" -> a & b;
            case "<<" -> a << b;
            case ">>u" -> a >>> b;
            case ">>s" -> a >> b;
            case "==" -> truth(a == b);
            case "!=" -> truth(a != b);
            case "<u" -> truth(Long.compareUnsigned(a, b) < 0);
            case "<=u" -> truth(Long.compareUnsigned(a, b) <= 0);
            case ">u" -> truth(Long.compareUnsigned(a, b) > 0);
            case ">=u" -> truth(Long.compareUnsigned(a, b) >= 0);
            case "<s" -> truth(a < b);
            case "<=s" -> truth(a <= b);
            case ">s" -> truth(a > b);
            case ">=s" -> truth(a >= b);
            default -> throw at.error("'" + op + "' cannot be used on numbers that are known when the table is read");
        };
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }
}
