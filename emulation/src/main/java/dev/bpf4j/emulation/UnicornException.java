// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

/** Unicorn refuses something, or emulated code did what it must not do: always a defect of ours, or of the emulator. */
public final class UnicornException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    UnicornException(String message) {
        super(message);
    }
}
