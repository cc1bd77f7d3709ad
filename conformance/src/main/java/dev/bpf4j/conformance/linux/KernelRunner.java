// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs over registers and scratch memory in the kernel, thousands of different ones per second, and tells all ten registers and the
 * memory afterwards. Not thread-safe; make one per thread.
 *
 * <p>
 * A program is raw code in this machine's byte order, with {@code exit}s, functions behind main if it likes. It starts with r0 to r9 as the
 * input says, all unknown to the verifier, and must leave all ten readable: after a call r1 to r5 are not, so it has to set them again. Map 0,
 * named by index in {@code lddw} with src 2 or 6, is one array element of {@link #VALUE_SIZE} bytes, whose scratch memory lies at
 * {@link #SCRATCH_OFFSET}; the bytes below are the runner's. For a program that the kernel accepts by construction see the rules in
 * {@code package-info}.
 *
 * <p>
 * Structure: one array of one element, mapped into this process, so that no system call is needed to set or read a state. A program costs
 * BPF_PROG_LOAD, one BPF_PROG_TEST_RUN per input, and close.
 */
public final class KernelRunner implements AutoCloseable {
    /** Bytes of the one element of map 0. */
    public static final int VALUE_SIZE = 8192;
    /** Where the scratch memory starts in it. */
    public static final int SCRATCH_OFFSET = 1024;
    /** Bytes of scratch memory. */
    public static final int SCRATCH_SIZE = VALUE_SIZE - SCRATCH_OFFSET;
    /** Most slots of a program. */
    public static final int MAX_SLOTS = 1 << 16;

    private static final List<Instrumentation.Entry> UNKNOWN = Collections.nCopies(Instrumentation.REGISTERS,
            Instrumentation.Entry.UNKNOWN);

    private final KernelProgram.Type type;
    private final int stackBytes;
    private final int memoryBytes;
    private @Nullable Opened opened;

    /** What is open in the kernel, and the buffers for asking it. */
    private static final class Opened {
        final Arena arena = Arena.ofShared();
        final BpfAttr attr = new BpfAttr(arena);
        final MemorySegment license = BpfAttr.string(arena, "GPL");
        final MemorySegment code = arena.allocate((MAX_SLOTS + 256L) * 8, 8);
        final MemorySegment context = arena.allocate(64, 8);
        final KernelMap map;
        final MemorySegment state;
        final byte[] prologue;
        final byte[] epilogue;

        Opened(int stackBytes) throws KernelRefusal {
            map = KernelMap.array("state", VALUE_SIZE, true);
            try {
                state = map.mapped();
            } catch (KernelRefusal e) {
                map.close();
                throw e;
            }
            prologue = Instrumentation.prologue(map.fd(), stackBytes, UNKNOWN, new long[0], 0);
            epilogue = Instrumentation.epilogue(map.fd(), Instrumentation.ALL);
        }
    }

    /**
     * A runner. Nothing is opened before the first run.
     *
     * @param type        what programs are loaded as: {@link KernelProgram.Type#SYSCALL} or {@link KernelProgram.Type#RAW_TRACEPOINT}
     * @param stackBytes  how much of main's stack is zeroed in front of the program, from r10 down; 0 to 512, a multiple of 8. What a
     *                    program may read there must be zeroed, since the kernel does not and its garbage would be compared
     * @param memoryBytes how much of the scratch memory is set before and read after each run; 0 to {@link #SCRATCH_SIZE}
     */
    public KernelRunner(KernelProgram.Type type, int stackBytes, int memoryBytes) {
        if (stackBytes < 0 || stackBytes > 512 || stackBytes % 8 != 0 || memoryBytes < 0 || memoryBytes > SCRATCH_SIZE) {
            throw new IllegalArgumentException("stack of " + stackBytes + " bytes, memory of " + memoryBytes + " bytes");
        }
        this.type = type;
        this.stackBytes = stackBytes;
        this.memoryBytes = memoryBytes;
    }

    /** A runner for SYSCALL programs over registers and the whole stack, without scratch memory. */
    public KernelRunner() {
        this(KernelProgram.Type.SYSCALL, 0, 0);
    }

    /**
     * Loads a program and runs it once for each input.
     *
     * @param code   a program of at most {@link #MAX_SLOTS} slots; may be anything, the verifier decides
     * @param inputs the states to start from
     * @return one state per input; or the kernel's refusal; or why there is no kernel to ask
     */
    public KernelResult run(byte[] code, List<KernelState> inputs) {
        if (code.length == 0 || code.length % 8 != 0 || code.length / 8 > MAX_SLOTS) {
            throw new IllegalArgumentException("a program of " + code.length + " bytes");
        }
        Optional<String> unavailable = Kernel.unavailable();
        if (unavailable.isPresent()) {
            return new KernelResult.Unavailable(unavailable.get());
        }
        try {
            Opened kernel = open();
            int program = load(kernel, code);
            try {
                return runAll(kernel, program, inputs);
            } finally {
                Libc.close(program);
            }
        } catch (KernelRefusal e) {
            return e.refused();
        }
    }

    private Opened open() throws KernelRefusal {
        Opened ready = opened;
        if (ready == null) {
            ready = new Opened(stackBytes);
            opened = ready;
        }
        return ready;
    }

    private int load(Opened kernel, byte[] code) throws KernelRefusal {
        int slots = KernelCode.write(code, kernel.prologue, kernel.epilogue, List.of(kernel.map.fd()), kernel.code);
        KernelProgram.fill(kernel.attr, type, kernel.code, slots, kernel.license);
        int result = kernel.attr.call(BpfAttr.PROG_LOAD);
        if (Errno.EAGAIN.is(result)) { // a signal came in between
            result = kernel.attr.call(BpfAttr.PROG_LOAD);
        }
        if (result >= 0) {
            return result;
        }
        try (Arena arena = Arena.ofConfined()) {
            throw new KernelRefusal("BPF_PROG_LOAD", result, KernelProgram.log(kernel.attr, KernelProgram.WAY_TO_THE_ERROR,
                    KernelProgram.LOG_SIZE, arena));
        }
    }

    private KernelResult runAll(Opened kernel, int program, List<KernelState> inputs) throws KernelRefusal {
        boolean syscall = type.number() == KernelProgram.Type.SYSCALL.number();
        kernel.attr.clear().u32(BpfAttr.TEST_PROG_FD, program);
        if (!syscall) { // raw tracepoints want their arguments
            kernel.attr.u32(BpfAttr.TEST_CTX_SIZE_IN, (int) kernel.context.byteSize()).pointer(BpfAttr.TEST_CTX_IN, kernel.context);
        }
        List<KernelState> outputs = new ArrayList<>(inputs.size());
        for (KernelState input : inputs) {
            set(kernel.state, input);
            int result = kernel.attr.call(BpfAttr.PROG_TEST_RUN);
            if (result < 0) {
                throw new KernelRefusal("BPF_PROG_TEST_RUN", result, "");
            }
            if (!Instrumentation.reached(kernel.state)) {
                throw new KernelRefusal("the way to the program's own exit, which the run did not take,", -Errno.EFAULT.number(), "");
            }
            outputs.add(get(kernel.state));
        }
        return new KernelResult.Ran(outputs);
    }

    private void set(MemorySegment state, KernelState input) {
        Instrumentation.set(state, input.registers());
        if (memoryBytes > 0) {
            byte[] memory = Arrays.copyOf(input.memory(), memoryBytes);
            MemorySegment.copy(memory, 0, state, ValueLayout.JAVA_BYTE, SCRATCH_OFFSET, memoryBytes);
        }
    }

    private KernelState get(MemorySegment state) {
        long[] registers = Instrumentation.get(state, Instrumentation.ALL);
        return KernelState.of(registers, state.asSlice(SCRATCH_OFFSET, memoryBytes).toArray(ValueLayout.JAVA_BYTE));
    }

    /** Closes what was opened. The runner opens it again if it is used again. */
    @Override
    public void close() {
        Opened ready = opened;
        opened = null;
        if (ready != null) {
            ready.map.close();
            ready.arena.close();
        }
    }
}
