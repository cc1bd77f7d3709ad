// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.map.BpfMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Timers, with callbacks that are Java: what a program does in them is tested with the engines. */
final class TimersTest {
    private static final long BUDGET = 1_000;
    private static final int TIMERS = 20_000;
    private static final int VALUE = 16;

    private final Machine machine = new Machine(Machine.Settings.standard().withLanes(2).withLimits(Limits.DEFAULT.withBudget(BUDGET)));
    private final Lane lane = machine.lane(0);
    private final Timers timers = machine.timers();
    private final List<LinkedProgram> loaded = new ArrayList<>();
    private BpfMap map;
    private LinkedProgram program;

    @BeforeEach
    void make() throws LoadException {
        map = machine.map(MapDefinition.of("alarms", 2, 4, VALUE, TIMERS));
        program = machine.link(Program.raw("p", ByteOrder.LITTLE_ENDIAN, new Assembler(Isa.bpf()).assemble("p", "r0 = 0\nexit\n",
                ByteOrder.LITTLE_ENDIAN)));
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private long timer(int index) {
        return map.values() + (long) index * VALUE;
    }

    private void start(int index, long nanos) {
        lane.calling(program.index(), 0, (pointer, r1, r2, r3, r4, r5) -> 0);
        assertThat(timers.init(lane, timer(index), map, 1)).isZero();
        assertThat(timers.setCallback(lane, timer(index), GuestLayout.codePointer(0))).isZero();
        assertThat(timers.start(lane, timer(index), nanos, 0)).isZero();
    }

    private long clock() {
        return ByteBuffer.wrap(lane.read(lane.cells() + GuestLayout.CELL_CLOCK, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** Lets time pass without looking at timers. */
    private void clock(long nanos) {
        lane.write(lane.cells() + GuestLayout.CELL_CLOCK, ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(clock()
                + nanos).array());
    }

    /** An engine whose programs are this piece of Java. */
    private Engine engine(Consumer<Lane> callback) {
        return new Engine() {
            @Override
            public String name() {
                return "java";
            }

            @Override
            public LoadedProgram load(Machine owner, LinkedProgram linked) {
                loaded.add(linked);
                return new LoadedProgram() {
                    @Override
                    public LinkedProgram program() {
                        return linked;
                    }

                    @Override
                    public Outcome run(Lane lane) {
                        lane.begin(true);
                        callback.accept(lane);
                        lane.end();
                        return new Outcome.Returned(0);
                    }

                    @Override
                    public Outcome observe(Lane lane) {
                        return run(lane);
                    }

                    @Override
                    public void close() {
                        // nothing is held
                    }
                };
            }
        };
    }

    @Test
    void timersThatStartThemselvesShareTheBudgetOfOneRun() {
        start(0, 5);
        clock(10);
        List<Long> budgets = new ArrayList<>();
        Engine again = engine(running -> {
            budgets.add(running.budget());
            running.budget(Math.max(0, running.budget() - 300));
            timers.start(running, timer(0), 0, 0);
        });
        assertThat(timers.expire(again, lane)).hasSize(4);
        assertThat(budgets).containsExactly(1_000L, 700L, 400L, 100L);
        assertThat(timers.pending(lane)).as("it stays due").isEqualTo(1);
        lane.begin(true);
        assertThat(lane.budget()).as("a program has its own").isEqualTo(BUDGET);
        assertThat(timers.expire(again, lane)).hasSize(4);
    }

    @Test
    void timersThatTakeNoBudgetEndToo() {
        start(0, 0);
        assertThat(timers.expire(engine(running -> timers.start(running, timer(0), 0, 0)), lane)).hasSize(10_000);
        assertThat(timers.pending(lane)).isEqualTo(1);
    }

    @Test
    void manyTimersRunByTime() {
        for (int i = 0; i < TIMERS; i++) {
            start(i, TIMERS - i);
        }
        assertThat(timers.pending(lane)).isEqualTo(TIMERS);
        assertThat(timers.pending(machine.lane(1))).isZero();
        clock(TIMERS);
        List<Long> values = new ArrayList<>();
        Engine engine = engine(running -> values.add(running.entry()[3]));
        assertThat(timers.expire(engine, lane)).hasSize(10_000);
        assertThat(timers.expire(engine, lane)).hasSize(10_000);
        assertThat(timers.expire(engine, lane)).isEmpty();
        assertThat(values.getFirst()).isEqualTo(timer(TIMERS - 1));
        assertThat(values).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(loaded).as("linked once").containsOnly(loaded.getFirst());
    }

    @Test
    void timersWhoseValueIsGoneDoNotRun() {
        start(0, 5);
        start(1, 6);
        lane.write(timer(0), new byte[VALUE]);
        clock(10);
        List<Timers.Ran> ran = timers.expire(engine(running -> {}), lane);
        assertThat(ran).extracting(Timers.Ran::program).containsExactly(program);
        assertThat(timers.pending(lane)).isZero();
        assertThat(timers.cancel(lane, timer(0))).isEqualTo(-Errno.EINVAL);
        assertThat(timers.cancel(lane, timer(1))).isZero();
    }

    @Test
    void timePassesFromTimerToTimer() {
        long begin = clock();
        start(0, 30);
        List<Long> times = new ArrayList<>();
        Engine periodic = engine(running -> {
            times.add(clock() - begin);
            timers.start(running, timer(0), 40, 0);
        });
        assertThat(timers.pass(periodic, lane, 29)).isEmpty();
        assertThat(timers.pass(periodic, lane, 100)).hasSize(3);
        assertThat(times).containsExactly(30L, 70L, 110L);
        assertThat(clock() - begin).isEqualTo(129);
        assertThat(timers.pass(periodic, lane, Long.MAX_VALUE)).as("more than run in one go").hasSize(10_000);
        assertThat(clock() - begin - 129).isEqualTo(Long.MAX_VALUE);
        assertThat(timers.pass(periodic, lane, Long.MAX_VALUE)).hasSize(10_000);
        assertThat(clock()).as("the end of time").isEqualTo(-1);
    }

    @Test
    void laterStartsReplaceEarlierOnes() {
        start(0, 5);
        assertThat(timers.start(lane, timer(0), 50, 0)).isZero();
        clock(10);
        assertThat(timers.expire(engine(running -> {}), lane)).isEmpty();
        assertThat(timers.pending(lane)).isEqualTo(1);
        assertThat(timers.cancel(lane, timer(0))).isEqualTo(1);
        assertThat(timers.pending(lane)).isZero();
    }
}
