// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.corpus;

import java.util.Locale;

/** What the corpus was compiled for: clang's {@code -mcpu}. */
public enum Cpu {
    V3, V4;

    /** As clang has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
