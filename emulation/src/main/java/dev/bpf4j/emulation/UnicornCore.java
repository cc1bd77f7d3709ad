// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import dev.bpf4j.jit.nativecode.Core;
import dev.bpf4j.jit.nativecode.Processor;
import dev.bpf4j.runtime.GuestMemory;
import dev.bpf4j.runtime.Machine;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lane's place in emulation: its contexts. The emulator is another one at each call, whichever is idle.
 *
 * <p>
 * An emulator's atomic instructions are atomic for itself only. So lanes of one machine enter code one at a time. What helpers in Java do
 * meanwhile to words that another lane changes atomically is not covered.
 */
final class UnicornCore implements Core {
    private static final Cleaner CLEANER = Cleaner.create();

    private final UnicornProcessor processor;
    private final GuestMemory memory;
    private final boolean alone;
    private final Turns turns;
    private final Contexts allocated;
    private final Cleaner.Cleanable cleanable;

    /** Whose turn it is, among the lanes of the machine that has a guest space. */
    private record Turns(ReentrantLock lock) {}

    /** What has been allocated; without a way to the core, so that the cleaner can tell when nobody has it any more. */
    private record Contexts(UnicornProcessor processor, List<Processor.Range> ranges) implements Runnable {
        @Override
        public void run() {
            processor.free(ranges);
        }
    }

    UnicornCore(UnicornProcessor processor, Machine machine) {
        this.processor = processor;
        this.memory = machine.memory();
        this.alone = machine.lanes() == 1;
        this.turns = memory.attachment(Turns.class, () -> new Turns(new ReentrantLock()));
        this.allocated = new Contexts(processor, new ArrayList<>());
        this.cleanable = CLEANER.register(this, allocated);
    }

    @Override
    public Shared allocate(long bytes) {
        Processor.Range range = processor.allocate(bytes);
        allocated.ranges().add(range);
        MemorySegment segment = processor.bytes(range);
        return new Shared(segment, range.entry());
    }

    @Override
    public long memoryBase() {
        return EmulatedSpace.of(memory).base();
    }

    @Override
    public void enter(long entry, long context, boolean critical) {
        if (alone) {
            processor.call(memory, entry, context);
            return;
        }
        turns.lock().lock();
        try {
            processor.call(memory, entry, context);
        } finally {
            turns.lock().unlock();
        }
    }

    @Override
    public void close() {
        cleanable.clean();
    }
}
