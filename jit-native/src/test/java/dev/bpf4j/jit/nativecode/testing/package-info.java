// SPDX-License-Identifier: Apache-2.0
/**
 * What the tests of native backends share. A backend's test says which engines there are:
 *
 * <pre>{@code
 * class VectorsTest extends VectorsComparison {
 *     @Override
 *     protected List<X86Engine> engines() {
 *         return FeatureSets.engines();
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.jit.nativecode.testing;

import org.jspecify.annotations.NullMarked;
