// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static dev.bpf4j.jit.x86_64.Registers.CONTEXT;
import static dev.bpf4j.jit.x86_64.Registers.FRAME;
import static dev.bpf4j.jit.x86_64.Registers.MEMORY;
import static dev.bpf4j.jit.x86_64.Registers.RAX;
import static dev.bpf4j.jit.x86_64.Registers.RCX;
import static dev.bpf4j.jit.x86_64.Registers.RDX;
import static dev.bpf4j.jit.x86_64.Registers.RSP;

import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What the rules leave to code: memory access under the two policies, jumps with their budget, calls, and instructions that take more than a
 * line. The generated {@link Emitter} calls the methods that stand in {@code x86_64.rules} behind an at sign.
 *
 * <p>
 * Problem: most checks never fail, and what happens then is long. Structure: the common path is emitted in place; what follows a failed check
 * is kept and emitted behind the program. Invariants: rcx and rdx belong to one eBPF instruction and hold nothing between two; every exit to
 * Java has its site in ecx and, where there is one, its value in rdx; all eBPF registers are in their places at every exit.
 */
abstract class Lowering extends Arithmetic {
    static final int BELOW = 2;
    static final int NOT_BELOW = 3;
    static final int EQUAL = 4;
    static final int NOT_EQUAL = 5;
    static final int NOT_ABOVE = 6;
    static final int ABOVE = 7;
    private static final int ALIGNED_FRAME = GuestLayout.FRAME_SIZE;
    private static final int FIRST_CLOBBERED = 1;
    private static final int CLOBBERED_END = 6;
    private static final int FIRST_KEPT = 6;
    private static final int STACK_POINTER = 10;
    private static final int WORD = 8;

    private final Translation translation;
    private final LinkedProgram program;
    private final boolean strict;
    private final List<Runnable> cold = new ArrayList<>();
    /** Labels of the instructions, by slot. */
    private final int[] slots;
    /** Labels of the functions' entries, by slot of their first instruction; -1 elsewhere. */
    private final int[] entries;
    /** Label of the code that leaves for Java. */
    private final int exit;
    /** Labels of the searches through all regions, by size and access; -1 if not needed. */
    private final int[] searches = new int[10];
    /** Return addresses of calls of routines: label, slot of the call. */
    private final List<int[]> routineReturns = new ArrayList<>();
    private int at;
    private Insn insn;

