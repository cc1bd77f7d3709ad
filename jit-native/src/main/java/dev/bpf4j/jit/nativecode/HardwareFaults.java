// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * The net below the checks: a hardware fault inside machine code of ours ends the run instead of the JVM. Correct code cannot read or write where
 * nothing is, but the host can refuse a page of guest memory (SIGBUS, when the file system behind it is full), and code can be wrong.
 *
 * <p>
 * The JVM has handlers of its own for these signals and needs them. Ours stands before them: it takes what happened in our code and passes on
 * everything else. It runs on the faulting thread and jumps nowhere; it changes where the interrupted thread goes on, and returns. See
 * sigaction(2), and {@code ucontext_t} of the kernel's architecture.
 */
final class HardwareFaults {
    /** The signals: Linux's numbers, the same on x86-64 and ARM64. */
    private enum Signal {
        SIGILL(4), SIGBUS(7), SIGFPE(8), SIGSEGV(11);

        private final int number;

        Signal(int number) {
            this.number = number;
        }
    }

    /** glibc's {@code struct sigaction} on 64-bit Linux: handler, mask of 128 bytes, flags, restorer. */
    private static final long SIGACTION_SIZE = 152;
    private static final long FLAGS = 136;
    private static final int SA_SIGINFO = 4;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private HardwareFaults() {
    }

    /** The name of a signal, by what is in {@link NativeContext#SITE}; empty if no fault was recorded there. */
    static Optional<String> signal(int site) {
        for (Signal signal : Signal.values()) {
            if (site == -signal.number) {
                return Optional.of(signal.name());
            }
        }
        return Optional.empty();
    }

    /**
     * Puts handlers into a code space that machine code is going to run from, and makes them the process's.
     *
     * @return why a signal is not handled; empty if all are
     */
    static Optional<String> install(CodeSpace space, HostRoutines routines) {
        Linker linker = Linker.nativeLinker();
        MethodHandle sigaction = linker.downcallHandle(linker.defaultLookup().findOrThrow("sigaction"), FunctionDescriptor.of(INT, INT,
                ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        for (Signal signal : Signal.values()) {
            Optional<String> refused = install(signal, space, routines, sigaction);
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> install(Signal signal, CodeSpace space, HostRoutines routines, MethodHandle sigaction) {
        MemorySegment before = Arena.global().allocate(SIGACTION_SIZE, Long.BYTES);
        try {
            if ((int) sigaction.invokeExact(signal.number, MemorySegment.NULL, before) != 0) {
                return Optional.of("sigaction(2) does not tell the handler of " + signal);
            }
            if ((before.get(INT, FLAGS) & SA_SIGINFO) == 0) {
                return Optional.of("the JVM has no handler of " + signal + " that ours could pass faults on to");
            }
            byte[] handler = routines.faultHandler(space.executable(), space.size(), before.address());
            MemorySegment after = Arena.global().allocate(SIGACTION_SIZE, Long.BYTES).copyFrom(before);
            after.set(ValueLayout.JAVA_LONG, 0, space.first(handler).entry());
            if ((int) sigaction.invokeExact(signal.number, after, MemorySegment.NULL) != 0) {
                return Optional.of("sigaction(2) refuses a handler of " + signal);
            }
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(String.format(Locale.ROOT, "sigaction for %s", signal), e);
        }
    }
}
