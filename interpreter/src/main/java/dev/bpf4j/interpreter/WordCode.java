// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.fusion.Fusion;
import dev.bpf4j.isa.fusion.Layout;
import dev.bpf4j.isa.fusion.Pattern;
import dev.bpf4j.isa.fusion.Pattern.Constant;
import dev.bpf4j.isa.fusion.Pattern.ConstantKind;
import dev.bpf4j.isa.gen.InterpreterGenerator;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A linked program as words for a {@link WordLoop}. Every straight run of instructions is cut into the patterns that take the fewest steps;
 * an instruction that no pattern covers becomes a word for the driver.
 */
final class WordCode {
    /** What a step costs, and each instruction in it, when patterns are chosen: fewer steps first, then shorter patterns. */
    private static final double STEP = 1.0;
    private static final double INSTRUCTION = 0.2;

    private final LinkedProgram program;
    private final Fusion fusion;
    private final boolean strict;
    private final int[] wordOf;
    private final List<Integer> slotOf = new ArrayList<>();
    private final List<Long> words = new ArrayList<>();
    private final List<Fixup> fixups = new ArrayList<>();
    private final List<Long> constants = new ArrayList<>();
    private final int[] numbers = new int[26];
    private final long[] code;
    private final int[] slots;

    /**
     * A word that names another one, whose place is known only when all are placed.
     *
     * @param slot     where a jump goes; -1 for a constant
     * @param constant index of a wide constant among {@link #constants}; -1 for a jump
     */
    private record Fixup(int word, Layout.Place place, int slot, int constant) {}

    WordCode(LinkedProgram program, Fusion fusion, boolean strict) {
        this.program = program;
        this.fusion = fusion;
        this.strict = strict;
        this.wordOf = new int[program.totalSlots()];
        Arrays.fill(wordOf, -1);
        encode();
        int pool = words.size();
        words.addAll(constants);
        this.code = words.stream().mapToLong(Long::longValue).toArray();
        for (Fixup fixup : fixups) {
            int value = fixup.constant() >= 0 ? pool + fixup.constant() : wordOf[fixup.slot()];
            code[fixup.word()] |= Layout.place(fixup.place(), value);
        }
        this.slots = slotOf.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The words. Loops correct hints in them; several lanes may do so at once, since a hint is never trusted. */
    long[] words() {
        return code;
    }

    /** The word that starts at a slot; -1 if the slot lies inside of a fused sequence. */
    int wordAt(int slot) {
        return wordOf[slot];
    }

    /** The slot at which a word starts. */
    int slotAt(int word) {
        return slots[word];
    }

    private void encode() {
        BitSet leaders = leaders();
        List<Insn> run = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int slot = 0; slot < program.totalSlots(); slot++) {
            Insn insn = program.insn(slot);
            if (insn == null) {
                continue;
            }
            if (leaders.get(slot) && !run.isEmpty()) {
                flush(run, places);
            }
            run.add(insn);
            places.add(slot);
            if (program.poison(slot) != null || fusion.startingWith(insn.instruction()).isEmpty()) {
                run.removeLast();
                places.removeLast();
                flush(run, places);
                driver(slot);
            }
        }
        flush(run, places);
    }

    private BitSet leaders() {
        BitSet leaders = new BitSet();
        program.functions().forEach(leaders::set);
        for (int slot = 0; slot < program.totalSlots(); slot++) {
            if (program.target(slot) >= 0) {
                leaders.set(program.target(slot));
            }
        }
        return leaders;
    }

    private void driver(int slot) {
        wordOf[slot] = words.size();
        words.add(0L);
        slotOf.add(slot);
    }

    private record Choice(double cost, Fusion.@Nullable Case fused) {}

    private void flush(List<Insn> run, List<Integer> places) {
        int n = run.size();
        boolean[] back = new boolean[n];
        for (int i = 0; i < n; i++) {
            int target = program.target(places.get(i));
            back[i] = target >= 0 && target <= places.get(i) && !run.get(i).instruction().effects().stream().allMatch(
                    dev.bpf4j.isa.Effect.Call.class::isInstance);
        }
        Choice[] best = new Choice[n + 1];
        best[n] = new Choice(0, null);
        for (int i = n - 1; i >= 0; i--) {
            best[i] = choose(run, back, i, best);
        }
        int i = 0;
        while (i < n) {
            Fusion.Case fused = best[i].fused();
            if (fused == null) {
                driver(places.get(i));
                i++;
            } else {
                emit(run, places, back, i, fused);
                i += fused.pattern().parts().size();
            }
        }
        run.clear();
        places.clear();
    }

    private Choice choose(List<Insn> run, boolean[] back, int i, Choice[] best) {
        Choice choice = new Choice(best[i + 1].cost() + 100, null);
        for (Fusion.Case fused : fusion.startingWith(run.get(i).instruction())) {
            int length = fused.pattern().parts().size();
            if (i + length > run.size()) {
                continue;
            }
            double cost = best[i + length].cost() + STEP + INSTRUCTION * length;
            if (cost < choice.cost() && fused.pattern().matches(run, i, back, numbers) && fits(run, i, fused)) {
                choice = new Choice(cost, fused);
            }
        }
        return choice;
    }

    private boolean fits(List<Insn> run, int from, Fusion.Case fused) {
        for (Map.Entry<Constant, Layout.Place> entry : fused.layout().constants().entrySet()) {
            Constant constant = entry.getKey();
            boolean namesWord = constant.kind() == ConstantKind.TARGET || constant.kind() == ConstantKind.WIDE;
            long value = namesWord ? 2L * program.totalSlots() : value(run.get(from + constant.part()), constant);
            if (!Layout.fits(constant, entry.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    private static long value(Insn insn, Constant constant) {
        return constant.field() == FieldName.OFF ? insn.off() : insn.imm();
    }

    private void emit(List<Insn> run, List<Integer> places, boolean[] back, int from, Fusion.Case fused) {
        Pattern pattern = fused.pattern();
        pattern.matches(run, from, back, numbers);
        int at = words.size();
        long word = fused.selector();
        for (Map.Entry<Character, Integer> register : fused.layout().registers().entrySet()) {
            word |= (long) numbers[register.getKey() - 'a'] << register.getValue();
        }
        long hint = program.inRoutine(places.get(from)) ? InterpreterGenerator.REGIONS - 1 : 0;
        for (int position : fused.layout().hints().values()) {
            word |= strict ? hint << position : 0;
        }
        for (Map.Entry<Constant, Layout.Place> entry : fused.layout().constants().entrySet()) {
            Constant constant = entry.getKey();
            int place = places.get(from + constant.part());
            switch (constant.kind()) {
                case TARGET -> fixups.add(new Fixup(at, entry.getValue(), program.target(place), -1));
                case WIDE -> {
                    fixups.add(new Fixup(at, entry.getValue(), -1, constants.size()));
                    constants.add(program.constant(place));
                }
                case IMMEDIATE, OFFSET, COUNT -> word |= Layout.place(entry.getValue(), value(run.get(from + constant.part()), constant));
            }
        }
        wordOf[places.get(from)] = at;
        words.add(word);
        slotOf.add(places.get(from));
    }
}
