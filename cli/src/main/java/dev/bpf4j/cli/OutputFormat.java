// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.util.Locale;

/** How a command writes its result. */
public enum OutputFormat {
    /** For people. May change between versions. */
    TEXT,
    /** For programs: one JSON document, described in {@code docs/cli.md}. */
    JSON;

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
