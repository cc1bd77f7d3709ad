// SPDX-License-Identifier: Apache-2.0
/**
 * Cases of all suites in one form, with their conformance group, version and section, ready to be run on any candidate.
 *
 * <pre>{@code
 * List<TestCase> cases = new ArrayList<>(Suites.bundled());
 * cases.addAll(Suites.data(Path.of("bpf_conformance/tests")));
 * cases.addAll(Suites.vectors(2000));
 * for (TestCase testCase : cases) {
 *     Result result = candidate.run(testCase);
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.conformance.suite;

import org.jspecify.annotations.NullMarked;
