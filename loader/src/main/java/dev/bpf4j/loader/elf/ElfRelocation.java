// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.elf;

import org.jspecify.annotations.Nullable;

/**
 * A relocation of a section.
 *
 * @param offset in the section that it changes; inside it
 * @param type   how the value is put there
 * @param symbol what it refers to
 * @param addend the explicit addend of RELA; null for REL, where it is in place
 */
public record ElfRelocation(long offset, RelocationType type, ElfSymbol symbol, @Nullable Long addend) {}
