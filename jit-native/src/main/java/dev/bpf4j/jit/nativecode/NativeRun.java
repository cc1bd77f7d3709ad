// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.Callback;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.context.PacketAccess;
import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run of machine code on a lane, or a callback inside one: calls the code, does what it leaves for, and calls it again where it goes on.
 *
 * <p>
 * Invariants: while Java runs, all eBPF registers and all open frames are in the {@link NativeContext}; the fuel there plus the reserve here is
 * the budget that is left. Confined to the lane's thread.
 */
final class NativeRun implements Callback, Lane.Attachment {
    private static final int REGISTERS = 10;
    private static final int STACK_POINTER = 10;
    private static final int CLOBBERED = 6;
    private static final int ENOENT = -2;

    private final Lane lane;
    /** Whether it is a callback. */
    private final boolean nested;
    private final Machine machine;
    private final Processor processor;
    private final Core core;
    private final NativeContext context;
    private final long stackTop;
    /** Frames of programs that a tail call has left below: they go on when the program returns. */
    private final Deque<Left> left = new ArrayDeque<>();
    private @Nullable NativeRun child;
    private @Nullable NativeProgram current;
    private @Nullable Outcome outcome;
    /** Whether the outcome is that of main's exit. */
    private boolean atExit;
    private long reserve;
    private int helperPc;

    /** A program that waits for one that it tail called in a deeper frame. */
    private record Left(NativeProgram program, byte[] frames) {}

    private NativeRun(Lane lane, boolean nested, Processor processor, Core core) {
        this.lane = lane;
        this.nested = nested;
        this.machine = lane.machine();
        this.processor = processor;
        this.core = core;
        this.context = new NativeContext(core, machine, lane.regions().count());
        this.stackTop = lane.stackTop();
        context.set(NativeContext.CELLS, lane.cells());
        context.set(NativeContext.STACK_END, stackTop - 7);
        context.set(NativeContext.LOWEST, stackTop - (machine.limits().frames() - 1L) * GuestLayout.FRAME_SIZE);
    }

    /** The lane's own on a processor. */
    static NativeRun of(Lane lane, Processor processor) {
        return lane.attachment(processor, NativeRun.class, () -> new NativeRun(lane, false, processor, processor.core(lane)));
    }

    @Override
    public void close() {
        core.close();
    }

    /** Runs a program from the lane's entry registers. */
    Outcome run(NativeProgram entry, boolean observed) {
        boolean clears = entry.program().usesStack();
        boolean mainOnly = entry.compiled().mainFrameOnly();
        lane.begin(!clears ? 0 : mainOnly ? GuestLayout.FRAME_SIZE : machine.limits().stackSize());
        context.registers(lane.entry());
        context.register(STACK_POINTER, stackTop);
        Outcome end = execute(entry, 0, lane.budget());
        lane.budget(budget());
        lane.end();
        if (entry.compiled().stackWritten() >= 0) {
            lane.wroteStack(entry.compiled().stackWritten());
        }
        if (observed) {
            leaveRegisters(lane.exitRegisters(), end);
        }
        return end;
    }

    private void leaveRegisters(long[] registers, Outcome end) {
        Arrays.fill(registers, 0);
        if (atExit) {
            for (int r = 0; r < REGISTERS; r++) {
                registers[r] = context.register(r);
            }
        } else if (end instanceof Outcome.Returned(long r0)) {
            registers[0] = r0;
        }
    }

    private Outcome execute(NativeProgram program, int function, long budget) {
        current = program;
        outcome = null;
        atExit = false;
        if (!left.isEmpty()) {
            left.clear();
        }
        reserve = budget;
        refill(0);
        context.arenaHigh(machine.arenaHigh());
        context.set(NativeContext.FRAME_BYTES, 0);
        resumeAt(program.compiled().functions()[function]);
        recoverIn(program);
        while (outcome == null) {
            enter();
        }
        return outcome;
    }

    private NativeProgram program() {
        return Objects.requireNonNull(current);
    }

    private void resumeAt(int offset) {
        context.set(NativeContext.RESUME, program().address(offset));
    }

    private void recoverIn(NativeProgram program) {
        context.set(NativeContext.RECOVER, program.address(program.compiled().recover()));
    }

