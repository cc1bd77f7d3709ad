// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

/** Operands in Intel syntax, as LLVM's disassembler writes them. */
class IntelSyntax {
    private static final String[] R64 = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"};
    private static final String[] R32 = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
    private static final String[] R16 = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
    private static final String[] R8 = {"al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"};
    private static final String[] CONDITIONS = {"o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g"};

    IntelSyntax() {
    }

    static String r64(int register) {
        return register < 8 ? R64[register] : "r" + register;
    }

    static String r32(int register) {
        return register < 8 ? R32[register] : "r" + register + "d";
    }

    static String r16(int register) {
        return register < 8 ? R16[register] : "r" + register + "w";
    }

    static String r8(int register) {
        return register < 8 ? R8[register] : "r" + register + "b";
    }

    static String conditionName(int condition) {
        return CONDITIONS[condition];
    }

    /** An address in brackets. */
    static String address(Mem mem) {
        StringBuilder text = new StringBuilder(mem.guest() ? "gs:[" : "[").append(register(mem, mem.base()));
        if (mem.index() != Mem.NONE) {
            text.append(" + ").append(mem.scale() == 0 ? "" : (1 << mem.scale()) + "*").append(register(mem, mem.index()));
        }
        if (mem.displacement() > 0) {
            text.append(" + ").append(mem.displacement());
        } else if (mem.displacement() < 0) {
            text.append(" - ").append(-(long) mem.displacement());
        }
        return text.append(']').toString();
    }

    private static String register(Mem mem, int number) {
        return mem.guest() ? r32(number) : r64(number);
    }

    /** An access of so many bits. */
    static String memory(int width, Mem mem) {
        String size = switch (width) {
            case 8 -> "byte";
            case 16 -> "word";
            case 32 -> "dword";
            default -> "qword";
        };
        return size + " ptr " + address(mem);
    }
}
