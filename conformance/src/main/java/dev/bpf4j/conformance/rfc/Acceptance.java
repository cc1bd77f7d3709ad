// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import java.nio.ByteOrder;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether code is a program at all: opcodes that mean something, unused fields cleared (RFC 9669 section 3.1), registers that exist, jumps
 * that land on instructions of their own function. Structural only (Ruling 16): nothing is said about values.
 *
 * <p>
 * What the RFC leaves open is decided as Linux decides it: r10 is read-only, registers above 10 do not exist.
 */
final class Acceptance {
    private static final int FRAME_POINTER = 10;
    /** Linux's limit, BPF_COMPLEXITY_LIMIT_INSNS. */
    private static final int MOST_SLOTS = 1_000_000;

    private final Slot[] slots;
    /** By slot: whether it is the second half of a wide instruction (section 3.2). */
    private final boolean[] secondHalf;
    private final NavigableSet<Integer> functions;

    private Acceptance(Slot[] slots, Collection<Integer> symbols) {
        this.slots = slots;
        this.secondHalf = new boolean[slots.length];
        this.functions = functions(slots, symbols);
    }

    /**
     * The reason why code is not a program, naming the slot; empty if it is one.
     *
     * @param symbols slots where functions start, besides slot 0 and the targets of calls; may be empty
     */
    static Optional<String> reject(byte[] code, ByteOrder order, Collection<Integer> symbols) {
        return switch (judge(code, order, symbols)) {
            case Rejected(String reason) -> Optional.of(reason);
            case Accepted accepted -> Optional.empty();
        };
    }

    /** Whether code is a program. */
    sealed interface Verdict {}

    /**
     * It is one.
     *
     * @param slots     the code, taken apart
     * @param functions first slots of all functions
     */
    record Accepted(Slot[] slots, NavigableSet<Integer> functions) implements Verdict {}

    /** It is not. */
    record Rejected(String reason) implements Verdict {}

    /** Judges code; parameters as of {@link #reject}. */
    static Verdict judge(byte[] code, ByteOrder order, Collection<Integer> symbols) {
        if (code.length == 0) {
            return new Rejected("the code is empty; a program has at least one instruction");
        }
        if (code.length % Slot.BYTES != 0) {
            return new Rejected("the code has " + code.length + " bytes, which is not a multiple of " + Slot.BYTES);
        }
        if (code.length / Slot.BYTES > MOST_SLOTS) {
            return new Rejected("the code has " + code.length / Slot.BYTES + " slots; a program has at most " + MOST_SLOTS);
        }
        Acceptance acceptance = new Acceptance(Slot.decode(code, order), symbols);
        String reason = acceptance.rejectInstructions();
        if (reason == null) {
            reason = acceptance.rejectStructure();
        }
        return reason == null ? new Accepted(acceptance.slots, acceptance.functions) : new Rejected(reason);
    }

    // ---- instruction by instruction ----

    private @Nullable String rejectInstructions() {
        for (int i = 0; i < slots.length; i++) {
            Slot slot = slots[i];
            String reason = rejectInstruction(slot);
            if (reason == null && slot.isWide()) {
                reason = i + 1 < slots.length ? rejectSecondHalf(slot, slots[i + 1]) : "the second half of a wide instruction is missing";
            }
            if (reason != null) {
                return "slot " + i + " (" + slot + "): " + reason;
            }
            if (slot.isWide()) {
                i++;
                secondHalf[i] = true;
            }
        }
        return null;
    }

    private static @Nullable String rejectInstruction(Slot slot) {
        return switch (slot.instructionClass()) {
            case ALU, ALU64 -> rejectArithmetic(slot);
            case JMP, JMP32 -> rejectJump(slot);
            case LD -> rejectNonStandardLoad(slot);
            case LDX -> rejectLoad(slot);
            case ST -> rejectStoreImmediate(slot);
            case STX -> rejectStoreRegister(slot);
        };
    }

    /** Sections 4.1 and 4.2. */
    private static @Nullable String rejectArithmetic(Slot slot) {
        ArithmeticCode code = slot.arithmeticCode();
        if (code == null) {
            return "unknown arithmetic code";
        }
        String operands = switch (code) {
            case ADD, SUB, MUL, OR, AND, LSH, RSH, XOR, ARSH -> first(unusedOffset(slot), sourceOperand(slot));
            case DIV, MOD -> first(offsetIsOneOf(slot, 0, 1), sourceOperand(slot));
            case NEG -> first(onlyK(slot), unusedSrc(slot), unusedOffset(slot), unusedImm(slot));
            case MOV -> rejectMove(slot);
            case END -> rejectByteSwap(slot);
        };
        return first(operands, written(slot.dst()));
    }

