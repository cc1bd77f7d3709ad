// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.isa.Encoding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A program in the making, and what it starts from. Used again for program after program; not thread-safe. */
public final class GeneratedProgram {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long[] words = new long[256];
    private int[] rows = new int[256];
    private int slots;
    private final long[] registers = new long[10];
    private byte[] memory = new byte[0];
    private byte[] packet = new byte[0];

    /** Slots of the program. */
    public int slots() {
        return slots;
    }

    /** The canonical word of a slot, see {@link Encoding}. */
    public long word(int slot) {
        return words[slot];
    }

    /** The index of the row whose instruction starts at a slot; -1 at the second slot of a wide load. */
    public int row(int slot) {
        return rows[slot];
    }

    /** r0 to r9 at entry; live. */
    public long[] registers() {
        return registers;
    }

    /** The memory at entry; live. */
    public byte[] memory() {
        return memory;
    }

    /** The packet at entry; live, may be empty. */
    public byte[] packet() {
        return packet;
    }

    /** The program as little-endian code. */
    public byte[] code() {
        byte[] code = new byte[slots * 8];
        for (int slot = 0; slot < slots; slot++) {
            LONG.set(code, slot * 8, words[slot]);
        }
        return code;
    }

    /** The program as code. */
    public byte[] code(ByteOrder order) {
        if (order == ByteOrder.LITTLE_ENDIAN) {
            return code();
        }
        ByteBuffer code = ByteBuffer.allocate(slots * 8);
        for (int slot = 0; slot < slots; slot++) {
            Encoding.put(code, words[slot], order);
        }
        return code.array();
    }

    // ---- for generators ----

    void clear(int memoryBytes, int packetBytes) {
        slots = 0;
        memory = memory.length == memoryBytes ? memory : new byte[memoryBytes];
        packet = packet.length == packetBytes ? packet : new byte[packetBytes];
    }

    int add(long word, int row) {
        if (slots == words.length) {
            words = Arrays.copyOf(words, slots * 2);
            rows = Arrays.copyOf(rows, slots * 2);
        }
        words[slots] = word;
        rows[slots] = row;
        return slots++;
    }

    /** Puts a signed distance of 16 bits into a slot's off field. */
    void patchOff(int slot, int value) {
        words[slot] = words[slot] & ~0xffff_0000L | (value & 0xffffL) << 16;
    }

    /** Puts a value into a slot's imm field. */
    void patchImm(int slot, int value) {
        words[slot] = words[slot] & 0xffff_ffffL | (long) value << 32;
    }
}
