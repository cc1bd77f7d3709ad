// SPDX-License-Identifier: Apache-2.0
/**
 * What engines did with a case, compared. {@link dev.bpf4j.fuzz.compare.Comparison} says where two engines differ,
 * {@link dev.bpf4j.fuzz.compare.Explanation} at which instruction they begin to:
 *
 * <pre>{@code
 * Comparison comparison = new Comparison(List.of(reference, candidate));
 * comparison.differences(testCase, Policy.STRICT).forEach(System.out::println);
 * }</pre>
 *
 * <p>
 * What two engines cannot have in common is not compared; {@link dev.bpf4j.fuzz.compare.Incomparable} is the list.
 */
@NullMarked
package dev.bpf4j.fuzz.compare;

import org.jspecify.annotations.NullMarked;
