// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.bpf4j.runtime.map;

import org.jspecify.annotations.NullMarked;