    private void enter() {
        context.regions(lane.regions(), context.register(STACK_POINTER), stackTop);
        core.enter(program().entry(), context.address(), program().compiled().loopFree() && Tuning.CRITICAL_CALLS);
        int site = context.getInt(NativeContext.SITE);
        if (site == NativeContext.DONE) {
            done();
        } else if (site < 0) {
            hardwareFault(site);
        } else {
            left(program().compiled().sites().get(site));
        }
    }

    private void done() {
        Left caller = left.pollLast();
        if (caller == null) {
            outcome = new Outcome.Returned(context.register(0));
            atExit = true;
            return;
        }
        current = caller.program();
        recoverIn(caller.program());
        context.frames(caller.frames());
        returnFromFrame();
    }

    /** Goes on at the return address on top of the open frames. */
    private void returnFromFrame() {
        context.set(NativeContext.RESUME, context.pop());
    }

    // ---- what code leaves for ----

    private void left(Site site) {
        switch (site.kind()) {
            case BUDGET -> budgetUsedUp(site);
            case BAD_ACCESS -> fault(FaultKind.BAD_ACCESS, site.pc(), value(), site.size(), site.write(), "");
            case MISALIGNED -> fault(FaultKind.MISALIGNED, site.pc(), value(), site.size(), site.write(), "");
            case CALL_DEPTH -> callDepth(site.pc());
            case UNRESOLVED -> fault(FaultKind.UNRESOLVED, site.pc(), 0, 0, false, Objects.requireNonNull(linked().poison(site.pc())));
            case HELPER -> helper(site);
            case KFUNC -> kfunc(site.pc());
            case CALL_TO -> callTo(site, value());
            case JUMP_TO -> jumpTo(site.pc(), value());
            case PACKET -> packet(site);
            case CHECK -> check(site);
        }
    }

    private LinkedProgram linked() {
        return program().program();
    }

    private long value() {
        return context.get(NativeContext.VALUE);
    }

    private void goOn(Site site) {
        resumeAt(program().compiled().code().offsets()[site.resume()]);
    }

    private void fault(FaultKind kind, int pc, long address, int size, boolean write, String detail) {
        takeBackRest();
        outcome = new Outcome.Fault(kind, linked().index(), linked().inRoutine(pc) ? routineCall() : pc, address, size, write, detail);
    }

    /** What the net has caught: what the registers were is lost, and so are the open frames. */
    private void hardwareFault(int site) {
        context.set(NativeContext.FRAME_BYTES, 0);
        int offset = program().offset(value());
        long address = context.get(NativeContext.FAULT_ADDRESS) - context.get(NativeContext.MEMORY);
        String detail = HardwareFaults.signal(site).orElseThrow(() -> new IllegalStateException("machine code left at the site " + site));
        fault(FaultKind.BAD_ACCESS, program().compiled().slotOf(offset), address, 0, false, "hardware fault " + detail
                + " in machine code, at byte " + offset);
    }

    private void callDepth(int pc) {
        fault(FaultKind.CALL_DEPTH, pc, 0, 0, false, "the stack has " + machine.limits().frames() + " frames");
    }

    /** The slot of the call that the running routine works for: its return address is on top of the open frames. */
    private int routineCall() {
        int offset = program().offset(context.frameWord(0));
        if (offset == program().compiled().returns()) {
            offset = program().offset(context.frameWord(1));
        }
        return Objects.requireNonNull(program().compiled().routineReturns().get(offset), "a routine without a call");
    }

    // ---- budget ----

    /** Units left. */
    private long budget() {
        return reserve + Math.max(context.getInt(NativeContext.FUEL), 0);
    }

    /** A fault in the fast copy of a loop leaves what the loop would not have used. */
    private void takeBackRest() {
        int rest = context.getInt(NativeContext.REST);
        if (rest != 0) {
            context.setInt(NativeContext.FUEL, context.getInt(NativeContext.FUEL) + rest);
            context.setInt(NativeContext.REST, 0);
        }
    }

    /** Takes the next chunk; {@code left} units of the last one, perhaps owed, go with it. */
    private void refill(int left) {
        int units = (int) Math.min(reserve, Tuning.CHUNK);
        reserve -= units;
        context.setInt(NativeContext.FUEL, left + units);
    }

