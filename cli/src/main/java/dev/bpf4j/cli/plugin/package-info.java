// SPDX-License-Identifier: Apache-2.0
/**
 * {@code plugin}: bpf4j as a plugin of the public conformance suite, bpf_conformance: one program on standard input, its result on standard
 * output, one process per test.
 */
@NullMarked
package dev.bpf4j.cli.plugin;

import org.jspecify.annotations.NullMarked;
