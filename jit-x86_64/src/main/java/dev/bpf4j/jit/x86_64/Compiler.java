// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static dev.bpf4j.jit.x86_64.Registers.CALLEE_SAVED;
import static dev.bpf4j.jit.x86_64.Registers.CONTEXT;
import static dev.bpf4j.jit.x86_64.Registers.FRAME;
import static dev.bpf4j.jit.x86_64.Registers.MEMORY;
import static dev.bpf4j.jit.x86_64.Registers.RAX;
import static dev.bpf4j.jit.x86_64.Registers.RCX;
import static dev.bpf4j.jit.x86_64.Registers.RDI;
import static dev.bpf4j.jit.x86_64.Registers.RDX;
import static dev.bpf4j.jit.x86_64.Registers.RSI;
import static dev.bpf4j.jit.x86_64.Registers.RSP;

import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Translates one program: its instructions and routines in order, then what is rarely run, then the code that enters and leaves.
 *
 * <p>
 * Entering: machine registers of the caller are saved on the machine stack, eBPF registers are loaded from the context, frames that were open
 * when Java was entered are put back, and code goes on at {@link NativeContext#RESUME}. Leaving is the reverse, so that nothing of a program is
 * on the machine stack while Java runs, and no Java exception can pass machine code.
 */
final class Compiler extends Emitter {
    private static final int STACK_POINTER = 10;
    private static final int WORD = 8;
    private static final String RARE = "rarely run:";
    private static final String ENTER = "entering and leaving:";

    private final Regions regions;
    private final int entry;
    private int returns;

    /** Predicts which region an access hits: an offset in the context. */
    interface Regions {
        /** The region that the access at a slot is expected to hit. */
        int at(int slot);
    }

    private Compiler(Translation translation, Encoder asm, Regions regions) {
        super(translation, asm);
        this.regions = regions;
        this.entry = asm.label();
    }

    /**
     * A translated program.
     *
     * @param code           the bytes, and by label where they are
     * @param entry          offset of the code that enters
     * @param sites          where code leaves, by number
     * @param slots          by slot: offset of its code; -1 if it is no instruction
     * @param functions      by slot: offset of the function's entry; -1 if none starts there
     * @param routineReturns slot of the call of a routine by the offset that it returns to
     * @param returns        offset of a return from a callx that went to a routine: clears r1 to r5 and returns
     * @param keptByCallTo   registers that a callx keeps on the machine stack
     * @param mainFrameOnly  whether the program can see no other frame of the stack than main's
     * @param loopFree       whether the code ends after at most as many instructions as it has
     * @param iterations     by slot: whether its function keeps a counter of iterations on the machine stack
     */
    record Compiled(Relaxation.Code code, int entry, List<Site> sites, int[] slots, int[] functions, Map<Integer, Integer> routineReturns,
            int returns, int keptByCallTo, boolean mainFrameOnly, boolean loopFree, BitSet iterations) {}

    /** Translates. */
    static Compiled compile(Translation translation, Encoder asm, Regions regions) {
        Compiler compiler = new Compiler(translation, asm, regions);
        compiler.program();
        return compiler.finish();
    }

    @Override
    int region(int slot, boolean write) {
        return regions.at(slot);
    }

    private void program() {
        LinkedProgram program = translation().program();
        Sequences sequences = new Sequences(translation(), asm);
        for (int slot = 0; slot < program.totalSlots(); slot++) {
            Insn insn = program.insn(slot);
            if (entryLabel(slot) >= 0) {
                asm.bind(entryLabel(slot));
                if (translation().countsIterations(slot)) {
                    constant(RCX, translation().machine().limits().mayGoto());
                    asm.push(RCX);
                }
            }
            asm.bind(slotLabel(slot));
            comment(slot);
            int taken = Tuning.SEQUENCES ? sequences.emit(slot) : 0;
            if (taken > 0) {
                for (int i = 1; i < taken; i++) {
                    asm.bind(slotLabel(++slot));
                    comment(slot);
                }
            } else if (insn != null) {
                instruction(slot, insn, program.poison(slot) != null);
            }
        }
        asm.comment(RARE);
        emitRare();
        for (int i = 0; i < coldPaths().size(); i++) {
            coldPaths().get(i).run();
        }
        searches();
        asm.comment(ENTER);
        returns = asm.here();
        clobber();
        asm.ret();
        enter();
    }

    private void comment(int slot) {
        Insn insn = translation().program().insn(slot);
        if (asm.lists() && insn != null) {
            asm.comment(slot + ": " + Disassembler.print(insn));
        }
    }

    private void instruction(int slot, Insn insn, boolean poisoned) {
        at(slot);
        if (poisoned) {
            unresolved();
            return;
        }
        emit(insn.instruction().index(), Translation.register(insn, FieldName.DST), Translation.register(insn, FieldName.SRC), insn.off(),
                insn.imm());
    }

    /** The search through all regions for each kind of access that the program has. rdx: address, ecx: site; other registers are kept. */
    private void searches() {
        for (int size = 1; size <= WORD; size *= 2) {
            for (int write = 0; write < 2; write++) {
                int index = NativeContext.limitIndex(size) + 5 * write;
                if (searchLabel(index) >= 0) {
                    asm.bind(searchLabel(index));
                    search(size, 8 * NativeContext.limitIndex(size), 32 * write);
                }
            }
        }
    }

    private void search(int size, int limit, int write) {
        int found = asm.label();
        int failed = asm.label();
        asm.push(RAX);
        asm.push(RSI);
        asm.mov64_rm(RSI, field(NativeContext.STACK + WORD));
        asm.add64_ri8(RSI, WORD - size);
        asm.mov64_rr(RAX, RDX);
        asm.sub64_rm(RAX, field(NativeContext.STACK));
        asm.cmp64_rr(RAX, RSI);
        asm.jump(BELOW, found);
        for (int own : new int[] {NativeContext.CONTEXT, NativeContext.PACKET}) {
            asm.mov64_rr(RAX, RDX);
            asm.sub64_rm(RAX, field(own));
            asm.cmp64_rm(RAX, field(own + limit));
            asm.jump(BELOW, found);
        }
        asm.lea64(RSI, field(NativeContext.table(translation().machine())));
        int again = asm.here();
        asm.cmp64_rm(RSI, field(NativeContext.TABLE_END));
        asm.jump(NOT_BELOW, failed);
        asm.mov64_rr(RAX, RDX);
        asm.sub64_rm(RAX, Mem.of(RSI, 0));
        asm.lea64(RSI, Mem.of(RSI, NativeContext.ENTRY));
        asm.cmp64_rm(RAX, Mem.of(RSI, limit + write - NativeContext.ENTRY));
        asm.jump(NOT_BELOW, again);
        asm.bind(found);
        asm.pop(RSI);
        asm.pop(RAX);
        asm.ret();
        asm.bind(failed);
        asm.pop(RSI);
        asm.pop(RAX);
        asm.lea64(RSP, Mem.of(RSP, WORD));
        asm.jump(exitLabel());
    }

    /** Enters and leaves; the context's address comes as the first argument. The loops end when the count is 0: moves keep its flags. */
    private void enter() {
        int restore = asm.label();
        asm.bind(entry);
        for (int register : CALLEE_SAVED) {
            asm.push(register);
        }
        asm.lea64(CONTEXT, Mem.of(RDI, NativeContext.BIAS));
        asm.mov64_rii(MEMORY, translation().machine().memory().segment().address());
        asm.mov64_mr(field(NativeContext.HOST_STACK), RSP);
        asm.call(restore);
        asm.push(RCX);
        asm.mov32_ri(RCX, NativeContext.DONE);
        asm.bind(exitLabel());
        leaveForJava();
        asm.bind(restore);
        int load = asm.label();
        asm.mov32_rm(RCX, field(NativeContext.FRAME_BYTES));
        asm.test32_rr(RCX, RCX);
        asm.jump(EQUAL, load);
        asm.sub64_rr(RSP, RCX);
        int again = asm.here();
        asm.sub32_ri8(RCX, WORD);
        asm.mov64_rm(RDX, new Mem(CONTEXT, RCX, 0, NativeContext.FRAMES - NativeContext.BIAS));
        asm.mov64_mr(new Mem(RSP, RCX, 0, 0), RDX);
        asm.jump(NOT_EQUAL, again);
        asm.bind(load);
        registers(false);
        asm.jmp_m(field(NativeContext.RESUME));
    }

    private void leaveForJava() {
        int copied = asm.label();
        asm.mov32_mr(field(NativeContext.SITE), RCX);
        asm.mov64_mr(field(NativeContext.VALUE), RDX);
        registers(true);
        asm.mov64_rm(RCX, field(NativeContext.HOST_STACK));
        asm.sub64_rr(RCX, RSP);
        asm.sub64_ri8(RCX, WORD);
        asm.mov64_mr(field(NativeContext.FRAME_BYTES), RCX);
        asm.jump(EQUAL, copied);
        int again = asm.here();
        asm.sub32_ri8(RCX, WORD);
        asm.mov64_rm(RDX, new Mem(RSP, RCX, 0, 0));
        asm.mov64_mr(new Mem(CONTEXT, RCX, 0, NativeContext.FRAMES - NativeContext.BIAS), RDX);
        asm.jump(NOT_EQUAL, again);
        asm.bind(copied);
        asm.mov64_rm(RSP, field(NativeContext.HOST_STACK));
        for (int i = CALLEE_SAVED.length - 1; i >= 0; i--) {
            asm.pop(CALLEE_SAVED[i]);
        }
        asm.ret();
    }

    private void registers(boolean store) {
        BitSet used = translation().used();
        for (int r = used.nextSetBit(0); r >= 0 && r < STACK_POINTER; r = used.nextSetBit(r + 1)) {
            register(r, Registers.of(r), store);
        }
        register(STACK_POINTER, FRAME, store);
        int fuel = translation().fuelRegister();
        if (fuel >= 0 && store) {
            asm.mov32_mr(field(NativeContext.FUEL), fuel);
        } else if (fuel >= 0) {
            asm.mov32_rm(fuel, field(NativeContext.FUEL));
        }
    }

    private void register(int r, int machine, boolean store) {
        Mem place = field(NativeContext.REGISTERS + WORD * r);
        if (store) {
            asm.mov64_mr(place, machine);
        } else {
            asm.mov64_rm(machine, place);
        }
    }

    private Compiled finish() {
        LinkedProgram program = translation().program();
        Relaxation.Code code = Relaxation.finish(asm);
        int[] offsets = code.offsets();
        int[] slots = new int[program.totalSlots()];
        int[] functions = new int[program.totalSlots()];
        BitSet iterations = new BitSet();
        Arrays.fill(functions, -1);
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = program.insn(slot) == null ? -1 : offsets[slotLabel(slot)];
            if (entryLabel(slot) >= 0) {
                functions[slot] = offsets[entryLabel(slot)];
            }
            iterations.set(slot, translation().countsIterations(slot));
        }
        Map<Integer, Integer> routineReturns = new HashMap<>();
        routineReturns().forEach(pair -> routineReturns.put(offsets[pair[0]], pair[1]));
        return new Compiled(code, offsets[entry], List.copyOf(translation().sites()), slots, functions, routineReturns, offsets[returns],
                keptByCallTo().cardinality(), translation().seesMainFrameOnly(), translation().isLoopFree(), iterations);
    }
}
