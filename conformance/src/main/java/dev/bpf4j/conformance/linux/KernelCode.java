// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A program dressed for the kernel: maps by file descriptor, and code of our own around its main function.
 *
 * <p>
 * Problem: BPF_PROG_TEST_RUN tells 32 bits of r0 and nothing else. So every {@code exit} of main becomes a jump to an epilogue that stores the
 * registers into a mapped array, and a prologue in front loads them from it. All values come out of memory, so that the verifier knows none of
 * them and removes nothing as dead.
 *
 * <p>
 * Structure: {@code prologue, main, epilogue, other functions}. Main ends where the first other function starts. Jumps stay inside of their
 * function, so that they need no change; calls and function pointers that cross the epilogue do.
 */
final class KernelCode {
    private static final int SLOT = 8;
    private static final int EXIT = 0x95;
    private static final int JA = 0x05;
    private static final int GOTOL = 0x06;
    private static final int CALL = 0x85;
    private static final int LOCAL_FUNCTION = 1;
    private static final int LDDW = 0x18;
    private static final int LDDW_FUNCTION = 4;
    private static final int LDDW_MAP_FD = 1;
    private static final int LDDW_MAP_VALUE = 2;
    private static final int LDDW_MAP_INDEX = 5;
    private static final int LDDW_MAP_INDEX_VALUE = 6;

    private KernelCode() {
    }

    /**
     * Writes a program for the kernel.
     *
     * @param code     a program in this machine's byte order; it may be malformed, then the kernel will say so
     * @param prologue slots in front of main
     * @param epilogue slots behind main, ending in exit; if empty, main keeps its exits
     * @param mapFds   file descriptors of the maps that the code names by index
     * @param into     enough room; {@code prologue + code + epilogue}
     * @return number of slots written
     */
    static int write(byte[] code, byte[] prologue, byte[] epilogue, List<Integer> mapFds, MemorySegment into) {
        ByteBuffer in = ByteBuffer.wrap(code).order(ByteOrder.nativeOrder());
        int slots = code.length / SLOT;
        int mainSlots = endOfMain(in, slots);
        int prologueSlots = prologue.length / SLOT;
        int epilogueSlots = epilogue.length / SLOT;
        MemorySegment.copy(prologue, 0, into, ValueLayout.JAVA_BYTE, 0, prologue.length);
        MemorySegment.copy(code, 0, into, ValueLayout.JAVA_BYTE, prologue.length, mainSlots * SLOT);
        MemorySegment.copy(epilogue, 0, into, ValueLayout.JAVA_BYTE, prologue.length + (long) mainSlots * SLOT, epilogue.length);
        MemorySegment.copy(code, mainSlots * SLOT, into, ValueLayout.JAVA_BYTE, prologue.length + (long) mainSlots * SLOT + epilogue.length,
                (slots
                        - mainSlots) * SLOT);
        ByteBuffer out = into.asByteBuffer().order(ByteOrder.nativeOrder());
        for (int slot = 0; slot < slots; slot++) {
            int at = place(slot, mainSlots, prologueSlots, epilogueSlots) * SLOT;
            int opcode = Byte.toUnsignedInt(in.get(slot * SLOT));
            if (opcode == EXIT && slot < mainSlots && epilogueSlots > 0) {
                writeJump(out, at, mainSlots - slot - 1);
            } else if (namesFunction(in, slot)) {
                int target = place(target(in, slot), mainSlots, prologueSlots, epilogueSlots);
                out.putInt(at + 4, target - at / SLOT - 1);
            } else if (opcode == LDDW) {
                writeMap(in, slot, out, at, mapFds);
            }
            if (opcode == LDDW) {
                slot++;
            }
        }
        return prologueSlots + slots + epilogueSlots;
    }

    /** Like {@link #write}, into an array of its own. */
    static byte[] dressed(byte[] code, byte[] prologue, byte[] epilogue, List<Integer> mapFds) {
        byte[] dressed = new byte[prologue.length + code.length + epilogue.length];
        write(code, prologue, epilogue, mapFds, MemorySegment.ofArray(dressed));
        return dressed;
    }

