// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code helpers.tbl}.
 *
 * @param id        number in {@code call}
 * @param name      without the {@code bpf_} prefix
 * @param returns   {@code int}, {@code u32}, {@code u64}, {@code void}, {@code value?} or {@code mem?}; empty if only the name is known
 * @param arguments r1 and on; empty if only the name is known
 * @param programs  which program types may call it in Linux, in words
 * @param since     Linux version
 * @param gplOnly   whether Linux offers it to programs with a GPL-compatible licence only
 * @param kind      where its code is
 * @param routine   the name of its routine if it is one, else null
 */
public record HelperRow(int id, String name, String returns, List<Argument> arguments, String programs, String since, boolean gplOnly,
        Kind kind,
        @Nullable String routine) {

    /** Where a helper's code is. */
    public enum Kind {
        /** An eBPF routine over the maps' layout. */
        ROUTINE,
        /** Java. */
        JAVA,
        /** The engine does it itself. */
        ENGINE,
        /** Nowhere: a call is a fault that names it. */
        UNKNOWN
    }

    /** Copies the list. */
    public HelperRow { arguments = List.copyOf(arguments); }

    /** Whether r0 holds an address or 0, so that a helper without an answer gives 0 and not an error number. */
    boolean givesPointer() {
        return returns.endsWith("?");
    }

    /** The prototype, C-like. */
    String prototype() {
        StringBuilder text = new StringBuilder(returns).append(name.startsWith("bpf_") ? " " : " bpf_").append(name).append('(');
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            text.append(i == 0 ? "" : ", ").append(argument.name()).append(": ").append(argument.kind().inTable());
            switch (argument.kind()) {
                case IN, OUT, INOUT -> text.append('[').append(argument.sizedByArgument() ? arguments.get(argument.extent()).name()
                        : String.valueOf(argument.fixedSize())).append(']');
                case CTX, MAP, KEY, VALUE, VALUE_OUT, SIZE, INT, U32, U64, FUNC, STR, ANY -> {
                    // no extent
                }
            }
        }
        return text.append(')').toString();
    }
}
