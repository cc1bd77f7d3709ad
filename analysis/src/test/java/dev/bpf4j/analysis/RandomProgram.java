// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.Operands;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random programs out of the table: any instruction, fields by their kinds. What makes them run for a while: pointers are set up at the start of
 * each function, most accesses use them, most branches go forward, each function ends with an exit.
 */
public final class RandomProgram {
    private static final Isa ISA = Isa.bpf();
    private static final List<Instruction> USABLE = ISA.instructions().stream().filter(RandomProgram::usable).toList();
    private static final List<Instruction> PLAIN = USABLE.stream().filter(i -> i.targetField() == null && i.operand(FieldName.IMM)
            .kind() != OperandKind.HELPER && !i.group().equals("packet") && !i.group().equals("callx") && !i.name().equals("gotox")
            && !i.name().equals("exit") && !i.name().equals("call_kfunc")).toList();

    private final SplittableRandom random;
    private final ByteOrder order;
    private final List<Integer> helpers;
    private final List<Insn> insns = new ArrayList<>();
    private final List<Integer> slots = new ArrayList<>();
    private final List<int[]> functions = new ArrayList<>();

    private RandomProgram(long seed, ByteOrder order, List<Integer> helpers) {
        this.random = new SplittableRandom(seed);
        this.order = order;
        this.helpers = helpers;
    }

    private static boolean usable(Instruction instruction) {
        OperandKind kind = instruction.operand(FieldName.IMM).kind();
        return kind != OperandKind.MAP && kind != OperandKind.VARIABLE;
    }

    /** The program of a seed. */
    public static Program of(long seed, ByteOrder order, List<Integer> helpers) {
        return new RandomProgram(seed, order, helpers).build(seed);
    }

    private Program build(long seed) {
        int count = 1 + (random.nextInt(3) == 0 ? random.nextInt(4) : 0);
        for (int i = 0; i < count; i++) {
            function(i == 0);
        }
        int slot = 0;
        for (Insn insn : insns) {
            slots.add(slot);
            slot += insn.slots();
        }
        byte[] code = new byte[slot * 8];
        for (int i = 0; i < insns.size(); i++) {
            byte[] bytes = Encoding.encode(retarget(i), order);
            System.arraycopy(bytes, 0, code, slots.get(i) * 8, bytes.length);
        }
        List<Program.Function> starts = new ArrayList<>();
        for (int[] function : functions) {
            starts.add(new Program.Function("f" + starts.size(), slots.get(function[0])));
        }
        Map<Integer, String> poisoned = new HashMap<>();
        if (random.nextInt(20) == 0) {
            poisoned.put(slots.get(random.nextInt(insns.size())), "not there");
        }
        Program raw = Program.raw("random-" + seed, order, code);
        return new Program(raw.name(), raw.type(), raw.section(), order, code, starts, List.of(), Map.of(), Map.of(), poisoned, List.of(),
                "");
    }

    private void function(boolean main) {
        int start = insns.size();
        if (main) {
            for (int register = 0; register < 10; register++) {
                if (register < 1 || register > 2) {
                    wide(register);
                }
            }
            put("mov64_reg", 6, 1, 0, 0);
        }
        int body = 3 + random.nextInt(random.nextInt(8) == 0 ? 120 : 30);
        for (int i = 0; i < body; i++) {
            step();
        }
        put("exit", 0, 0, 0, 0);
        functions.add(new int[] {start, insns.size()});
    }

    private void put(String name, int dst, int src, int off, int imm) {
        insns.add(new Insn(ISA.get(name), dst, src, off, imm, 0));
    }

