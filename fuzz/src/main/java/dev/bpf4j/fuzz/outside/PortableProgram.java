// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.outside;

import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Isa;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A program for the kernel's profile as one that every runtime can run. In front: the address of the memory is kept in the stack, the stack that the
 * program uses becomes zero, registers get their values. Inside: loads of the map's address become loads of the kept one. Behind: r0 to r9 go into
 * the memory behind what the program uses, and all of the memory is folded into r0, for runtimes that tell nothing else.
 */
final class PortableProgram {
    /** Bytes of memory before the registers. */
    static final int REGISTERS_AT = 1104;
    /** Bytes of the memory. */
    static final int MEMORY = REGISTERS_AT + 80;
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final Decoder DECODER = new Decoder(Isa.bpf());
    private static final int FRAME = 10;
    private static final int KEPT = -72;
    private static final int SPILL = -80;
    private static final int ZEROED = 64;
    private static final int FACTOR = 31;
    /** What the map's address has in front of the memory. */
    private static final int MAP_OFFSET = 1024;

    private PortableProgram() {
    }

    /**
     * The whole program.
     *
     * @param body      little-endian code that ends with its only exit
     * @param registers r0 to r9 at its start
     * @param shift     how far behind the address in r1 the memory begins
     */
    static byte[] of(byte[] body, long[] registers, int shift) {
        List<Insn> before = new ArrayList<>();
        if (shift != 0) {
            before.add(Listing.insn("add64_imm", 1, 0, 0, shift));
        }
        before.add(Listing.insn("stx64", FRAME, 1, KEPT, 0));
        for (int offset = 8; offset <= ZEROED; offset += 8) {
            before.add(Listing.insn("st64", FRAME, 0, -offset, 0));
        }
        for (int register = 0; register < registers.length; register++) {
            long value = registers[register];
            before.add(new Insn(Isa.bpf().get("lddw"), register, 0, 0, (int) value, (int) (value >>> 32)));
        }
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.writeBytes(Encoding.encode(before, LITTLE));
        code.writeBytes(inside(body));
        code.writeBytes(Encoding.encode(behind(registers.length), LITTLE));
        return code.toByteArray();
    }

