// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.fusion.Layout;
import dev.bpf4j.isa.gen.InterpreterGenerator;
import dev.bpf4j.interpreter.Candidates.Candidate;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A linked program as words for a {@link WordLoop}. Every straight run of instructions is cut into the patterns that take the fewest steps;
 * an instruction that no pattern covers becomes a word for the driver.
 *
 * <p>
 * The program itself is translated at once, a routine when it is first called: a program that calls through a register has all of them and
 * enters few. Translations are appended, so a word keeps its index, and a loop that runs over an older array finds there all that it can reach.
 * Thread-safe.
 */
final class WordCode {
    /** What a step costs, and each instruction in it, when patterns are chosen: fewer steps first, then shorter patterns. */
    private static final int STEP = 5;
    private static final int INSTRUCTION = 1;
    private static final int UNCOVERED = 500;
    private static final int LETTERS = 26;

    private final LinkedProgram program;
    private final Candidates candidates;
    private final boolean strict;
    private volatile Words translated;

    /**
     * What has been translated.
     *
     * @param code   the words
     * @param wordOf by slot: the word that starts there, or -1
     * @param slotOf by word: the slot at which it starts, or -1 for a constant
     */
    private record Words(long[] code, int[] wordOf, int[] slotOf) {}

    WordCode(LinkedProgram program, Candidates candidates, boolean strict) {
        this.program = program;
        this.candidates = candidates;
        this.strict = strict;
        int[] none = new int[program.totalSlots()];
        Arrays.fill(none, -1);
        this.translated = new Part(0, program.slots()).appendTo(new Words(new long[0], none, new int[0]));
    }

    /** The words. Loops correct hints in them; several lanes may do so at once, since a hint is never trusted. */
    long[] words() {
        return translated.code();
    }

    /** The word that starts at a slot, translated now if it is a routine's first slot; -1 if the slot lies inside of a fused sequence. */
    int wordAt(int slot) {
        int word = translated.wordOf()[slot];
        return word < 0 && program.inRoutine(slot) ? routineAt(slot) : word;
    }

    /** The slot at which a word starts. */
    int slotAt(int word) {
        return translated.slotOf()[word];
    }

    private synchronized int routineAt(int slot) {
        Words now = translated;
        int first = program.functionOf(slot);
        if (now.wordOf()[first] < 0) {
            now = new Part(first, program.functionEnd(first)).appendTo(now);
            translated = now;
        }
        return now.wordOf()[slot];
    }

    /** A part of the program that no jump leaves, while it is being translated. */
    private final class Part {
        private final Insn[] insns;
        private final int[] slots;
        /** Whether the instruction jumps back. */
        private final boolean[] back;
        /** How far a pattern that starts with the instruction may reach; the instruction itself if no pattern may start with it. */
        private final int[] end;
        private final int[] numbers = new int[LETTERS];
        private int count;

        private long[] code = new long[0];
        private int[] slotOf = new int[0];
        private int[] wordOf = new int[0];
        private int words;
        private long[] constants = new long[8];
        private int constantCount;
        /** Words that name another one: the word, a slot or the complement of a constant's index, and the place. */
        private int[] fixups = new int[16];
        private Layout.Place[] places = new Layout.Place[8];
        private int fixupCount;

        Part(int from, int to) {
            insns = new Insn[to - from];
            slots = new int[to - from];
            back = new boolean[to - from];
            end = new int[to - from];
            boolean[] leaders = leaders(from, to);
            for (int slot = from; slot < to; slot++) {
                Insn insn = program.insn(slot);
                if (insn != null) {
                    int target = program.target(slot);
                    back[count] = target >= 0 && target <= slot && !candidates.calls(insn.instruction());
                    slots[count] = slot;
                    insns[count++] = insn;
                }
            }
            for (int i = count - 1; i >= 0; i--) {
                boolean goesOn = i + 1 < count && !leaders[slots[i + 1] - from] && end[i + 1] > i + 1;
                boolean covered = program.poison(slots[i]) == null && candidates.startingWith(insns[i].instruction()).length > 0;
                end[i] = !covered ? i : goesOn ? end[i + 1] : i + 1;
            }
        }

