// SPDX-License-Identifier: Apache-2.0
/**
 * Machine code of the native engines in emulation: how many instructions it executes, and how many bytes it has, which is the same on every
 * host and at every load.
 */
@NullMarked
package dev.bpf4j.bench.emulated;

import org.jspecify.annotations.NullMarked;
