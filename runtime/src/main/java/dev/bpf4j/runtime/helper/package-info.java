// SPDX-License-Identifier: Apache-2.0
/**
 * Helpers: what a program calls by number.
 *
 * <p>
 * {@code helpers.tbl} has one row per helper of Linux: number, name, arguments and their kinds, program types, version, and where its code is.
 * A helper is either a <em>routine</em>, an eBPF text that every engine compiles (lookups, clock, random); or Java; or known by name only. From
 * the row follow the checks of pointer arguments, made before the Java code runs, and {@code docs/helpers.md}.
 *
 * <p>
 * To add one in Java: fill in its row with kind {@code java}, and register a {@link dev.bpf4j.runtime.HelperFunction} under its name in one of
 * the classes that {@link dev.bpf4j.runtime.helper.JavaHelpers} lists. A row without code, and code without a row, is an error when the table is
 * first used. Embedders add helpers of their own without a row:
 *
 * <pre>{@code
 * HelperTable table = HelperTable.linux().with(10_000, "my_counter", (lane, r1, r2, r3, r4, r5) -> counter.incrementAndGet());
 * Machine machine = new Machine(Machine.Settings.standard().withHelpers(table));
 * }</pre>
 */
@NullMarked
package dev.bpf4j.runtime.helper;

import org.jspecify.annotations.NullMarked;