    /** Section 4.1: MOV, MOVSX; and Linux's addr_space_cast, which is {MOV, X, ALU64} with offset 1 (since 6.9). */
    private static @Nullable String rejectMove(Slot slot) {
        boolean is64 = slot.instructionClass() == InstructionClass.ALU64;
        if (!slot.sourceIsRegister()) {
            return first(unusedOffset(slot), unusedSrc(slot));
        }
        if (is64 && slot.offset() == 1) {
            boolean known = slot.imm() == 1 || slot.imm() == 0x10000;
            return first(known ? null : "an address space cast has imm 1 (to kernel) or 0x10000 (to user)", readable(slot.src()));
        }
        String offset = is64 ? offsetIsOneOf(slot, 0, 8, 16, 32) : offsetIsOneOf(slot, 0, 8, 16);
        return first(offset, sourceOperand(slot));
    }

    /** Section 4.2. */
    private static @Nullable String rejectByteSwap(Slot slot) {
        if (slot.instructionClass() == InstructionClass.ALU64 && slot.sourceIsRegister()) {
            return "the source bit of an unconditional byte swap is reserved";
        }
        boolean width = slot.imm() == 16 || slot.imm() == 32 || slot.imm() == 64;
        return first(width ? null : "the width of a byte swap, in imm, is 16, 32 or 64", unusedSrc(slot), unusedOffset(slot));
    }

    /** Section 4.3. Also Linux's may_goto (JCOND), indirect call ({CALL, X, JMP}) and indirect jump ({JA, X, JMP}). */
    private static @Nullable String rejectJump(Slot slot) {
        JumpCode code = slot.jumpCode();
        boolean is64 = slot.instructionClass() == InstructionClass.JMP;
        boolean register = slot.sourceIsRegister();
        if (code == null) {
            return "unknown jump code";
        }
        return switch (code) {
            case JA -> register ? rejectIndirect(slot)
                    : first(unusedDst(slot), unusedSrc(slot), is64 ? unusedImm(slot) : unusedOffset(slot));
            case CALL -> register ? rejectIndirect(slot) : first(onlyJmp(slot), rejectCall(slot));
            case EXIT -> first(onlyJmp(slot), onlyK(slot), unusedDst(slot), unusedSrc(slot), unusedOffset(slot), unusedImm(slot));
            case JCOND -> first(onlyJmp(slot), onlyK(slot), unusedDst(slot), unusedSrc(slot), unusedImm(slot));
            case JEQ, JGT, JGE, JSET, JNE, JSGT, JSGE, JLT, JLE, JSLT, JSLE -> first(sourceOperand(slot), readable(slot.dst()));
        };
    }

    /** Sections 4.3.1 and 4.3.2. */
    private static @Nullable String rejectCall(Slot slot) {
        String kind = slot.src() <= 2 ? null : "a call has src 0 (helper), 1 (local function) or 2 (helper by BTF id)";
        return first(kind, unusedDst(slot), unusedOffset(slot));
    }

    private static @Nullable String rejectIndirect(Slot slot) {
        return first(onlyJmp(slot), readable(slot.dst()), unusedSrc(slot), unusedOffset(slot), unusedImm(slot));
    }

    /** Class LD: sections 5.4 and 5.5. */
    private static @Nullable String rejectNonStandardLoad(Slot slot) {
        Mode mode = slot.mode();
        if (mode == null) {
            return unknownMode();
        }
        return switch (mode) {
            case IMM -> rejectWide(slot);
            case ABS -> first(legacySize(slot), unusedDst(slot), unusedSrc(slot), unusedOffset(slot));
            case IND -> first(legacySize(slot), unusedDst(slot), readable(slot.src()), unusedOffset(slot));
            case MEM, MEMSX, ATOMIC -> unknownMode();
        };
    }

    /** Section 5.4. */
    private static @Nullable String rejectWide(Slot slot) {
        if (slot.size() != 8) {
            return "a 64-bit immediate instruction has the size DW";
        }
        String subtype = slot.src() <= 6 ? null : "the subtype, in src, of a 64-bit immediate instruction is 0 to 6";
        return first(subtype, unusedOffset(slot), written(slot.dst()));
    }

