// SPDX-License-Identifier: Apache-2.0
/** What every engine shares: guest memory, programs, outcomes, maps and helpers. */
@NullMarked
package dev.bpf4j.runtime;

import org.jspecify.annotations.NullMarked;
