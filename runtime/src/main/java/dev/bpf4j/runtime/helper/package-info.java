// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.bpf4j.runtime.helper;

import org.jspecify.annotations.NullMarked;
