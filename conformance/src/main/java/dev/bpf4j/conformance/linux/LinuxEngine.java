// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The engine {@code linux}: the running kernel, its verifier and its JIT, through bpf(2).
 *
 * <p>
 * A machine's maps have twins in the kernel; contents are copied in before a run and out after it. Packets and contexts are those of the lane.
 * Where the kernel refuses, that is the result: at load a {@link LoadException} whose cause is a {@link KernelRefusal} with the verifier's log; at
 * a run a {@link RunRefused}. Programs over raw memory are verified for the length of the memory, so that they are loaded at their first run.
 *
 * <p>
 * What differs from other engines: helpers are the kernel's (time, random numbers, the CPU's number are real), pointers are kernel addresses, and
 * a program has no budget and no faults, since the verifier proves that it needs none. Thread-safe; runs on one machine take turns.
 */
public final class LinuxEngine implements Engine {
    private static final int BYTES_PER_LINE = 16;

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public Optional<String> unavailable() {
        return Kernel.unavailable();
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
        check(program.source());
        try {
            SharedMachine shared = SharedMachine.acquire(machine);
            boolean done = false;
            try {
                LinuxProgram loaded = LinuxProgram.load(this, shared, program);
                done = true;
                return loaded;
            } finally {
                if (!done) {
                    shared.release();
                }
            }
        } catch (KernelRefusal e) {
            throw refused(program.source(), e);
        }
    }

    private static void check(Program program) throws LoadException {
        Optional<String> unavailable = Kernel.unavailable();
        if (unavailable.isPresent()) {
            throw new LoadException("the engine linux is not available: " + unavailable.get());
        }
        if (program.order() != ByteOrder.nativeOrder()) {
            throw new LoadException("the engine linux runs programs of this machine's byte order, " + ByteOrder.nativeOrder()
                    + ", and program "
                    + program.name() + " is " + program.order());
        }
        if (!program.kfuncs().isEmpty() || !program.variables().isEmpty()) {
            throw new LoadException("the engine linux does not resolve kernel functions and kernel variables, and program " + program.name()
                    + " uses " + program.kfuncs().values() + " " + program.variables().values());
        }
    }

    /** The refusal as a load error, with what the verifier said last. */
    static LoadException refused(Program program, KernelRefusal refusal) {
        StringBuilder text = new StringBuilder("program ").append(program.name()).append(": the kernel refuses it: ").append(refusal
                .refused());
        List<String> log = refusal.refused().verifierLog().lines().toList();
        log.stream().skip(Math.max(0, log.size() - 12)).forEach(line -> text.append("\n  ").append(line));
        return new LoadException(text.toString(), refusal);
    }

    /** The bytes of each function, main first: what they mean is for a disassembler of this machine's processor to say. */
    @Override
    public String listing(Machine machine, LinkedProgram program) throws LoadException {
        StringBuilder text = new StringBuilder();
        HexFormat hex = HexFormat.ofDelimiter(" ");
        List<byte[]> functions = machineCode(program.source());
        for (int i = 0; i < functions.size(); i++) {
            byte[] code = functions.get(i);
            text.append(i == 0 ? "main" : "function " + i).append(", ").append(code.length).append(" bytes\n");
            for (int at = 0; at < code.length; at += BYTES_PER_LINE) {
                text.append(String.format(Locale.ROOT, "%6x: %s%n", at, hex.formatHex(code, at, Math.min(code.length, at
                        + BYTES_PER_LINE))));
            }
        }
        return text.toString();
    }

    /**
     * The machine code that the kernel's JIT makes of a program, as it is, function by function, main first. Maps are made for it, empty, and
     * taken away again.
     *
     * @throws LoadException if the kernel refuses the program or does not show the code
     */
    public static List<byte[]> machineCode(Program program) throws LoadException {
        check(program);
        try (DescriptorList maps = DescriptorList.of(program);
                KernelProgram loaded = KernelProgram.load(LinuxTypes.of(program), KernelCode.plain(program.code(), maps.descriptors()))) {
            return loaded.machineCode();
        } catch (KernelRefusal e) {
            throw refused(program, e);
        }
    }

    /**
     * What the verifier says about a program as it is, whether it takes it or not: every instruction that it follows, with the registers' states.
     *
     * @throws LoadException if the kernel cannot be asked, or does not make the program's maps
     */
    public static String verifierLog(Program program) throws LoadException {
        check(program);
        try (DescriptorList maps = DescriptorList.of(program)) {
            return KernelProgram.verifierLog(LinuxTypes.of(program), KernelCode.plain(program.code(), maps.descriptors()));
        } catch (KernelRefusal e) {
            throw refused(program, e);
        }
    }
}
