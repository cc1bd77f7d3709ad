// SPDX-License-Identifier: Apache-2.0
/** The {@code bpf4j} command. */
@NullMarked
package dev.bpf4j.cli;

import org.jspecify.annotations.NullMarked;
