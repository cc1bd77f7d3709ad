// SPDX-License-Identifier: Apache-2.0
/** Random programs, comparison of engines on them, and minimising of what differs. */
@NullMarked
package dev.bpf4j.fuzz;

import org.jspecify.annotations.NullMarked;
