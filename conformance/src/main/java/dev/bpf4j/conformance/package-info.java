// SPDX-License-Identifier: Apache-2.0
/** Checks of the instruction table from outside: references, suites, reports. */
@NullMarked
package dev.bpf4j.conformance;

import org.jspecify.annotations.NullMarked;
