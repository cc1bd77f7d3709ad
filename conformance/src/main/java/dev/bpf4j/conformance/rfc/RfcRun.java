// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.context.PacketAccess;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program on a lane: registers, program counter, and one method per section of RFC 9669.
 *
 * <p>
 * Problem: an instruction may end the run in the middle (a fault), and a faulting instruction changes nothing. So every method first asks
 * whether it may act; {@link #fault} records the end, and the loop in {@link #untilExit} stops. {@link #pc} is the slot of the instruction
 * that is being executed; {@link #next} is where the following one is, which jumps change.
 */
final class RfcRun {
    private final Lane lane;
    private final Arithmetic arithmetic;
    private final long[] r = new long[11];
    private final Calls calls;
    private RfcProgram program;
    private GuestAccess memory;
    private int pc;
    private int next;
    private @Nullable Outcome ended;

    RfcRun(Lane lane, RfcProgram program) {
        this.lane = lane;
        this.program = program;
        this.arithmetic = program.engine().arithmetic();
        this.memory = new GuestAccess(lane, program.program().source().order());
        this.calls = new Calls(this, lane);
    }

    /** Runs from the lane's entry registers (Ruling 1) to the exit of main or to a fault. */
    Outcome run() {
        lane.begin(true);
        System.arraycopy(lane.entry(), 0, r, 0, 10);
        r[10] = lane.stackTop();
        untilExit();
        lane.end();
        return ended != null ? ended : new Outcome.Returned(r[0]);
    }

    /** Copies r0 to r9 as they were at the exit of main. A run that ended otherwise leaves its result in r0, and 0 in all others. */
    void copyRegisters(long[] into) {
        if (ended == null) {
            System.arraycopy(r, 0, into, 0, 10);
            return;
        }
        Arrays.fill(into, 0);
        if (ended instanceof Outcome.Returned(long r0)) {
            into[0] = r0;
        }
    }

    /** Executes from {@link #next} until the function that is running now exits, or until the run has ended. */
    void untilExit() {
        int depth = calls.depth();
        while (ended == null) {
            pc = next;
            next = pc + 1;
            boolean exit = program.slot(pc).opcode() == 0x95;
            if (exit && calls.depth() == depth && !unresolved()) {
                return;
            }
            if (!unresolved()) {
                execute(program.slot(pc));
            }
        }
    }

    /** Whether this slot could not be resolved by the loader; reaching it is a fault. */
    private boolean unresolved() {
        String reason = program.program().poison(pc);
        if (reason != null) {
            fault(FaultKind.UNRESOLVED, 0, 0, false, reason);
        }
        return reason != null;
    }

    private void execute(Slot slot) {
        switch (slot.instructionClass()) {
            case ALU, ALU64 -> arithmetic(slot);
            case JMP, JMP32 -> jump(slot);
            case LD -> nonStandardLoad(slot);
            case LDX -> load(slot);
            case ST -> storeImmediate(slot);
            case STX -> storeRegister(slot);
        }
    }

    // ---- what Calls needs ----

    /** The registers, live. */
    long[] registers() {
        return r;
    }

    /** The program that is running now. */
    RfcProgram program() {
        return program;
    }

    /** The slot of the instruction that is being executed. */
    int pc() {
        return pc;
    }

    /** Where the next instruction is. */
    int next() {
        return next;
    }

    /** Goes on in another place, perhaps of another program. */
    void continueAt(RfcProgram other, int slot) {
        if (other != program) {
            program = other;
            memory = new GuestAccess(lane, other.program().source().order());
        }
        next = slot;
    }

    /** How the run ended; null if it goes on. */
    @Nullable
    Outcome outcome() {
        return ended;
    }

    /** Comes back to a call instruction after a function that its helper called has run. */
    void resumeCall(int call) {
        pc = call;
    }

    /** Ends the run. */
    void end(Outcome outcome) {
        ended = outcome;
    }

    /** Ends the run with a fault at the instruction that is being executed. */
    void fault(FaultKind kind, long address, int size, boolean write, String detail) {
        ended = new Outcome.Fault(kind, program.program().index(), pc, address, size, write, detail);
    }

    /** Ruling 5: takes one unit of the budget; false, and the run has ended, if there is none or somebody asked to stop. */
    boolean takeBudget() {
        if (lane.stopRequested()) {
            fault(FaultKind.STOPPED, 0, 0, false, "");
            return false;
        }
        if (lane.budget() == 0) {
            fault(FaultKind.BUDGET, 0, 0, false, "");
            return false;
        }
        lane.budget(lane.budget() - 1);
        return true;
    }

    // ---- section 4: arithmetic and jump instructions ----

    /** Section 4: the value of the source operand; imm is sign extended to 64 bits (class ALU takes the lower 32 of them). */
    private long sourceOperand(Slot slot) {
        return slot.sourceIsRegister() ? r[slot.src()] : arithmetic.signExtend(slot.imm(), 32);
    }

    /** Sections 4.1 and 4.2. */
    private void arithmetic(Slot slot) {
        InstructionClass instructionClass = slot.instructionClass();
        ArithmeticCode code = Objects.requireNonNull(slot.arithmeticCode());
        if (code == ArithmeticCode.END) {
            r[slot.dst()] = arithmetic.byteSwap(instructionClass, slot.sourceIsRegister(), program.program().source().order(), slot.imm(),
                    r[slot.dst()]);
        } else if (instructionClass == InstructionClass.ALU64 && code == ArithmeticCode.MOV && slot.offset() == 1) {
            addressSpaceCast(slot);
        } else if (instructionClass == InstructionClass.ALU64) {
            r[slot.dst()] = arithmetic.alu64(code, slot.offset(), r[slot.dst()], sourceOperand(slot));
        } else {
            r[slot.dst()] = arithmetic.alu32(code, slot.offset(), r[slot.dst()], sourceOperand(slot));
        }
    }

    /**
     * Ruling 10, Linux's addr_space_cast: to kernel (imm 1) keeps the lower half; to user (imm 0x10000) puts the arena's upper half above it,
     * except that null stays null.
     */
    private void addressSpaceCast(Slot slot) {
        long lower = Arithmetic.u32(r[slot.src()]);
        if (slot.imm() == 1 || lower == 0) {
            r[slot.dst()] = lower;
        } else {
            r[slot.dst()] = lane.machine().arenaHigh() | lower;
        }
    }

    /** Section 4.3. */
    private void jump(Slot slot) {
        switch (Objects.requireNonNull(slot.jumpCode())) {
            case JA -> jumpAlways(slot);
            case CALL -> call(slot);
            case EXIT -> calls.exit();
            case JCOND -> mayGoto(slot);
            case JEQ, JGT, JGE, JSET, JNE, JSGT, JSGE, JLT, JLE, JSLT, JSLE -> jumpIf(slot);
        }
    }

    /** Section 4.3: {JA, K, JMP} takes the distance from offset, {JA, K, JMP32} from imm; {JA, X, JMP} is Linux's indirect jump. */
    private void jumpAlways(Slot slot) {
        if (slot.sourceIsRegister()) {
            jumpIndirect(r[slot.dst()]);
        } else if (slot.instructionClass() == InstructionClass.JMP) {
            jumpTo(pc + 1 + slot.offset());
        } else {
            jumpTo(pc + 1 + slot.imm());
        }
    }

    private void jumpIf(Slot slot) {
        JumpCode code = Objects.requireNonNull(slot.jumpCode());
        long dst = r[slot.dst()];
        long src = sourceOperand(slot);
        boolean holds = slot.instructionClass() == InstructionClass.JMP ? arithmetic.holds64(code, dst, src)
                : arithmetic.holds32(code, dst, src);
        if (holds) {
            jumpTo(pc + 1 + slot.offset());
        }
    }

    /** A jump that is taken; one that does not lead forward takes budget (Ruling 5). */
    private void jumpTo(int target) {
        if (target > pc || takeBudget()) {
            next = target;
        }
    }

    /** Ruling 8: the register holds the code pointer of an instruction in the same function. */
    private void jumpIndirect(long pointer) {
        int target = GuestLayout.codeSlot(pointer);
        if (program.isInstructionOfSameFunction(target, pc)) {
            jumpTo(target);
        } else {
            fault(FaultKind.BAD_TARGET, pointer, 0, false, "indirect jump to what is no instruction of the same function");
        }
    }

    /** Ruling 9, Linux's may_goto: goes on until the activation's counter is used up, then jumps. */
    private void mayGoto(Slot slot) {
        if (!calls.countMayGoto()) {
            jumpTo(pc + 1 + slot.offset());
        }
    }

    /** Section 4.3: the three calls by imm (4.3.1, 4.3.2), and the indirect call {CALL, X, JMP}. */
    private void call(Slot slot) {
        if (slot.sourceIsRegister()) {
            calls.indirect(r[slot.dst()]);
            return;
        }
        switch (slot.src()) {
            case 0 -> calls.helper(Arithmetic.u32(slot.imm()));
            case 1 -> calls.local(pc + 1 + slot.imm());
            case 2 -> calls.kernelFunction(Arithmetic.u32(slot.imm()));
            default -> throw new IllegalStateException("accepted a call with src " + slot.src());
        }
    }

    // ---- section 5: load and store instructions ----

    /** Asks for an access; false, and the run has ended, if it is not allowed. */
    private boolean mayAccess(long address, int size, boolean write) {
        if (memory.allowed(address, size, write)) {
            return true;
        }
        fault(FaultKind.BAD_ACCESS, address, size, write, "");
        return false;
    }

    /** Section 5.1, {@code dst = *(unsigned size *) (src + offset)}; section 5.2, {@code dst = *(signed size *) (src + offset)}. */
    private void load(Slot slot) {
        long address = r[slot.src()] + slot.offset();
        if (!mayAccess(address, slot.size(), false)) {
            return;
        }
        long value = memory.load(address, slot.size());
        r[slot.dst()] = slot.mode() == Mode.MEMSX ? arithmetic.signExtend(value, 8 * slot.size()) : value;
    }

    /** Section 5.1: {@code *(size *) (dst + offset) = imm}, which is sign extended to 64 bits. */
    private void storeImmediate(Slot slot) {
        long address = r[slot.dst()] + slot.offset();
        if (mayAccess(address, slot.size(), true)) {
            memory.store(address, slot.size(), arithmetic.signExtend(slot.imm(), 32));
        }
    }

    /** Section 5.1, {@code *(size *) (dst + offset) = src}; section 5.3. */
    private void storeRegister(Slot slot) {
        if (slot.mode() == Mode.ATOMIC) {
            atomic(slot);
            return;
        }
        long address = r[slot.dst()] + slot.offset();
        if (mayAccess(address, slot.size(), true)) {
            memory.store(address, slot.size(), r[slot.src()]);
        }
    }

    /** Section 5.3, and the load-acquire {@code dst = *(size *) (src + offset)} and store-release {@code *(size *) (dst + offset) = src}. */
    private void atomic(Slot slot) {
        AtomicOperation operation = Objects.requireNonNull(AtomicOperation.of(slot.imm()));
        boolean acquire = operation == AtomicOperation.LOAD_ACQUIRE;
        long address = (acquire ? r[slot.src()] : r[slot.dst()]) + slot.offset();
        int size = slot.size();
        if (address % size != 0) { // Ruling 6: alignment first
            fault(FaultKind.MISALIGNED, address, size, !acquire, "");
            return;
        }
        if (!mayAccess(address, size, !acquire)) {
            return;
        }
        switch (operation) {
            case LOAD_ACQUIRE -> r[slot.dst()] = memory.loadAcquire(address, size);
            case STORE_RELEASE -> memory.storeRelease(address, size, r[slot.src()]);
            case CMPXCHG -> compareAndExchange(address, size, r[slot.src()]);
            case ADD, OR, AND, XOR, FETCH_ADD, FETCH_OR, FETCH_AND, FETCH_XOR, XCHG -> readModifyWrite(slot, operation, address);
        }
    }

    /** Section 5.3: "If the FETCH flag is set, then the operation also overwrites src with the value that was in memory before". */
    private void readModifyWrite(Slot slot, AtomicOperation operation, long address) {
        long src = r[slot.src()];
        long old = memory.update(address, slot.size(), value -> switch (operation) {
            case ADD, FETCH_ADD -> value + src;
            case OR, FETCH_OR -> value | src;
            case AND, FETCH_AND -> value & src;
            case XOR, FETCH_XOR -> value ^ src;
            case XCHG -> src;
            case CMPXCHG, LOAD_ACQUIRE, STORE_RELEASE -> throw new IllegalStateException(operation + " has a method of its own");
        });
        if (operation.fetchesIntoSrc()) {
            r[slot.src()] = old;
        }
    }

    /** Section 5.3: compares the value with r0, replaces it by src if they match, and loads what was there, zero extended, into r0. */
    private void compareAndExchange(long address, int size, long src) {
        long expected = size == 4 ? Arithmetic.u32(r[0]) : r[0];
        r[0] = memory.update(address, size, value -> value == expected ? src : value);
    }

    /** Sections 5.4 and 5.5. */
    private void nonStandardLoad(Slot slot) {
        switch (Objects.requireNonNull(slot.mode())) {
            case IMM -> loadImmediate(slot);
            case ABS -> legacyPacketLoad(slot, slot.imm());
            case IND -> legacyPacketLoad(slot, (int) (r[slot.src()] + slot.imm()));
            case MEM, MEMSX, ATOMIC -> throw new IllegalStateException("accepted a load of mode " + slot.mode());
        }
    }

    /** Section 5.4: {@code dst = (next_imm << 32) | imm}; the other subtypes are addresses, which linking has decided. */
    private void loadImmediate(Slot slot) {
        long nextImm = program.slot(pc + 1).imm();
        r[slot.dst()] = slot.src() == 0 ? nextImm << 32 | Arithmetic.u32(slot.imm()) : program.program().constant(pc);
        next = pc + 2;
    }

    /**
     * Section 5.5 and Ruling 12: reads the packet in network byte order into r0 and clears r1 to r5; a read outside the packet ends the whole
     * program, with 0.
     */
    private void legacyPacketLoad(Slot slot, int offset) {
        long value = PacketAccess.load(lane, offset, slot.size());
        if (value == PacketAccess.OUT_OF_BOUNDS) {
            r[0] = 0;
            lane.unwind(0);
            end(new Outcome.Returned(0));
            return;
        }
        r[0] = value;
        Arrays.fill(r, 1, 6, 0);
    }
}
