// SPDX-License-Identifier: Apache-2.0
/**
 * {@code inspect}: what is in an object, without running it. {@link dev.bpf4j.cli.inspect.InspectCommand} reads the object; text and JSON are
 * two views of the same {@link dev.bpf4j.loader.BpfObject}.
 */
@NullMarked
package dev.bpf4j.cli.inspect;

import org.jspecify.annotations.NullMarked;
