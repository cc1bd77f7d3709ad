// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.Kind;
import dev.bpf4j.conformance.candidate.OutsideRuntime;
import dev.bpf4j.conformance.candidate.OutsideRuntime.Timed;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import java.util.List;
import java.util.Optional;

/**
 * A runtime of another project, by its adapter, a process for each program. It is timed by the adapter's own loop, as native code is, and gets the
 * programs that need nothing but memory.
 */
public final class OutsideContender implements Contender {
    private final OutsideEngine engine;

    /** An engine, whether its adapter is there or not. */
    public OutsideContender(OutsideEngine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return engine.label();
    }

    @Override
    public String description() {
        Optional<List<String>> command = engine.command();
        if (command.isEmpty()) {
            return "";
        }
        try (OutsideRuntime runtime = new OutsideRuntime(name(), command.get(), true, Adapter.Running.LIMIT)) {
            return runtime.about();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public Prepared prepare(CorpusProgram program, Cpu cpu) throws CannotRun {
        Optional<List<String>> command = engine.command();
        if (command.isEmpty()) {
            throw new CannotRun(engine.missing());
        }
        if (program.kind() != Kind.COMPUTE && program.kind() != Kind.INVOCATION) {
            throw new CannotRun("adapters run programs over raw memory, without helpers");
        }
        return prepare(Adapter.of(name(), command.get()), name(), program, cpu);
    }

    /** A program in an adapter, which is closed if that does not work out. */
    static Prepared prepare(Adapter adapter, String contender, CorpusProgram program, Cpu cpu) throws CannotRun {
        boolean done = false;
        try {
            Program loaded = program.load(cpu);
            Ready ready = new Ready(adapter, contender, program, loaded.code(), program.inputs().getFirst());
            ready.adapter().run(ready.code(), ready.input(), 1);
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

    private record Ready(Adapter adapter, String contender, CorpusProgram program, byte[] code, byte[] input) implements Prepared {
        @Override
        public Observation observe() throws CannotRun {
            Timed timed = adapter.run(code, input, 1);
            byte[] memory = timed.answer().memory().orElseThrow(() -> new CannotRun("the adapter does not tell memory"));
            return new Observation(CorpusProgram.fold(0, timed.answer().r0()), List.of(memory));
        }

        @Override
        public double time(int passes) throws CannotRun, Disagreement {
            Timed timed = adapter.run(code, input, passes);
            if (timed.answer().r0() != program.result()) {
                throw new Disagreement(contender, program, "while it was timed, result 0x" + Long.toHexString(timed.answer().r0()));
            }
            return (double) timed.nanos() / passes;
        }

        @Override
        public void close() {
            adapter.close();
        }
    }
}
