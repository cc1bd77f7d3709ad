// SPDX-License-Identifier: Apache-2.0
/**
 * Programs whose instructions can be taken out, put in and changed, while jumps and calls keep their targets:
 *
 * <pre>{@code
 * Listing listing = Listing.of(program).orElseThrow();
 * Program shorter = listing.without(3, 5).program(program);
 * }</pre>
 */
@NullMarked
package dev.bpf4j.fuzz.edit;

import org.jspecify.annotations.NullMarked;
