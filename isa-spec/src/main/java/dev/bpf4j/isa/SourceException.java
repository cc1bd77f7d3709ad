// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

/** A text source cannot be read because of what its {@link #diagnostic} says. */
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    SourceException(Diagnostic diagnostic) {
        super(diagnostic.render());
        this.diagnostic = diagnostic;
    }

    /** What is wrong, and where. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
