// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.edit;

import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program as a list of instructions that name their targets by position in the list, so that it can be edited. Immutable. */
public final class Listing {
    private static final Decoder DECODER = new Decoder(Isa.bpf());
    private static final int NOWHERE = -1;

    private final List<Item> items;

    /**
     * An instruction.
     *
     * @param insn   its distance, if it has one, means nothing
     * @param target position of the instruction that it jumps to, calls or points to; -1 if there is none
     */
    public record Item(Insn insn, int target) {
        /** An instruction without a target. */
        public static Item of(Insn insn) {
            return new Item(insn, NOWHERE);
        }
    }

    private Listing(List<Item> items) {
        this.items = List.copyOf(items);
    }

    /** A program's instructions; empty if it has one that does not decode, or a target where none starts. */
    public static Optional<Listing> of(Program program) {
        List<Insn> insns = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        int[] position = new int[program.slots()];
        Arrays.fill(position, NOWHERE);
        for (int slot = 0; slot < program.slots(); slot++) {
            if (!(DECODER.decode(program.code(), slot, program.order()) instanceof Decoder.Decoded(Insn insn))) {
                return Optional.empty();
            }
            position[slot] = insns.size();
            insns.add(insn);
            starts.add(slot);
            slot += insn.slots() - 1;
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < insns.size(); i++) {
            Insn insn = insns.get(i);
            if (insn.instruction().targetField() == null) {
                items.add(Item.of(insn));
                continue;
            }
            long slot = starts.get(i) + 1L + insn.distance();
            if (slot < 0 || slot >= position.length || position[(int) slot] == NOWHERE) {
                return Optional.empty();
            }
            items.add(new Item(insn, position[(int) slot]));
        }
        return Optional.of(new Listing(items));
    }

    /** The instructions. */
    public List<Item> items() {
        return items;
    }

    /** Number of instructions. */
    public int size() {
        return items.size();
    }

    /** The slot at which an instruction starts; for the position behind the last one, the number of slots. */
    public int slot(int position) {
        return items.subList(0, position).stream().mapToInt(item -> item.insn().slots()).sum();
    }

    /** The position of the instruction that starts at a slot, or before it if none does. */
    public int position(int slot) {
        int at = 0;
        for (int i = 0; i < items.size(); i++) {
            at += items.get(i).insn().slots();
            if (slot < at) {
                return i;
            }
        }
        return items.size();
    }

    /** Without some instructions; who had one of them as target gets the one behind them. */
    public Listing without(int from, int to) {
        return moved(from, to, List.of());
    }

    /** With other instructions in front of one; who had that as target still has it. Targets of the new ones count in the new list. */
    public Listing insert(int at, List<Item> more) {
        return moved(at, at, more);
    }

    private Listing moved(int from, int to, List<Item> instead) {
        List<Item> edited = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (i == from) {
                edited.addAll(instead);
            }
            if (i < from || i >= to) {
                Item item = items.get(i);
                edited.add(item.target() == NOWHERE ? item : new Item(item.insn(), shifted(item.target(), from, to, instead.size())));
            }
        }
        if (from == items.size()) {
            edited.addAll(instead);
        }
        return new Listing(edited);
    }

    private static int shifted(int target, int from, int to, int inserted) {
        if (target < from) {
            return target;
        }
        return (target < to ? from : target - (to - from)) + inserted;
    }

    /** With another instruction in the place of one. */
    public Listing with(int position, Item item) {
        List<Item> edited = new ArrayList<>(items);
        edited.set(position, item);
        return new Listing(edited);
    }

    /** Whether every target exists. */
    public boolean isComplete() {
        return !items.isEmpty() && items.stream().allMatch(item -> item.target() < items.size());
    }

    /** A program like another one, with these instructions; what that one says about slots is lost. Only if {@link #isComplete()}. */
    public Program program(Program like) {
        List<Insn> insns = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Insn insn = items.get(i).insn();
            FieldName field = insn.instruction().targetField();
            if (field != null) {
                int distance = slot(items.get(i).target()) - slot(i) - 1;
                insn = field == FieldName.OFF ? new Insn(insn.instruction(), insn.dst(), insn.src(), distance, insn.imm(), insn.next())
                        : new Insn(insn.instruction(), insn.dst(), insn.src(), insn.off(), distance, insn.next());
            }
            insns.add(insn);
        }
        return new Program(like.name(), like.type(), like.section(), like.order(), Encoding.encode(insns, like.order()), List.of(), like
                .maps(), like.variables(), like.kfuncs(), Map.of(), List.of(), like.license());
    }

    /** The names of a program's rows, in order; what does not decode is left out. */
    public static List<String> rows(Program program) {
        List<String> rows = new ArrayList<>();
        for (int slot = 0; slot < program.slots(); slot++) {
            if (DECODER.decode(program.code(), slot, program.order()) instanceof Decoder.Decoded(Insn insn)) {
                rows.add(insn.instruction().name());
                slot += insn.slots() - 1;
            }
        }
        return rows;
    }

    /** An instruction by name, with operands; fields that it fixes are filled in. */
    public static Insn insn(String name, int dst, int src, int off, int imm) {
        Instruction row = Isa.bpf().get(name);
        return new Insn(row, value(row, FieldName.DST, dst), value(row, FieldName.SRC, src), value(row, FieldName.OFF, off), value(row,
                FieldName.IMM, imm), 0);
    }

    private static int value(Instruction row, FieldName field, int value) {
        Instruction.Operand operand = row.operand(field);
        return operand.isFixed() ? operand.fixed() : value;
    }
}
