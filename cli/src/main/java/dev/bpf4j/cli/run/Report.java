// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told at the end.
 *
 * @param setup    what was run
 * @param guests   the engines
 * @param absent   engines that did not take the program, each with the reason
 * @param runner   what they did
 * @param input    what they ran on, for people
 * @param out      the capture that was written; null if none was
 * @param written  packets in it
 * @param printed  lines that the program printed
 * @param withMaps whether to show the maps
 */
record Report(Setup setup, List<Guest> guests, Map<String, String> absent, Runner runner, String input, @Nullable Path out, long written,
        List<String> printed,
        boolean withMaps) {}
