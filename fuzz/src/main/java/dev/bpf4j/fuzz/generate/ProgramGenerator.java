// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.isa.Instruction;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes random programs of one {@link Profile}. Every program passes the checks of Rulings 3 and 16, and ends: loops are counted, and what may go
 * on for ever in a wild program is ended by a budget. Not thread-safe.
 *
 * <p>
 * Structure: functions one behind the other; each is a block; a block is a sequence of {@link Statement}s, some of which have blocks inside.
 * Jumps and calls whose target is not written yet are patched.
 */
public final class ProgramGenerator implements ProgramSource {
    private static final int MAX_DEPTH = 6;
    private static final int MAX_INNER = 8;
    private static final long MEMORY_GAMMA = 0x9e37_79b9_7f4a_7c15L;

    private final Profile profile;
    private final Statement[] choices;
    private final Writer writer;
    private final Accesses accesses;
    private final KernelAccesses kernelAccesses;
    private final Calls calls;
    private final FarJumps farJumps;
    private final CopySequences sequences;
    private final Row[] computing;
    private final Row[] branches;
    private final Row[] memory;
    private final Row[] atomics;
    private final boolean longJumps;
    private boolean wild;
    private int functionStart;
    private int[] anywhere = new int[64];
    private int anywhereCount;

    /** A generator over the whole table of eBPF. */
    public ProgramGenerator(Profile profile) {
        this(profile, name -> true);
    }

    /**
     * A generator that leaves rows out; those that it needs as glue come nevertheless.
     *
     * @param wanted whether a row of that name may come; of computing, branching, memory and atomic rows at least one each must
     */
    public ProgramGenerator(Profile profile, Predicate<String> wanted) {
        this.profile = profile;
        this.choices = profile.choices();
        Rows rows = Rows.BPF;
        this.writer = new Writer(rows);
        this.accesses = new Accesses(writer);
        this.kernelAccesses = new KernelAccesses(writer);
        this.calls = new Calls(writer, accesses, profile);
        this.farJumps = new FarJumps(writer);
        this.sequences = new CopySequences(writer);
        this.computing = wanted(Arrays.stream(rows.of(Row.Sort.COMPUTE)).filter(this::allowed).toArray(Row[]::new), wanted);
        this.branches = wanted(rows.of(Row.Sort.BRANCH), wanted);
        this.memory = wanted(rows.of(Row.Sort.MEMORY), wanted);
        this.atomics = wanted(rows.of(Row.Sort.ATOMIC), wanted);
        this.longJumps = wanted.test(rows.jumpLong.instruction.name());
    }

    /** The rows that are wanted; all of them if none is, since there must be some. */
    private static Row[] wanted(Row[] rows, Predicate<String> wanted) {
        Row[] left = Arrays.stream(rows).filter(row -> wanted.test(row.instruction.name())).toArray(Row[]::new);
        return left.length == 0 ? rows : left;
    }

    /** The rows that programs of a profile are made of: those that compute, branch, jump and access memory. */
    public static List<Instruction> usable(Profile profile) {
        return Rows.BPF.all().stream().filter(row -> !profile.kernel() || !Exclusions.kernel().containsKey(row.instruction.name())).map(
                row -> row.instruction).toList();
    }

    /**
     * The statement that a row comes from.
     *
     * @throws IllegalArgumentException if there is no such row
     */
    public static Statement statement(String name) {
        for (Row row : Rows.BPF.all()) {
            if (row.instruction.name().equals(name)) {
                return Exclusions.statements(row.sort).stream().findFirst().orElse(Statement.EXIT);
            }
        }
        throw new IllegalArgumentException("there is no row " + name);
    }

    private boolean allowed(Row row) {
        return !profile.kernel() || !Exclusions.kernel().containsKey(row.instruction.name());
    }

