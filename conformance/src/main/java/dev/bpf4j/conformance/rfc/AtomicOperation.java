// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 9669 section 5.3: what the imm of an atomic instruction says; and Linux's load-acquire and store-release (since 6.15). */
enum AtomicOperation {
    ADD(0x00), OR(0x40), AND(0x50), XOR(0xa0), FETCH_ADD(0x01), FETCH_OR(0x41), FETCH_AND(0x51), FETCH_XOR(0xa1), XCHG(0xe1), CMPXCHG(
            0xf1), LOAD_ACQUIRE(0x100), STORE_RELEASE(0x110);

    private static final List<AtomicOperation> ALL = List.of(values());

    private final int imm;

    AtomicOperation(int imm) {
        this.imm = imm;
    }

    /** The operation that an imm means, or null if it means none. */
    static @Nullable AtomicOperation of(int imm) {
        for (AtomicOperation operation : ALL) {
            if (operation.imm == imm) {
                return operation;
            }
        }
        return null;
    }

    /** Whether the old value of the memory goes into the register {@code src}; CMPXCHG puts it into r0 instead. */
    boolean fetchesIntoSrc() {
        return switch (this) {
            case FETCH_ADD, FETCH_OR, FETCH_AND, FETCH_XOR, XCHG -> true;
            case ADD, OR, AND, XOR, CMPXCHG, LOAD_ACQUIRE, STORE_RELEASE -> false;
        };
    }
}
