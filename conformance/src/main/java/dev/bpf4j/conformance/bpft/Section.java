// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import java.util.List;

/**
 * The lines of one case, or those above the first case, which hold for all of them.
 *
 * @param name     the case's name with its place
 * @param comments comment lines above it, without their mark
 * @param blocks   its keys in order
 */
record Section(Token name, List<String> comments, List<Block> blocks) {}
