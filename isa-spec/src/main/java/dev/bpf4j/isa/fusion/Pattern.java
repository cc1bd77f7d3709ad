// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.fusion;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.Role;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of one or more instructions that is executed in one step. Letters stand for registers: equal letters for the same one; different
 * letters may be the same register too, unless that would change what the sequence means ({@link #distinct}).
 *
 * <p>
 * The text form is {@code ldx8 a,b ; and64_imm a ; jeq64_imm> a}: instruction names with the letters of dst and src, in order; a jump says
 * whether it goes forward ({@code >}) or back ({@code <}), because going back takes budget.
 *
 * @param parts    the instructions
 * @param inputs   letters whose value is read before the sequence writes them, in order of first reading
 * @param outputs  letters that are written, in order of the last writing
 * @param distinct pairs of letters that must not be the same register
 */
public record Pattern(List<Part> parts, List<Character> inputs, List<Character> outputs, Set<Pair> distinct) {
    /** Marks a part without a register in that place. */
    public static final char NONE = ' ';

    /**
     * An instruction of the sequence.
     *
     * @param instruction which one
     * @param dst         letter of the dst register, or {@link #NONE}
     * @param src         letter of the src register, or {@link #NONE}
     * @param back        for jumps: whether the target is not behind the jump
     */
    public record Part(Instruction instruction, char dst, char src, boolean back) {
        /** The letter of a register that the instruction's effects name. */
        public char letter(Role role) {
            return switch (role) {
                case DST -> dst;
                case SRC -> src;
                case R0 -> throw new IllegalArgumentException(instruction + " names r0, which patterns cannot");
            };
        }

        /** Whether the part ends the sequence. */
        public boolean moves() {
            return instruction.effects().stream().anyMatch(effect -> !(effect instanceof Effect.SetRegister
                    || effect instanceof Effect.Store));
        }

        @Override
        public String toString() {
            String direction = jumps(instruction) ? back ? "<" : ">" : "";
            String letters = (dst == NONE ? "" : " " + dst) + (src == NONE ? "" : (dst == NONE ? " " : ",") + src);
            return instruction.name() + direction + letters;
        }

        /** Whether the part reads or writes memory. */
        public boolean touchesMemory() {
            return stores() || Effects.any(instruction.effects(), Expr.Load.class::isInstance);
        }

        /** Whether the part writes memory. */
        public boolean stores() {
            return instruction.effects().stream().anyMatch(Effect.Store.class::isInstance);
        }
    }

    /** Two different letters; {@code first} is written before {@code second} is used. */
    public record Pair(char first, char second) {}

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if the text is no pattern; the message says why
     */
    public static Pattern parse(Isa isa, String text) {
        List<Part> parts = new ArrayList<>();
        for (String item : text.split(";")) {
            parts.add(part(isa, item.trim()));
        }
        for (int i = 0; i + 1 < parts.size(); i++) {
            if (parts.get(i).moves()) {
                throw new IllegalArgumentException("'" + text + "': nothing can follow " + parts.get(i).instruction());
            }
        }
        checkReplay(text, parts);
        return analyse(parts);
    }

    /** The patterns of this instruction alone: one, or for a jump one for each direction; none if a loop cannot execute it. */
    static List<Pattern> singles(Instruction instruction) {
        if (!executable(instruction)) {
            return List.of();
        }
        char dst = instruction.operand(FieldName.DST).isRegister() ? 'a' : NONE;
        char src = instruction.operand(FieldName.SRC).isRegister() ? dst == NONE ? 'a' : 'b' : NONE;
        List<Pattern> patterns = new ArrayList<>(List.of(analyse(List.of(new Part(instruction, dst, src, false)))));
        if (jumps(instruction)) {
            patterns.add(analyse(List.of(new Part(instruction, dst, src, true))));
        }
        return patterns;
    }

    /** Whether a loop can execute an instruction: it sets registers it names, loads, stores, or jumps. */
    private static boolean executable(Instruction instruction) {
        boolean plain = instruction.effects().stream().allMatch(effect -> effect instanceof Effect.SetRegister
                || effect instanceof Effect.Store
                || effect instanceof Effect.Jump);
        boolean named = !Effects.reads(instruction.effects()).contains(Role.R0) && !Effects.writes(instruction.effects()).contains(Role.R0);
        return plain && named && !Effects.any(instruction.effects(), Expr.PacketLoad.class::isInstance);
    }

    /**
     * A sequence that stops in the middle is executed again from its start, so whatever comes before a memory access must bear that. Reading
     * registers does; storing does not, if something is read back.
     */
    private static void checkReplay(String text, List<Part> parts) {
        boolean stored = false;
        for (Part part : parts) {
            if (stored && part.touchesMemory()) {
                throw new IllegalArgumentException("'" + text + "': no memory access can follow a store");
            }
            stored |= part.stores();
        }
    }

    private static Part part(Isa isa, String item) {
        int blank = item.indexOf(' ');
        String name = blank < 0 ? item : item.substring(0, blank);
        String letters = blank < 0 ? "" : item.substring(blank + 1).replace(",", "").trim();
        boolean back = name.endsWith("<");
        boolean directed = back || name.endsWith(">");
        Instruction instruction = isa.find(directed ? name.substring(0, name.length() - 1) : name)
                .orElseThrow(() -> new IllegalArgumentException("'" + item + "': no such instruction"));
        boolean hasDst = instruction.operand(FieldName.DST).isRegister();
        boolean hasSrc = instruction.operand(FieldName.SRC).isRegister();
        int expected = (hasDst ? 1 : 0) + (hasSrc ? 1 : 0);
        if (letters.length() != expected || instruction.wide() && letters.length() != 1) {
            throw new IllegalArgumentException("'" + item + "': expected " + expected + " letters for registers");
        }
        if (directed != jumps(instruction)) {
            throw new IllegalArgumentException("'" + item + "': only a jump has a direction, and it must");
        }
        return new Part(instruction, hasDst ? letters.charAt(0) : NONE, hasSrc ? letters.charAt(hasDst ? 1 : 0) : NONE, back);
    }

    private static boolean jumps(Instruction instruction) {
        return instruction.effects().stream().anyMatch(Effect.Jump.class::isInstance);
    }

    private static Pattern analyse(List<Part> parts) {
        Set<Character> inputs = new LinkedHashSet<>();
        Set<Character> outputs = new LinkedHashSet<>();
        Set<Pair> distinct = new LinkedHashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            for (Role role : Effects.reads(part.instruction().effects())) {
                if (!outputs.contains(part.letter(role))) {
                    inputs.add(part.letter(role));
                }
            }
            for (Role role : Effects.writes(part.instruction().effects())) {
                char written = part.letter(role);
                outputs.remove(written);
                outputs.add(written);
                parts.subList(i + 1, parts.size()).forEach(later -> distinguish(distinct, written, later));
            }
        }
        return new Pattern(List.copyOf(parts), List.copyOf(inputs), List.copyOf(outputs), Set.copyOf(distinct));
    }

    private static void distinguish(Set<Pair> distinct, char written, Part later) {
        for (char other : new char[] {later.dst(), later.src()}) {
            if (other != NONE && other != written) {
                distinct.add(new Pair(written, other));
            }
        }
    }

    /**
     * Whether instructions are an instance of this pattern.
     *
     * @param insns   consecutive instructions, none but the first a jump's target
     * @param from    index of the first
     * @param back    for each instruction whether it jumps back
     * @param numbers gets the register number of each letter, at index {@code letter - 'a'}; -1 before
     */
    public boolean matches(List<Insn> insns, int from, boolean[] back, int[] numbers) {
        java.util.Arrays.fill(numbers, -1);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Insn insn = insns.get(from + i);
            if (insn.instruction() != part.instruction() || part.back() != back[from + i] || !bind(numbers, part.dst(), insn.dst())
                    || !bind(numbers, part
                            .src(), insn.src())) {
                return false;
            }
        }
        for (Pair pair : distinct) {
            if (numbers[pair.first() - 'a'] == numbers[pair.second() - 'a']) {
                return false;
            }
        }
        return true;
    }

    private static boolean bind(int[] numbers, char letter, int number) {
        if (letter == NONE) {
            return true;
        }
        int bound = numbers[letter - 'a'];
        numbers[letter - 'a'] = number;
        return bound == -1 || bound == number;
    }

    /** A constant of one part. */
    public record Constant(int part, FieldName field, ConstantKind kind) {}

    /** How much of a constant counts. */
    public enum ConstantKind {
        /** 64 bits: a wide load. */
        WIDE,
        /** A 32-bit immediate. */
        IMMEDIATE,
        /** A signed 16-bit offset in bytes. */
        OFFSET,
        /** The six low bits of an immediate: a shift count. */
        COUNT,
        /** Where a jump or local call goes. */
        TARGET
    }

    /** The constants that an instance brings along, in order. */
    public List<Constant> constants() {
        List<Constant> constants = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Instruction instruction = parts.get(i).instruction();
            if (instruction.wide()) {
                constants.add(new Constant(i, FieldName.IMM, ConstantKind.WIDE));
                continue;
            }
            FieldName target = instruction.targetField();
            if (instruction.operand(FieldName.IMM).kind() == OperandKind.ANY) {
                constants.add(new Constant(i, FieldName.IMM, onlyCounts(instruction) ? ConstantKind.COUNT : ConstantKind.IMMEDIATE));
            }
            if (instruction.operand(FieldName.OFF).kind() == OperandKind.DISPLACEMENT) {
                constants.add(new Constant(i, FieldName.OFF, ConstantKind.OFFSET));
            }
            if (target != null) {
                constants.add(new Constant(i, target, ConstantKind.TARGET));
            }
        }
        return constants;
    }

    /** Whether all that counts of the immediate is its low bits under a mask below 64. */
    private static boolean onlyCounts(Instruction instruction) {
        return instruction.effects().stream().allMatch(effect -> effect.operands().stream().allMatch(Pattern::masksImmediate));
    }

    private static boolean masksImmediate(Expr expr) {
        if (expr instanceof Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) && op == Expr.BinaryOp.AND
                && right instanceof Expr.Const(long mask, int width) && Long.compareUnsigned(mask, 63) <= 0) {
            return true;
        }
        if (expr instanceof Expr.FieldValue(Expr.Field field) && field == Expr.Field.IMM) {
            return false;
        }
        return expr.operands().stream().allMatch(Pattern::masksImmediate);
    }

    /** The letters of all registers, inputs first. */
    public List<Character> letters() {
        Set<Character> all = new LinkedHashSet<>(inputs);
        all.addAll(outputs);
        return List.copyOf(all);
    }

    /** The part that a memory access belongs to needs a hint under a strict policy; these are their indices. */
    public List<Integer> accesses() {
        List<Integer> accesses = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).touchesMemory()) {
                accesses.add(i);
            }
        }
        return accesses;
    }

    /** The index of the jump or call that ends the sequence; null if it goes on behind it. */
    public @Nullable Part mover() {
        Part last = parts.getLast();
        return last.moves() ? last : null;
    }
}
