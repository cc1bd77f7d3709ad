// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns a program into a {@link LinkedProgram}: decodes, checks the structure (Rulings 3 and 16), resolves wide loads, appends the routines of
 * hot helpers. The checks are those that every engine relies on: all code decodes, every jump lands on an instruction of its own function, no
 * function runs off its end.
 */
final class Linker {
    private static final Decoder DECODER = new Decoder(Isa.bpf());
    private static final int MAX_SLOTS = 1_000_000;
    private static final int STACK_POINTER = 10;
    private static final Instruction CALL_HELPER = Isa.bpf().get("call");

    private final Machine machine;
    private final Program program;
    private final int slots;
    private final @Nullable Insn[] insns;
    private final long[] constants;
    private final int[] targets;
    /** By slot: {@link RowTraits}; 0 for the second slot of a wide load. */
    private final int[] traits;
    /** Traits that some instruction has. */
    private int anywhere;
    /** Whether a function starts at the slot. */
    private final boolean[] functions;

    private Linker(Machine machine, Program program) {
        this.machine = machine;
        this.program = program;
        this.slots = program.slots();
        this.insns = new Insn[slots];
        this.constants = new long[slots];
        this.targets = new int[slots];
        this.traits = new int[slots];
        this.functions = new boolean[slots];
        Arrays.fill(targets, -1);
    }

    static LinkedProgram link(Machine machine, int index, Program program) throws LoadException {
        Linker linker = new Linker(machine, program);
        linker.checkSize();
        linker.decode();
        linker.resolve();
        linker.checkFlow();
        return linker.finish(index);
    }

    private void checkSize() throws LoadException {
        if (program.code().length % 8 != 0) {
            throw new LoadException("program " + program.name() + " has " + program.code().length + " bytes, which is no multiple of 8");
        }
        if (slots == 0 || slots > MAX_SLOTS) {
            throw new LoadException("program " + program.name() + " has " + slots + " instruction slots; it must have 1 to " + MAX_SLOTS);
        }
    }

    private void decode() throws LoadException {
        for (int slot = 0; slot < slots; slot++) {
            switch (DECODER.decode(program.code(), slot, program.order())) {
                case Decoder.Rejected(String reason) -> throw error(slot, reason);
                case Decoder.Decoded(Insn insn) -> {
                    take(slot, insn);
                    slot += (traits[slot] & RowTraits.WIDE) == 0 ? 0 : 1;
                }
            }
        }
    }

    private void take(int slot, Insn insn) {
        int has = RowTraits.get(insn.instruction());
        if ((has & RowTraits.CALLS_KFUNC) == 0) {
            insns[slot] = insn;
        } else {
            Insn known = known(insn, slot);
            insns[slot] = known;
            has = RowTraits.get(known.instruction());
        }
        traits[slot] = has;
        anywhere |= has;
    }

    /** A call of a kernel function that the machine has becomes the call of a helper; all other instructions stay as they are. */
    private Insn known(Insn insn, int slot) {
        String name = program.poisoned().containsKey(slot) ? null : program.kfuncs().get(insn.imm());
        Helper helper = name == null ? null : machine.helpers().kfunc(name);
        return helper == null ? insn : new Insn(CALL_HELPER, 0, 0, 0, helper.id(), 0);
    }

    private void resolve() throws LoadException {
        functions[0] = true;
        for (Program.Function function : program.functions()) {
            if (function.slot() < 0 || function.slot() >= slots || insns[function.slot()] == null) {
                throw new LoadException("program " + program.name() + ": function " + function.name() + " starts at slot " + function.slot()
                        + ", where no instruction starts");
            }
            functions[function.slot()] = true;
        }
        for (int slot = 0; slot < slots; slot++) {
            Insn insn = insns[slot];
            if (insn != null && (traits[slot] & (RowTraits.TARGETS | RowTraits.WIDE)) != 0) {
                resolve(slot, insn);
            }
        }
    }

    private void resolve(int slot, Insn insn) throws LoadException {
        boolean targeted = has(slot, RowTraits.TARGETS);
        if (targeted) {
            targets[slot] = target(slot, insn);
        }
        if (has(slot, RowTraits.WIDE)) {
            constants[slot] = constant(slot, insn);
        }
        if (has(slot, RowTraits.CALLS_LOCALLY) || targeted && has(slot, RowTraits.WIDE)) {
            functions[targets[slot]] = true;
        }
    }

    private boolean has(int slot, int trait) {
        return (traits[slot] & trait) != 0;
    }

    /** Where a jump, local call or function pointer goes. A function pointer counts from its own slot, plus one, like a call. */
    private int target(int slot, Insn insn) throws LoadException {
        long target = (long) slot + 1 + insn.distance();
        if (target < 0 || target >= slots) {
            throw error(slot, "the target, slot " + target + ", lies outside of the program's " + slots + " slots");
        }
        if (insns[(int) target] == null) {
            throw error(slot, "the target, slot " + target + ", is the second half of a wide instruction");
        }
        return (int) target;
    }

    private long constant(int slot, Insn insn) throws LoadException {
        Instruction instruction = insn.instruction();
        if (!has(slot, RowTraits.LINKED)) {
            return insn.wide();
        }
        if (instruction.targetField() != null) {
            return GuestLayout.codePointer(targets[slot]);
        }
        return switch (instruction.operand(FieldName.IMM).kind()) {
            case MAP -> mapConstant(slot, insn);
            case VARIABLE -> variable(slot, insn);
            case FIXED, REGISTER_READ, REGISTER_WRITE, DISPLACEMENT, TARGET, ANY, HELPER, KFUNC -> throw new IllegalStateException(
                    instruction
                            + " is linked to nothing known");
        };
    }

