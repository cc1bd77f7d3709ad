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
        /** What each instruction is to {@link Candidates}. */
        private final int[] kinds;
        /** The registers dst and src of each instruction. */
        private final byte[] operands;
        /** How far a pattern that starts with the instruction may reach; the instruction itself if no pattern may start with it. */
        private final int[] end;
        private int count;
        /** How many of the instructions load a wide constant. */
        private int wide;

        Part(int from, int to) {
            insns = new Insn[to - from];
            slots = new int[to - from];
            kinds = new int[to - from];
            operands = new byte[2 * (to - from)];
            end = new int[to - from];
            boolean[] leaders = leaders(from, to);
            for (int slot = from; slot < to; slot++) {
                Insn insn = program.insn(slot);
                if (insn != null) {
                    int target = program.target(slot);
                    boolean back = target >= 0 && target <= slot && !candidates.calls(insn.instruction());
                    kinds[count] = Candidates.kind(insn.instruction(), back);
                    operands[2 * count] = (byte) insn.dst();
                    operands[2 * count + 1] = (byte) insn.src();
                    wide += insn.instruction().wide() ? 1 : 0;
                    slots[count] = slot;
                    insns[count++] = insn;
                }
            }
            for (int i = count - 1; i >= 0; i--) {
                boolean goesOn = i + 1 < count && !leaders[slots[i + 1] - from] && end[i + 1] > i + 1;
                boolean covered = candidates.root().next(kinds[i]) != null && program.poison(slots[i]) == null;
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

        /** First which word every instruction starts, so that words can name each other; then the words; behind them the wide constants. */
        Words appendTo(Words before) {
            @Nullable Candidate[] chosen = choose();
            int base = before.code().length;
            int[] wordOf = before.wordOf().clone();
            int[] slotOf = Arrays.copyOf(before.slotOf(), base + count + wide);
            int words = base;
            for (int i = 0; i < count; i += length(chosen[i])) {
                wordOf[slots[i]] = words;
                slotOf[words++] = slots[i];
            }
            Arrays.fill(slotOf, words, slotOf.length, -1);
            long[] code = Arrays.copyOf(before.code(), words + wide);
            int constants = words;
            for (int i = 0; i < count; i += length(chosen[i])) {
                Candidate candidate = chosen[i];
                if (candidate != null) {
                    constants = emit(candidate, i, code, wordOf, constants);
                }
            }
            return new Words(code, wordOf, slotOf);
        }

        private static int length(@Nullable Candidate candidate) {
            return candidate == null ? 1 : candidate.length;
        }

        /** From the last instruction on, the case that takes the fewest steps to the end. */
        private @Nullable Candidate[] choose() {
            @Nullable Candidate[] chosen = new Candidate[count];
            int[] cost = new int[count + 1];
            long mostWords = 2L * program.totalSlots();
            for (int i = count - 1; i >= 0; i--) {
                int best = cost[i + 1] + UNCOVERED;
                Candidates.Node node = candidates.root();
                for (int next = i; next < end[i]; next++) {
                    node = node.next(kinds[next]);
                    if (node == null) {
                        break;
                    }
                    for (Candidate candidate : node.cases) {
                        int total = cost[next + 1] + STEP + INSTRUCTION * candidate.length;
                        if (total < best && candidate.matches(operands, i) && candidate.fits(insns, i, mostWords)) {
                            best = total;
                            chosen[i] = candidate;
                        }
                    }
                }
                cost[i] = best;
            }
            return chosen;
        }

        /** Writes the word of a case, and its wide constants where those before it end; returns where they end now. */
        private int emit(Candidate candidate, int from, long[] code, int[] wordOf, int firstFree) {
            int free = firstFree;
            long word = candidate.word(operands, from);
            long hint = strict && program.inRoutine(slots[from]) ? InterpreterGenerator.REGIONS - 1 : 0;
            for (int position : candidate.hints) {
                word |= hint << position;
            }
            for (Candidate.Placed placed : candidate.constants) {
                int i = from + placed.constant().part();
                long value = switch (placed.constant().kind()) {
                    case TARGET -> wordOf[program.target(slots[i])];
                    case WIDE -> {
                        code[free] = program.constant(slots[i]);
                        yield free++;
                    }
                    case IMMEDIATE, OFFSET, COUNT -> placed.value(insns[i]);
                };
                word |= Layout.place(placed.place(), value);
            }
            code[wordOf[slots[from]]] = word;
            return free;
        }
    }
}
