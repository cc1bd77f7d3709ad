// SPDX-License-Identifier: Apache-2.0
/** {@code bench}: engines, native code and the kernel side by side. The work is done in {@code dev.bpf4j.bench.compare}. */
@NullMarked
package dev.bpf4j.cli.bench;

import org.jspecify.annotations.NullMarked;
