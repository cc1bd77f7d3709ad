// SPDX-License-Identifier: Apache-2.0
/** The engine that is a generated interpreter. */
@NullMarked
package dev.bpf4j.interpreter;

import org.jspecify.annotations.NullMarked;
