// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A program in the making, and what it starts from. Used again for program after program; not thread-safe. */
public final class GeneratedProgram {
    private static final Decoder DECODER = new Decoder(Isa.bpf());
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

    /**
     * Becomes another program.
     *
     * @param code      slots of 8 bytes, in the byte order given
     * @param entry     r0 to r9
     * @param memoryNow the memory at entry
     * @param packetNow the packet at entry
     */
    public void become(byte[] code, ByteOrder order, long[] entry, byte[] memoryNow, byte[] packetNow) {
        clear(memoryNow.length, packetNow.length);
        for (int slot = 0; slot < code.length / Long.BYTES; slot++) {
            add(Encoding.word(code, slot, order), -1);
        }
        System.arraycopy(entry, 0, registers, 0, registers.length);
        System.arraycopy(memoryNow, 0, memory, 0, memory.length);
        System.arraycopy(packetNow, 0, packet, 0, packet.length);
        decode();
    }

    /** Finds the row of each word again; words that no row describes have none. */
    public void decode() {
        byte[] code = code();
        for (int slot = 0; slot < slots; slot++) {
            rows[slot] = -1;
            if (DECODER.decode(code, slot, ByteOrder.LITTLE_ENDIAN) instanceof Decoder.Decoded(Insn insn)) {
                rows[slot] = insn.instruction().index();
                if (insn.slots() > 1) {
                    rows[++slot] = -1;
                }
            }
        }
    }

    // ---- for generators ----

    /** Puts another word into a slot; {@link #decode} must follow. */
    void word(int slot, long value) {
        words[slot] = value;
    }

    /** Leaves so many slots. */
    void truncate(int count) {
        slots = count;
    }

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
