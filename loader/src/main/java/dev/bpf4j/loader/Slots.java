// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The fields of encoded instructions in an array, 8 bytes per slot (RFC 9669 section 3): opcode, registers, off, imm. In big-endian programs the
 * two register nibbles change places. Slots are not checked: callers stay below {@link #count()}.
 */
final class Slots {
    /** Bytes of a slot. */
    static final int SIZE = 8;
    /** Opcode of the wide load, RFC 9669 section 5.4. */
    static final int WIDE_LOAD = 0x18;
    /** Opcode of calls with a number or distance in imm, RFC 9669 section 4.3. */
    static final int CALL = 0x85;

    private static final VarHandle[] SHORT = handles(short[].class);
    private static final VarHandle[] INT = handles(int[].class);

    private final byte[] code;
    private final boolean big;

    Slots(byte[] code, ByteOrder order) {
        this.code = code;
        this.big = order == ByteOrder.BIG_ENDIAN;
    }

    private static VarHandle[] handles(Class<?> array) {
        return new VarHandle[] {MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN),
            MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN)};
    }

    int count() {
        return code.length / SIZE;
    }

    int opcode(int slot) {
        return code[slot * SIZE] & 0xff;
    }

    int src(int slot) {
        int registers = code[slot * SIZE + 1] & 0xff;
        return big ? registers & 0xf : registers >>> 4;
    }

    int dst(int slot) {
        int registers = code[slot * SIZE + 1] & 0xff;
        return big ? registers >>> 4 : registers & 0xf;
    }

    void setSrc(int slot, int src) {
        int dst = dst(slot);
        code[slot * SIZE + 1] = (byte) (big ? dst << 4 | src : src << 4 | dst);
    }

    short off(int slot) {
        return (short) SHORT[big ? 1 : 0].get(code, slot * SIZE + 2);
    }

    void setOff(int slot, int off) {
        SHORT[big ? 1 : 0].set(code, slot * SIZE + 2, (short) off);
    }

    int imm(int slot) {
        return (int) INT[big ? 1 : 0].get(code, slot * SIZE + 4);
    }

    void setImm(int slot, int imm) {
        INT[big ? 1 : 0].set(code, slot * SIZE + 4, imm);
    }

    void setOpcode(int slot, int opcode) {
        code[slot * SIZE] = (byte) opcode;
    }

    /** Makes a wide load with this source and constant; keeps its register. */
    void setWideLoad(int slot, int src, int imm, int next) {
        setSrc(slot, src);
        setImm(slot, imm);
        setImm(slot + 1, next);
    }
}