    /** The program as it is, save that maps are named by file descriptor. */
    static byte[] plain(byte[] code, List<Integer> mapFds) {
        return dressed(code, new byte[0], new byte[0], mapFds);
    }

    private static int place(int slot, int mainSlots, int prologueSlots, int epilogueSlots) {
        return slot + prologueSlots + (slot < mainSlots ? 0 : epilogueSlots);
    }

    private static int endOfMain(ByteBuffer code, int slots) {
        int[] end = {slots};
        forEachFunctionNamed(code, slots, target -> end[0] = target > 0 ? Math.min(end[0], target) : end[0]);
        return end[0];
    }

    /** Calls with the slot of every function that a call or a function pointer names; once for each time that it is named. */
    static void forEachFunctionNamed(byte[] code, IntConsumer visitor) {
        forEachFunctionNamed(ByteBuffer.wrap(code).order(ByteOrder.nativeOrder()), code.length / SLOT, visitor);
    }

    private static void forEachFunctionNamed(ByteBuffer code, int slots, IntConsumer visitor) {
        for (int slot = 0; slot < slots; slot++) {
            if (namesFunction(code, slot)) {
                visitor.accept(target(code, slot));
            }
            if (Byte.toUnsignedInt(code.get(slot * SLOT)) == LDDW) {
                slot++;
            }
        }
    }

    /** Whether the code loads the address of a function. */
    static boolean usesFunctionPointers(byte[] code) {
        ByteBuffer buffer = ByteBuffer.wrap(code).order(ByteOrder.nativeOrder());
        for (int slot = 0; slot < code.length / SLOT; slot++) {
            if (Byte.toUnsignedInt(code[slot * SLOT]) == LDDW) {
                if (source(buffer, slot) == LDDW_FUNCTION) {
                    return true;
                }
                slot++;
            }
        }
        return false;
    }

    private static int source(ByteBuffer code, int slot) {
        int registers = Byte.toUnsignedInt(code.get(slot * SLOT + 1));
        return code.order() == ByteOrder.LITTLE_ENDIAN ? registers >> 4 : registers & 0xf;
    }

    /** Whether a slot is a local call, or loads the address of a function. */
    private static boolean namesFunction(ByteBuffer code, int slot) {
        int opcode = Byte.toUnsignedInt(code.get(slot * SLOT));
        return opcode == CALL && source(code, slot) == LOCAL_FUNCTION || opcode == LDDW && source(code, slot) == LDDW_FUNCTION;
    }

    private static int target(ByteBuffer code, int slot) {
        return slot + 1 + code.getInt(slot * SLOT + 4);
    }

    private static void writeJump(ByteBuffer out, int at, int distance) {
        boolean near = distance <= Short.MAX_VALUE;
        out.put(at, (byte) (near ? JA : GOTOL));
        out.putShort(at + 2, near ? (short) distance : 0);
        out.putInt(at + 4, near ? 0 : distance);
    }

    /** Maps are named by index in our programs; for the kernel, all of them by file descriptor. An unknown index becomes a bad descriptor. */
    private static void writeMap(ByteBuffer in, int slot, ByteBuffer out, int at, List<Integer> mapFds) {
        int source = source(in, slot);
        boolean handle = source == LDDW_MAP_FD || source == LDDW_MAP_INDEX;
        boolean value = source == LDDW_MAP_VALUE || source == LDDW_MAP_INDEX_VALUE;
        if (handle || value) {
            int index = in.getInt(slot * SLOT + 4);
            int dst = Byte.toUnsignedInt(in.get(slot * SLOT + 1)) & (in.order() == ByteOrder.LITTLE_ENDIAN ? 0x0f : 0xf0);
            int bits = value ? LDDW_MAP_VALUE : LDDW_MAP_FD;
            out.put(at + 1, (byte) (dst | (in.order() == ByteOrder.LITTLE_ENDIAN ? bits << 4 : bits)));
            out.putInt(at + 4, index >= 0 && index < mapFds.size() ? mapFds.get(index) : -1);
        }
    }
}