    private void budgetUsedUp(Site site) {
        context.setInt(NativeContext.FUEL, 0);
        if (takeUnit(site.pc())) {
            goOn(site);
        }
    }

    /** Takes a unit for an event that Java does; false if the run ended instead. */
    private boolean takeUnit(int pc) {
        if (lane.stopRequested()) {
            fault(FaultKind.STOPPED, pc, 0, 0, false, "");
            return false;
        }
        if (context.getInt(NativeContext.FUEL) <= 0) {
            if (reserve == 0) {
                fault(FaultKind.BUDGET, pc, 0, 0, false, "");
                return false;
            }
            refill(context.getInt(NativeContext.FUEL));
        }
        context.setInt(NativeContext.FUEL, context.getInt(NativeContext.FUEL) - 1);
        return true;
    }

    // ---- jumps and calls ----

    private void jumpTo(int pc, long pointer) {
        LinkedProgram program = linked();
        int target = GuestLayout.codeSlot(pointer);
        if (target < 0 || target >= program.slots() || program.insn(target) == null || program.functionOf(target) != program.functionOf(
                pc)) {
            fault(FaultKind.BAD_TARGET, pc, pointer, 0, false, "no instruction of the running function");
        } else if (target > pc || takeUnit(pc)) {
            resumeAt(program().compiled().slots()[target]);
        }
    }

    private void callTo(Site site, long value) {
        if (!takeUnit(site.pc())) {
            return;
        }
        if (value < GuestLayout.CODE_BASE || value >= GuestLayout.SPACE_SIZE) {
            callHelper(site.pc(), value, linked().routineOf(value), -1);
            return;
        }
        int target = GuestLayout.codeSlot(value);
        if (target < 0 || target >= linked().slots() || !linked().isFunction(target)) {
            fault(FaultKind.BAD_TARGET, site.pc(), value, 0, false, "no function of this program");
        } else {
            if (context.register(STACK_POINTER) <= context.get(NativeContext.LOWEST)) {
                callDepth(site.pc());
            } else {
                context.register(STACK_POINTER, context.register(STACK_POINTER) - GuestLayout.FRAME_SIZE);
                resumeAt(program().compiled().functions()[target]);
            }
        }
    }

    private void helper(Site site) {
        int imm = insn(site.pc()).imm();
        if (takeUnit(site.pc())) {
            callHelper(site.pc(), imm & 0xffff_ffffL, -1, program().compiled().code().offsets()[site.resume()]);
        }
    }

    private Insn insn(int pc) {
        return Objects.requireNonNull(linked().insn(pc));
    }

    /** Calls a helper whose unit is taken; {@code back} is where code goes on, or -1 if the return address is on top of the open frames. */
    private void callHelper(int pc, long id, int routine, int back) {
        Helper helper = id == (int) id ? machine.helpers().find((int) id) : null;
        if (routine >= 0) {
            context.push(program().address(program().compiled().returns()));
            resumeAt(program().compiled().functions()[routine]);
        } else if (helper == null) {
            fault(FaultKind.UNKNOWN_HELPER, pc, id, 0, false, HelperTable.describe(id));
        } else if (helper.id() == HelperTable.TAIL_CALL) {
            tailCall(pc, back);
        } else if (callJava(pc, Objects.requireNonNull(helper.function(), helper::name))) {
            goBack(back);
        }
    }

    private void goBack(int back) {
        if (back < 0) {
            returnFromFrame();
        } else {
            resumeAt(back);
        }
    }

    private void clobber() {
        for (int r = 1; r < CLOBBERED; r++) {
            context.register(r, 0);
        }
    }

    private boolean callJava(int pc, HelperFunction function) {
        helperPc = pc;
        stackRegion();
        lane.calling(linked().index(), pc, this);
        long result = function.call(lane, context.register(1), context.register(2), context.register(3), context.register(4), context
                .register(5));
        if (lane.interrupted()) {
            Outcome pending = lane.pending();
            outcome = pending;
            if (pending instanceof Outcome.Returned(long r0)) {
                context.register(0, r0);
                clobber();
            }
            return false;
        }
        context.register(0, result);
        clobber();
        return true;
    }

    private void stackRegion() {
        long base = context.register(STACK_POINTER) - GuestLayout.FRAME_SIZE;
        lane.regions().set(Regions.STACK, base, stackTop - base);
    }

