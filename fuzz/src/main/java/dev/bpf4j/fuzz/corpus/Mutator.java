// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.fuzz.edit.Listing.Item;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.OperandValues;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes programs from others: instructions get other operands or become others of the same shape, are taken out, doubled, or come from another
 * program; what the run starts from changes. Jumps keep their targets. Nothing says that the result is accepted. Not thread-safe.
 */
final class Mutator {
    private static final int MOST_EDITS = 4;
    private static final int MOST_SPLICED = 24;
    /** Longer programs would grow without end. */
    private static final int MOST_INSTRUCTIONS = 4096;

    private final List<Instruction> rows = Isa.bpf().instructions();

    /** A mutant of a program; {@code donor}: the program that instructions come from, of the same byte order or not. */
    TestInput mutate(Entropy entropy, TestInput from, TestInput donor) {
        byte[] code = from.code();
        Program program = Program.raw("", from.variant().order(), code);
        Optional<Listing> listing = Listing.of(program);
        if (listing.isPresent() && listing.get().size() > 0) {
            Listing edited = listing.get();
            Optional<Listing> other = Listing.of(Program.raw("", donor.variant().order(), donor.code()));
            int edits = 1 + entropy.below(MOST_EDITS);
            for (int i = 0; i < edits; i++) {
                edited = edit(entropy, edited, other.orElse(edited));
            }
            if (edited.isComplete() && edited.size() <= MOST_INSTRUCTIONS) {
                code = edited.program(program).code();
            }
        } else if (code.length > 0) {
            code = code.clone();
            code[entropy.below(Math.min(code.length, 1 << 16))] ^= (byte) (1 << entropy.below(8));
        }
        return new TestInput(from.variant(), code, registers(entropy, from, donor), bytes(entropy, from.memory()), bytes(entropy, from
                .packet()));
    }

    private Listing edit(Entropy entropy, Listing listing, Listing donor) {
        int at = entropy.below(Math.min(listing.size(), 1 << 16));
        return switch (entropy.below(8)) {
            case 0 -> listing.size() > 2 ? listing.without(at, at + 1) : listing;
            case 1 -> listing.insert(at, List.of(same(listing, at)));
            case 2 -> spliced(entropy, listing, at, donor);
            case 3 -> retargeted(entropy, listing, at);
            case 4 -> otherRow(entropy, listing, at);
            default -> operand(entropy, listing, at);
        };
    }

    /** An instruction again; the copy's target counts in the new list. */
    private static Item same(Listing listing, int at) {
        Item item = listing.items().get(at);
        return item.target() < 0 ? item : new Item(item.insn(), item.target() >= at ? item.target() + 1 : item.target());
    }

    /** A run of the donor's instructions in front of one, their targets moved along; targets outside of the run become its end. */
    private static Listing spliced(Entropy entropy, Listing listing, int at, Listing donor) {
        int from = entropy.below(Math.min(donor.size(), 1 << 16));
        int count = Math.min(1 + entropy.below(MOST_SPLICED), donor.size() - from);
        List<Item> run = new ArrayList<>();
        for (Item item : donor.items().subList(from, from + count)) {
            int target = item.target() < 0 ? -1
                    : item.target() >= from && item.target() <= from + count ? at + item.target() - from : at + count;
            run.add(target < 0 ? item : new Item(item.insn(), target));
        }
        return listing.insert(at, run);
    }

    private static Listing retargeted(Entropy entropy, Listing listing, int at) {
        Item item = listing.items().get(at);
        return item.target() < 0 ? listing : listing.with(at, new Item(item.insn(), entropy.below(Math.min(listing.size(), 1 << 16))));
    }

    /** Another row that takes the same fields. */
    private Listing otherRow(Entropy entropy, Listing listing, int at) {
        Item item = listing.items().get(at);
        int first = entropy.below(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Instruction row = rows.get((first + i) % rows.size());
            if (row != item.insn().instruction() && shape(row).equals(shape(item.insn().instruction()))) {
                return listing.with(at, new Item(with(item.insn(), row), item.target()));
            }
        }
        return listing;
    }

    private static List<Object> shape(Instruction row) {
        List<Object> shape = new ArrayList<>();
        shape.add(row.wide());
        shape.add(String.valueOf(row.targetField()));
        for (FieldName field : FieldName.values()) {
            shape.add(row.operand(field).kind());
        }
        return shape;
    }

    private static Insn with(Insn insn, Instruction row) {
        return new Insn(row, fixed(row, FieldName.DST, insn.dst()), fixed(row, FieldName.SRC, insn.src()), fixed(row, FieldName.OFF, insn
                .off()), fixed(row, FieldName.IMM, insn.imm()), fixed(row, FieldName.NEXT, insn.next()));
    }

    private static int fixed(Instruction row, FieldName field, int otherwise) {
        return row.operand(field).isFixed() ? row.operand(field).fixed() : otherwise;
    }

    private static Listing operand(Entropy entropy, Listing listing, int at) {
        Item item = listing.items().get(at);
        Insn insn = item.insn();
        Instruction row = insn.instruction();
        int dst = insn.dst();
        int src = insn.src();
        int off = insn.off();
        int imm = insn.imm();
        switch (entropy.below(4)) {
            case 0 -> dst = entropy.below(10);
            case 1 -> src = entropy.below(11);
            case 2 -> off = entropy.chance(128) ? OperandValues.offset(entropy) : off + entropy.below(17) - 8;
            default -> imm = entropy.chance(128) ? OperandValues.immediate(entropy) : imm + entropy.below(5) - 2;
        }
        Insn changed = new Insn(row, fixed(row, FieldName.DST, dst), fixed(row, FieldName.SRC, src), fixed(row, FieldName.OFF, (short) off),
                fixed(row, FieldName.IMM, imm), insn.next());
        return listing.with(at, new Item(changed, item.target()));
    }

    private static long[] registers(Entropy entropy, TestInput from, TestInput donor) {
        long[] registers = from.registers().clone();
        if (entropy.chance(96)) {
            int register = entropy.below(registers.length);
            registers[register] = entropy.chance(128) ? donor.registers()[entropy.below(registers.length)] : OperandValues.wide(entropy);
        }
        return registers;
    }

    private static byte[] bytes(Entropy entropy, byte[] from) {
        if (from.length == 0 || !entropy.chance(48)) {
            return from;
        }
        byte[] changed = from.clone();
        changed[entropy.below(changed.length)] = (byte) entropy.u8();
        return changed;
    }
}
