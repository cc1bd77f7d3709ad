// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.Kind;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A runtime of another project, by its adapter, a process for each program. It is timed by the adapter's own loop, as native code is, and gets the
 * programs that need nothing but memory.
 */
public final class OutsideContender implements Contender {
    private static final HexFormat HEX = HexFormat.of();

    private final OutsideRuntime runtime;

    /** A runtime, whether its adapter is there or not. */
    public OutsideContender(OutsideRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public String name() {
        return runtime.label();
    }

    @Override
    public String description() {
        Optional<List<String>> command = runtime.command();
        if (command.isEmpty()) {
            return "";
        }
        try (Adapter adapter = Adapter.start(command.get())) {
            return adapter.ask("describe");
        } catch (CannotRun e) {
            return e.reason();
        }
    }

    @Override
    public Prepared prepare(CorpusProgram program, Cpu cpu) throws CannotRun {
        Optional<List<String>> command = runtime.command();
        if (command.isEmpty()) {
            throw new CannotRun(runtime.missing());
        }
        if (program.kind() != Kind.COMPUTE && program.kind() != Kind.INVOCATION) {
            throw new CannotRun("adapters run programs over raw memory, without helpers");
        }
        return prepare(Adapter.start(command.get()), name(), program, cpu);
    }

    /** A program in an adapter, which is closed if that does not work out. */
    static Prepared prepare(Adapter adapter, String contender, CorpusProgram program, Cpu cpu) throws CannotRun {
        boolean done = false;
        try {
            Program loaded = program.load(cpu);
            Ready ready = new Ready(adapter, contender, program, program.inputs().getFirst());
            ready.put();
            adapter.ask("load " + HEX.formatHex(loaded.code()));
            done = true;
            return ready;
        } catch (LoadException e) {
            throw new CannotRun(String.valueOf(e.getMessage()));
        } finally {
            if (!done) {
                adapter.close();
            }
        }
    }

    private record Ready(Adapter adapter, String contender, CorpusProgram program, byte[] input) implements Prepared {
        private void put() throws CannotRun {
            adapter.ask("memory " + HEX.formatHex(input));
        }

        /** r0 and the nanoseconds of all runs. */
        private long[] run(int times) throws CannotRun {
            put();
            String answer = adapter.ask("run " + times);
            String[] parts = answer.split(" ");
            try {
                return new long[] {Long.parseUnsignedLong(parts[0], 16), Long.parseLong(parts[parts.length - 1])};
            } catch (NumberFormatException e) {
                throw new CannotRun("the adapter answers run with " + answer);
            }
        }

        @Override
        public Observation observe() throws CannotRun {
            long result = run(1)[0];
            String memory = adapter.ask("dump");
            try {
                return new Observation(CorpusProgram.fold(0, result), List.of(HEX.parseHex(memory)));
            } catch (IllegalArgumentException e) {
                throw new CannotRun("the adapter answers dump with what is not hexadecimal");
            }
        }

        @Override
        public double time(int passes) throws CannotRun, Disagreement {
            long[] answer = run(passes);
            if (answer[0] != program.result()) {
                throw new Disagreement(contender, program, "while it was timed, result 0x" + Long.toHexString(answer[0]));
            }
            return (double) answer[1] / passes;
        }

        @Override
        public void close() {
            adapter.close();
        }
    }
}
