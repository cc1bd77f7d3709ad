// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The program around an instruction under test.
 *
 * <pre>
 *   0: marks "not yet"                 the stack holds the mark, so that no register is needed
 *   1: fills a word of the stack
 *   2: goes to "setup"
 *      back: marks "backward", goes to "dump"
 *      filler
 *      setup: loads r0 to r9
 *      the instruction under test
 *      marks "next"
 *      dump: stores registers, mark, stack word; exit
 *      filler
 *      ahead: marks "forward", goes to "dump"
 *      function: changes registers, exit
 * </pre>
 *
 * All places but the instruction's own are known from the sizes of the two fillers alone. Immutable and thread-safe.
 */
final class Frame {
    /** Offset from the stack's top of the word that instructions may use. */
    static final int STACK_WORD = -64;
    /** What that word holds at the start, sign-extended. */
    static final int STACK_FILL = 0x8765_4321;

    private static final int SAVED = -8;
    private static final int MARK = -16;
    private static final int REGISTERS = 10;
    private static final int STACK = 10;
    private static final int HEAD = 3;
    private static final int BLOCK = 2;
    private static final int SETUP = 2 * REGISTERS;
    private static final int FUNCTION = 6;

    private final ByteOrder order;
    private final long dump;
    private final Instruction lddw;
    private final Instruction store;
    private final Instruction storeImmediate;
    private final Instruction load;
    private final Instruction move;
    private final Instruction jump;
    private final Instruction exit;
    /** What is the same in every program. */
    private final byte[] head;
    private final byte[] tail;
    private final byte[] function;
    /** An instruction that is never reached. */
    private final long filler;

    Frame(Isa isa, ByteOrder order, long dump) {
        this.order = order;
        this.dump = dump;
        this.lddw = isa.get("lddw");
        this.store = isa.get("stx64");
        this.storeImmediate = isa.get("st64");
        this.load = isa.get("ldx64");
        this.move = isa.get("mov64_imm");
        this.jump = isa.get("ja32");
        this.exit = isa.get("exit");
        this.head = bytes(code -> {
            mark(code, 0);
            put(code, new Insn(storeImmediate, STACK, 0, STACK_WORD, STACK_FILL, 0));
        });
        this.tail = bytes(this::tail);
        this.function = bytes(this::function);
        this.filler = Encoding.word(new Insn(exit, 0, 0, 0, 0, 0));
    }

    private static byte[] bytes(Consumer<ByteBuffer> part) {
        ByteBuffer code = ByteBuffer.allocate(64 * 8);
        part.accept(code);
        return Arrays.copyOf(code.array(), code.position());
    }

    /** Where the instruction under test stands. */
    int slot(int fillerBefore) {
        return HEAD + BLOCK + fillerBefore + SETUP;
    }

    /** Where a jump backward goes. */
    int back() {
        return HEAD;
    }

    /** Where a jump forward over the mark goes. */
    int dumpSlot(int fillerBefore, int slots) {
        return slot(fillerBefore) + slots + 1;
    }

    /** Where a jump far ahead goes. */
    int ahead(int fillerBefore, int slots, int fillerBehind) {
        return dumpSlot(fillerBefore, slots) + tail.length / 8 + fillerBehind;
    }

    /** Where a function starts. */
    int function(int fillerBefore, int slots, int fillerBehind) {
        return ahead(fillerBefore, slots, fillerBehind) + BLOCK;
    }

    /** The whole program. */
    byte[] program(Insn insn, long[] registers, int fillerBefore, int fillerBehind) {
        int slots = insn.slots();
        int dumpSlot = dumpSlot(fillerBefore, slots);
        int end = function(fillerBefore, slots, fillerBehind) + FUNCTION;
        ByteBuffer code = ByteBuffer.allocate(end * 8);
        code.put(head);
        jump(code, HEAD + BLOCK + fillerBefore);
        mark(code, 2);
        jump(code, dumpSlot);
        fill(code, fillerBefore);
        for (int register = 0; register < REGISTERS; register++) {
            constant(code, register, registers[register]);
        }
        put(code, insn);
        mark(code, 1);
        code.put(tail);
        fill(code, fillerBehind);
        mark(code, 3);
        jump(code, dumpSlot);
        code.put(function);
        return code.array();
    }

    private void tail(ByteBuffer code) {
        put(code, new Insn(store, STACK, 1, SAVED, 0, 0));
        constant(code, 1, dump);
        for (int register = 0; register < REGISTERS; register++) {
            if (register != 1) {
                put(code, new Insn(store, 1, register, 8 * register, 0, 0));
            }
        }
        int[] words = {SAVED, MARK, STACK_WORD};
        int[] places = {8, 8 * REGISTERS, 8 * REGISTERS + 8};
        for (int i = 0; i < words.length; i++) {
            put(code, new Insn(load, 2, STACK, words[i], 0, 0));
            put(code, new Insn(store, 1, 2, places[i], 0, 0));
        }
        put(code, new Insn(exit, 0, 0, 0, 0, 0));
    }

    /** A function that leaves traces in what a caller sees and in what it does not see. */
    private void function(ByteBuffer code) {
        put(code, new Insn(storeImmediate, STACK, 0, STACK_WORD, 0x1111, 0));
        put(code, new Insn(move, 0, 0, 0, 0x2222, 0));
        put(code, new Insn(move, 3, 0, 0, -3, 0));
        put(code, new Insn(move, 6, 0, 0, 0x6666, 0));
        put(code, new Insn(move, 9, 0, 0, -9, 0));
        put(code, new Insn(exit, 0, 0, 0, 0, 0));
    }

    private void mark(ByteBuffer code, int mark) {
        put(code, new Insn(storeImmediate, STACK, 0, MARK, mark, 0));
    }

    private void jump(ByteBuffer code, int target) {
        put(code, new Insn(jump, 0, 0, 0, target - code.position() / 8 - 1, 0));
    }

    private void constant(ByteBuffer code, int register, long value) {
        put(code, new Insn(lddw, register, 0, 0, (int) value, (int) (value >>> 32)));
    }

    /** Instructions that are never reached; the last one does not run into what follows. */
    private void fill(ByteBuffer code, int slots) {
        for (int i = 0; i < slots; i++) {
            Encoding.put(code, filler, order);
        }
    }

    private void put(ByteBuffer code, Insn insn) {
        Encoding.put(code, Encoding.word(insn), order);
        if (insn.instruction().wide()) {
            Encoding.put(code, (long) insn.next() << 32, order);
        }
    }
}
