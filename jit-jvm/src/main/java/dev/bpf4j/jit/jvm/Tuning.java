// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

/** All switches of this engine that concern speed. None changes a result. */
final class Tuning {
    /** Bytes of bytecode from which on HotSpot never compiles a method (HugeMethodLimit). */
    static final int HUGE_METHOD = 8_000;

    /** Estimated bytes that a method may have at first; if one turns out too large, all are cut to less. */
    static final int FIRST_WEIGHT = 16_000;

    /**
     * Memory accesses that a method may have. HotSpot's first compiler (C1) makes some 25 basic blocks of each, and one of its passes recurses
     * over them, block after block, 256 bytes of stack each: 160 accesses in a row use up the stack of 1 MiB that a compiler's thread has on
     * x86-64, which ends the JVM (seen with 25.0.3).
     */
    static final int METHOD_ACCESSES = 96;

    /** Memory accesses of a loop that may have a fast copy, which doubles them. */
    static final int LOOP_ACCESSES = METHOD_ACCESSES / 3;

    /** Estimated bytes of a method that is certainly not too large: estimates are rather too high. */
    static final int METHOD_WEIGHT = 7_500;

    /** Estimated bytes of a method that hands over to the parts of a large function. */
    static final int DRIVER_WEIGHT = 200;

    /** Estimated bytes of the methods of one class, which keeps its constant pool far below its limit of 65,535 entries. */
    static final int CLASS_WEIGHT = 200_000;

    /** Ranges of addresses that are looked at before a loop's fast copy; a loop with more checks each access itself. */
    static final int LOOP_RANGES = 12;

    /** Bytes by which two accesses may be apart to be looked at together. */
    static final long RANGE_SPAN = 64;

    /** Functions of one class, which keeps the method with the switch over them below {@link #HUGE_METHOD}. */
    static final int CLASS_FUNCTIONS = 100;

    private Tuning() {
    }
}