        private boolean[] leaders(int from, int to) {
            boolean[] leaders = new boolean[to - from];
            for (int slot = from; slot < to; slot++) {
                int target = program.target(slot);
                if (target >= from && target < to) {
                    leaders[target - from] = true;
                }
            }
            return leaders;
        }

        Words appendTo(Words before) {
            @Nullable Candidate[] chosen = choose();
            int base = before.code().length;
            code = Arrays.copyOf(before.code(), base + count);
            slotOf = Arrays.copyOf(before.slotOf(), base + count);
            wordOf = before.wordOf().clone();
            words = base;
            int i = 0;
            while (i < count) {
                Candidate candidate = chosen[i];
                wordOf[slots[i]] = words;
                slotOf[words] = slots[i];
                if (candidate == null) {
                    words++;
                    i++;
                } else {
                    emit(candidate, i);
                    i += candidate.length;
                }
            }
            return finish();
        }

        /** From the last instruction on, the case that takes the fewest steps to the end. */
        private @Nullable Candidate[] choose() {
            @Nullable Candidate[] chosen = new Candidate[count];
            int[] cost = new int[count + 1];
            long mostWords = 2L * program.totalSlots();
            for (int i = count - 1; i >= 0; i--) {
                int best = cost[i + 1] + UNCOVERED;
                for (Candidate candidate : candidates.startingWith(insns[i].instruction())) {
                    int next = i + candidate.length;
                    if (next > end[i]) {
                        continue;
                    }
                    int total = cost[next] + STEP + INSTRUCTION * candidate.length;
                    if (total < best && candidate.matches(insns, i, back, numbers) && candidate.fits(insns, i, mostWords)) {
                        best = total;
                        chosen[i] = candidate;
                    }
                }
                cost[i] = best;
            }
            return chosen;
        }

        private void emit(Candidate candidate, int from) {
            if (!candidate.matches(insns, from, back, numbers)) {
                throw new IllegalStateException("a chosen pattern does not match at slot " + slots[from]);
            }
            long word = candidate.word(numbers);
            long hint = program.inRoutine(slots[from]) ? InterpreterGenerator.REGIONS - 1 : 0;
            for (int position : candidate.hints) {
                word |= strict ? hint << position : 0;
            }
            for (Candidate.Placed placed : candidate.constants) {
                int i = from + placed.constant().part();
                switch (placed.constant().kind()) {
                    case TARGET -> fixup(program.target(slots[i]), placed.place());
                    case WIDE -> fixup(~constant(program.constant(slots[i])), placed.place());
                    case IMMEDIATE, OFFSET, COUNT -> word |= Layout.place(placed.place(), placed.value(insns[i]));
                }
            }
            code[words++] = word;
        }

        private int constant(long value) {
            if (constantCount == constants.length) {
                constants = Arrays.copyOf(constants, 2 * constantCount);
            }
            constants[constantCount] = value;
            return constantCount++;
        }

        private void fixup(int what, Layout.Place place) {
            if (fixupCount == places.length) {
                places = Arrays.copyOf(places, 2 * fixupCount);
                fixups = Arrays.copyOf(fixups, 4 * fixupCount);
            }
            fixups[2 * fixupCount] = words;
            fixups[2 * fixupCount + 1] = what;
            places[fixupCount++] = place;
        }

        private Words finish() {
            long[] all = Arrays.copyOf(code, words + constantCount);
            System.arraycopy(constants, 0, all, words, constantCount);
            for (int i = 0; i < fixupCount; i++) {
                int what = fixups[2 * i + 1];
                all[fixups[2 * i]] |= Layout.place(places[i], what < 0 ? words + ~what : wordOf[what]);
            }
            int[] starts = Arrays.copyOf(slotOf, all.length);
            Arrays.fill(starts, words, starts.length, -1);
            return new Words(all, wordOf, starts);
        }
    }
}
