// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import dev.bpf4j.jit.nativecode.CodeSpace;
import dev.bpf4j.jit.nativecode.Core;
import dev.bpf4j.jit.nativecode.Processor;
import dev.bpf4j.runtime.GuestMemory;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs machine code in emulators: as many as threads run code at the same time, each used again by whoever needs one next.
 *
 * <p>
 * Code and contexts lie in one space of the host that is mapped in every emulator; addresses as code sees them:
 *
 * <pre>
 *   0100_0000  stack, an emulator's own
 *   0200_0000  where calls return to
 *   1000_0000  code of all programs, 64 MiB
 *   4000_0000  contexts, 256 MiB
 *   n &lt;&lt; 33    guest spaces
 * </pre>
 *
 * <p>
 * Emulators keep translations of code that has run. So the place of code that is removed gets no other code until there are 4 MiB of such
 * places; then all of them are free again and a new <em>generation</em> starts: an emulator of an older one is closed instead of used. That
 * bounds the memory of translations, too. Unicorn's own ways to forget cost 6 µs for each piece of code, or make 1 GiB resident.
 *
 * <p>
 * Thread-safe.
 */
public final class UnicornProcessor implements Processor {
    private static final long CODE = 0x1000_0000;
    private static final long CODE_SIZE = 64 << 20;
    private static final long CONTEXTS = 0x4000_0000;
    private static final long CONTEXTS_SIZE = 256 << 20;
    /** Bytes of removed code that start a new generation: thousands of programs, so that opening an emulator costs each of them nothing. */
    private static final long GENERATION = 4 << 20;
    private static final int MOST_IDLE = Runtime.getRuntime().availableProcessors();

    private final Unicorn unicorn;
    private final Architecture architecture;
    private final @Nullable ExecutedInstructions counter;
    private final MemorySegment code;
    private final MemorySegment contexts;
    private final CodeSpace codeSpace;
    private final CodeSpace contextSpace;
    private final List<Range> removed = new ArrayList<>();
    private final Deque<Ready> idle = new ArrayDeque<>();
    private long removedBytes;
    private long generation;

    /** An emulator with code and contexts mapped, of a generation, and the guest spaces that are mapped, too. */
    private record Ready(Emulator emulator, long generation, BitSet spaces) {}

    private static final class Arm64 {
        static final UnicornProcessor PROCESSOR = new UnicornProcessor(Architecture.ARM64, null);
    }

    private static final class X86 {
        static final UnicornProcessor PROCESSOR = new UnicornProcessor(Architecture.X86_64, null);
    }

    private UnicornProcessor(Architecture architecture, @Nullable ExecutedInstructions counter) {
        this.unicorn = UnicornLibraries.of(architecture);
        this.architecture = architecture;
        this.counter = counter;
        MemorySegment space = GuestMemory.create().segment();
        this.code = space.asSlice(CODE, CODE_SIZE);
        this.contexts = space.asSlice(CONTEXTS, CONTEXTS_SIZE);
        this.codeSpace = new CodeSpace(code, CODE);
        this.contextSpace = new CodeSpace(contexts, CONTEXTS);
    }

    /**
     * The processor of this process for an architecture.
     *
     * @throws UnicornException if it cannot be emulated here
     */
    public static UnicornProcessor of(Architecture architecture) {
        UnicornLibraries.unavailable(architecture).ifPresent(reason -> {
            throw new UnicornException(reason);
        });
        return switch (architecture) {
            case ARM64 -> Arm64.PROCESSOR;
            case X86_64 -> X86.PROCESSOR;
        };
    }

    /**
     * A processor of its own that counts the instructions that it executes, those that enter and leave code included. It is slower, by an upcall
     * for each block (ARM64) or instruction (x86-64). It keeps 4 GiB of address space for as long as the process lives.
     *
     * @throws UnicornException if the architecture cannot be emulated here
     */
    public static UnicornProcessor counting(Architecture architecture, ExecutedInstructions counter) {
        return new UnicornProcessor(architecture, counter);
    }

    @Override
    public Set<String> features() {
        return architecture.features();
    }

    /** The emulator stops, and says where. */
    @Override
    public Optional<String> withoutNet() {
        return Optional.empty();
    }

    @Override
    public synchronized Range put(byte[] bytes) throws LoadException {
        try {
            return codeSpace.put(bytes);
        } catch (LoadException full) {
            if (removed.isEmpty()) {
                throw full;
            }
            startGeneration();
            return codeSpace.put(bytes);
        }
    }

    @Override
    public synchronized void remove(Range range) {
        removed.add(range);
        removedBytes += range.size();
        if (removedBytes >= GENERATION) {
            startGeneration();
        }
    }

    private void startGeneration() {
        for (Range range : removed) {
            codeSpace.clear(range);
            codeSpace.free(range);
        }
        removed.clear();
        removedBytes = 0;
        generation++;
        Ready old = idle.pollLast();
        while (old != null) {
            old.emulator().close();
            old = idle.pollLast();
        }
    }

    @Override
    public Core core(Lane lane) {
        return new UnicornCore(this, lane.machine());
    }

    /** Memory for a context. */
    Range allocate(long bytes) {
        try {
            return contextSpace.put(new byte[Math.toIntExact(bytes)]);
        } catch (LoadException e) {
            throw new UnicornException("no room for another context of " + bytes + " bytes in emulation: are machines not closed?");
        }
    }

    /** The bytes of a context. */
    MemorySegment bytes(Range context) {
        return contexts.asSlice(context.offset(), context.size());
    }

    /** Takes memory of contexts back. */
    void free(List<Range> ranges) {
        ranges.forEach(contextSpace::free);
    }

    /** Calls code in an emulator in which a guest space is mapped. */
    void call(GuestMemory memory, long entry, long argument) {
        Ready ready = take();
        boolean returned = false;
        try {
            EmulatedSpace space = EmulatedSpace.of(memory);
            if (!ready.spaces().get(space.index())) {
                ready.emulator().map(space.base(), memory.segment(), Emulator.READ_WRITE);
                ready.spaces().set(space.index());
            }
            ready.emulator().call(entry, argument);
            returned = true;
        } finally {
            giveBack(ready, returned);
        }
    }

    private Ready take() {
        long current;
        synchronized (this) {
            Ready ready = idle.pollLast();
            if (ready != null) {
                return ready;
            }
            current = generation;
        }
        Emulator emulator = new Emulator(unicorn, architecture, counter);
        emulator.map(CODE, code, Emulator.READ_EXECUTE);
        emulator.map(CONTEXTS, contexts, Emulator.READ_WRITE);
        return new Ready(emulator, current, new BitSet());
    }

    private void giveBack(Ready ready, boolean sound) {
        synchronized (this) {
            if (sound && ready.generation() == generation && idle.size() < MOST_IDLE) {
                idle.addLast(ready);
                return;
            }
        }
        ready.emulator().close();
    }
}
