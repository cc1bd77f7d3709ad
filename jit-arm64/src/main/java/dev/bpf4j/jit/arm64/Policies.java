// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static dev.bpf4j.jit.arm64.A64Jumps.BELOW;
import static dev.bpf4j.jit.arm64.A64Jumps.NOT_ABOVE;
import static dev.bpf4j.jit.arm64.A64Jumps.NOT_BELOW;
import static dev.bpf4j.jit.arm64.A64Jumps.NOT_EQUAL;
import static dev.bpf4j.jit.arm64.Registers.CONTEXT;
import static dev.bpf4j.jit.arm64.Registers.FRAME;
import static dev.bpf4j.jit.arm64.Registers.FRAMES;
import static dev.bpf4j.jit.arm64.Registers.FUEL;
import static dev.bpf4j.jit.arm64.Registers.HALF_FRAME;
import static dev.bpf4j.jit.arm64.Registers.LINK;
import static dev.bpf4j.jit.arm64.Registers.MEMORY;
import static dev.bpf4j.jit.arm64.Registers.MIDDLE;
import static dev.bpf4j.jit.arm64.Registers.SITE;
import static dev.bpf4j.jit.arm64.Registers.VALUE;

import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Site;
import dev.bpf4j.jit.nativecode.Translation;
import dev.bpf4j.runtime.GuestLayout;
import java.util.BitSet;
import java.util.SortedMap;

/**
 * What the rules leave to code: memory access under the two policies, and frames. The generated {@link Emitter} calls the methods that stand in
 * {@code a64.rules} behind an at sign.
 *
 * <p>
 * Invariants: x16, x17 and x30 belong to one eBPF instruction and hold nothing between two, but x30 the return address between a call and the
 * function's first instruction; every exit to Java has its site in w17 and, where there is one, its value in x16. The open frames lie in the
 * context at all times: x14 points to their youngest word, so that nothing is copied and the machine stack is not used. Return addresses are
 * put there by the function that is called.
 */
abstract class Policies extends Arithmetic {
    /** Bounds of regions that live in registers. */
    final RegionRegisters bounds;

    Policies(Translation translation, Prediction prediction, Encoder asm) {
        super(translation, prediction, asm);
        this.bounds = RegionRegisters.of(translation, prediction, Registers.POOL_SIZE);
    }

    /** Loads a field of the context. */
    final void load(int register, int offset) {
        if (offset >>> 15 == 0) {
            asm.ldr64_o(register, CONTEXT, offset);
        } else {
            constant(register, offset);
            asm.ldr64(register, Mem.indexed(CONTEXT, register));
        }
    }

    // ---- leaving ----

    @Override
    protected final void putSite(int site) {
        constant(SITE, site & 0xffff_ffffL);
    }

    @Override
    protected final void putValue(int register) {
        asm.mov64(VALUE, register);
    }

    /** The return address is what is behind three instructions, this one and the jump included. */
    @Override
    protected final void callExit() {
        asm.adr(LINK, 12);
        keepReturnAddress();
        asm.jump(exitLabel());
    }

    // ---- memory ----

    /** The operand for an access at {@code base + off}, checked as the policy wants it. */
    final Mem access(int base, int off, int size, boolean write) {
        if (direct(base, off, size) && Mem.reaches(off + HALF_FRAME)) {
            return Mem.of(MIDDLE, off + HALF_FRAME);
        }
        if (checks()) {
            return checked(base, off, size, write);
        }
        return Mem.confined(MEMORY, guestAddress(32, base, off));
    }

    /** Whether an access needs no check. */
    private boolean direct(int base, int off, int size) {
        return base == FRAME && !inRoutine() && (!checks() || inFrame(off, size));
    }

    /** Whether an access from r10 is in the frame. */
    static boolean inFrame(int off, int size) {
        return off >= -GuestLayout.FRAME_SIZE && off + size <= 0;
    }

    /** The register that holds the address: the base, or {@link Registers#VALUE}. */
    private int guestAddress(int width, int base, int off) {
        if (off == 0) {
            return base;
        }
        add(width, VALUE, base, off);
        return VALUE;
    }

