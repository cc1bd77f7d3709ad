// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.bpf4j.loader.btf;

import org.jspecify.annotations.NullMarked;
