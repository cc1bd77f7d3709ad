// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import java.util.concurrent.atomic.AtomicInteger;

/** A program whose machine code is in place. */
final class NativeProgram implements LoadedProgram {
    private static final int CLOSED = Integer.MIN_VALUE / 2;

    private final NativeEngine engine;
    private final Processor processor;
    private final LinkedProgram program;
    private final Compiled compiled;
    private final Processor.Range range;
    private final long entry;
    /** Running calls; negative once closing has begun. */
    private final AtomicInteger running = new AtomicInteger();

    NativeProgram(NativeEngine engine, Processor processor, LinkedProgram program, Compiled compiled) throws LoadException {
        this.engine = engine;
        this.processor = processor;
        this.program = program;
        this.compiled = compiled;
        this.range = processor.put(compiled.code().bytes());
        this.entry = range.entry() + compiled.entry();
    }

    NativeEngine engine() {
        return engine;
    }

    @Override
    public LinkedProgram program() {
        return program;
    }

    Compiled compiled() {
        return compiled;
    }

    /** The address of the code that enters. */
    long entry() {
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
            return NativeRun.of(lane, processor).run(this, observed);
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
        processor.remove(range);
    }
}
