// SPDX-License-Identifier: Apache-2.0
/**
 * The public conformance suite's {@code .data} files (github.com/Alan-Jowett/bpf_conformance), read in full. The suite is not part of this
 * project; whoever has it names its folder.
 *
 * <pre>{@code
 * for (DataCase testCase : DataFile.suite(Path.of("bpf_conformance/tests"))) {
 *     System.out.println(testCase.name() + ": " + testCase.expectation());
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.conformance.data;

import org.jspecify.annotations.NullMarked;
