// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Functions;
import dev.bpf4j.analysis.Halves;
import dev.bpf4j.analysis.Liveness;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/**
 * How a function looks as a Java method: {@code static long f(Run run, long r…, long r10)} with the registers that it reads, ascending, and for
 * a routine the slot of the call behind them. It returns r0; r1 to r5, where somebody reads them afterwards, are left in
 * {@link Run#registers}.
 *
 * @param index    position among the program's functions
 * @param graph    its blocks
 * @param live     registers that it reads, as bits
 * @param exit     registers that somebody reads when it has returned, as bits; r0 is always among them
 * @param routine  whether it is a hot helper
 * @param tails    whether it may do a tail call
 */
record Shape(int index, FlowGraph graph, int live, int exit, boolean routine, boolean tails) {
    private static final int REGISTERS = 10;

    static Shape of(Functions functions, Liveness liveness, int index) {
        FlowGraph graph = functions.graphs().get(index);
        return new Shape(index, graph, Halves.registers(liveness.liveIn(index)), Halves.registers(liveness.liveAtExit(index)), functions
                .isRoutine(index), functions.tailCalls(graph));
    }

    String name() {
        return "f" + index + "_" + graph.start();
    }

    boolean reads(int register) {
        return (live >> register & 1) != 0;
    }

    boolean leaves(int register) {
        return (exit >> register & 1) != 0;
    }

    /** Whether r0 is not all that it leaves. */
    boolean leavesMore() {
        return exit != 1;
    }

    MethodTypeDesc type() {
        return Names.type(Names.LONG, List.of(Names.RUN), Integer.bitCount(live) + 1, routine ? List.<ClassDesc>of(Names.INT) : List.of());
    }

    /** r0 to r9. */
    static int registers() {
        return REGISTERS;
    }
}
