// SPDX-License-Identifier: Apache-2.0
/**
 * {@code fuzz}: random programs through several engines. {@link dev.bpf4j.cli.fuzz.FuzzCommand} reads the options and chooses between a {@link
 * dev.bpf4j.fuzz.campaign.ParallelCampaign} and, with the engine {@code linux}, a {@link dev.bpf4j.fuzz.campaign.KernelCampaign};
 * {@link dev.bpf4j.cli.fuzz.FuzzReport} is what both have in common to tell.
 */
@NullMarked
package dev.bpf4j.cli.fuzz;

import org.jspecify.annotations.NullMarked;