    /** Section 3.2: all of the second half but its imm is reserved; section 5.4: only subtypes 0, 2 and 6 use that imm. */
    private static @Nullable String rejectSecondHalf(Slot first, Slot second) {
        if (second.opcode() != 0 || second.dst() != 0 || second.src() != 0 || second.offset() != 0) {
            return "the second half of a wide instruction has opcode, dst, src and offset 0; found " + second;
        }
        boolean usesNextImm = first.src() == 0 || first.src() == 2 || first.src() == 6;
        return usesNextImm || second.imm() == 0 ? null : "next_imm is unused with src " + first.src() + " and must be 0";
    }

    private static @Nullable String legacySize(Slot slot) {
        return slot.size() == 8 ? "legacy packet access has the size W, H or B" : null;
    }

    /** Class LDX: sections 5.1 and 5.2. */
    private static @Nullable String rejectLoad(Slot slot) {
        Mode mode = slot.mode();
        if (mode == null) {
            return unknownMode();
        }
        return switch (mode) {
            case MEM -> first(readable(slot.src()), written(slot.dst()), unusedImm(slot));
            case MEMSX -> first(slot.size() == 8 ? "a sign-extension load has the size W, H or B" : null, readable(slot.src()),
                    written(slot.dst()), unusedImm(slot));
            case IMM, ABS, IND, ATOMIC -> unknownMode();
        };
    }

    /** Class ST: section 5.1. */
    private static @Nullable String rejectStoreImmediate(Slot slot) {
        return slot.mode() == Mode.MEM ? first(readable(slot.dst()), unusedSrc(slot)) : unknownMode();
    }

    /** Class STX: sections 5.1 and 5.3. */
    private static @Nullable String rejectStoreRegister(Slot slot) {
        Mode mode = slot.mode();
        if (mode == null) {
            return unknownMode();
        }
        return switch (mode) {
            case MEM -> first(readable(slot.dst()), readable(slot.src()), unusedImm(slot));
            case ATOMIC -> rejectAtomic(slot);
            case IMM, ABS, IND, MEMSX -> unknownMode();
        };
    }

    /** Section 5.3, and Linux's load-acquire and store-release, which alone exist in 8 and 16 bits. */
    private static @Nullable String rejectAtomic(Slot slot) {
        AtomicOperation operation = AtomicOperation.of(slot.imm());
        if (operation == null) {
            return "imm names no atomic operation";
        }
        String size = slot.size() >= 4 ? null : "8-bit and 16-bit wide atomic operations are not supported";
        return switch (operation) {
            case LOAD_ACQUIRE -> first(readable(slot.src()), written(slot.dst()));
            case STORE_RELEASE -> first(readable(slot.src()), readable(slot.dst()));
            case ADD, OR, AND, XOR, CMPXCHG -> first(size, readable(slot.src()), readable(slot.dst()));
            case FETCH_ADD, FETCH_OR, FETCH_AND, FETCH_XOR, XCHG -> first(size, written(slot.src()), readable(slot.dst()));
        };
    }

    // ---- fields ----

