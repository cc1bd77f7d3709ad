// SPDX-License-Identifier: Apache-2.0
/** The eBPF instruction set as a table, and what is derived from it. */
@NullMarked
package dev.bpf4j.isa;

import org.jspecify.annotations.NullMarked;
