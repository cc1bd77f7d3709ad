// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

/**
 * A generated class: its functions are static methods that call each other directly, and can be called from outside through these methods. A
 * function is named by its position among the program's functions.
 */
abstract class Code {
    /**
     * Calls a function of this class.
     *
     * @param registers r0 to r9; read at the start
     * @param r10       the frame's top
     * @return r0; what else somebody reads after the function is in {@link Run#registers}
     */
    abstract long call(Run run, long[] registers, long r10, int function);

    /**
     * Runs a part of a function that is too large for one method.
     *
     * @param registers r0 to r10 and the iterations left for {@code may_goto}; of what is read later
     * @param entry     which block of which part to go on with, as {@link Parts} numbers them in this class
     * @return the entry to go on with, or {@link Parts#DONE}
     */
    abstract int part(Run run, long[] registers, int entry);
}
