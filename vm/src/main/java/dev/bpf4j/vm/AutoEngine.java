// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs in the engine that is cheapest to load and moves those that turn out hot to the fastest one that takes them. Results do not
 * show the move: all engines give the same ones.
 *
 * <p>
 * A program is hot when its heat reaches {@link #HOT}: each run adds its number of slots, and so does each unit of budget that it took, as if
 * every loop went through the whole program. The fast engine loads it on a background thread; runs go on in the old engine meanwhile. An
 * engine that refuses the program (native code and big-endian programs) is passed over for the next slower one.
 */
public final class AutoEngine implements Engine {
    /** Heat at which a program moves: about the instructions after which loading in a faster engine has paid for itself. */
    static final long HOT = 2_000_000;

    private final Supplier<List<Engine>> choice;

    /** Chooses among the engines on the class path. */
    public AutoEngine() {
        this(Engines::ranked);
    }

    /** Chooses among these engines, from the cheapest to load to the fastest to run. */
    AutoEngine(Supplier<List<Engine>> choice) {
        this.choice = choice;
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
        List<Engine> engines = choice.get();
        LoadException refusal = null;
        for (Engine engine : engines) {
            try {
                return new Tiered(machine, machine.load(engine, program), engines);
            } catch (LoadException e) {
                refusal = e;
            }
        }
        throw refusal != null ? refusal : new LoadException("no engine is on the class path; add dev.bpf4j:bpf4j-interpreter");
    }

    /** A program that may move. The loaded forms belong to the machine, which closes them. */
    static final class Tiered implements LoadedProgram {
        private final Machine machine;
        private final List<Engine> engines;
        private final AtomicBoolean moving = new AtomicBoolean();
        private final int slots;
        private final long budget;
        private volatile LoadedProgram current;
        private volatile @Nullable Thread mover;
        private long heat;

        Tiered(Machine machine, LoadedProgram first, List<Engine> engines) {
            this.machine = machine;
            this.current = first;
            this.engines = engines;
            this.slots = first.program().slots();
            this.budget = machine.limits().budget();
        }

        /** The engine's form that the next run uses. */
        LoadedProgram current() {
            return current;
        }

        /** Waits until a move that has begun is over. */
        void settle() throws InterruptedException {
            Thread thread = mover;
            if (thread != null) {
                thread.join();
            }
        }

        @Override
        public LinkedProgram program() {
            return current.program();
        }

        @Override
        public Outcome run(Lane lane) {
            Outcome outcome = current.run(lane);
            warm(lane);
            return outcome;
        }

        @Override
        public Outcome observe(Lane lane) {
            Outcome outcome = current.observe(lane);
            warm(lane);
            return outcome;
        }

        /** Lanes add without order: a lost addition only delays the move. */
        private void warm(Lane lane) {
            if (heat < HOT) {
                heat += slots * (1 + Math.min(budget - lane.budget(), HOT));
            } else if (!moving.get() && moving.compareAndSet(false, true)) {
                mover = Thread.ofPlatform().daemon().name("bpf4j-tier-" + program().source().name()).start(this::move);
            }
        }

        private void move() {
            engines.reversed().stream().map(this::loadIn).filter(Objects::nonNull).findFirst().ifPresent(fastest -> current = fastest);
        }

        /** The program in an engine; null if that refuses it. The engine that runs now is in the row, so one accepts. */
        private @Nullable LoadedProgram loadIn(Engine engine) {
            try {
                return machine.load(engine, program());
            } catch (LoadException refused) {
                return null;
            }
        }

        @Override
        public void close() {
            moving.set(true);
        }
    }
}
