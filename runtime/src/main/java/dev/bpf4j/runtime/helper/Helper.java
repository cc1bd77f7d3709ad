// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.HelperFunction;
import org.jspecify.annotations.Nullable;

/**
 * A helper as a machine offers it. Both {@code function} and {@code routine} are null for what engines do themselves
 * ({@link HelperTable#TAIL_CALL}).
 *
 * @param id       number in {@code call}
 * @param name     without the {@code bpf_} prefix
 * @param function the work in Java, arguments checked first; null if the helper is a routine
 * @param routine  name of the eBPF routine that is this helper; null if it is Java
 */
public record Helper(int id, String name, @Nullable HelperFunction function, @Nullable String routine) {}
