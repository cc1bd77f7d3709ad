// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

/**
 * The first difference between two engines.
 *
 * @param run        number of the run, from 1; 0 if it was found at the end, in the maps or the timers
 * @param first      name of an engine
 * @param second     name of another one
 * @param difference what differs
 */
record Disagreement(long run, String first, String second, Observation.Difference difference) {}
