// SPDX-License-Identifier: Apache-2.0
/**
 * CO-RE, "compile once, run everywhere": what an instruction needs to know of a type is asked again of the types of the kernel at hand, by
 * libbpf's rules (Linux {@code tools/lib/bpf/relo_core.c}, described in {@code Documentation/bpf/llvm_reloc.rst}).
 *
 * <p>
 * A {@link dev.bpf4j.loader.core.CoreSpec} is a question: a kind, a type and a path in it, for instance the byte offset of
 * {@code struct task_struct.mm->…}. {@link dev.bpf4j.loader.core.CoreResolver} answers it: it finds the types of the target with the same name
 * (less a flavour, {@code ___x}), walks the same names in them, and computes both values, the one the compiler used and the one of the target:
 *
 * <pre>{@code
 * CoreResolver resolver = new CoreResolver(objectTypes, kernelTypes);
 * CoreAnswer answer = resolver.resolve(relocation);
 * }</pre>
 */
@NullMarked
package dev.bpf4j.loader.core;

import org.jspecify.annotations.NullMarked;