    @Override
    public String name() {
        return profile.name();
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public void generate(Entropy entropy, GeneratedProgram program) {
        program.clear(profile.memory(), profile.packet());
        writer.start(entropy, program);
        accesses.start(profile);
        wild = entropy.chance(profile.wild());
        fill(entropy, program.memory());
        fill(entropy, program.packet());
        registers(entropy, program.registers());
        int functions = profile.functions() == 0 ? 0 : entropy.below(profile.functions() + 1);
        int share = profile.items() / (functions + 2);
        calls.start(functions, wild);
        writer.inMain(true);
        function(profile.items() - share * functions);
        for (int i = 1; i <= functions; i++) {
            writer.forgetAll();
            writer.inMain(false);
            function(Math.max(share, 1));
        }
        calls.finish();
    }

    private static void fill(Entropy entropy, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        long state = entropy.s32();
        for (int i = 0; i < bytes.length; i++) {
            if ((i & 7) == 0) {
                state = (state ^ state >>> 29) * MEMORY_GAMMA;
            }
            bytes[i] = (byte) (state >>> 8 * (i & 7));
        }
    }

    private void registers(Entropy entropy, long[] registers) {
        for (int i = 0; i < registers.length; i++) {
            registers[i] = Constants.wide(entropy);
            boolean pointer = !profile.kernel() && profile.memory() > 0 && entropy.chance(i == 1 ? 160 : 24);
            if (pointer) {
                int distance = i == 1 ? 0 : entropy.below(16);
                registers[i] = Writer.address(Writer.MEMORY) + distance;
                writer.pointsTo(i, Writer.MEMORY, distance);
            }
        }
    }

    private void function(int items) {
        functionStart = writer.slots();
        anywhereCount = 0;
        calls.enter(functionStart);
        writer.remaining(items);
        while (writer.remaining() > 0) {
            statement(0);
        }
        calls.leave();
        writer.write(writer.rows().exit, 0, 0, 0, 0);
        resolveAnywhere();
    }

    // ---- statements ----

    private void statement(int depth) {
        Entropy entropy = writer.entropy();
        switch (choices[entropy.below(choices.length)]) {
            case COMPUTE -> compute(entropy, computing[entropy.below(computing.length)]);
            case CONSTANT -> constant(entropy, writer.writable());
            case PAIR -> pair(entropy);
            case MEMORY -> access(memory[entropy.below(memory.length)], false);
            case ATOMIC -> access(atomics[entropy.below(atomics.length)], true);
            case BRANCH -> branch(entropy, depth);
            case LOOP -> loop(entropy, depth);
            case MAY_GOTO -> mayGoto(entropy, depth);
            case GOTO -> jumpOver(entropy, depth);
            case GOTO_INDIRECT -> jumpIndirect(entropy, depth);
            case CALL -> calls.local();
            case CALL_INDIRECT -> calls.indirect();
            case HELPER -> calls.helper();
            case KFUNC -> calls.kernelFunction();
            case PACKET -> calls.packet();
            case ADDRESS -> calls.address();
            case EXIT -> exit(depth);
            case JUMP_ANYWHERE -> jumpAnywhere(entropy);
            case FAR_JUMP -> farJumps.jump(branches[entropy.below(branches.length)], source(entropy), source(entropy), depth);
            case TAIL_CALL -> calls.tailCall(entropy);
            case CALLBACK -> calls.repeat(entropy);
            case MAP_STATE -> calls.table(entropy);
            case SEQUENCE -> sequences.write(entropy, computing);
        }
    }

    private void compute(Entropy entropy, Row row) {
        int dst = row.writesDst ? writer.writable() : source(entropy);
        int src = entropy.chance(32) ? dst : source(entropy);
        if (row.wide) {
            writer.wide(dst, Constants.wide(entropy));
            return;
        }
        int imm = row.shift && entropy.chance(192) ? Constants.shift(entropy) : Constants.immediate(entropy);
        if (row.srcRegister && (row.shift && entropy.chance(128) || row.divides && entropy.chance(48)) && !writer.reserved(src)
                && src != Writer.STACK_POINTER) {
            writer.set(src, row.shift ? Constants.shift(entropy) : Constants.wide(entropy));
        }
        writer.compute(row, dst, src, profile.kernel() ? kernelConstant(row, imm) : imm);
    }

    /** Linux refuses constant shifts by the width or more and constant zero divisors. */
    private static int kernelConstant(Row row, int imm) {
        if (row.shift) {
            return imm & row.width - 1;
        }
        return row.divides && imm == 0 ? 1 : imm;
    }

    /** A register to read: r10 too, except where its value would be a kernel's. */
    private int source(Entropy entropy) {
        return profile.kernel() ? entropy.below(Writer.REGISTERS) : writer.readable();
    }

    private void constant(Entropy entropy, int register) {
        switch (entropy.below(4)) {
            case 0 -> writer.compute(writer.rows().move32Constant, register, 0, Constants.immediate(entropy));
            case 1 -> writer.compute(writer.rows().move64Constant, register, 0, Constants.immediate(entropy));
            default -> writer.wide(register, Constants.wide(entropy));
        }
    }

    private void pair(Entropy entropy) {
        int dst = writer.writable();
        int src = writer.writable();
        int at = entropy.below(Constants.PAIRS.length / 2) * 2;
        writer.set(dst, Constants.PAIRS[at]);
        writer.set(src, Constants.PAIRS[at + 1]);
        if (entropy.chance(100)) {
            Row row = branches[entropy.below(branches.length)];
            int slot = writer.write(row, dst, src, 0, row.immediate ? (int) Constants.PAIRS[at + 1] : 0);
            writer.set(writer.writable(), entropy.u8());
            writer.program().patchOff(slot, writer.slots() - slot - 1);
        } else {
            Row row = computing[entropy.below(computing.length)];
            if (row.wide) {
                row = writer.rows().move64;
            }
            int imm = (int) Constants.PAIRS[at + 1];
            writer.compute(row, dst, src, profile.kernel() ? kernelConstant(row, imm) : imm);
        }
    }

    private void access(Row row, boolean aligned) {
        if (profile.kernel()) {
            kernelAccesses.access(row, aligned);
        } else {
            accesses.access(row, wild, aligned);
        }
    }

    // ---- control flow ----

    private void inner(Entropy entropy, int depth, int least) {
        int all = writer.remaining();
        int items = Math.min(least + entropy.below(MAX_INNER), Math.max(all, least));
        writer.remaining(items);
        while (writer.remaining() > 0) {
            statement(depth + 1);
        }
        writer.remaining(all - items + writer.remaining());
    }

    private void branch(Entropy entropy, int depth) {
        if (depth >= MAX_DEPTH) {
            return;
        }
        int slot = condition(entropy);
        writer.save(depth);
        inner(entropy, depth, 0);
        if (entropy.chance(64)) {
            int jump = writer.write(writer.rows().jump, 0, 0, 0, 0);
            writer.program().patchOff(slot, writer.slots() - slot - 1);
            writer.merge(depth);
            inner(entropy, depth, 0);
            writer.program().patchOff(jump, writer.slots() - jump - 1);
        } else {
            writer.program().patchOff(slot, writer.slots() - slot - 1);
        }
        writer.merge(depth);
    }

    /** A conditional jump to nowhere yet. Now and then its register is given the constant it is compared with, or a neighbour. */
    private int condition(Entropy entropy) {
        Row row = branches[entropy.below(branches.length)];
        int imm = row.immediate ? Constants.immediate(entropy) : 0;
        int dst = source(entropy);
        if (row.immediate && entropy.chance(40) && dst != Writer.STACK_POINTER && !writer.reserved(dst)) {
            writer.set(dst, imm + (long) entropy.below(3) - 1);
        }
        return writer.write(row, dst, source(entropy), 0, imm);
    }

    /** The counter is a register that calls keep; statements inside leave it alone. */
    private void loop(Entropy entropy, int depth) {
        int counter = 6 + entropy.below(4);
        if (depth >= 2 || writer.reserved(counter)) {
            return;
        }
        writer.set(counter, 1 + entropy.below(4));
        writer.reserve(counter);
        writer.save(depth);
        writer.forgetAll();
        int top = writer.slots();
        inner(entropy, depth, 1);
        writer.compute(writer.rows().add64Constant, counter, 0, -1);
        int kind = entropy.below(branches.length);
        while (!endsAtZero(branches[kind])) {
            kind = (kind + 1) % branches.length;
        }
        int slot = writer.write(branches[kind], counter, 0, 0, 0);
        writer.program().patchOff(slot, top - slot - 1);
        writer.release(counter);
        writer.merge(depth);
    }

    /** Whether a branch with constant 0 is taken for small positive numbers and not for 0. */
    private static boolean endsAtZero(Row row) {
        String name = row.instruction.name();
        return row.immediate && (name.startsWith("jne") || name.startsWith("jgt") || name.startsWith("jsgt"));
    }

    private void mayGoto(Entropy entropy, int depth) {
        if (depth >= 2) {
            return;
        }
        Row row = writer.rows().of(Row.Sort.MAY_GOTO)[0];
        writer.save(depth);
        writer.forgetAll();
        int slot = writer.write(row, 0, 0, 0, 0);
        inner(entropy, depth, 1);
        if (entropy.chance(128)) {
            int back = writer.write(writer.rows().jump, 0, 0, 0, 0);
            writer.program().patchOff(back, slot - back - 1);
        }
        writer.program().patchOff(slot, writer.slots() - slot - 1);
        writer.merge(depth);
    }

    private void jumpOver(Entropy entropy, int depth) {
        if (depth >= MAX_DEPTH) {
            return;
        }
        boolean far = entropy.chance(128) && longJumps;
        // the verifier refuses what cannot be reached
        int slot = writer.write(far ? writer.rows().jumpLong : writer.rows().jump, 0, 0, 0, 0);
        writer.save(depth);
        if (!profile.kernel()) {
            inner(entropy, depth, 0);
        }
        int target = writer.slots() - slot - 1;
        if (far) {
            writer.program().patchImm(slot, target);
        } else {
            writer.program().patchOff(slot, target);
        }
        writer.merge(depth);
    }

    private void jumpIndirect(Entropy entropy, int depth) {
        if (depth >= MAX_DEPTH) {
            return;
        }
        int register = writer.writable();
        int slot = writer.slots();
        writer.linked(writer.rows().loadFunction, register, functionStart - slot - 1, 0);
        int add = writer.compute(writer.rows().add64Constant, register, 0, 0);
        int used = wild && entropy.chance(16) ? writer.readable() : register;
        writer.write(writer.rows().of(Row.Sort.GOTO_INDIRECT)[0], used, 0, 0, 0);
        writer.save(depth);
        inner(entropy, depth, 0);
        int target = writer.slots() - functionStart;
        if (wild && entropy.chance(64)) {
            target = entropy.below(target + 4);
        }
        writer.program().patchImm(add, target * 8);
        writer.merge(depth);
    }

    private void exit(int depth) {
        if (depth > 0) {
            writer.write(writer.rows().exit, 0, 0, 0, 0);
        }
    }

    private void jumpAnywhere(Entropy entropy) {
        if (!wild) {
            return;
        }
        if (anywhereCount == anywhere.length) {
            anywhere = Arrays.copyOf(anywhere, anywhereCount * 2);
        }
        Row row = branches[entropy.below(branches.length)];
        anywhere[anywhereCount++] = writer.write(row, source(entropy), source(entropy), 0, row.immediate ? Constants.immediate(entropy)
                : 0);
    }

    private void resolveAnywhere() {
        GeneratedProgram program = writer.program();
        Entropy entropy = writer.entropy();
        for (int i = 0; i < anywhereCount; i++) {
            int slot = anywhere[i];
            int from = entropy.chance(64) ? functionStart : slot;
            int target = from + entropy.below(Math.min(writer.slots() - from, 1 << 15));
            if (program.row(target) < 0) {
                target--;
            }
            program.patchOff(slot, target - slot - 1);
        }
    }
}
