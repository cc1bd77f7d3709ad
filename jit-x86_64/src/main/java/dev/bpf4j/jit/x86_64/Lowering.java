// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static dev.bpf4j.jit.x86_64.Registers.CONTEXT;
import static dev.bpf4j.jit.x86_64.Registers.FRAME;
import static dev.bpf4j.jit.x86_64.Registers.MEMORY;
import static dev.bpf4j.jit.x86_64.Registers.RAX;
import static dev.bpf4j.jit.x86_64.Registers.RCX;
import static dev.bpf4j.jit.x86_64.Registers.RDX;
import static dev.bpf4j.jit.x86_64.Registers.RSP;

import dev.bpf4j.jit.nativecode.LoopTarget;
import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Site;
import dev.bpf4j.jit.nativecode.Translation;
import dev.bpf4j.runtime.GuestLayout;
import java.util.BitSet;

/**
 * What the rules leave to code: memory access under the two policies, frames, and instructions that take more than a line. The generated
 * {@link Emitter} calls the methods that stand in {@code x86_64.rules} behind an at sign.
 *
 * <p>
 * Invariants: rcx and rdx belong to one eBPF instruction and hold nothing between two; every exit to Java has its site in ecx and, where there
 * is one, its value in rdx. The open frames are on the machine stack.
 */
abstract class Lowering extends Arithmetic {
    static final int BELOW = 2;
    static final int NOT_BELOW = 3;
    static final int EQUAL = 4;
    static final int NOT_EQUAL = 5;
    static final int NOT_ABOVE = 6;
    static final int ABOVE = 7;
    /** What is added to the context's address, so that its most used fields are within 8-bit displacements. */
    static final int BIAS = 128;

    private final LoopTarget loops;

    Lowering(Translation translation, Prediction prediction, Encoder asm) {
        super(translation, prediction, asm);
        this.loops = new RoundsCode(asm, translation.strict(), translation.fuelRegister());
    }

    /** A field of the context. */
    static Mem field(int offset) {
        return Mem.of(CONTEXT, offset - BIAS);
    }

    // ---- leaving ----

    @Override
    protected final void putSite(int site) {
        asm.mov32_ri(RCX, site);
    }

    @Override
    protected final void putValue(int register) {
        asm.mov64_rr(RDX, register);
    }

    @Override
    protected final void callExit() {
        asm.call(exitLabel());
    }

    // ---- memory ----

    /** The operand for an access at {@code base + off}, checked as the policy wants it. */
    final Mem access(int base, int off, int size, boolean write) {
        if (base == FRAME && (!checks() || inFrame(off, size)) && !inRoutine()) {
            return Mem.of(MEMORY, FRAME, off);
        }
        if (!checks()) {
            if (inSegment()) {
                return Mem.guest(base, off);
            }
            confine(base, off);
            return Mem.of(MEMORY, RCX, 0);
        }
        return certain() ? Mem.of(MEMORY, base, off) : checked(base, off, size, write);
    }

    /** Whether segment gs starts where guest memory does: accesses are then confined by the size of their addresses. */
    final boolean inSegment() {
        return !translation().strict() && has("fsgsbase");
    }

