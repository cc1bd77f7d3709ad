// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A program whose machine code is in place. */
final class NativeProgram implements LoadedProgram {
    private static final VarHandle INSIDE = MethodHandles.arrayElementVarHandle(int[].class);
    /** Distance of two lanes' places, so that they do not share a cache line. */
    private static final int APART = 16;

    private final NativeEngine engine;
    private final Processor processor;
    private final LinkedProgram program;
    private final Compiled compiled;
    private final Processor.Range range;
    private final long entry;
    /** By lane: 1 while it runs the program. A lane serves one thread, so that a store does, where a counter would take two locked additions. */
    private final int[] inside;
    private volatile boolean closed;

    NativeProgram(NativeEngine engine, Processor processor, LinkedProgram program, Compiled compiled) throws LoadException {
        this.engine = engine;
        this.processor = processor;
        this.program = program;
        this.compiled = compiled;
        this.range = processor.put(compiled.code().bytes());
        this.entry = range.entry() + compiled.entry();
        this.inside = new int[program.machine().lanes() * APART];
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
        int place = lane.cpu() * APART;
        INSIDE.setVolatile(inside, place, 1);
        try {
            if (closed) {
                throw new IllegalStateException("the program is closed");
            }
            return NativeRun.of(lane, processor).run(this, observed);
        } finally {
            INSIDE.setRelease(inside, place, 0);
        }
    }

    /** Waits for running calls. */
    @Override
    public void close() {
        synchronized (inside) {
            if (closed) {
                return;
            }
            closed = true;
        }
        for (int place = 0; place < inside.length; place += APART) {
            while ((int) INSIDE.getVolatile(inside, place) != 0) {
                Thread.onSpinWait();
            }
        }
        processor.remove(range);
    }
}
