// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of the engines. */
@NullMarked
package dev.bpf4j.bench;

import org.jspecify.annotations.NullMarked;
