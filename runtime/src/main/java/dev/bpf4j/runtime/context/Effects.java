// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes what a run did beside its verdict: {@code name=value}, separated by blanks. */
final class Effects {
    private Effects() {
    }

    /** Names and values in turns; those that are null are left out. */
    static String join(@Nullable Object... pairs) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                text.add(pairs[i] + "=" + pairs[i + 1]);
            }
        }
        return text.toString();
    }
}
