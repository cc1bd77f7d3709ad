// SPDX-License-Identifier: Apache-2.0
/**
 * What the native backends share: everything that is not about one architecture.
 *
 * <p>
 * A backend is a {@link dev.bpf4j.jit.nativecode.NativeEngine} with a machine table and lowering rules of its own, from which its emitter is
 * generated; the emitter stands on a {@link dev.bpf4j.jit.nativecode.Translator}, which goes through the program, keeps labels, budget, calls
 * and what is rarely run. The result is a {@link dev.bpf4j.jit.nativecode.Compiled}: position-independent code, and a
 * {@link dev.bpf4j.jit.nativecode.Site} for every place where it leaves for Java.
 *
 * <p>
 * Between the run and the machine stands a {@link dev.bpf4j.jit.nativecode.Processor}: the host
 * ({@link dev.bpf4j.jit.nativecode.HostProcessor}), or an emulator that a {@link dev.bpf4j.jit.nativecode.ProcessorProvider} offers. It keeps
 * code and gives each lane a {@link dev.bpf4j.jit.nativecode.Core}, which knows the addresses of memory as machine code sees them; nobody else
 * does, and no code has an address of the host built in:
 *
 * <pre>{@code
 * Processor.Range range = processor.put(compiled.code().bytes());
 * Core core = processor.core(lane);
 * Core.Shared context = core.allocate(4096);
 * context.segment().set(ValueLayout.JAVA_LONG, NativeContext.RESUME, range.entry() + compiled.functions()[0]);
 * core.enter(range.entry() + compiled.entry(), context.address(), false);
 * int site = context.segment().get(ValueLayout.JAVA_INT, NativeContext.SITE);
 * }</pre>
 *
 * <p>
 * The protocol: code is called with the address of a {@link dev.bpf4j.jit.nativecode.NativeContext}, takes registers and open frames from there,
 * and goes on at {@link dev.bpf4j.jit.nativecode.NativeContext#RESUME}. When it needs something, it puts all back and returns with the number
 * of the site. Java does it and calls again. So nothing of a program is on a machine stack while Java runs.
 */
@NullMarked
package dev.bpf4j.jit.nativecode;

import org.jspecify.annotations.NullMarked;
