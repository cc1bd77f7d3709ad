// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The engine {@code rfc}: eBPF as RFC 9669's prose tells it and the project's rulings complete it, in plain Java, one method per section.
 *
 * <p>
 * It exists to disagree. All other engines come from the instruction table, so an error in the table would be an error of all of them; this
 * one was written without looking at the table, decodes the raw bytes itself, and is never generated and never optimised. Where it and the
 * table differ, one of them misreads the RFC.
 *
 * <p>
 * Outside the RFC it knows Linux's load-acquire and store-release, {@code may_goto}, {@code addr_space_cast} and the indirect jump, and the
 * indirect call {@code callx}. Thread-safe.
 */
public final class RfcReference implements Engine {
    private final Arithmetic arithmetic;
    private final RoutineRunner routines;

    /** The reference. Hot helpers are plain Java too, not the routines that the other engines run. */
    public RfcReference() {
        this(new HostHelpers());
    }

    /** The reference with other hot helpers. */
    public RfcReference(RoutineRunner routines) {
        this(new Arithmetic(), routines);
    }

    /** A reference that computes otherwise, for tests of the comparisons that use it. */
    RfcReference(Arithmetic arithmetic, RoutineRunner routines) {
        this.arithmetic = arithmetic;
        this.routines = routines;
    }

    @Override
    public String name() {
        return "rfc";
    }

    /**
     * Whether code is a program: opcodes, unused fields, registers, wide instructions, targets of jumps and calls, ends of functions. Says
     * nothing about maps and helpers.
     *
     * @param code  instructions, 8 bytes per slot
     * @param order byte order of the encoding
     * @return the reason why it is rejected, naming the slot; empty if it is accepted
     */
    public static Optional<String> reject(byte[] code, ByteOrder order) {
        return Acceptance.reject(code, order, List.of());
    }

    /** Like {@link #reject(byte[], ByteOrder)}, with the functions that the program's symbols name (Ruling 3). */
    public static Optional<String> reject(Program program) {
        return Acceptance.reject(program.code(), program.order(), program.functions().stream().map(Program.Function::slot).toList());
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
        return switch (judge(program.source())) {
            case Acceptance.Rejected(String reason) -> throw new LoadException("program " + program.source().name() + ": " + reason);
            case Acceptance.Accepted accepted -> new RfcProgram(this, program, accepted);
        };
    }

    private static Acceptance.Verdict judge(Program program) {
        return Acceptance.judge(program.code(), program.order(), program.functions().stream().map(Program.Function::slot).toList());
    }

    /** The arithmetic that programs compute with. */
    Arithmetic arithmetic() {
        return arithmetic;
    }

    /** Who runs hot helpers. */
    RoutineRunner routines() {
        return routines;
    }
}
