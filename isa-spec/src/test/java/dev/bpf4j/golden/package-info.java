// SPDX-License-Identifier: Apache-2.0
/**
 * Tests against texts that are checked in.
 *
 * <p>
 * A test makes a text and compares it with a file; a difference fails with a diff and with the one switch that rewrites the files:
 *
 * <pre>
 * Golden.check(Golden.resource("listing.txt"), text);
 * </pre>
 *
 * A case that is a text itself keeps what is expected of it in the same file, on lines that are comments to whoever reads the text:
 *
 * <pre>
 * Golden.checkAnnotated(file, "//! ", source -&gt; errorOf(source));
 * </pre>
 *
 * Other modules use it through the test jar of {@code bpf4j-isa-spec}. What a program computes is never kept this way: that comes from engines
 * that are compared with each other.
 */
@NullMarked
package dev.bpf4j.golden;

import org.jspecify.annotations.NullMarked;
