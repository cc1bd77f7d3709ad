// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.RegisterMap;
import java.util.List;

/**
 * Where everything is while machine code runs; docs/jit-x86_64.md has the table. eBPF registers are always in the same machine registers, so
 * that code can be left and entered anywhere. The most used ones lie in registers that need no REX prefix.
 */
final class Registers {
    static final int RAX = 0;
    static final int RCX = 1;
    static final int RDX = 2;
    static final int RBX = 3;
    static final int RSP = 4;
    static final int RBP = 5;
    static final int RSI = 6;
    static final int RDI = 7;
    static final int R8 = 8;
    static final int R9 = 9;
    static final int R10 = 10;
    static final int R11 = 11;
    static final int R12 = 12;
    static final int R13 = 13;
    /** The lane's {@link NativeContext}, plus {@link Lowering#BIAS}. */
    static final int CONTEXT = 14;
    /** Host address of guest address 0. */
    static final int MEMORY = 15;

    /** eBPF r10: the guest address of the frame's top. */
    static final int FRAME = RBP;
    /** Where eBPF registers live. */
    static final RegisterMap MAP = new RegisterMap(List.of(RAX, RDI, RSI, R8, R9, R10, RBX, R12, R13, R11, FRAME), RegisterMap.NONE);
    /** Machine registers that the caller of native code wants back (System V ABI, section 3.2.1), in the order of saving. */
    static final int[] CALLEE_SAVED = {RBX, RBP, R12, R13, CONTEXT, MEMORY};

    private Registers() {
    }

    /** The machine register of an eBPF register. */
    static int of(int register) {
        return MAP.of(register);
    }
}