    private long mapConstant(int slot, Insn insn) throws LoadException {
        List<MapDefinition> maps = program.maps();
        if (insn.imm() < 0 || insn.imm() >= maps.size()) {
            throw error(slot, "there is no map " + insn.imm() + "; the program has " + maps.size());
        }
        BpfMap map = machine.map(maps.get(insn.imm()));
        boolean value = insn.instruction().operand(FieldName.NEXT).kind() == OperandKind.ANY;
        return value ? map.values() + (insn.next() & 0xffff_ffffL) : GuestLayout.mapHandle(map.index());
    }

    private long variable(int slot, Insn insn) throws LoadException {
        String name = program.variables().get(insn.imm());
        Long address = name == null ? null : machine.variable(name);
        if (address == null) {
            throw error(slot, "there is no platform variable " + insn.imm() + (name == null ? "" : " (" + name + ")"));
        }
        return address;
    }

    /** Ruling 3: jumps stay in their function, and no function runs off its end. */
    private void checkFlow() throws LoadException {
        int[] functionOf = functionOf();
        for (int slot = 0; slot < slots; slot++) {
            if (has(slot, RowTraits.GOES_ON)) {
                int next = slot + (has(slot, RowTraits.WIDE) ? 2 : 1);
                if (next >= slots || functionOf[next] != functionOf[slot]) {
                    throw error(slot, next >= slots ? "the last instruction may run off the program's end; it must be exit or a jump"
                            : "execution may fall into the function at slot " + next);
                }
            }
            boolean jumps = (traits[slot] & (RowTraits.TARGETS | RowTraits.WIDE | RowTraits.CALLS)) == RowTraits.TARGETS;
            if (jumps && functionOf[targets[slot]] != functionOf[slot]) {
                throw error(slot, "the jump leaves its function: slot " + targets[slot] + " belongs to the function at slot "
                        + functionOf[targets[slot]]);
            }
        }
    }

    /** By slot: the first slot of its function. */
    private int[] functionOf() {
        int[] functionOf = new int[slots];
        int start = 0;
        for (int slot = 0; slot < slots; slot++) {
            start = functions[slot] ? slot : start;
            functionOf[slot] = start;
        }
        return functionOf;
    }

    /** Appends the routine of every hot helper that the program calls, or may call through a register. */
    private LinkedProgram finish(int index) {
        Collection<Helper> callable = callable();
        if (callable.isEmpty()) {
            return new LinkedProgram(machine, index, program, insns, constants, targets, functionStarts(List.of()), Map.of(), usesStack());
        }
        Map<Integer, Integer> starts = new TreeMap<>();
        List<Routine> routines = new ArrayList<>();
        List<Integer> routineStarts = new ArrayList<>();
        int total = slots;
        for (Helper helper : callable) {
            String name = helper.routine();
            if (name != null) {
                Routine routine = Routine.named(name, program.order());
                starts.put(helper.id(), total);
                routineStarts.add(total);
                routines.add(routine);
                total += routine.slots();
            }
        }
        @Nullable Insn[] allInsns = Arrays.copyOf(insns, total);
        long[] allConstants = Arrays.copyOf(constants, total);
        int[] allTargets = Arrays.copyOf(targets, total);
        int start = slots;
        for (Routine routine : routines) {
            routine.place(start, allInsns, allConstants, allTargets);
            start += routine.slots();
        }
        for (int slot = 0; slot < slots; slot++) {
            Helper helper = helper(slot);
            if (helper != null) {
                allTargets[slot] = starts.getOrDefault(helper.id(), -1);
            }
        }
        return new LinkedProgram(machine, index, program, allInsns, allConstants, allTargets, functionStarts(routineStarts), starts,
                usesStack());
    }

    private int[] functionStarts(List<Integer> routines) {
        int[] starts = new int[slots + routines.size()];
        int count = 0;
        for (int slot = 0; slot < slots; slot++) {
            if (functions[slot]) {
                starts[count++] = slot;
            }
        }
        for (int start : routines) {
            starts[count++] = start;
        }
        return Arrays.copyOf(starts, count);
    }

    /** The hot helpers that the program may call, ascending by number. */
    private Collection<Helper> callable() {
        if ((anywhere & RowTraits.CALLS_INDIRECTLY) != 0) {
            return machine.helpers().hot();
        }
        if ((anywhere & RowTraits.CALLS_HELPER) == 0) {
            return List.of();
        }
        Map<Integer, Helper> called = new TreeMap<>();
        for (int slot = 0; slot < slots; slot++) {
            Helper helper = helper(slot);
            if (helper != null && helper.routine() != null) {
                called.put(helper.id(), helper);
            }
        }
        return called.values();
    }

    /** Whether the program could see the stack: it names r10, or accesses memory at addresses of its own making. */
    private boolean usesStack() {
        if ((anywhere & RowTraits.ACCESSES_MEMORY) != 0) {
            return true;
        }
        for (int slot = 0; slot < slots; slot++) {
            Insn insn = insns[slot];
            boolean names = insn != null && (has(slot, RowTraits.DST) && insn.dst() == STACK_POINTER || has(slot, RowTraits.SRC) && insn
                    .src() == STACK_POINTER);
            if (names) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Helper helper(int slot) {
        Insn insn = has(slot, RowTraits.CALLS_HELPER) ? insns[slot] : null;
        return insn == null ? null : machine.helpers().find(insn.imm());
    }

    private LoadException error(int slot, String reason) {
        Insn insn = insns[slot];
        String what = insn == null ? "" : " (" + insn.instruction().name() + ")";
        String where = program.section().isEmpty() ? "" : " in section " + program.section();
        return new LoadException("program " + program.name() + where + ", slot " + slot + what + ": " + reason);
    }
}
