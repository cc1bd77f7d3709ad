// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.bpf4j.loader.elf;

import org.jspecify.annotations.NullMarked;
