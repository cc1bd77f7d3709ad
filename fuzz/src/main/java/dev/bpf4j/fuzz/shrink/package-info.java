// SPDX-License-Identifier: Apache-2.0
/**
 * Makes a case on which engines disagree as small as it gets, while they disagree in the same way:
 *
 * <pre>{@code
 * BpftCase small = new Shrinker(comparison, Policy.STRICT, difference).shrink(testCase);
 * }</pre>
 */
@NullMarked
package dev.bpf4j.fuzz.shrink;

import org.jspecify.annotations.NullMarked;
