// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

/**
 * A place where machine code leaves for Java: what for, and where it goes on.
 *
 * @param kind   why
 * @param pc     slot of the instruction
 * @param size   bytes of the access, else 0
 * @param write  whether the access writes
 * @param resume label to go on at; -1 if it does not
 */
public record Site(Kind kind, int pc, int size, boolean write, int resume) {

    /** Why code leaves. */
    public enum Kind {
        /** The chunk of budget is used up; the unit has been taken. */
        BUDGET,
        /** No region allows the access at the address in {@link NativeContext#VALUE}. */
        BAD_ACCESS,
        /** The address in {@link NativeContext#VALUE} is no multiple of the size. */
        MISALIGNED,
        /** No frame is left. */
        CALL_DEPTH,
        /** The loader could not resolve the instruction. */
        UNRESOLVED,
        /** A helper in Java. */
        HELPER,
        /** A kernel function. */
        KFUNC,
        /** A call of the value in {@link NativeContext#VALUE}; the return address is on the machine stack. */
        CALL_TO,
        /** A jump to the code pointer in {@link NativeContext#VALUE}. */
        JUMP_TO,
        /** A legacy packet load. */
        PACKET,
        /** A routine's check of an argument. */
        CHECK
    }
}
