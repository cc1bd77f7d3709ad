// SPDX-License-Identifier: Apache-2.0
/**
 * JSON, written and read in a stream, so that a command that needs none does not load the library, and one that does not build a tree.
 *
 * {@snippet :
 * try (JsonOutput json = new JsonOutput(console.out())) {
 *     json.object(() -> {
 *         json.field("engine", "interpreter");
 *         json.array("packets", () -> json.value("..."));
 *     });
 * }
 * }
 */
@NullMarked
package dev.bpf4j.cli.json;

import org.jspecify.annotations.NullMarked;