    Lowering(Translation translation, Encoder asm) {
        super(asm);
        this.translation = translation;
        this.program = translation.program();
        this.strict = translation.strict();
        this.insn = translation.insn(0);
        this.slots = new int[program.totalSlots()];
        this.entries = new int[program.totalSlots()];
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = asm.label();
            entries[slot] = -1;
        }
        program.functions().forEach(slot -> entries[slot] = asm.label());
        Arrays.fill(searches, -1);
        this.exit = asm.label();
    }

    /** Emits the instruction with this index in the table; dst and src are machine registers. */
    abstract void emit(int instruction, int dst, int src, int off, int imm);

    // ---- what the compiler asks ----

    final Translation translation() {
        return translation;
    }

    final int slotLabel(int slot) {
        return slots[slot];
    }

    final int entryLabel(int slot) {
        return entries[slot];
    }

    final int exitLabel() {
        return exit;
    }

    final List<Runnable> coldPaths() {
        return cold;
    }

    final int searchLabel(int index) {
        return searches[index];
    }

    final List<int[]> routineReturns() {
        return routineReturns;
    }

    /** Sets the instruction that is emitted next. */
    final void at(int slot) {
        at = slot;
        insn = translation.insn(slot);
    }

    @Override
    final boolean has(String feature) {
        return translation.has(feature);
    }

    private boolean inRoutine() {
        return program.inRoutine(at);
    }

    /** A field of the context. */
    static Mem field(int offset) {
        return Mem.of(CONTEXT, offset - NativeContext.BIAS);
    }

    // ---- leaving ----

    /** Leaves for Java. */
    final void leaveFor(Site.Kind kind, int size, boolean write, int resume) {
        asm.mov32_ri(RCX, translation.site(new Site(kind, at, size, write, resume)));
        asm.jump(exit);
    }

    /** A label of code, emitted later, that leaves for Java. */
    private int coldExit(Site.Kind kind, int resume) {
        int label = asm.label();
        int slot = at;
        cold.add(() -> {
            asm.bind(label);
            asm.mov32_ri(RCX, translation.site(new Site(kind, slot, 0, false, resume)));
            asm.jump(exit);
        });
        return label;
    }

    /** An instruction that the loader could not resolve. */
    final void unresolved() {
        leaveFor(Site.Kind.UNRESOLVED, 0, false, -1);
    }

    // ---- memory ----

    /** The operand for an access at {@code base + off}, checked as the policy wants it. */
    final Mem access(int base, int off, int size, boolean write) {
        if (base == FRAME && (!strict || inFrame(off, size)) && !inRoutine()) {
            return Mem.of(MEMORY, FRAME, off);
        }
        if (!strict || inRoutine()) {
            confine(base, off);
            return Mem.of(MEMORY, RCX, 0);
        }
        return checked(base, off, size, write);
    }

    /** The same for an access whose address must be a multiple of its size. */
    final Mem aligned(int base, int off, int size, boolean write) {
        boolean direct = base == FRAME && !inRoutine() && (!strict || inFrame(off, size)) && (off & size - 1) == 0;
        if (size == 1 || direct) {
            return access(base, off, size, write);
        }
        int misaligned = asm.label();
        int slot = at;
        cold.add(() -> {
            asm.bind(misaligned);
            address(RDX, base, off);
            asm.mov32_ri(RCX, translation.site(new Site(Site.Kind.MISALIGNED, slot, size, write, -1)));
            asm.jump(exit);
        });
        if (!strict || inRoutine()) {
            confine(base, off);
            asm.test8_ri(RCX, size - 1);
            asm.jump(NOT_EQUAL, misaligned);
            return Mem.of(MEMORY, RCX, 0);
        }
        address(RCX, base, off);
        asm.test8_ri(RCX, size - 1);
        asm.jump(NOT_EQUAL, misaligned);
        return checked(base, off, size, write);
    }

    private static boolean inFrame(int off, int size) {
        return off >= -ALIGNED_FRAME && off + size <= 0;
    }

    /** ecx = the address, confined to the guest space. */
    private void confine(int base, int off) {
        if (off == 0) {
            asm.mov32_rr(RCX, base);
        } else {
            asm.lea32(RCX, Mem.of(base, off));
        }
    }

    private void address(int target, int base, int off) {
        if (off == 0) {
            asm.mov64_rr(target, base);
        } else {
            asm.lea64(target, Mem.of(base, off));
        }
    }

    /**
     * Compares the address with the region that is expected; a miss searches all regions and comes back, or leaves. The stack's limit is that for
     * 8 bytes, so that of the others the last 8 bytes are compared that they would be the end of: only the region's first bytes are a miss.
     */
    private Mem checked(int base, int off, int size, boolean write) {
        int region = region(at, write);
        address(RCX, base, region == NativeContext.STACK ? off + size - WORD : off);
        asm.sub64_rm(RCX, field(region));
        asm.cmp64_rm(RCX, field(limit(region, size, write)));
        int miss = asm.label();
        asm.jump(NOT_BELOW, miss);
        int back = asm.here();
        int slot = at;
        int search = search(size, write);
        cold.add(() -> {
            asm.bind(miss);
            address(RDX, base, off);
            asm.mov32_ri(RCX, translation.site(new Site(Site.Kind.BAD_ACCESS, slot, size, write, -1)));
            asm.call(search);
            asm.jump(back);
        });
        return Mem.of(MEMORY, base, off);
    }

    /** Offset in the context of the region that an access is expected to hit. */
    abstract int region(int slot, boolean write);

    private static int limit(int region, int size, boolean write) {
        return switch (region) {
            case NativeContext.STACK -> region + 8;
            case NativeContext.CONTEXT, NativeContext.PACKET -> region + 8 * NativeContext.limitIndex(size);
            default -> region + 8 * NativeContext.limitIndex(size) + (write ? 32 : 0);
        };
    }

    private int search(int size, boolean write) {
        int index = NativeContext.limitIndex(size) + (write ? 5 : 0);
        if (searches[index] < 0) {
            searches[index] = asm.label();
        }
        return searches[index];
    }

    // ---- jumps ----

    /** Goes to the target if a condition holds; a jump that does not go forward takes a unit of budget. */
    final void branch(int condition) {
        int target = program.target(at);
        if (target > at || inRoutine()) {
            asm.jump(condition, slots[target]);
            return;
        }
        int next = asm.label();
        asm.jump(condition ^ 1, next);
        back(target);
        asm.bind(next);
    }

    /** Goes to the target. */
    final void go() {
        int target = program.target(at);
        if (target > at || inRoutine()) {
            asm.jump(slots[target]);
        } else {
            back(target);
        }
    }

    private void back(int target) {
        translation.loops();
        useFuel();
        asm.jump(NOT_BELOW, slots[target]);
        asm.jump(coldExit(Site.Kind.BUDGET, slots[target]));
    }

    /** Takes a unit; below zero, that is with a borrow, if there was none. */
    private void useFuel() {
        int register = translation.fuelRegister();
        if (register >= 0) {
            asm.sub32_ri8(register, 1);
        } else {
            asm.sub32_mi8(field(NativeContext.FUEL), 1);
        }
    }

    final void jump_to(int target) {
        translation.loops();
        asm.mov64_rr(RDX, target);
        leaveFor(Site.Kind.JUMP_TO, 0, false, -1);
    }

    /** The counter of iterations is on top of the machine stack. */
    final void count_iteration() {
        asm.cmp64_mi8(Mem.of(RSP, 0), 0);
        branch(EQUAL);
        asm.sub64_mi8(Mem.of(RSP, 0), 1);
    }

    // ---- calls ----

    private void takeUnit() {
        if (inRoutine()) {
            return;
        }
        translation.loops();
        useFuel();
        int label = asm.label();
        asm.jump(BELOW, coldExit(Site.Kind.BUDGET, label));
        asm.bind(label);
    }

    final void call_local() {
        int target = program.target(at);
        takeUnit();
        asm.cmp64_rm(FRAME, field(NativeContext.LOWEST));
        asm.jump(NOT_ABOVE, coldExit(Site.Kind.CALL_DEPTH, -1));
        BitSet kept = translation.kept(at, target);
        push(kept);
        asm.sub64_ri(FRAME, GuestLayout.FRAME_SIZE);
        if (strict) {
            asm.sub64_mi(field(NativeContext.STACK), GuestLayout.FRAME_SIZE);
            asm.add64_mi(field(NativeContext.STACK + 8), GuestLayout.FRAME_SIZE);
        }
        asm.call(entries[target]);
        asm.add64_ri(FRAME, GuestLayout.FRAME_SIZE);
        if (strict) {
            asm.add64_mi(field(NativeContext.STACK), GuestLayout.FRAME_SIZE);
            asm.sub64_mi(field(NativeContext.STACK + 8), GuestLayout.FRAME_SIZE);
        }
        pop(kept);
    }

    private void push(BitSet kept) {
        for (int r = kept.nextSetBit(0); r >= 0; r = kept.nextSetBit(r + 1)) {
            asm.push(Registers.of(r));
        }
    }

    private void pop(BitSet kept) {
        for (int r = kept.length() - 1; r >= 0; r = kept.previousSetBit(r - 1)) {
            asm.pop(Registers.of(r));
        }
    }

    final void call_helper() {
        int routine = program.routine(at);
        if (routine < 0) {
            int back = asm.label();
            leaveFor(Site.Kind.HELPER, 0, false, back);
            asm.bind(back);
            return;
        }
        takeUnit();
        BitSet kept = translation.kept(at, routine);
        push(kept);
        asm.call(entries[routine]);
        routineReturns.add(new int[] {asm.here(), at});
        pop(kept);
        clobber();
    }

    /** After a helper call r1 to r5 are 0 (Ruling 4). */
    final void clobber() {
        for (int r = FIRST_CLOBBERED; r < CLOBBERED_END; r++) {
            asm.xor32_rr(Registers.of(r), Registers.of(r));
        }
    }

    final void call_kfunc() {
        leaveFor(Site.Kind.KFUNC, 0, false, -1);
    }

    /** Java decides what is called; the return address lies on the machine stack, for whoever returns. */
    final void call_to(int target) {
        translation.loops();
        BitSet kept = keptByCallTo();
        push(kept);
        asm.mov64_rr(RDX, target);
        asm.mov32_ri(RCX, translation.site(new Site(Site.Kind.CALL_TO, at, 0, false, -1)));
        asm.call(exit);
        routineReturns.add(new int[] {asm.here(), at});
        pop(kept);
        if (strict) {
            asm.lea64(RCX, Mem.of(FRAME, -GuestLayout.FRAME_SIZE));
            asm.mov64_mr(field(NativeContext.STACK), RCX);
            asm.mov64_rm(RDX, field(NativeContext.STACK_END));
            asm.sub64_rr(RDX, RCX);
            asm.mov64_mr(field(NativeContext.STACK + 8), RDX);
        }
    }

    /** Registers that a call of who knows what keeps on the machine stack. */
    final BitSet keptByCallTo() {
        BitSet kept = (BitSet) translation.used().clone();
        kept.clear(0, FIRST_KEPT);
        kept.set(STACK_POINTER);
        return kept;
    }

    final void leave() {
        if (translation.countsIterations(at)) {
            asm.lea64(RSP, Mem.of(RSP, 8));
        }
        asm.ret();
    }

    // ---- the rest ----

    /** The offset is in edx. */
    final void packet_load(int width) {
        int back = asm.label();
        leaveFor(Site.Kind.PACKET, width / 8, false, back);
        asm.bind(back);
    }

    /** Most arguments of helpers are on the stack: their last 8 bytes are compared with its limit, and if there are more, the first 8. */
    final void check(int address, int size, int write) {
        if (!strict) {
            return;
        }
        int back = asm.label();
        int slow = asm.label();
        int slot = at;
        asm.cmp64_ri(size, GuestLayout.FRAME_SIZE);
        asm.jump(ABOVE, slow);
        asm.lea64(RCX, Mem.of(address, size, -WORD));
        asm.sub64_rm(RCX, field(NativeContext.STACK));
        asm.cmp64_rm(RCX, field(NativeContext.STACK + 8));
        asm.jump(NOT_BELOW, slow);
        asm.cmp64_ri8(size, WORD);
        asm.jump(NOT_ABOVE, back);
        asm.mov64_rr(RCX, address);
        asm.sub64_rm(RCX, field(NativeContext.STACK));
        asm.cmp64_rm(RCX, field(NativeContext.STACK + 8));
        asm.jump(NOT_BELOW, slow);
        asm.bind(back);
        cold.add(() -> {
            asm.bind(slow);
            asm.mov32_ri(RCX, translation.site(new Site(Site.Kind.CHECK, slot, 0, write == 1, back)));
            asm.jump(exit);
        });
    }

    final void constant(int dst) {
        constant(dst, program.constant(at));
    }

    final void user_pointer(int dst, int src) {
        int zero = asm.label();
        asm.mov32_rr(dst, src);
        asm.test32_rr(dst, dst);
        asm.jump(EQUAL, zero);
        asm.or64_rm(dst, field(NativeContext.ARENA_HIGH));
        asm.bind(zero);
    }

    final void cells_address(int dst) {
        asm.mov64_rm(dst, field(NativeContext.CELLS));
    }

    final void fetch_or(int width, Mem mem, int src) {
        fetch(width, mem, src, () -> op(width, asm::or32_rr, asm::or64_rr, src), () -> op(width, asm::or32_rm, asm::or64_rm));
    }

    final void fetch_and(int width, Mem mem, int src) {
        fetch(width, mem, src, () -> op(width, asm::and32_rr, asm::and64_rr, src), () -> op(width, asm::and32_rm, asm::and64_rm));
    }

    final void fetch_xor(int width, Mem mem, int src) {
        fetch(width, mem, src, () -> op(width, asm::xor32_rr, asm::xor64_rr, src), () -> op(width, asm::xor32_rm, asm::xor64_rm));
    }

    private interface RegisterForm {
        void emit(int target, int source);
    }

    private interface MemoryForm {
        void emit(int target, Mem source);
    }

    private static void op(int width, RegisterForm narrow, RegisterForm wide, int src) {
        (width == 32 ? narrow : wide).emit(RDX, src);
    }

    private static void op(int width, MemoryForm narrow, MemoryForm wide) {
        (width == 32 ? narrow : wide).emit(RDX, Mem.of(RSP, 0));
    }

    /** Reads, computes in rdx and tries to exchange, until nobody came between; rax holds what was read, so r0 waits on the machine stack. */
    private void fetch(int width, Mem mem, int src, Runnable register, Runnable memory) {
        asm.lea64(RCX, mem);
        asm.push(RAX);
        if (width == 32) {
            asm.mov32_rm(RAX, Mem.of(RCX, 0));
        } else {
            asm.mov64_rm(RAX, Mem.of(RCX, 0));
        }
        int again = asm.here();
        asm.mov64_rr(RDX, RAX);
        (src == RAX ? memory : register).run();
        if (width == 32) {
            asm.lock_cmpxchg32_mr(Mem.of(RCX, 0), RDX);
        } else {
            asm.lock_cmpxchg64_mr(Mem.of(RCX, 0), RDX);
        }
        asm.jump(NOT_EQUAL, again);
        if (src == RAX) {
            asm.lea64(RSP, Mem.of(RSP, 8));
        } else {
            asm.mov64_rr(src, RAX);
            asm.pop(RAX);
        }
    }
}
