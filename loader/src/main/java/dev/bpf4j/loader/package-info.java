// SPDX-License-Identifier: Apache-2.0
/** From an object file of clang to programs and map definitions. */
@NullMarked
package dev.bpf4j.loader;

import org.jspecify.annotations.NullMarked;
