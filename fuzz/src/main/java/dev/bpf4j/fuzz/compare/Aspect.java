// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.compare;

/** The parts of an observation, in the order in which they are compared. */
public enum Aspect {
    /** Whether the program is taken at all. */
    ACCEPTANCE,
    /** Whether the program returned or faulted, and with which fault, where; the value of r0. */
    OUTCOME,
    /** r0 to r9 at the exit. */
    REGISTERS,
    /** The memory or context. */
    MEMORY,
    /** The packet. */
    PACKET,
    /** The contents of maps, global sections included. */
    MAPS,
    /** The calls of helpers. */
    HELPERS
}
