// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.ref.Cleaner;

/** A file descriptor that is closed exactly once: by its owner, or, if that is forgotten, when the collector finds it unreachable. */
final class Fd implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final int number;
    private final Cleaner.Cleanable closing;

    Fd(int number) {
        this.number = number;
        this.closing = CLEANER.register(this, () -> Libc.close(number));
    }

    int number() {
        return number;
    }

    @Override
    public void close() {
        closing.clean();
    }
}
