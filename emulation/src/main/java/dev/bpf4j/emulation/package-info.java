// SPDX-License-Identifier: Apache-2.0
/**
 * Machine code in <a href="https://www.unicorn-engine.org">Unicorn</a>, on any host. {@code UnicornLibraries} finds a library, {@code Unicorn}
 * is the binding to its C interface, an {@code Emulator} is one emulated processor with memory mapped into it:
 *
 * <pre>{@code
 * Unicorn unicorn = UnicornLibraries.of(Architecture.ARM64);
 * try (Emulator emulator = new Emulator(unicorn, Architecture.ARM64)) {
 *     emulator.map(0x1000_0000, code, Emulator.READ_EXECUTE);
 *     emulator.map(0x4000_0000, data, Emulator.READ_WRITE);
 *     emulator.call(0x1000_0000, 0x4000_0000);
 * }
 * }</pre>
 *
 * <p>
 * Unicorn is under the GPL, version 2; this is the only module that touches it, and nothing that an embedder depends on depends on this module.
 */
@NullMarked
package dev.bpf4j.emulation;

import org.jspecify.annotations.NullMarked;