    /** An access whose address must be a multiple of its size, as a plain address in {@link Registers#VALUE}. */
    final Mem aligned(int base, int off, int size, boolean write) {
        if (size == 1 || direct(base, off, size) && (off & size - 1) == 0 && Mem.reaches(off + HALF_FRAME)) {
            return plain(access(base, off, size, write));
        }
        int misaligned = asm.label();
        int slot = at();
        cold(() -> {
            asm.bind(misaligned);
            add(64, VALUE, base, off);
            leaveAt(translation().site(new Site(Site.Kind.MISALIGNED, slot, size, write, -1)));
        });
        int address = guestAddress(checks() ? 64 : 32, base, off);
        asm.tst32_rl(address, size - 1);
        asm.jump(NOT_EQUAL, misaligned);
        return plain(checks() ? compared(address, base, off, size, write) : Mem.confined(MEMORY, address));
    }

    private Mem plain(Mem mem) {
        if (mem.index() == Mem.NONE) {
            add(64, VALUE, mem.base(), mem.displacement());
        } else if (mem.wide()) {
            asm.add64_rr(VALUE, mem.base(), mem.index());
        } else {
            asm.add64_rw(VALUE, mem.base(), mem.index());
        }
        return Mem.of(VALUE, 0);
    }

    /** The register of a plain address. */
    static int base(Mem mem) {
        if (mem.index() != Mem.NONE || mem.displacement() != 0) {
            throw new IllegalStateException("the address is not plain: " + mem);
        }
        return mem.base();
    }

    private Mem checked(int base, int off, int size, boolean write) {
        return compared(guestAddress(64, base, off), base, off, size, write);
    }

    /** Compares an address with the region that is expected; a miss searches all regions and comes back, or leaves. */
    private Mem compared(int address, int base, int off, int size, boolean write) {
        int region = region();
        int limit = RegionRegisters.limit(region, size, write);
        int lowest = bounds.of(region);
        int most = bounds.of(limit);
        if (lowest < 0 || most < 0) {
            lowest = SITE;
            most = LINK;
            loadBounds(region, limit);
        }
        asm.sub64_rr(SITE, address, lowest);
        asm.cmp64_rr(SITE, most);
        int miss = asm.label();
        asm.jump(NOT_BELOW, miss);
        int back = asm.here();
        int slot = at();
        int search = searchLabel(size, write);
        cold(() -> {
            asm.bind(miss);
            add(64, VALUE, base, off);
            putSite(translation().site(new Site(Site.Kind.BAD_ACCESS, slot, size, write, -1)));
            asm.call(search);
            asm.jump(back);
        });
        return Mem.indexed(MEMORY, address);
    }

    private void loadBounds(int region, int limit) {
        int above = RegionRegisters.aboveField(limit);
        int field = limit / WORD * WORD;
        if (region == NativeContext.STACK) {
            stack(SITE, LINK);
        } else if (field == region + WORD && region < 512) {
            asm.ldp64_o(SITE, LINK, CONTEXT, region);
        } else {
            load(SITE, region);
            load(LINK, field);
        }
        if (above != 0) {
            asm.add64_ri(LINK, LINK, above);
        }
    }

    // ---- budget ----

    /** Below zero, that is with a borrow, if there was none. */
    @Override
    protected final int useFuel() {
        asm.subs32_ri(FUEL, FUEL, 1);
        return BELOW;
    }

    // ---- frames ----

    @Override
    protected final void keepReturnAddress() {
        asm.str64_pre(LINK, FRAMES, -WORD);
    }

    @Override
    protected final void returnFromFunction() {
        asm.ldr64_post(LINK, FRAMES, WORD);
        asm.ret();
    }

    @Override
    protected final void pushCounter(long iterations) {
        constant(VALUE, iterations);
        asm.str64_pre(VALUE, FRAMES, -WORD);
    }

    @Override
    protected final void dropCounter() {
        asm.add64_ri(FRAMES, FRAMES, WORD);
    }

    @Override
    protected final int compareCounter() {
        asm.ldr64_o(VALUE, FRAMES, 0);
        return is_zero(64, VALUE);
    }

    /** The counter is where it was compared. */
    @Override
    protected final void countDown() {
        asm.sub64_ri(VALUE, VALUE, 1);
        asm.str64_o(VALUE, FRAMES, 0);
    }

    @Override
    protected final int compareDepth() {
        load(VALUE, NativeContext.LOWEST);
        asm.cmp64_rr(FRAME, VALUE);
        return NOT_ABOVE;
    }

