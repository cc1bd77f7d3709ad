// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/** How a run ended. A guest's misbehaviour is a value of this type, never an exception. */
public sealed interface Outcome {

    /**
     * The program reached {@code exit} in its main frame.
     *
     * @param r0 the value of r0, all 64 bits
     */
    record Returned(long r0) implements Outcome {
        @Override
        public String toString() {
            return "returned 0x" + Long.toHexString(r0);
        }
    }

    /**
     * The program was ended by a fault. The faulting instruction changed nothing.
     *
     * @param kind    the cause
     * @param program index in the machine of the program that faulted (differs from the one started after a tail call)
     * @param pc      slot of the faulting instruction in the linked program; for a helper, of its call
     * @param address the 64-bit address of the access before confinement, the value of a bad target, or the helper's id; else 0
     * @param size    bytes of the access, else 0
     * @param write   whether the access would have written
     * @param detail  a sentence for people; not part of equality between engines
     */
    record Fault(FaultKind kind, int program, int pc, long address, int size, boolean write, String detail) implements Outcome {
        /** Whether both faults have the same cause at the same place; the {@link #detail} is not compared. */
        public boolean sameAs(Fault other) {
            return kind == other.kind && program == other.program && pc == other.pc && address == other.address && size == other.size
                    && write == other.write;
        }

        @Override
        public String toString() {
            String access = size == 0 ? "" : (write ? " writing " : " reading ") + size + " bytes";
            return kind + " at pc " + pc + access + " address 0x" + Long.toHexString(address) + (detail.isEmpty() ? ""
                    : " (" + detail + ")");
        }
    }

    /** Whether two outcomes are the same observation: equal r0, or the same fault. */
    default boolean sameAs(Outcome other) {
        return switch (this) {
            case Returned(long r0) -> other instanceof Returned(long otherR0) && r0 == otherR0;
            case Fault fault -> other instanceof Fault otherFault && fault.sameAs(otherFault);
        };
    }
}
