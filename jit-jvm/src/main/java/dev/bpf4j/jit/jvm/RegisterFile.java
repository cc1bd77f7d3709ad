// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.Arrays;

/**
 * Where a generated method has r0 to r9: each register has a local variable for its 64 bits and one for its low 32 bits, and at each point one
 * of them or both are current. What only 32-bit operations touch stays an {@code int}, so that the JVM's compilers need no masks.
 *
 * <p>
 * Invariant: if only the {@code int} is current, the register's high half is zero, or nobody reads it.
 */
final class RegisterFile {
    private static final int COUNT = 10;
    private static final long MASK = 0xffff_ffffL;

    private final CodeBuilder code;
    private final int[] longs = new int[COUNT];
    private final int[] ints = new int[COUNT];
    private int asLong;
    private int asInt;
    private int conditional;

    RegisterFile(CodeBuilder code) {
        this.code = code;
        Arrays.fill(longs, -1);
        Arrays.fill(ints, -1);
    }

    /** Says that a parameter is a register's 64 bits. */
    void parameter(int register, int local) {
        longs[register] = local;
    }

    /** Says what is current at the start of a block: registers as bits. */
    void enter(int current, int inInts) {
        asLong = current & ~inInts;
        asInt = current & inInts;
    }

    /** Between these two calls code is only executed sometimes: what it derives cannot be relied on afterwards. */
    void beginConditional() {
        conditional++;
    }

    void endConditional() {
        conditional--;
    }

    boolean hasLong(int register) {
        return (asLong >> register & 1) != 0;
    }

    boolean hasInt(int register) {
        return (asInt >> register & 1) != 0;
    }

    /** Whether a register has a value here. */
    boolean has(int register) {
        return hasLong(register) || hasInt(register);
    }

    /** Says that a register has no value any more. */
    void forget(int register) {
        asLong &= ~(1 << register);
        asInt &= ~(1 << register);
    }

    /** Pushes a register's 64 bits. */
    void loadLong(int register) {
        if (hasLong(register)) {
            code.lload(longLocal(register));
            return;
        }
        if (!hasInt(register)) {
            throw new IllegalStateException("r" + register + " is read but has no value");
        }
        code.iload(intLocal(register)).i2l().loadConstant(MASK).land();
        if (conditional == 0) {
            code.dup2().lstore(longLocal(register));
            asLong |= 1 << register;
        }
    }

    /** Pushes a register's low 32 bits. */
    void loadInt(int register) {
        if (hasInt(register)) {
            code.iload(intLocal(register));
        } else if (hasLong(register)) {
            code.lload(longLocal(register)).l2i();
        } else {
            throw new IllegalStateException("r" + register + " is read but has no value");
        }
    }

    /** Pops a register's new 64 bits. */
    void storeLong(int register) {
        code.lstore(longLocal(register));
        asLong |= 1 << register;
        asInt &= ~(1 << register);
    }

    /** Pops a register's new low 32 bits; the high ones become zero. */
    void storeInt(int register) {
        code.istore(intLocal(register));
        asInt |= 1 << register;
        asLong &= ~(1 << register);
    }

    /** Copies a register in the forms that are current. */
    void copy(int from, int to) {
        if (from == to) {
            return;
        }
        boolean both = hasLong(from) && hasInt(from);
        if (hasLong(from)) {
            loadLong(from);
            storeLong(to);
        }
        if (!hasLong(from) || both) {
            loadInt(from);
            code.istore(intLocal(to));
            asInt |= 1 << to;
            asLong = hasLong(from) ? asLong : asLong & ~(1 << to);
        }
    }

    /** Makes both forms current that a block wants at its start. */
    void ensure(int register, boolean inInt) {
        if (inInt && !hasInt(register)) {
            loadInt(register);
            code.istore(intLocal(register));
            asInt |= 1 << register;
        } else if (!inInt && !hasLong(register)) {
            loadLong(register);
            code.lstore(longLocal(register));
            asLong |= 1 << register;
        }
    }

    /** Whether {@link #ensure} has to do anything. */
    boolean lacks(int register, boolean inInt) {
        return inInt ? !hasInt(register) : !hasLong(register);
    }

    /** What is current now, to be gone back to. */
    long state() {
        return (long) asLong << Integer.SIZE | asInt;
    }

    /** Goes back to an earlier state, since code was only emitted for another path. */
    void restore(long state) {
        asLong = (int) (state >>> Integer.SIZE);
        asInt = (int) state;
    }

    private int longLocal(int register) {
        if (longs[register] < 0) {
            longs[register] = code.allocateLocal(TypeKind.LONG);
        }
        return longs[register];
    }

    private int intLocal(int register) {
        if (ints[register] < 0) {
            ints[register] = code.allocateLocal(TypeKind.INT);
        }
        return ints[register];
    }
}