    /**
     * Whether a body keeps addresses to itself: a register that holds one is only added to and accessed through, and gets another value before the
     * next jump. Then nothing that is left depends on where the memory lies.
     */
    static boolean hidesAddresses(byte[] body) {
        BitSet pointers = new BitSet();
        for (int slot = 0; slot < body.length / 8; slot++) {
            if (!(DECODER.decode(body, slot, LITTLE) instanceof Decoder.Decoded(Insn insn))) {
                return false;
            }
            slot += insn.slots() - 1;
            String name = insn.instruction().name();
            boolean dst = insn.instruction().operand(FieldName.DST).isRegister() && pointers.get(insn.dst());
            boolean src = insn.instruction().operand(FieldName.SRC).isRegister() && pointers.get(insn.src());
            boolean stores = name.startsWith("st") || name.startsWith("atomic") || name.contains("xchg");
            if (name.startsWith("lddw_map")) {
                pointers.set(insn.dst());
            } else if (name.startsWith("lddw") || name.matches("mov(32|64)_imm")) {
                pointers.clear(insn.dst());
            } else if (name.startsWith("ldx") || name.startsWith("load_acquire")) {
                pointers.clear(insn.dst());
            } else if (stores ? src || name.contains("cmpxchg") && pointers.get(0) : src || dst && !name.equals("add64_reg")) {
                return false;
            } else if (!pointers.isEmpty() && (insn.instruction().targetField() != null || name.equals("exit"))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Shorter programs that may show the same, shortest first: registers and stack are set up only as far as the body names them, and behind the
     * body comes only what puts one register, or one word of memory, into r0.
     */
    static List<byte[]> shorter(byte[] body, long[] registers) {
        byte[] inside = inside(body);
        BitSet named = new BitSet();
        boolean stack = false;
        boolean kept = false;
        for (int slot = 0; slot < inside.length / 8; slot++) {
            if (DECODER.decode(inside, slot, LITTLE) instanceof Decoder.Decoded(Insn insn)) {
                boolean dst = insn.instruction().operand(FieldName.DST).isRegister();
                boolean src = insn.instruction().operand(FieldName.SRC).isRegister();
                named.set(insn.dst(), named.get(insn.dst()) || dst);
                named.set(insn.src(), named.get(insn.src()) || src);
                named.set(0, named.get(0) || insn.instruction().name().startsWith("cmpxchg"));
                boolean load = insn.off() == KEPT && insn.src() == FRAME;
                kept |= load;
                stack |= !load && (dst && insn.dst() == FRAME || src && insn.src() == FRAME);
                slot += insn.slots() - 1;
            }
        }
        List<byte[]> programs = new ArrayList<>();
        byte[] alone = start(named, registers, kept, stack);
        programs.add(joined(alone, inside, List.of(Listing.insn("mov64_imm", 0, 0, 0, 0))));
        for (int register = 0; register < registers.length; register++) {
            if (named.get(register)) {
                programs.add(joined(alone, inside, List.of(Listing.insn("mov64_reg", 0, register, 0, 0))));
            }
        }
        byte[] withMemory = start(named, registers, true, stack);
        for (int at = 0; at < REGISTERS_AT; at += 8) {
            programs.add(joined(withMemory, inside, List.of(Listing.insn("ldx64", 0, FRAME, KEPT, 0), Listing.insn("ldx64", 0, 0, at, 0))));
        }
        return programs;
    }

    private static byte[] start(BitSet named, long[] registers, boolean kept, boolean stack) {
        List<Insn> before = new ArrayList<>();
        if (kept) {
            before.add(Listing.insn("stx64", FRAME, 1, KEPT, 0));
        }
        for (int offset = 8; stack && offset <= ZEROED; offset += 8) {
            before.add(Listing.insn("st64", FRAME, 0, -offset, 0));
        }
        for (int register = 0; register < registers.length; register++) {
            long value = registers[register];
            if (named.get(register) && value == (int) value) {
                before.add(Listing.insn("mov64_imm", register, 0, 0, (int) value));
            } else if (named.get(register)) {
                before.add(new Insn(Isa.bpf().get("lddw"), register, 0, 0, (int) value, (int) (value >>> 32)));
            }
        }
        return Encoding.encode(before, LITTLE);
    }

    private static byte[] joined(byte[] before, byte[] inside, List<Insn> behind) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.writeBytes(before);
        code.writeBytes(inside);
        code.writeBytes(Encoding.encode(behind, LITTLE));
        code.writeBytes(Encoding.encode(List.of(Listing.insn("exit", 0, 0, 0, 0)), LITTLE));
        return code.toByteArray();
    }

    private static byte[] inside(byte[] body) {
        byte[] code = Arrays.copyOf(body, body.length - 8);
        for (int slot = 0; slot < code.length / 8; slot++) {
            if (DECODER.decode(code, slot, LITTLE) instanceof Decoder.Decoded(Insn insn) && insn.slots() == 2) {
                if (insn.instruction().name().startsWith("lddw_map")) {
                    List<Insn> kept = List.of(Listing.insn("ldx64", insn.dst(), FRAME, KEPT, 0), Listing.insn("add64_imm", insn.dst(), 0, 0,
                            insn.next() - MAP_OFFSET));
                    System.arraycopy(Encoding.encode(kept, LITTLE), 0, code, slot * 8, 16);
                }
                slot++;
            }
        }
        return code;
    }

    private static List<Insn> behind(int count) {
        List<Insn> code = new ArrayList<>();
        code.add(Listing.insn("stx64", FRAME, 0, SPILL, 0));
        code.add(Listing.insn("ldx64", 0, FRAME, KEPT, 0));
        for (int register = 1; register < count; register++) {
            code.add(Listing.insn("stx64", 0, register, REGISTERS_AT + 8 * register, 0));
        }
        code.add(Listing.insn("ldx64", 1, FRAME, SPILL, 0));
        code.add(Listing.insn("stx64", 0, 1, REGISTERS_AT, 0));
        for (int at = 0; at < MEMORY; at += 8) {
            code.add(Listing.insn("ldx64", 2, 0, at, 0));
            code.add(Listing.insn("mul64_imm", 1, 0, 0, FACTOR));
            code.add(Listing.insn("xor64_reg", 1, 2, 0, 0));
        }
        code.add(Listing.insn("mov64_reg", 0, 1, 0, 0));
        code.add(Listing.insn("exit", 0, 0, 0, 0));
        return code;
    }

    /** The registers that a program left in its memory. */
    static long[] registers(byte[] memory, int shift) {
        long[] registers = new long[10];
        ByteBuffer.wrap(memory, shift + REGISTERS_AT, 80).slice().order(LITTLE).asLongBuffer().get(registers);
        return registers;
    }
}
