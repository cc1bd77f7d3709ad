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

/**
 * A fusion list in the form that {@link WordCode} asks it: the cases by the first instruction's index, each taken apart into arrays. Translation
 * is part of every program's start, and asks for every instruction which cases fit. Immutable.
 */
final class Candidates {
    private final Candidate[][] byFirst;
    private final boolean[] calls;

    Candidates(Isa isa, boolean hinted) {
        Fusion fusion = Fusion.of(isa, hinted);
        List<Instruction> instructions = isa.instructions();
        byFirst = new Candidate[instructions.size()][];
        calls = new boolean[instructions.size()];
        for (Instruction instruction : instructions) {
            byFirst[instruction.index()] = fusion.startingWith(instruction).stream().map(Candidate::new).toArray(Candidate[]::new);
            calls[instruction.index()] = instruction.effects().stream().allMatch(Effect.Call.class::isInstance);
        }
    }

    /** The cases whose pattern starts with an instruction; not to be changed. */
    Candidate[] startingWith(Instruction instruction) {
        return byFirst[instruction.index()];
    }

    /** Whether an instruction does nothing but call, so that its target is none of a jump. */
    boolean calls(Instruction instruction) {
        return calls[instruction.index()];
    }

    /** A case, taken apart. */
    static final class Candidate {
        final int length;
        /** The word without operands. */
        final long selector;
        private final Instruction[] instructions;
        private final boolean[] back;
        /** Letters as indexes, by part: dst, src; -1 for none. */
        private final int[] letters;
        /** Letters that the pattern has; they are the first ones. */
        private final int letterCount;
        /** Pairs of letters that must be different registers. */
        private final int[] distinct;
        /** Letters and the positions of their registers in the word. */
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
            instructions = pattern.parts().stream().map(Pattern.Part::instruction).toArray(Instruction[]::new);
            back = new boolean[length];
            letters = new int[2 * length];
            for (int i = 0; i < length; i++) {
                back[i] = pattern.parts().get(i).back();
                letters[2 * i] = letter(pattern.parts().get(i).dst());
                letters[2 * i + 1] = letter(pattern.parts().get(i).src());
            }
            letterCount = Arrays.stream(letters).max().orElse(-1) + 1;
            distinct = pattern.distinct().stream().flatMapToInt(pair -> IntStream.of(letter(pair.first()), letter(pair
                    .second()))).toArray();
            registers = fused.layout().registers().entrySet().stream().flatMapToInt(entry -> IntStream.of(letter(entry
                    .getKey()), entry.getValue())).toArray();
            hints = fused.layout().hints().values().stream().mapToInt(Integer::intValue).toArray();
            List<Placed> placed = new ArrayList<>();
            fused.layout().constants().forEach((constant, place) -> placed.add(new Placed(constant, place)));
            constants = placed.toArray(new Placed[0]);
        }

        private static int letter(char letter) {
            return letter == Pattern.NONE ? -1 : letter - 'a';
        }

        /**
         * Whether instructions are an instance of the pattern ({@link Pattern#matches}).
         *
         * @param insns   consecutive instructions
         * @param from    index of the first
         * @param backs   for each instruction whether it jumps back
         * @param numbers gets the register number of each letter that the pattern has
         */
        boolean matches(Insn[] insns, int from, boolean[] backs, int[] numbers) {
            for (int i = 0; i < length; i++) {
                if (insns[from + i].instruction() != instructions[i] || backs[from + i] != back[i]) {
                    return false;
                }
            }
            Arrays.fill(numbers, 0, letterCount, -1);
            for (int i = 0; i < length; i++) {
                if (!bind(numbers, letters[2 * i], insns[from + i].dst()) || !bind(numbers, letters[2 * i + 1], insns[from + i].src())) {
                    return false;
                }
            }
            for (int i = 0; i < distinct.length; i += 2) {
                if (numbers[distinct[i]] == numbers[distinct[i + 1]]) {
                    return false;
                }
            }
            return true;
        }

        private static boolean bind(int[] numbers, int letter, int number) {
            if (letter < 0) {
                return true;
            }
            int bound = numbers[letter];
            numbers[letter] = number;
            return bound == -1 || bound == number;
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

        /** The word with the registers of an instance, for which {@link #matches} has filled in the numbers. */
        long word(int[] numbers) {
            long word = selector;
            for (int i = 0; i < registers.length; i += 2) {
                word |= (long) numbers[registers[i]] << registers[i + 1];
            }
            return word;
        }
    }
}
