// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/** A program whose machine code is in place. */
final class X86Program implements LoadedProgram {
    private static final int CLOSED = Integer.MIN_VALUE / 2;

    private final X86Engine engine;
    private final LinkedProgram program;
    private final Compiler.Compiled compiled;
    private final CodeSpace.Range range;
    private final MemorySegment entry;
    /** Running calls; negative once closing has begun. */
    private final AtomicInteger running = new AtomicInteger();

    X86Program(X86Engine engine, LinkedProgram program, Compiler.Compiled compiled) throws LoadException {
        this.engine = engine;
        this.program = program;
        this.compiled = compiled;
        this.range = CodeSpace.get().put(compiled.code().bytes());
        this.entry = MemorySegment.ofAddress(range.entry() + compiled.entry());
    }

    X86Engine engine() {
        return engine;
    }

    @Override
    public LinkedProgram program() {
        return program;
    }

    Compiler.Compiled compiled() {
        return compiled;
    }

    /** The code that enters. */
    MemorySegment entry() {
        return entry;
    }

    /** The address of code at an offset. */
    long address(int offset) {
        return range.entry() + offset;
    }

    /** The offset of code at an address. */
    int offset(long address) {
        return Math.toIntExact(address - range.entry());
    }

    @Override
    public Outcome run(Lane lane) {
        return run(lane, false);
    }

    @Override
    public Outcome observe(Lane lane) {
        return run(lane, true);
    }

    private Outcome run(Lane lane, boolean observed) {
        if (running.getAndIncrement() < 0) {
            running.getAndDecrement();
            throw new IllegalStateException("the program is closed");
        }
        try {
            return NativeRun.of(lane).run(this, observed);
        } finally {
            running.getAndDecrement();
        }
    }

    @Override
    public void close() {
        if (running.getAndAdd(CLOSED) < 0) {
            running.getAndAdd(-CLOSED);
            return;
        }
        while (running.get() != CLOSED) {
            Thread.onSpinWait();
        }
        CodeSpace.get().remove(range);
    }
}
