// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.context.PacketAccess;
import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.Arrays;
import java.util.Objects;

/** What generated code calls: everything about calls and jumps that is not worth being written into it. */
final class Calls {
    private static final int FIRST_KEPT = 6;

    private Calls() {
    }

    /** Calls a helper in Java. The unit of budget has been taken and the fuel is in the run. */
    static long helper(HelperFunction function, Run run, long r1, long r2, long r3, long r4, long r5, long r10, int pc) {
        run.calling(pc, r10);
        long r0 = function.call(run.lane, r1, r2, r3, r4, r5);
        run.called();
        return r0;
    }

    /** The end of a run at a helper that the machine does not have. */
    static Ended unknownHelper(Run run, int pc, long id) {
        return run.fault(FaultKind.UNKNOWN_HELPER, pc, id, 0, false, HelperTable.describe(id));
    }

    /** The end of a run at a kernel function that the machine does not have. */
    static Ended unknownKfunc(Run run, int pc, int id) {
        String name = run.program().source().kfuncs().get(id);
        return run.fault(FaultKind.UNKNOWN_HELPER, pc, id & 0xffff_ffffL, 0, false, "kfunc " + (name == null ? "" : name));
    }

    /** The end of a run at an instruction that could not be resolved. */
    static Ended unresolved(Run run, int pc) {
        return run.fault(FaultKind.UNRESOLVED, pc, 0, 0, false, Objects.requireNonNullElse(run.program().poison(pc), ""));
    }

    /** Calls a function that lies in another class: r0 to r9 are in {@link Run#arguments}. */
    static long far(Run run, int function, long r10) {
        return run.form.call(run, function, run.arguments, r10);
    }

    /**
     * Calls what a value names (Ruling 8): r0 to r9 are in {@link Run#arguments}, the fuel is in the run. Afterwards r1 to r5 are in
     * {@link Run#registers}. If a tail call is pending then, the caller has to return.
     */
    static long indirect(Run run, long value, long r10, int pc) {
        Form form = run.form;
        if (value >= GuestLayout.CODE_BASE && value < GuestLayout.SPACE_SIZE) {
            run.takeUnit(pc);
            int target = GuestLayout.codeSlot(value);
            if (target < 0 || target >= form.program().slots() || !form.program().isFunction(target)) {
                throw run.fault(FaultKind.BAD_TARGET, pc, value, 0, false, "no function of this program");
            }
            if (r10 <= run.lowest) {
                throw run.callDepth(pc);
            }
            long frame = r10 - GuestLayout.FRAME_SIZE;
            long r0 = form.call(run, form.functionAt(target), run.arguments, frame);
            return run.pending == null ? r0 : run.finish(frame);
        }
        run.takeUnit(pc);
        long r0 = indirectHelper(run, form, value, r10, pc);
        Arrays.fill(run.registers, 1, FIRST_KEPT, 0);
        return r0;
    }

    private static long indirectHelper(Run run, Form form, long value, long r10, int pc) {
        long[] r = run.arguments;
        int routine = form.program().routineOf(value);
        if (routine >= 0) {
            run.routinePc = pc;
            return form.call(run, form.functionAt(routine), r, r10);
        }
        Helper helper = value == (int) value ? run.machine.helpers().find((int) value) : null;
        if (helper == null) {
            throw unknownHelper(run, pc, value);
        }
        if (helper.id() == HelperTable.TAIL_CALL) {
            return run.tailCall(r[2], r[3]) ? 0 : -2;
        }
        return helper(Objects.requireNonNull(helper.function(), helper::name), run, r[1], r[2], r[3], r[4], r[5], r10, pc);
    }

    /** The slot that an indirect jump goes to: any instruction of the running function, which lies in {@code [start, end)}. */
    static int jumpTarget(Run run, long pointer, int start, int end, int pc) {
        int target = GuestLayout.codeSlot(pointer);
        if (target < start || target >= end || target >= run.program().slots() || run.program().insn(target) == null) {
            throw run.fault(FaultKind.BAD_TARGET, pc, pointer, 0, false, "no instruction of the running function");
        }
        return target;
    }

    /** Goes from part to part of a large function until it returns. */
    static void drive(Run run, long[] registers, int entry) {
        Form form = run.form;
        int next = entry;
        while (next != Parts.DONE) {
            next = form.part(run, registers, next);
        }
    }

    /** The entry of the block at a slot, in a function in parts. */
    static int entryAt(Run run, int slot) {
        return run.form.entryAt(slot);
    }

    /** A legacy packet load; a value that is no unsigned number of 32 bits means that there are no such bytes. */
    static long packet(Run run, int offset, int size) {
        return PacketAccess.load(run.lane, offset, size);
    }

    /** A program's check of a range for a helper, in a routine. */
    static void check(Run run, long address, long size, boolean write, long r10, int pc) {
        if (!run.strict) {
            return;
        }
        run.frame(r10);
        if (size > Integer.MAX_VALUE || size < 0 || run.lane.regions().find(address, (int) size, write) < 0) {
            throw run.fault(FaultKind.BAD_ACCESS, pc, address, (int) size, write, "");
        }
    }

    // ---- atomics: the address is aligned, then confined ----

    /** The confined address of an aligned access. */
    static long aligned(Run run, long address, int size, boolean write, boolean checked, long r10, int pc) {
        if ((address & size - 1) != 0) {
            throw run.fault(FaultKind.MISALIGNED, pc, address, size, write, "");
        }
        return checked ? Accesses.find(run, address, size, write, r10, pc) : address & GuestLayout.ADDRESS_MASK;
    }
}
