// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What every target emits in its own way, for its {@link Translator}: moves, frames, budget, searches, and entering and leaving. */
public abstract class TargetCode implements Sequences.Target {
    /** Nothing yet. */
    protected TargetCode() {
    }

    /** Emits the instruction with this index in the table; dst and src are machine registers. */
    protected abstract void emit(int instruction, int dst, int src, int off, int imm);

    /** Where the first operand of the next instruction is, if that is its destination: targets with three operands want to know. */
    protected void firstOperand(int register) {
        // with two operands it is the destination itself
    }

    /** Takes the number of a site along to Java. */
    protected abstract void putSite(int site);

    /** Takes the value of a machine register along to Java. */
    protected abstract void putValue(int register);

    /** Calls the code that leaves for Java: the return address becomes the youngest word of the open frames. */
    protected abstract void callExit();

    /** At a function's entry: puts the return address into the open frames, if the call has not. */
    protected abstract void keepReturnAddress();

    /** Puts a counter of iterations into the open frames. */
    protected abstract void pushCounter(long iterations);

    /** Takes the counter of iterations from the open frames. */
    protected abstract void dropCounter();

    /** Compares the counter of iterations, the youngest word, with 0; gives the condition that holds if it is. */
    protected abstract int compareCounter();

    /** Subtracts one from the counter of iterations. */
    protected abstract void countDown();

    /** Returns to the youngest word of the open frames. */
    protected abstract void returnFromFunction();

    /** Takes a unit of budget; gives the condition that holds if there was none. */
    protected abstract int useFuel();

    /** Asks whether a frame is left; gives the condition that holds if there is none. */
    protected abstract int compareDepth();

    /** Makes the next frame of the stack current, or the one before; under strict, the stack's region too. */
    protected abstract void moveFrame(boolean deeper);

    /** Under strict, makes the stack's region fit r10, whatever it was. */
    protected abstract void resetStackRegion();

    /** Puts eBPF registers into the open frames. */
    protected abstract void push(BitSet kept);

    /** Takes eBPF registers from the open frames. */
    protected abstract void pop(BitSet kept);

    /** Makes a machine register 0. */
    protected abstract void clear(int register);

    /** A machine register becomes a constant. */
    protected abstract void constant(int register, long value);

    /** Emits a search through all regions. */
    protected abstract void search(int size, boolean write);

    /** What is emitted around fast copies of loops; null if the target makes none. */
    protected @Nullable LoopTarget loopTarget() {
        return null;
    }

    /**
     * Emits the code that enters, at {@code entry}, that leaves for Java, at {@code exit}, and the last part of that, at {@code recover}, which
     * only puts back what the caller wants back.
     */
    protected abstract void transitions(int entryLabel, int exitLabel, int recoverLabel);
}
