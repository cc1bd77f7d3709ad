// SPDX-License-Identifier: Apache-2.0
/**
 * The table language: one line per instruction, laid out as the standard lays it out.
 *
 * <p>
 * {@code TableReader} splits a file into tables, headers and cells; {@code Expansion} multiplies each row by its table's loop variables;
 * {@code NodeParser} and {@code Elaborator} turn its texts into typed {@link dev.bpf4j.isa.Expr} and {@link dev.bpf4j.isa.Effect} trees;
 * {@link dev.bpf4j.isa.table.IsaReader} makes instructions of it all and checks them. Everything that is wrong is a
 * {@link dev.bpf4j.isa.SourceException} that shows the line and a caret.
 */
@NullMarked
package dev.bpf4j.isa.table;

import org.jspecify.annotations.NullMarked;
