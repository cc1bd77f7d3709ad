// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.shrink;

import dev.bpf4j.conformance.bpft.BpftCase.Setup;
import dev.bpf4j.conformance.bpft.Helpers;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.runtime.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is simpler than something, simplest first. Every chain of simplifications ends. */
final class Simpler {
    private Simpler() {
    }

    /** Values that are simpler than one: 0, 1, -1, then fewer bits set. */
    static List<Long> values(long value) {
        Set<Long> simpler = new LinkedHashSet<>();
        for (long candidate : new long[] {0, 1, -1, value & 0xff, value & 0xffff, value & 0xffff_ffffL, value >>> 32 << 32, value & value
                - 1,
            Long.highestOneBit(value)}) {
            if (cost(candidate) < cost(value)) {
                simpler.add(candidate);
            }
        }
        return List.copyOf(simpler);
    }

    /** 0 is simplest, then 1, then -1, then few bits. */
    private static int cost(long value) {
        return value == 0 ? 0 : value == 1 ? 1 : value == -1 ? 2 : 3 + Long.bitCount(value);
    }

    /** An instruction with simpler operands. */
    static List<Insn> insns(Insn insn, boolean jumps) {
        Instruction row = insn.instruction();
        List<Insn> simpler = new ArrayList<>();
        for (FieldName field : FieldName.values()) {
            boolean distance = jumps && field == row.targetField();
            if (!row.operand(field).isFixed() && !distance) {
                int now = insn.field(field);
                for (long value : row.operand(field).isRegister() ? registers(now) : values(now)) {
                    Insn changed = with(insn, field, (int) value);
                    // a field has fewer bits than the value: what is left of it must be simpler, or there would be no end
                    if (row.operand(field).isRegister() || cost(changed.field(field)) < cost(now)) {
                        simpler.add(changed);
                    }
                }
            }
        }
        boolean constant = row.wide() && !row.operand(FieldName.NEXT).isFixed() && row.operand(FieldName.IMM).kind() == OperandKind.ANY;
        if (constant && insn.wide() == (int) insn.wide()) {
            simpler.add(Listing.insn("mov64_imm", insn.dst(), 0, 0, (int) insn.wide()));
        }
        return simpler;
    }

    private static List<Long> registers(int register) {
        List<Long> lower = new ArrayList<>();
        for (long i = 0; i < register; i++) {
            lower.add(i);
        }
        return lower;
    }

    private static Insn with(Insn insn, FieldName field, int value) {
        return new Insn(insn.instruction(), field == FieldName.DST ? value : insn.dst(), field == FieldName.SRC ? value : insn.src(),
                field == FieldName.OFF ? (short) value : insn.off(), field == FieldName.IMM ? value : insn.imm(), field == FieldName.NEXT
                        ? value
                        : insn.next());
    }

    /** Fewer bytes, then more zeros. */
    static List<byte[]> bytes(byte[] bytes) {
        List<byte[]> simpler = new ArrayList<>();
        for (int length : new int[] {0, 8, bytes.length / 2, bytes.length - 8, bytes.length - 1}) {
            if (length >= 0 && length < bytes.length) {
                simpler.add(Arrays.copyOf(bytes, length));
            }
        }
        simpler.addAll(zeroed(bytes, 1));
        return simpler;
    }

    /** More zeros, in runs of at least so many bytes. */
    static List<byte[]> zeroed(byte[] bytes, int shortest) {
        List<byte[]> simpler = new ArrayList<>();
        for (int run = bytes.length; run >= shortest; run /= 2) {
            for (int from = 0; from + run <= bytes.length; from += run) {
                byte[] zeroed = bytes.clone();
                Arrays.fill(zeroed, from, from + run, (byte) 0);
                if (!Arrays.equals(zeroed, bytes)) {
                    simpler.add(zeroed);
                }
            }
        }
        return simpler;
    }

    /** A machine with fewer peculiarities. What may go round and round keeps its budget: the default one lasts for seconds. */
    static List<Setup> setups(Setup setup, boolean withoutVariables, boolean mayLoop) {
        List<Setup> simpler = new ArrayList<>();
        if (setup.arenaHigh() != 0) {
            simpler.add(new Setup(setup.policies(), setup.limits(), setup.helpers(), 0, setup.variables()));
        }
        if (!mayLoop && !setup.limits().equals(Limits.DEFAULT)) {
            simpler.add(new Setup(setup.policies(), Limits.DEFAULT, setup.helpers(), setup.arenaHigh(), setup.variables()));
        }
        if (setup.helpers() != Helpers.LINUX) {
            simpler.add(new Setup(setup.policies(), setup.limits(), Helpers.LINUX, setup.arenaHigh(), setup.variables()));
        }
        if (!setup.variables().isEmpty() && withoutVariables) {
            simpler.add(new Setup(setup.policies(), setup.limits(), setup.helpers(), setup.arenaHigh(), Map.of()));
        }
        return simpler;
    }
}
