// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import java.util.List;

/** Operands in the syntax of GNU and LLVM, as LLVM's disassembler writes them: for each kind in the table the function of its name. */
class A64Syntax {
    private static final List<String> CONDITIONS = List.of("eq", "ne", "hs", "lo", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt",
            "le", "al", "nv");
    private static final int ZERO_OR_STACK = 31;

    A64Syntax() {
    }

    static String w(int register) {
        return "w" + register;
    }

    static String x(int register) {
        return "x" + register;
    }

    static String wz(int register) {
        return register == ZERO_OR_STACK ? "wzr" : w(register);
    }

    static String xz(int register) {
        return register == ZERO_OR_STACK ? "xzr" : x(register);
    }

    static String xs(int register) {
        return register == ZERO_OR_STACK ? "sp" : x(register);
    }

    static String cc(int condition) {
        return CONDITIONS.get(condition);
    }

    static String u12(int value) {
        return Integer.toString(value);
    }

    static String u16(int value) {
        return Integer.toString(value);
    }

    static String b32(int value) {
        return Integer.toString(value);
    }

    static String b64(int value) {
        return Integer.toString(value);
    }

    static String b6432(int value) {
        return Integer.toString(value);
    }

    static String h32(int value) {
        return Integer.toString(value);
    }

    static String h64(int value) {
        return Integer.toString(value);
    }

    static String z32(long value) {
        return Integer.toString((int) value);
    }

    static String z64(long value) {
        return Long.toString(value);
    }

    static String n32(long value) {
        return Integer.toString((int) value);
    }

    static String n64(long value) {
        return Long.toString(value);
    }

    static String l32(long value) {
        return "0x" + Long.toHexString(value);
    }

    static String l64(long value) {
        return "0x" + Long.toHexString(value);
    }

    static String v32(long value) {
        return Integer.toString((int) value);
    }

    static String v64(long value) {
        return Long.toString(value);
    }

    static String s9(int value) {
        return Integer.toString(value);
    }

    static String o4(int value) {
        return value == 0 ? "" : ", #" + value;
    }

    static String o8(int value) {
        return value == 0 ? "" : ", #" + value;
    }

    static String p8(int value) {
        return value == 0 ? "" : ", #" + value;
    }

    static String q8(int value) {
        return Integer.toString(value);
    }

    static String d14(int value) {
        return Integer.toString(value);
    }

    static String d19(int value) {
        return Integer.toString(value);
    }

    static String d26(int value) {
        return Integer.toString(value);
    }

    static String d21(int value) {
        return Integer.toString(value);
    }

    static String m(Mem mem) {
        if (mem.index() == Mem.NONE) {
            return "[" + x(mem.base()) + o8(mem.displacement()) + "]";
        }
        return "[" + x(mem.base()) + ", " + (mem.wide() ? x(mem.index()) : w(mem.index()) + ", uxtw") + "]";
    }

    /** A load or store with an unscaled displacement has a u in its name: {@code ldur}. */
    static String named(Mem mem, String text) {
        return mem.index() == Mem.NONE ? text.substring(0, 2) + "u" + text.substring(2) : text;
    }
}
