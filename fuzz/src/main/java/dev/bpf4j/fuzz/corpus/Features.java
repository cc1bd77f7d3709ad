// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.analysis.Functions;
import dev.bpf4j.analysis.Origin;
import dev.bpf4j.analysis.Provenance;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.OperandClass;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import java.util.Arrays;
import java.util.List;

/**
 * What is of interest in a program and its run: rows with the classes of their operands, how it ended and at which row, the rules by which engines
 * translated it, what the analysis took the pointers for. Not thread-safe.
 */
public final class Features {
    /** Kinds of features, which keep them apart. */
    private static final long IMMEDIATE = 1;
    private static final long OFFSET = 2;
    private static final long ALIAS = 3;
    private static final long ENDED = 4;
    private static final long SIZE = 5;
    private static final long RULE = 6;
    private static final long FACT = 7;
    private static final long DESTINATION = 8;
    private static final long SOURCE = 9;
    private static final int KIND_SHIFT = 56;
    /** Number of the program in a test bed; the target of tail calls has 0. */
    private static final int MAIN = 1;
    /** Lines of listings that name rules. */
    private static final String RULE_MARK = "        ; ";

    private final List<Instruction> rows = Isa.bpf().instructions();
    private final boolean[] immediates = new boolean[rows.size()];
    private final boolean[] offsets = new boolean[rows.size()];
    private final boolean[] pairs = new boolean[rows.size()];
    private long[] found = new long[256];
    private int count;

    /** Looks nothing up yet. */
    public Features() {
        for (Instruction row : rows) {
            immediates[row.index()] = row.operand(FieldName.IMM).kind() == OperandKind.ANY || row.targetField() == FieldName.IMM;
            offsets[row.index()] = row.operand(FieldName.OFF).kind() == OperandKind.DISPLACEMENT || row.targetField() == FieldName.OFF;
            pairs[row.index()] = row.operand(FieldName.DST).isRegister() && row.operand(FieldName.SRC).isRegister();
        }
    }

    /** Starts with the features of a program that cost nothing; {@code ended}: how its run did. */
    public void of(GeneratedProgram program, String ended) {
        count = 0;
        add(SIZE, 32 - Integer.numberOfLeadingZeros(program.slots()));
        add(ENDED, ended.hashCode() & 0xffff_ffffL);
        for (int slot = 0; slot < program.slots(); slot++) {
            int row = program.row(slot);
            if (row < 0) {
                continue;
            }
            long word = program.word(slot);
            if (immediates[row]) {
                add(IMMEDIATE, (long) row << 8 | OperandClass.of((int) (word >>> 32)).ordinal());
            }
            if (offsets[row]) {
                add(OFFSET, (long) row << 8 | OperandClass.of((short) (word >>> 16)).ordinal());
            }
            add(DESTINATION, (long) row << 4 | word >>> 8 & 0xf);
            add(SOURCE, (long) row << 4 | word >>> 12 & 0xf);
            boolean same = pairs[row] && (word >>> 8 & 0xf) == (word >>> 12 & 0xf);
            add(ALIAS, (long) row << 1 | (same ? 1 : 0));
        }
    }

    /** A run's end as a name: the kind of a fault and the row that it came at. */
    public static String end(Outcome outcome, GeneratedProgram program) {
        return switch (outcome) {
            case Outcome.Returned returned -> "returned";
            case Outcome.Fault fault -> fault.kind() + " " + (fault.program() != MAIN || fault.pc() >= program.slots() ? ""
                    : program.row(fault
                            .pc()));
        };
    }

    /** Adds the rules by which engines translate it. Costs a translation, with its text. */
    public void rules(Machine machine, LinkedProgram linked, List<Engine> engines) {
        for (Engine engine : engines) {
            try {
                engine.listing(machine, linked).lines().filter(line -> line.startsWith(RULE_MARK)).forEach(line -> add(RULE, (long) engine
                        .name().hashCode() << 20 ^ line.hashCode() & 0xffff_ffffL));
            } catch (LoadException e) {
                // an engine without machine code has no rules, and one that refuses the program has none for it
                add(RULE, engine.name().hashCode() & 0xffffL);
            }
        }
    }

    /** Adds what the analysis takes the pointers of accesses for. */
    public void facts(GeneratedProgram program, LinkedProgram linked) {
        Provenance provenance = Provenance.of(Functions.of(linked));
        for (int slot = 0; slot < program.slots(); slot++) {
            int row = program.row(slot);
            if (row >= 0) {
                Origin origin = provenance.at(slot);
                add(FACT, (long) row << 8 | kind(origin));
            }
        }
    }

    private static int kind(Origin origin) {
        return switch (origin) {
            case Origin.None none -> 0;
            case Origin.Scalar(boolean known, long value) -> known ? 1 : 2;
            case Origin.Frame frame -> 3;
            case Origin.Stack stack -> 4;
            case Origin.Context context -> 5;
            case Origin.Packet packet -> 6;
            case Origin.Shared shared -> 7;
            case Origin.Fixed fixed -> 8;
            case Origin.Unknown unknown -> 9;
        };
    }

    private void add(long kind, long value) {
        if (count == found.length) {
            found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = kind << KIND_SHIFT ^ value;
    }

    /** Whether any of them is new. */
    public boolean anyNew(Coverage coverage) {
        for (int i = 0; i < count; i++) {
            if (!coverage.has(found[i])) {
                return true;
            }
        }
        return false;
    }

    /** Notes all of them. */
    public void see(Coverage coverage) {
        for (int i = 0; i < count; i++) {
            coverage.see(found[i]);
        }
    }
}
