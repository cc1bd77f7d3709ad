// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/** Why a program was ended before its {@code exit}. */
public enum FaultKind {
    /** An access outside every live region, or without the right permission ({@link Policy#STRICT} only). */
    BAD_ACCESS,
    /** An atomic, load-acquire or store-release whose address is not a multiple of its size (both policies). */
    MISALIGNED,
    /** The budget was empty when the instruction needed a unit of it (Ruling 5). */
    BUDGET,
    /** Somebody asked the lane to stop. */
    STOPPED,
    /** One local call more than the stack has frames (Ruling 2). */
    CALL_DEPTH,
    /** An indirect jump or call to a value that is no code pointer of this program (Ruling 8). */
    BAD_TARGET,
    /** A call of a helper that this machine does not have. */
    UNKNOWN_HELPER,
    /** A helper could not do its work and has no error code for it; the detail says why. */
    HELPER_FAILED,
    /** An instruction that the loader could not resolve (a missing CO-RE field, a missing kernel symbol) was reached. */
    UNRESOLVED;

    /** Whether a fault of this kind is about an address: what was accessed, or jumped to. */
    public boolean addressed() {
        return switch (this) {
            case BAD_ACCESS, MISALIGNED, BAD_TARGET -> true;
            case BUDGET, STOPPED, CALL_DEPTH, UNKNOWN_HELPER, HELPER_FAILED, UNRESOLVED -> false;
        };
    }
}
