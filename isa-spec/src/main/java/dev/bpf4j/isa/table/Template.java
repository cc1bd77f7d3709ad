// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text with {@code {name}} parts. */
record Template(List<Part> parts) {

    /**
     * Characters, and the name between braces behind them.
     *
     * @param literal characters that stand as they are, perhaps none
     * @param name    what stands between the braces; null behind the last literal
     */
    record Part(String literal, @Nullable Text name) {}

    /** Where a template's parts go once its names are looked up. */
    interface Sink {
        /** Characters that stand as they are. */
        void literal(String characters);

        /** A name that the table does not define. */
        void unknown(Text name);
    }

    static Template of(Text text) {
        String value = text.value();
        List<Part> parts = new ArrayList<>();
        int from = 0;
        int open = value.indexOf('{');
        while (open >= 0) {
            int close = value.indexOf('}', open);
            if (close < 0) {
                throw text.position().plus(open).error("this '{' is not closed");
            }
            parts.add(new Part(value.substring(from, open), text.part(open + 1, close)));
            from = close + 1;
            open = value.indexOf('{', from);
        }
        parts.add(new Part(value.substring(from), null));
        return new Template(List.copyOf(parts));
    }
}
