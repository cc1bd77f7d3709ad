// SPDX-License-Identifier: Apache-2.0
/**
 * Who is asked: engines of this process, and outside runtimes as processes, in the public protocol or in this project's own.
 *
 * <pre>{@code
 * try (Candidate candidate = new PluginCandidate("ubpf", List.of("ubpf_plugin", "--jit"), Duration.ofSeconds(10))) {
 *     Result result = candidate.run(testCase);
 *     System.out.println(result.kind() + " " + result.message());
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.conformance.candidate;

import org.jspecify.annotations.NullMarked;