    private void kfunc(int pc) {
        int id = insn(pc).imm();
        if (takeUnit(pc)) {
            String name = linked().source().kfuncs().get(id);
            fault(FaultKind.UNKNOWN_HELPER, pc, id & 0xffff_ffffL, 0, false, "kfunc " + (name == null ? "" : name));
        }
    }

    private void tailCall(int pc, int back) {
        int index = machine.maps().tailCall(context.register(2), context.register(3));
        LoadedProgram target = index < 0 ? null : machine.tailTarget(program().engine(), index);
        if (!(target instanceof NativeProgram next) || !lane.countTailCall()) {
            context.register(0, ENOENT);
            clobber();
            goBack(back);
            return;
        }
        if (back < 0) {
            restoreAfterCallTo();
        }
        if (program().compiled().iterations().get(pc)) {
            context.pop();
        }
        if (context.get(NativeContext.FRAME_BYTES) > 0) {
            left.addLast(new Left(program(), context.frames()));
            context.set(NativeContext.FRAME_BYTES, 0);
        }
        current = next;
        recoverIn(next);
        for (int r = 0; r < REGISTERS; r++) {
            context.register(r, 0);
        }
        context.register(1, lane.entry()[1]);
        resumeAt(next.compiled().functions()[0]);
    }

    /** A tail call by {@code callx} never returns there: what the call has put on the machine stack goes away. */
    private void restoreAfterCallTo() {
        int words = 1 + program().compiled().keptByCallTo();
        for (int i = 0; i < words; i++) {
            context.pop();
        }
    }

    // ---- packet and checks ----

    private void packet(Site site) {
        long value = PacketAccess.load(lane, (int) value(), site.size());
        if (value == PacketAccess.OUT_OF_BOUNDS) {
            outcome = new Outcome.Returned(0);
            if (nested) {
                lane.unwind(0);
            }
            return;
        }
        clobber();
        context.register(0, value);
        goOn(site);
    }

    private void check(Site site) {
        Insn insn = insn(site.pc());
        long address = context.register(insn.dst());
        long size = context.register(insn.src());
        stackRegion();
        if (size > Integer.MAX_VALUE || size < 0 || lane.regions().find(address, (int) size, site.write()) < 0) {
            fault(FaultKind.BAD_ACCESS, site.pc(), address, (int) size, site.write(), "");
        } else {
            goOn(site);
        }
    }

    // ---- callbacks ----

    /** A helper calls back: a run of its own in the next frame, with its arguments, r10, and 0 in all other registers. */
    @Override
    public long call(long codePointer, long r1, long r2, long r3, long r4, long r5) {
        int pc = helperPc;
        int target = GuestLayout.codeSlot(codePointer);
        if (takeUnit(pc)) {
            if (target < 0 || target >= linked().slots() || !linked().isFunction(target)) {
                fault(FaultKind.BAD_TARGET, pc, codePointer, 0, false, "no function of this program");
            } else if (context.register(STACK_POINTER) <= context.get(NativeContext.LOWEST)) {
                callDepth(pc);
            } else {
                return callBack(target, new long[] {0, r1, r2, r3, r4, r5, 0, 0, 0, 0}, pc);
            }
        }
        return pass();
    }

    private long callBack(int target, long[] registers, int pc) {
        NativeRun inner = child;
        if (inner == null) {
            inner = new NativeRun(lane, true, processor, core);
            child = inner;
        }
        for (int r = 0; r < REGISTERS; r++) {
            inner.context.register(r, registers[r]);
        }
        inner.context.register(STACK_POINTER, context.register(STACK_POINTER) - GuestLayout.FRAME_SIZE);
        Outcome end = inner.execute(program(), target, budget());
        reserve = inner.budget();
        refill(0);
        stackRegion();
        lane.calling(linked().index(), pc, this);
        if (end instanceof Outcome.Returned(long r0) && !lane.interrupted()) {
            return r0;
        }
        outcome = end;
        return pass();
    }

    /** Makes the lane end the helper, and with it the run, because of how a callback ended. */
    private long pass() {
        if (outcome instanceof Outcome.Fault fault) {
            lane.fault(fault);
        }
        outcome = null;
        return 0;
    }
}
