// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import java.util.Collection;
import java.util.List;

/** Prints the helper table as a page for people: {@code docs/helpers.md}. */
public final class HelperManual {
    private static final String HEAD = """
            # Helpers

            Made from `helpers.tbl` and `kfuncs.tbl`; a test keeps this page equal to it. A helper is called by its number. What pointer arguments point to is checked as an
            access at the call, before the helper acts: `in[n]` is read, `out[n]` written, `inout[n]` both; `key` and `value` have the sizes of the map before
            them. Under the sandbox policy nothing is checked.

            *routine*: eBPF code over the maps' layout (see `guest-memory.md`), compiled by every engine. *java*: Java. *engine*: done by the engine. Numbers
            that are only named are not offered: calling one is a fault that names it.

            """;

    private HelperManual() {
    }

    /** The page. */
    public static String page() {
        return page(HelperTable.rows(), HelperTable.kfuncRows());
    }

    private static String page(Collection<HelperRow> rows, Collection<HelperRow> kfuncs) {
        StringBuilder text = new StringBuilder(HEAD);
        List<HelperRow> offered = rows.stream().filter(row -> row.kind() != HelperRow.Kind.UNKNOWN).toList();
        text.append("## Offered: ").append(offered.size()).append(" of ").append(rows.size()).append("\n\n");
        table(text, offered);
        text.append(
                "\n## Kernel functions\n\nCalled by name (`call` with src 2). The numbers are bpf4j's own. More can be supplied: `HelperTable.withKfunc`.\n\n");
        table(text, kfuncs);
        text.append("\n## Known by name only\n\n");
        for (HelperRow row : rows) {
            if (row.kind() == HelperRow.Kind.UNKNOWN) {
                text.append("- ").append(row.id()).append(" `bpf_").append(row.name()).append("`, since ").append(row.since()).append('\n');
            }
        }
        return text.toString();
    }

    private static void table(StringBuilder text, Collection<HelperRow> rows) {
        text.append("| number | prototype | programs | since | code |\n|---|---|---|---|---|\n");
        for (HelperRow row : rows) {
            text.append("| ").append(row.id()).append(" | `").append(row.prototype()).append("` | ").append(row.programs()).append(" | ")
                    .append(
                            row.since()).append(row.gplOnly() ? ", GPL" : "").append(" | ").append(code(row)).append(" |\n");
        }
    }

    private static String code(HelperRow row) {
        return switch (row.kind()) {
            case ROUTINE -> "routine `" + row.routine() + "`";
            case JAVA -> "java";
            case ENGINE -> "engine";
            case UNKNOWN -> "";
        };
    }
}
