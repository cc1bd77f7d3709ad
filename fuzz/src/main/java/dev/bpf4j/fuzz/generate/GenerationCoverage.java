// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which rows, registers and classes of operands generated programs had, and which never came. Not thread-safe; counts of several generators are
 * brought together with {@link #add}.
 */
public final class GenerationCoverage {
    private static final int REGISTERS = 11;
    private static final int CLASSES = OperandClass.values().length;

    private final Rows rows = Rows.BPF;
    private final long[] counts = new long[rows.count()];
    private final long[] destinations = new long[rows.count() * REGISTERS];
    private final long[] sources = new long[rows.count() * REGISTERS];
    private final long[] aliases = new long[rows.count()];
    private final long[] immediates = new long[rows.count() * CLASSES];
    private final long[] offsets = new long[rows.count() * CLASSES];
    private long programs;

    /** Counts a program's instructions. */
    public void count(GeneratedProgram program) {
        programs++;
        for (int slot = 0; slot < program.slots(); slot++) {
            int row = program.row(slot);
            if (row >= 0) {
                count(row, program.word(slot));
            }
        }
    }

    private void count(int row, long word) {
        int dst = (int) (word >>> 8) & 0xf;
        int src = (int) (word >>> 12) & 0xf;
        counts[row]++;
        destinations[row * REGISTERS + dst]++;
        sources[row * REGISTERS + src]++;
        aliases[row] += dst == src ? 1 : 0;
        immediates[row * CLASSES + OperandClass.of((int) (word >>> 32)).ordinal()]++;
        offsets[row * CLASSES + OperandClass.of((short) (word >>> 16)).ordinal()]++;
    }

    /** Adds what another one counted. */
    public void add(GenerationCoverage other) {
        programs += other.programs;
        add(counts, other.counts);
        add(destinations, other.destinations);
        add(sources, other.sources);
        add(aliases, other.aliases);
        add(immediates, other.immediates);
        add(offsets, other.offsets);
    }

    private static void add(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** Programs counted. */
    public long programs() {
        return programs;
    }

    /** Instructions counted, by name of the row. */
    public Map<String, Long> instructions() {
        Map<String, Long> all = new TreeMap<>();
        for (int row = 0; row < counts.length; row++) {
            all.put(rows.row(row).instruction.name(), counts[row]);
        }
        return all;
    }

    /**
     * What never came: a row; or of a row that came, a register in a field, source and destination being one register, a class of constants or
     * offsets.
     *
     * @param excluded rows that are left out, each with its reason
     */
    public List<String> missing(Map<String, String> excluded) {
        List<String> missing = new ArrayList<>();
        for (int index = 0; index < counts.length; index++) {
            Row row = rows.row(index);
            String name = row.instruction.name();
            if (row.sort == Row.Sort.SYSTEM || excluded.containsKey(name)) {
                continue;
            }
            if (counts[index] == 0) {
                missing.add(name);
            } else {
                operands(row, missing);
            }
        }
        return missing;
    }

    private void operands(Row row, List<String> missing) {
        Instruction instruction = row.instruction;
        String name = instruction.name();
        registers(instruction, FieldName.DST, destinations, missing);
        registers(instruction, FieldName.SRC, sources, missing);
        if (row.dstRegister && row.srcRegister && aliases[row.index] == 0) {
            missing.add(name + " with dst = src");
        }
        if (row.immediate) {
            for (OperandClass kind : OperandClass.values()) {
                if (immediates[row.index * CLASSES + kind.ordinal()] == 0) {
                    missing.add(name + " with imm " + kind);
                }
            }
        }
        if (instruction.operand(FieldName.OFF).kind() == OperandKind.DISPLACEMENT) {
            Set<OperandClass> possible = EnumSet.complementOf(EnumSet.of(OperandClass.POSITIVE_32, OperandClass.NEGATIVE_32,
                    OperandClass.EXTREME_32));
            for (OperandClass kind : possible) {
                if (offsets[row.index * CLASSES + kind.ordinal()] == 0) {
                    missing.add(name + " with off " + kind);
                }
            }
        }
    }

    private static void registers(Instruction instruction, FieldName field, long[] seen, List<String> missing) {
        OperandKind kind = instruction.operand(field).kind();
        int last = kind == OperandKind.REGISTER_READ ? 10 : kind == OperandKind.REGISTER_WRITE ? 9 : -1;
        for (int register = 0; register <= last; register++) {
            if (seen[instruction.index() * REGISTERS + register] == 0) {
                missing.add(instruction.name() + " with " + field.name().toLowerCase(Locale.ROOT) + " r" + register);
            }
        }
    }
}