    private void wide(int register) {
        long value = switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(100);
            case 2 -> random.nextInt();
            default -> 1L << random.nextInt(64);
        };
        insns.add(new Insn(ISA.get("lddw"), register, 0, 0, (int) value, (int) (value >>> 32)));
    }

    private void step() {
        switch (random.nextInt(24)) {
            case 0 -> put("mov64_reg", random.nextInt(10), random.nextBoolean() ? 10 : 6, 0, 0);
            case 1, 2 -> insns.add(any(USABLE.get(random.nextInt(USABLE.size()))));
            case 3 -> {
                put("mov64_imm", 1 + random.nextInt(5), 0, 0, random.nextInt(300));
                insns.add(any(ISA.get("call")));
            }
            case 4, 5, 6 -> insns.add(any(branches().get(random.nextInt(branches().size()))));
            case 7 -> loop();
            case 9 -> walk();
            case 8 -> {
                put("mov64_reg", random.nextInt(6), 10, 0, 0);
                put("add64_imm", insns.getLast().dst(), 0, 0, -random.nextInt(600));
            }
            default -> insns.add(any(PLAIN.get(random.nextInt(PLAIN.size()))));
        }
    }

    private static List<Instruction> branches() {
        return USABLE.stream().filter(i -> i.targetField() == FieldName.OFF && i.group().startsWith("base")).toList();
    }

    /** A counted loop around a few steps: the jump back is left to {@link #retarget} with a marked distance. */
    private void loop() {
        int counter = random.nextInt(10);
        put("mov64_imm", counter, 0, 0, 1 + random.nextInt(12));
        int head = insns.size();
        for (int i = random.nextInt(6); i >= 0; i--) {
            Insn inner = any(PLAIN.get(random.nextInt(PLAIN.size())));
            if (inner.dst() != counter && inner.src() != counter) {
                insns.add(inner);
            }
        }
        put(random.nextBoolean() ? "add64_imm" : "add32_imm", counter, 0, 0, -1);
        loops.put(insns.size(), head);
        put(random.nextBoolean() ? "jne64_imm" : "jne32_imm", counter, 0, 0, 0);
    }

    /**
     * A loop over memory with a pointer, an index, or both that grow by a constant, and a condition on one of them: what the engine treats as a
     * whole. Often it runs out of its region, or of the budget.
     */
    private void walk() {
        int pointer = random.nextInt(5);
        int index = pointer + 1 + random.nextInt(9 - pointer);
        int address = random.nextInt(10);
        int width = random.nextBoolean() ? 64 : 32;
        int step = random.nextInt(9) - 4;
        put("mov64_reg", pointer, random.nextInt(3) == 0 ? 10 : 6, 0, 0);
        put("add64_imm", pointer, 0, 0, 8 * (random.nextInt(80) - 40));
        put("mov64_imm", index, 0, 0, random.nextInt(40) - 8);
        int head = insns.size();
        boolean sums = address != pointer && address != index && random.nextBoolean();
        if (sums) {
            put("mov64_reg", address, pointer, 0, 0);
            put("add64_reg", address, index, 0, 0);
        }
        Instruction access = ISA.get(ACCESSES.get(random.nextInt(ACCESSES.size())));
        boolean load = access.operand(FieldName.DST).kind() == OperandKind.REGISTER_WRITE;
        int base = sums ? address : pointer;
        int value = random.nextInt(10);
        value = value == pointer || value == index ? address : value;
        if (random.nextInt(4) == 0) {
            put("jset64_imm", index, 0, random.nextInt(3), 1 << random.nextInt(4));
        }
        insns.add(new Insn(access, load ? value : base, load ? base : access.operand(FieldName.SRC).isRegister() ? value : 0, random
                .nextInt(20) - 4, access.operand(FieldName.IMM).isFixed() ? 0 : random.nextInt(99), 0));
        if (random.nextBoolean()) {
            put("add64_imm", pointer, 0, 0, random.nextInt(17) - 8);
        }
        put("add" + width + "_imm", index, 0, 0, step == 0 ? 1 : step);
        List<String> ops = List.of("jne", "jlt", "jle", "jgt", "jge", "jslt", "jsle", "jsgt", "jsge", "jset");
        loops.put(insns.size(), head);
        put(ops.get(random.nextInt(ops.size())) + (random.nextInt(4) == 0 ? 96 - width : width) + "_imm", index, 0, 0, random.nextInt(60)
                - 10);
    }

    private static final List<String> ACCESSES = List.of("ldx8", "ldx16", "ldx32", "ldx64", "ldxsx16", "stx8", "stx32", "stx64", "st16");
    private final Map<Integer, Integer> loops = new HashMap<>();

    private Insn any(Instruction instruction) {
        int dst = field(instruction, FieldName.DST);
        int src = field(instruction, FieldName.SRC);
        boolean accesses = instruction.operand(FieldName.OFF).kind() == OperandKind.DISPLACEMENT;
        int off = field(instruction, FieldName.OFF);
        if (accesses && random.nextInt(8) != 0) {
            boolean stack = random.nextBoolean();
            off = stack ? -8 * (1 + random.nextInt(64)) : 8 * random.nextInt(32);
            off += random.nextInt(10) == 0 ? random.nextInt(9) - 4 : 0;
            int base = stack ? 10 : 6;
            boolean load = instruction.operand(FieldName.DST).kind() == OperandKind.REGISTER_WRITE;
            dst = load ? dst : base;
            src = load ? base : src;
        }
        return new Insn(instruction, dst, src, off, field(instruction, FieldName.IMM), field(instruction, FieldName.NEXT));
    }

    private int field(Instruction instruction, FieldName name) {
        Instruction.Operand operand = instruction.operand(name);
        return switch (operand.kind()) {
            case FIXED -> operand.fixed();
            case REGISTER_READ -> random.nextInt(11);
            case REGISTER_WRITE -> writable();
            case DISPLACEMENT -> (short) (random.nextBoolean() ? random.nextInt(64) - 32 : random.nextInt());
            case TARGET -> 0;
            case ANY -> random.nextBoolean() ? Operands.boundary(operand).get(random.nextInt(Operands.boundary(operand).size()))
                    : random.nextInt(300) - 20;
            case HELPER -> helpers.get(random.nextInt(helpers.size()));
            case KFUNC, MAP, VARIABLE -> random.nextInt(3);
        };
    }

    /** r6 mostly stays the pointer to the memory. */
    private int writable() {
        int register = random.nextInt(10);
        return register == 6 && random.nextInt(8) != 0 ? 0 : register;
    }

    /** Gives jumps and calls a target: mostly forward in the function, sometimes anywhere in it; calls any function. */
    private Insn retarget(int i) {
        Insn insn = insns.get(i);
        FieldName field = insn.instruction().targetField();
        if (field == null) {
            return pointers(insn, i);
        }
        int[] function = functions.stream().filter(f -> i < f[1]).findFirst().orElseThrow();
        boolean calls = insn.instruction().name().startsWith("call") || insn.instruction().wide();
        int target;
        if (calls) {
            target = functions.get(random.nextInt(functions.size()))[0];
        } else if (loops.containsKey(i)) {
            target = loops.get(i);
        } else if (random.nextInt(6) == 0) {
            target = function[0] + random.nextInt(function[1] - function[0]);
        } else {
            target = Math.min(function[1] - 1, i + 1 + random.nextInt(6));
        }
        int distance = slots.get(target) - slots.get(i) - 1;
        return field == FieldName.OFF ? new Insn(insn.instruction(), insn.dst(), insn.src(), (short) distance, insn.imm(), insn.next())
                : new Insn(insn.instruction(), insn.dst(), insn.src(), insn.off(), distance, insn.next());
    }

    /** Now and then a constant is a code pointer. */
    private Insn pointers(Insn insn, int i) {
        if (insn.instruction().name().equals("lddw") && random.nextInt(4) == 0) {
            long pointer = GuestLayout.codePointer(random.nextInt(slots.getLast() + 1));
            if (random.nextBoolean()) {
                pointer = GuestLayout.codePointer(slots.get(functions.get(random.nextInt(functions.size()))[0]));
            }
            return new Insn(insn.instruction(), insn.dst(), 0, 0, (int) pointer, (int) (pointer >>> 32));
        }
        return insn;
    }
}
