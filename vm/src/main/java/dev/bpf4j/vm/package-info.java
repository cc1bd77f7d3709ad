// SPDX-License-Identifier: Apache-2.0
/**
 * What an embedder needs: {@link dev.bpf4j.vm.Engines} finds the engines on the class path, {@link dev.bpf4j.vm.AutoEngine} chooses among them
 * while a program runs.
 */
@NullMarked
package dev.bpf4j.vm;

import org.jspecify.annotations.NullMarked;
