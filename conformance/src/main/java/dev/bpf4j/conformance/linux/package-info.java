// SPDX-License-Identifier: Apache-2.0
/**
 * The running Linux kernel, asked through {@code bpf(2)}: maps, programs, and what they give. {@link
 * dev.bpf4j.conformance.linux.Kernel#unavailable()} says whether it can be asked; what it refuses is a {@link
 * dev.bpf4j.conformance.linux.KernelRefusal} with the errno.
 */
@NullMarked
package dev.bpf4j.conformance.linux;

import org.jspecify.annotations.NullMarked;
