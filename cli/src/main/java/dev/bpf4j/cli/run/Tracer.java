// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.assembly.Listing;
import dev.bpf4j.cli.assembly.SourceText;
import dev.bpf4j.interpreter.StepListener;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.LinkedProgram;
import java.io.PrintWriter;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Prints every instruction with the registers that it changed.
 *
 * <p>
 * An instruction is printed when the next one is about to run, so that a call of a helper shows what the helper changed: helpers that are
 * routines run as instructions behind the program, which are not shown. For one thread.
 */
final class Tracer implements StepListener {
    private static final int REGISTERS = 11;
    private static final int CHANGES = 44;

    private final PrintWriter out;
    private final SourceText sources;
    private final IdentityHashMap<LinkedProgram, Listing> listings = new IdentityHashMap<>();
    private final long[] before = new long[REGISTERS];
    private final long[] after = new long[REGISTERS];
    private @Nullable LinkedProgram program;
    private @Nullable LinkedProgram shown;
    private int slot;
    private String source = "";
    private String heading = "";

    Tracer(PrintWriter out, SourceText sources) {
        this.out = out;
        this.sources = sources;
    }

    /** Begins a run; its heading comes with its first instruction, since there may be no input left for it. */
    void start(long run) {
        heading = "run " + run;
        shown = null;
        source = "";
    }

    @Override
    public void executed(LinkedProgram running, int at, Insn insn, long[] registersBefore, long[] registersAfter) {
        if (running.inRoutine(at)) {
            System.arraycopy(registersAfter, 0, after, 0, REGISTERS);
            return;
        }
        if (program != null) {
            System.arraycopy(registersBefore, 0, after, 0, REGISTERS);
            print(program);
        }
        program = running;
        slot = at;
        System.arraycopy(registersBefore, 0, before, 0, REGISTERS);
        System.arraycopy(registersAfter, 0, after, 0, REGISTERS);
    }

    /** Ends a run. */
    void end() {
        if (program != null) {
            print(program);
        }
        program = null;
    }

    private void print(LinkedProgram running) {
        if (!heading.isEmpty()) {
            out.println(heading);
            heading = "";
        }
        Listing listing = listings.computeIfAbsent(running, key -> Listing.of(key.source(), sources));
        if (running != shown) {
            out.println(Printable.line(running.source().name() + ":"));
            shown = running;
        }
        String line = listing.source(slot);
        if (!line.equals(source)) {
            source = line;
            out.println("; " + Printable.line(line));
        }
        StringBuilder text = new StringBuilder(String.format("%5d: %s", slot, listing.instruction(slot)));
        boolean first = true;
        for (int i = 0; i < REGISTERS; i++) {
            if (before[i] != after[i]) {
                text.repeat(' ', first ? Math.max(1, CHANGES - text.length()) : 1).append('r').append(i).append("=0x").append(Long
                        .toHexString(
                                after[i]));
                first = false;
            }
        }
        out.println(text);
    }
}
