// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.HelperFunction;
import org.jspecify.annotations.Nullable;

/**
 * A helper as a machine offers it.
 *
 * @param id       number in {@code call}
 * @param name     without the {@code bpf_} prefix
 * @param function the work in Java; null if the helper is a routine
 * @param routine  name of the eBPF routine that is this helper; null if it is Java
 */
public record Helper(int id, String name, @Nullable HelperFunction function, @Nullable String routine) {}