    private static @Nullable String first(@Nullable String... reasons) {
        for (String reason : reasons) {
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private static @Nullable String readable(int register) {
        return register <= FRAME_POINTER ? null : "there is no register " + register;
    }

    private static @Nullable String written(int register) {
        return register == FRAME_POINTER ? "r10 is read-only" : readable(register);
    }

    /** Section 4: imm is the source operand and src is unused (K), or the other way round (X). */
    private static @Nullable String sourceOperand(Slot slot) {
        return slot.sourceIsRegister() ? first(readable(slot.src()), unusedImm(slot)) : unusedSrc(slot);
    }

    private static @Nullable String offsetIsOneOf(Slot slot, int... allowed) {
        for (int value : allowed) {
            if (slot.offset() == value) {
                return null;
            }
        }
        return "offset " + slot.offset() + " has no meaning for this instruction";
    }

    private static @Nullable String unusedDst(Slot slot) {
        return slot.dst() == 0 ? null : "dst is unused and must be 0";
    }

    private static @Nullable String unusedSrc(Slot slot) {
        return slot.src() == 0 ? null : "src is unused and must be 0";
    }

    private static @Nullable String unusedOffset(Slot slot) {
        return slot.offset() == 0 ? null : "offset is unused and must be 0";
    }

    private static @Nullable String unusedImm(Slot slot) {
        return slot.imm() == 0 ? null : "imm is unused and must be 0";
    }

    private static @Nullable String onlyK(Slot slot) {
        return slot.sourceIsRegister() ? "this instruction has no form with a source register" : null;
    }

    private static @Nullable String onlyJmp(Slot slot) {
        return slot.instructionClass() == InstructionClass.JMP ? null : "this instruction exists in class JMP only";
    }

    private static String unknownMode() {
        return "this mode does not exist in this class";
    }

    // ---- jumps and functions ----

    /** Ruling 3: functions are delimited by the targets of calls and by symbols; no way leads from one into another but a call. */
    private @Nullable String rejectStructure() {
        for (int i = 0; i < slots.length; i++) {
            String reason = namesFunction(slots[i]) ? rejectPlace(relative(i, slots[i].imm())) : null;
            if (reason != null) {
                return "slot " + i + ": the function at slot " + relative(i, slots[i].imm()) + " " + reason;
            }
        }
        for (int start : functions) {
            String reason = rejectPlace(start);
            if (reason != null) {
                return "the function at slot " + start + " " + reason;
            }
        }
        for (int i = 0; i < slots.length; i++) {
            Integer target = jumpTarget(i);
            String reason = target == null ? null : rejectJumpTarget(i, target);
            if (reason != null) {
                return "slot " + i + ": the jump to slot " + target + " " + reason;
            }
        }
        return rejectFallThrough();
    }

    /** The slot that the jump at this slot may go to; null if it is no direct jump. */
    private @Nullable Integer jumpTarget(int index) {
        Slot slot = slots[index];
        boolean jumpClass = slot.instructionClass() == InstructionClass.JMP || slot.instructionClass() == InstructionClass.JMP32;
        JumpCode code = slot.jumpCode();
        if (secondHalf[index] || !jumpClass || code == null) {
            return null;
        }
        return switch (code) {
            case JA -> jumpAlwaysTarget(index);
            case CALL, EXIT -> null;
            case JEQ, JGT, JGE, JSET, JNE, JSGT, JSGE, JLT, JLE, JSLT, JSLE, JCOND -> relative(index, slot.offset());
        };
    }

    private @Nullable Integer jumpAlwaysTarget(int index) {
        Slot slot = slots[index];
        if (slot.sourceIsRegister()) {
            return null;
        }
        return relative(index, slot.instructionClass() == InstructionClass.JMP ? slot.offset() : slot.imm());
    }

    /** A distance counts from the next slot. One that leaves the range of int leaves the code as well, so it is cut to the range's end. */
    private static int relative(int index, int distance) {
        return Math.clamp(index + 1L + distance, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private @Nullable String rejectPlace(int target) {
        if (target < 0 || target >= slots.length) {
            return "lies outside the code of " + slots.length + " slots";
        }
        return secondHalf[target] ? "lies in the second half of a wide instruction" : null;
    }

    private @Nullable String rejectJumpTarget(int index, int target) {
        String place = rejectPlace(target);
        if (place != null) {
            return place;
        }
        return functions.floor(index).equals(functions.floor(target)) ? null : "leads into another function";
    }

    private @Nullable String rejectFallThrough() {
        for (int start : functions) {
            Integer next = functions.higher(start);
            int end = next == null ? slots.length : next;
            int last = secondHalf[end - 1] ? end - 2 : end - 1;
            if (!neverFallsThrough(last)) {
                return "slot " + last + ": the last instruction of a function is an exit or an unconditional jump, found " + slots[last];
            }
        }
        return null;
    }

    /** EXIT, JA in its two direct forms, and the indirect jump. */
    private boolean neverFallsThrough(int index) {
        return switch (slots[index].opcode()) {
            case 0x95, 0x05, 0x06, 0x0d -> true;
            default -> false;
        };
    }

    /**
     * First slots of all functions (Ruling 3): slot 0, what calls and code addresses name, and symbols.
     *
     * @param symbols slots where functions start besides; may be empty
     */
    static NavigableSet<Integer> functions(Slot[] slots, Collection<Integer> symbols) {
        NavigableSet<Integer> starts = new TreeSet<>(symbols);
        starts.add(0);
        for (int i = 0; i < slots.length; i++) {
            if (namesFunction(slots[i])) {
                starts.add(relative(i, slots[i].imm()));
            }
        }
        return starts;
    }

    /** Whether imm is the distance to a function: in a local call (section 4.3.2) and in a code address (section 5.4). */
    private static boolean namesFunction(Slot slot) {
        return slot.isLocalCall() || slot.isWide() && slot.src() == 4;
    }
}
