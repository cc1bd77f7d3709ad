// SPDX-License-Identifier: Apache-2.0
/**
 * {@code doctor}: what this machine offers, what is missing for what, and how to get it. Each {@link dev.bpf4j.cli.doctor.Check} says what it
 * tried; it asks a {@link dev.bpf4j.cli.doctor.Host}, so that a test can play another machine.
 */
@NullMarked
package dev.bpf4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
