// SPDX-License-Identifier: Apache-2.0
/**
 * Programs as text: {@code disasm}, {@code asm} and {@code isa}.
 *
 * <p>
 * A {@link dev.bpf4j.cli.assembly.Listing} is a program with labels, names of maps and helpers, and source lines. What it prints, {@code asm}
 * reads back as the same bytes:
 *
 * {@snippet :
 * Listing listing = Listing.of(program, new SourceText(objectFile));
 * listing.print(console.out(), false);
 * String faulting = listing.instruction(17);
 * }
 */
@NullMarked
package dev.bpf4j.cli.assembly;

import org.jspecify.annotations.NullMarked;