    @Override
    protected final void moveFrame(boolean deeper) {
        int up = deeper ? -GuestLayout.FRAME_SIZE : GuestLayout.FRAME_SIZE;
        add(64, FRAME, FRAME, up);
        add(64, MIDDLE, MIDDLE, up);
        boundsOfStack().forEach((bound, register) -> add(64, register, register, bound == NativeContext.STACK ? up : -up));
    }

    @Override
    protected final void resetStackRegion() {
        middleOfFrame();
        if (!boundsOfStack().isEmpty()) {
            stack(VALUE, SITE);
            boundsOfStack().forEach((bound, register) -> {
                if (bound == NativeContext.STACK) {
                    asm.mov64(register, VALUE);
                } else {
                    add(64, register, SITE, RegionRegisters.aboveField(bound));
                }
            });
        }
    }

    private SortedMap<Integer, Integer> boundsOfStack() {
        return bounds.all().subMap(NativeContext.STACK, NativeContext.CONTEXT);
    }

    /** The base of the stack in use, and its limit for 8 bytes: they follow from r10, so that calls need not keep them in the context. */
    final void stack(int lowest, int most) {
        asm.sub64_ri(lowest, FRAME, GuestLayout.FRAME_SIZE);
        load(most, NativeContext.STACK_END);
        asm.sub64_rr(most, most, lowest);
    }

    /** Makes {@link Registers#MIDDLE} follow r10. */
    final void middleOfFrame() {
        asm.add64_rr(MIDDLE, MEMORY, FRAME);
        asm.sub64_ri(MIDDLE, MIDDLE, HALF_FRAME);
    }

    @Override
    protected final void push(BitSet kept) {
        for (int r = kept.nextSetBit(0); r >= 0; r = kept.nextSetBit(r + 1)) {
            int next = kept.nextSetBit(r + 1);
            if (next >= 0) {
                asm.stp64_pre(translation().register(next), translation().register(r), FRAMES, -2 * WORD);
                r = next;
            } else {
                asm.str64_pre(translation().register(r), FRAMES, -WORD);
            }
        }
    }

    /** In the opposite order: a single one is the youngest. */
    @Override
    protected final void pop(BitSet kept) {
        int r = kept.length() - 1;
        if (kept.cardinality() % 2 != 0) {
            asm.ldr64_post(translation().register(r), FRAMES, WORD);
            r = kept.previousSetBit(r - 1);
        }
        while (r >= 0) {
            int before = kept.previousSetBit(r - 1);
            asm.ldp64_post(translation().register(r), translation().register(before), FRAMES, 2 * WORD);
            r = before < 1 ? -1 : kept.previousSetBit(before - 1);
        }
    }

    // ---- the rest ----

    /**
     * Most arguments of helpers are on the stack: their last 8 bytes are compared with its limit, and if there are more, the first 8. What has
     * both ends in the stack is in it: routines check fewer than 2^32 bytes, which do not come round the address space.
     */
    final void check(int address, int size, int write) {
        if (!translation().strict()) {
            return;
        }
        int back = asm.label();
        int slow = asm.label();
        int slot = at();
        stack(SITE, LINK);
        asm.add64_rr(VALUE, address, size);
        asm.sub64_ri(VALUE, VALUE, WORD);
        asm.sub64_rr(VALUE, VALUE, SITE);
        asm.cmp64_rr(VALUE, LINK);
        asm.jump(NOT_BELOW, slow);
        asm.cmp64_ri(size, WORD);
        asm.jump(NOT_ABOVE, back);
        asm.sub64_rr(VALUE, address, SITE);
        asm.cmp64_rr(VALUE, LINK);
        asm.jump(NOT_BELOW, slow);
        asm.bind(back);
        cold(() -> {
            asm.bind(slow);
            leaveAt(translation().site(new Site(Site.Kind.CHECK, slot, 0, write == 1, back)));
        });
    }

    final void user_pointer(int dst, int src) {
        int zero = asm.label();
        asm.mov32(dst, src);
        asm.jump(is_zero(64, dst), zero);
        load(VALUE, NativeContext.ARENA_HIGH);
        asm.orr64_rr(dst, dst, VALUE);
        asm.bind(zero);
    }

    final void cells_address(int dst) {
        load(dst, NativeContext.CELLS);
    }
}