    /** The same for an access whose address must be a multiple of its size. */
    final Mem aligned(int base, int off, int size, boolean write) {
        boolean direct = base == FRAME && !inRoutine() && (!checks() || inFrame(off, size)) && (off & size - 1) == 0;
        if (size == 1 || direct) {
            return access(base, off, size, write);
        }
        int misaligned = asm.label();
        int slot = at();
        cold(() -> {
            asm.bind(misaligned);
            address(RDX, base, off);
            leaveAt(translation().site(new Site(Site.Kind.MISALIGNED, slot, size, write, -1)));
        });
        if (!checks()) {
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
        return off >= -GuestLayout.FRAME_SIZE && off + size <= 0;
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
        int region = region();
        address(RCX, base, region == NativeContext.STACK ? off + size - WORD : off);
        asm.sub64_rm(RCX, field(region));
        asm.cmp64_rm(RCX, field(limit(region, size, write)));
        int miss = asm.label();
        asm.jump(NOT_BELOW, miss);
        int back = asm.here();
        int slot = at();
        int search = searchLabel(size, write);
        cold(() -> {
            asm.bind(miss);
            address(RDX, base, off);
            asm.mov32_ri(RCX, translation().site(new Site(Site.Kind.BAD_ACCESS, slot, size, write, -1)));
            asm.call(search);
            asm.jump(back);
        });
        return Mem.of(MEMORY, base, off);
    }

    // ---- loops, budget and calls ----

    @Override
    protected final LoopTarget loopTarget() {
        return loops;
    }

    /** Below zero, that is with a borrow, if there was none. */
    @Override
    protected final int useFuel() {
        int register = translation().fuelRegister();
        if (register >= 0) {
            asm.sub32_ri8(register, 1);
        } else {
            asm.sub32_mi8(field(NativeContext.FUEL), 1);
        }
        return BELOW;
    }

    @Override
    protected final void keepReturnAddress() {
        // the call instruction has
    }

    @Override
    protected final void pushCounter(long iterations) {
        constant(RCX, iterations);
        asm.push(RCX);
    }

    @Override
    protected final void dropCounter() {
        asm.lea64(RSP, Mem.of(RSP, WORD));
    }

    @Override
    protected final int compareCounter() {
        asm.cmp64_mi8(Mem.of(RSP, 0), 0);
        return EQUAL;
    }

    @Override
    protected final void countDown() {
        asm.sub64_mi8(Mem.of(RSP, 0), 1);
    }

    @Override
    protected final void returnFromFunction() {
        asm.ret();
    }

    @Override
    protected final int compareDepth() {
        asm.cmp64_rm(FRAME, field(NativeContext.LOWEST));
        return NOT_ABOVE;
    }

    @Override
    protected final void moveFrame(boolean deeper) {
        if (deeper) {
            asm.sub64_ri(FRAME, GuestLayout.FRAME_SIZE);
        } else {
            asm.add64_ri(FRAME, GuestLayout.FRAME_SIZE);
        }
        if (translation().strict()) {
            int further = deeper ? GuestLayout.FRAME_SIZE : -GuestLayout.FRAME_SIZE;
            asm.sub64_mi(field(NativeContext.STACK), further);
            asm.add64_mi(field(NativeContext.STACK + WORD), further);
        }
    }

    @Override
    protected final void resetStackRegion() {
        if (translation().strict()) {
            asm.lea64(RCX, Mem.of(FRAME, -GuestLayout.FRAME_SIZE));
            asm.mov64_mr(field(NativeContext.STACK), RCX);
            asm.mov64_rm(RDX, field(NativeContext.STACK_END));
            asm.sub64_rr(RDX, RCX);
            asm.mov64_mr(field(NativeContext.STACK + WORD), RDX);
        }
    }

    @Override
    protected final void push(BitSet kept) {
        for (int r = kept.nextSetBit(0); r >= 0; r = kept.nextSetBit(r + 1)) {
            asm.push(Registers.of(r));
        }
    }

    @Override
    protected final void pop(BitSet kept) {
        for (int r = kept.length() - 1; r >= 0; r = kept.previousSetBit(r - 1)) {
            asm.pop(Registers.of(r));
        }
    }

    @Override
    protected final void clear(int register) {
        asm.xor32_rr(register, register);
    }

    // ---- the rest ----

    /**
     * Most arguments of helpers are on the stack: their last 8 bytes are compared with its limit, and if there are more, the first 8. Those that
     * are not are mostly in the packet: their first and last byte are compared with its size. What has both ends in a region is in it: routines
     * check fewer than 2^32 bytes, which do not come round the address space.
     */
    final void check(int address, int size, int write) {
        if (!translation().strict()) {
            return;
        }
        int back = asm.label();
        int notOnStack = asm.label();
        int slow = asm.label();
        int slot = at();
        asm.lea64(RCX, Mem.of(address, size, -WORD));
        asm.sub64_rm(RCX, field(NativeContext.STACK));
        asm.cmp64_rm(RCX, field(NativeContext.STACK + 8));
        asm.jump(NOT_BELOW, notOnStack);
        asm.cmp64_ri8(size, WORD);
        asm.jump(NOT_ABOVE, back);
        asm.mov64_rr(RCX, address);
        asm.sub64_rm(RCX, field(NativeContext.STACK));
        asm.cmp64_rm(RCX, field(NativeContext.STACK + 8));
        asm.jump(NOT_BELOW, notOnStack);
        asm.bind(back);
        cold(() -> {
            asm.bind(notOnStack);
            asm.lea64(RCX, Mem.of(address, size, -1));
            asm.sub64_rm(RCX, field(NativeContext.PACKET));
            asm.cmp64_rm(RCX, field(NativeContext.PACKET + WORD));
            asm.jump(NOT_BELOW, slow);
            asm.mov64_rr(RCX, address);
            asm.sub64_rm(RCX, field(NativeContext.PACKET));
            asm.cmp64_rm(RCX, field(NativeContext.PACKET + WORD));
            asm.jump(BELOW, back);
            asm.bind(slow);
            leaveAt(translation().site(new Site(Site.Kind.CHECK, slot, 0, write == 1, back)));
        });
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
        hostAddress(mem);
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

    /** rcx = the address of an operand, which may be a guest operand. */
    private void hostAddress(Mem mem) {
        if (mem.guest()) {
            confine(mem.base(), mem.displacement());
            asm.lea64(RCX, Mem.of(MEMORY, RCX, 0));
        } else {
            asm.lea64(RCX, mem);
        }
    }

    // ---- sequences ----

    @Override
    public final void sum(int width, int dst, int src, int imm) {
        address(width, dst, Mem.of(src, imm));
    }

    @Override
    public final void sumOf(int width, int dst, int src, int other) {
        address(width, dst, Mem.of(src, other, 0));
    }

    private void address(int width, int dst, Mem mem) {
        asm.comment("mov_add");
        if (width == 32) {
            asm.lea32(dst, mem);
        } else {
            asm.lea64(dst, mem);
        }
    }

    @Override
    public final void rotation(int width, int copy, int original, int count, boolean intoCopy, boolean otherLeft) {
        asm.comment("rotation");
        if (intoCopy) {
            rotateTo(width, copy, original, count);
        } else {
            move(width, copy, original);
            rotateTo(width, original, original, count);
        }
        shift(width, intoCopy ? original : copy, count, otherLeft);
    }

    @Override
    public final void rotate(int width, int dst, int src, int count) {
        asm.comment("rotate");
        rotateTo(width, dst, src, count);
    }

    private void rotateTo(int width, int dst, int src, int count) {
        if (dst != src && has("bmi2")) {
            if (width == 32) {
                asm.rorx32(dst, src, 32 - count);
            } else {
                asm.rorx64(dst, src, 64 - count);
            }
            return;
        }
        if (dst != src) {
            move(width, dst, src);
        }
        if (width == 32) {
            asm.rol32_ri(dst, count);
        } else {
            asm.rol64_ri(dst, count);
        }
    }

    private void move(int width, int dst, int src) {
        if (width == 32) {
            asm.mov32_rr(dst, src);
        } else {
            asm.mov64_rr(dst, src);
        }
    }

    private void shift(int width, int register, int count, boolean left) {
        if (width == 32 && left) {
            asm.shl32_ri(register, count);
        } else if (width == 32) {
            asm.shr32_ri(register, 32 - count);
        } else if (left) {
            asm.shl64_ri(register, count);
        } else {
            asm.shr64_ri(register, 64 - count);
        }
    }
}
