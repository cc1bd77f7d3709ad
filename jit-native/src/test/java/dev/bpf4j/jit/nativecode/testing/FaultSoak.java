// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hardware faults in machine code, many of them, from several threads, while the JVM needs its own handlers: other threads provoke implicit null
 * checks and stack overflows and let the collector work. A page of guest memory that the host takes away stands for whatever makes a fault.
 */
public final class FaultSoak {
    private static final int PAGE = 4096;
    /** In the first 64 KiB, which no machine ever gives to a program. */
    private static final long TAKEN = 2 * PAGE;
    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;
    private static final int THREADS = 3;
    /** Places of the access: in main, in a function that main calls, behind a helper call, and an access that spans into the page. */
    private static final List<Place> PLACES = List.of(new Place("r1 = %d\nr0 = *(u64 *)(r1 + 8)\nexit", 1, 8),
            new Place("r6 = 1\ncall local f\nr0 = r6\nexit\nf:\nr1 = %d\n*(u32 *)(r1 + 16) = r1\nexit", 5, 16),
            new Place("call 8\nr7 = %d\nlock *(u64 *)(r7 + 0) += r7\nr0 = 0\nexit", 2, 0),
            new Place("r3 = %d\nr0 = *(u8 *)(r3 + 100)\nif r0 == 0 goto -2\nexit", 1, 100));

    private FaultSoak() {
    }

    /**
     * A program that faults.
     *
     * @param text   with the address of the page to be put in
     * @param pc     slot of the access
     * @param offset of the access in the page
     */
    private record Place(String text, int pc, int offset) {}

    /** Arguments: the engine's name, and how many faults. Ends with 0 if each of them ended a run and nothing else. */
    public static void main(String[] arguments) throws Exception {
        Engine engine = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(known -> known.name().equals(
                arguments[0])).findFirst().orElseThrow();
        long count = Long.parseLong(arguments[1]);
        long start = System.nanoTime();
        Soaked soaked = run(engine, count);
        System.out.printf("%,d faults recovered in %.1f s; beside them %,d null checks and %,d stack overflows%n", soaked.faults(), (System
                .nanoTime() - start) / 1e9, soaked.nulls(), soaked.overflows());
    }

    /**
     * What was done.
     *
     * @param faults    in machine code
     * @param nulls     null pointers that the JVM found by a hardware fault of its own
     * @param overflows stacks that the JVM found to be full
     */
    public record Soaked(long faults, long nulls, long overflows) {}

    /** Provokes at least so many faults; fails if one of them is told wrongly, or a program that does not fault goes wrong behind one. */
    public static Soaked run(Engine engine, long count) throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicLong nulls = new AtomicLong();
        AtomicLong overflows = new AtomicLong();
        List<Thread> others = List.of(Thread.ofPlatform().start(() -> {
            while (going.get()) {
                nulls.addAndGet(nullChecks());
            }
        }), Thread.ofPlatform().start(() -> {
            while (going.get()) {
                overflows.addAndGet(overflow());
            }
        }));
        try (Machine machine = new Machine(Machine.Settings.standard().withPolicy(Policy.SANDBOX).withLanes(THREADS))) {
            List<LoadedProgram> programs = new ArrayList<>();
            for (Place place : PLACES) {
                programs.add(machine.load(engine, machine.link(program(place.text().formatted(TAKEN)))));
            }
            LoadedProgram fine = machine.load(engine, machine.link(program("r0 = 0\ncall local f\nexit\nf:\nr0 += 7\nexit")));
            protect(machine, PROT_NONE);
            try {
                return new Soaked(faults(machine, programs, fine, count), nulls.get(), overflows.get());
            } finally {
                protect(machine, PROT_READ_WRITE);
            }
        } finally {
            going.set(false);
            for (Thread thread : others) {
                thread.join();
            }
        }
    }

    private static Program program(String text) {
        return Program.raw("soak", ByteOrder.LITTLE_ENDIAN, new Assembler(Isa.bpf()).assemble("soak", text, ByteOrder.LITTLE_ENDIAN));
    }

    private static long faults(Machine machine, List<LoadedProgram> programs, LoadedProgram fine, long count) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Lane lane = machine.lane(i);
                work.add(() -> faults(lane, programs, fine, Math.ceilDiv(count, (long) THREADS)));
            }
            long sum = 0;
            for (Future<Long> done : threads.invokeAll(work)) {
                sum += done.get();
            }
            return sum;
        }
    }

    private static long faults(Lane lane, List<LoadedProgram> programs, LoadedProgram fine, long count) {
        for (long n = 0; n < count; n++) {
            int which = (int) (n % PLACES.size());
            Place place = PLACES.get(which);
            Outcome outcome = programs.get(which).run(lane);
            if (!(outcome instanceof Outcome.Fault fault) || fault.kind() != FaultKind.BAD_ACCESS || fault.pc() != place.pc() || fault
                    .address() != TAKEN + place.offset() || !fault.detail().startsWith("hardware fault SIGSEGV")) {
                throw new IllegalStateException(place + " ended with " + outcome);
            }
            if (n % 16 == 0 && !fine.run(lane).equals(new Outcome.Returned(7))) {
                throw new IllegalStateException("a program went wrong after a fault");
            }
        }
        return count;
    }

    private static void protect(Machine machine, int protection) {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle mprotect = linker.downcallHandle(linker.defaultLookup().findOrThrow("mprotect"), FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
            if ((int) mprotect.invokeExact(machine.memory().segment().address() + TAKEN, (long) PAGE, protection) != 0) {
                throw new IllegalStateException("mprotect is refused");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- what the JVM's own handlers are for ----

    private static final class Node {
        long value;
        @Nullable Node next;
    }

    /** The compiler makes no test here until it has seen a null: the processor finds it. Garbage beside it, for the collector. */
    private static int nullChecks() {
        int found = 0;
        for (int i = 0; i < 1_000; i++) {
            Node node = new Node();
            node.next = i % 100 == 0 ? null : node;
            try {
                node.value += valueOf(node.next);
            } catch (NullPointerException e) {
                found++;
            }
        }
        return found;
    }

    @SuppressWarnings("NullAway")
    private static long valueOf(@Nullable Node node) {
        return node.value + new long[64].length;
    }

    private static int overflow() {
        try {
            return deeper(0) < 0 ? 1 : 0;
        } catch (StackOverflowError e) {
            return 1;
        }
    }

    private static int deeper(int depth) {
        return depth < 0 ? 0 : deeper(depth + 1) + depth;
    }
}
