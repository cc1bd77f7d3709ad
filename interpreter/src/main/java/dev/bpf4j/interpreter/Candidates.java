// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.fusion.Fusion;
import dev.bpf4j.isa.fusion.Layout;
import dev.bpf4j.isa.fusion.Pattern;
import dev.bpf4j.isa.fusion.Pattern.Constant;
import dev.bpf4j.isa.fusion.Pattern.ConstantKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A fusion list in the form that {@link WordCode} asks it. Translation is part of every program's start, so what could be decided when the list
 * was read has been: the cases stand in a tree by the rows of their instructions, each taken apart into arrays. Immutable.
 */
final class Candidates {
    /** What an instruction is to a pattern: its row, and whether it jumps back. */
    private static final int KINDS_PER_ROW = 2;
    private static final int LETTERS = 26;
    private static final Candidate[] NONE = {};
    private static final @Nullable Node[] NOWHERE = {};

    private final Node root;
    private final boolean[] calls;

    Candidates(Isa isa, boolean hinted) {
        Fusion fusion = Fusion.of(isa, hinted);
        List<Instruction> instructions = isa.instructions();
        root = new Node();
        calls = new boolean[instructions.size()];
        for (Instruction instruction : instructions) {
            calls[instruction.index()] = instruction.effects().stream().allMatch(Effect.Call.class::isInstance);
            fusion.startingWith(instruction).forEach(root::add);
        }
    }

    /** The cases of no instruction at all; {@link Node#next} leads to those of one. */
    Node root() {
        return root;
    }

    /** What an instruction is to {@link Node#next}. */
    static int kind(Instruction instruction, boolean back) {
        return KINDS_PER_ROW * instruction.index() + (back ? 1 : 0);
    }

    /** Whether an instruction does nothing but call, so that its target is none of a jump. */
    boolean calls(Instruction instruction) {
        return calls[instruction.index()];
    }

    /** The cases of one sequence of rows, and the way to longer ones. */
    static final class Node {
        private @Nullable Node[] next = NOWHERE;
        /** Not to be changed. */
        Candidate[] cases = NONE;

        /** The cases of this sequence with one more instruction; null if there is none, and no longer one either. */
        @Nullable
        Node next(int kind) {
            return kind < next.length ? next[kind] : null;
        }

        private void add(Fusion.Case fused) {
            Node node = this;
            for (Pattern.Part part : fused.pattern().parts()) {
                int kind = kind(part.instruction(), part.back());
                Node longer = node.next(kind);
                if (longer == null) {
                    longer = new Node();
                    node.next = Arrays.copyOf(node.next, Math.max(node.next.length, kind + 1));
                    node.next[kind] = longer;
                }
                node = longer;
            }
            node.cases = Arrays.copyOf(node.cases, node.cases.length + 1);
            node.cases[node.cases.length - 1] = new Candidate(fused);
        }
    }

    /** A case, taken apart. A register is named by its place in the sequence: twice the instruction's number for dst, one more for src. */
    static final class Candidate {
        final int length;
        /** The word without operands. */
        private final long selector;
        /** Pairs of places that must hold the same register. */
        private final int[] same;
        /** Pairs of places that must hold different registers. */
        private final int[] distinct;
        /** Places, and the positions of their registers in the word. */
        private final int[] registers;
        /** Positions of the hints in the word. */
        final int[] hints;
        final Placed[] constants;

        /** A constant and its place in the word. */
        record Placed(Constant constant, Layout.Place place) {
            /** Whether the word holds the index of another word in its place. */
            boolean namesWord() {
                return constant.kind() == ConstantKind.TARGET || constant.kind() == ConstantKind.WIDE;
            }

            /** The value of a constant that names no word, in the instruction that has it. */
            long value(Insn insn) {
                return constant.field() == FieldName.OFF ? insn.off() : insn.imm();
            }
        }

        private Candidate(Fusion.Case fused) {
            Pattern pattern = fused.pattern();
            length = pattern.parts().size();
            selector = fused.selector();
            int[] first = new int[LETTERS];
            Arrays.fill(first, -1);
            List<Integer> pairs = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                Pattern.Part part = pattern.parts().get(i);
                bind(first, pairs, part.dst(), 2 * i);
                bind(first, pairs, part.src(), 2 * i + 1);
            }
            same = pairs.stream().mapToInt(Integer::intValue).toArray();
            distinct = pattern.distinct().stream().flatMapToInt(pair -> IntStream.of(first[pair.first() - 'a'], first[pair.second() - 'a']))
                    .toArray();
            registers = fused.layout().registers().entrySet().stream().flatMapToInt(entry -> IntStream.of(first[entry.getKey() - 'a'], entry
                    .getValue())).toArray();
            hints = fused.layout().hints().values().stream().mapToInt(Integer::intValue).toArray();
            List<Placed> placed = new ArrayList<>();
            fused.layout().constants().forEach((constant, place) -> placed.add(new Placed(constant, place)));
            constants = placed.toArray(new Placed[0]);
        }

        private static void bind(int[] first, List<Integer> pairs, char letter, int place) {
            if (letter == Pattern.NONE) {
                return;
            }
            int bound = first[letter - 'a'];
            if (bound < 0) {
                first[letter - 'a'] = place;
            } else {
                pairs.add(bound);
                pairs.add(place);
            }
        }

        /**
         * Whether instructions whose rows are those of the pattern are an instance of it ({@link Pattern#matches}).
         *
         * @param operands dst and src of consecutive instructions
         * @param from     index of the first instruction
         */
        boolean matches(byte[] operands, int from) {
            int base = 2 * from;
            for (int i = 0; i < same.length; i += 2) {
                if (operands[base + same[i]] != operands[base + same[i + 1]]) {
                    return false;
                }
            }
            for (int i = 0; i < distinct.length; i += 2) {
                if (operands[base + distinct[i]] == operands[base + distinct[i + 1]]) {
                    return false;
                }
            }
            return true;
        }

        /**
         * Whether the constants of an instance have room in the word.
         *
         * @param mostWords no word has an index of that much
         */
        boolean fits(Insn[] insns, int from, long mostWords) {
            for (Placed placed : constants) {
                long value = placed.namesWord() ? mostWords : placed.value(insns[from + placed.constant().part()]);
                if (!Layout.fits(placed.constant(), placed.place(), value)) {
                    return false;
                }
            }
            return true;
        }

        /** The word with the registers of an instance. */
        long word(byte[] operands, int from) {
            long word = selector;
            for (int i = 0; i < registers.length; i += 2) {
                word |= (long) operands[2 * from + registers[i]] << registers[i + 1];
            }
            return word;
        }
    }
}
