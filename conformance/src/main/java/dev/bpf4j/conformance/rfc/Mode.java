// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

/** RFC 9669 section 5: the mode modifier of loads and stores. */
enum Mode {
    /** 64-bit immediate instructions, section 5.4. */
    IMM,
    /** Legacy packet access, absolute, section 5.5. */
    ABS,
    /** Legacy packet access, indirect, section 5.5. */
    IND,
    /** Regular loads and stores, section 5.1. */
    MEM,
    /** Sign-extension loads, section 5.2. */
    MEMSX,
    /** Atomic operations, section 5.3. */
    ATOMIC
}
