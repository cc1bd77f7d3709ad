// SPDX-License-Identifier: Apache-2.0
/**
 * What can be known about a linked program before it runs, from the effects of its instructions alone: no instruction is named here. Shared by
 * all engines that compile. Everything is a pure function over immutable inputs.
 *
 * <p>
 * {@link dev.bpf4j.analysis.Steps} gives each instruction's effects with its fields filled in and folded.
 * {@link dev.bpf4j.analysis.FlowGraph} cuts a function into blocks and finds its loops. {@link dev.bpf4j.analysis.Liveness} says which halves
 * of which registers somebody will read, across calls.
 *
 * <pre>{@code
 * Steps steps = Steps.of(linked);
 * FlowGraph main = FlowGraph.of(steps, 0);
 * for (Block block : main.blocks()) {
 *     System.out.println(block.first() + " -> " + block.successors());
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.analysis;

import org.jspecify.annotations.NullMarked;
