// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.jit.nativecode.Core;
import dev.bpf4j.jit.nativecode.Processor;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code, contexts and guest spaces of many programs, lanes and threads in emulators. */
class UnicornProcessorTest {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    private static UnicornProcessor processor(Architecture architecture) {
        MachineCode.assume(architecture);
        return UnicornProcessor.of(architecture);
    }

    private static Machine machine(int lanes) {
        return new Machine(Machine.Settings.standard().withLanes(lanes));
    }

    @ParameterizedTest
    @EnumSource
    void codeSeesContextAndGuestMemory(Architecture architecture) throws LoadException {
        UnicornProcessor processor = processor(architecture);
        Processor.Range frame = processor.put(MachineCode.of(architecture, "frame"));
        try (Machine machine = machine(1); Machine other = machine(1)) {
            for (Machine each : List.of(machine, other)) {
                Core core = processor.core(each.lane(0));
                Core.Shared context = core.allocate(128);
                context.segment().set(WORD, 0, 1);
                core.enter(frame.entry(), context.address(), false);
                assertThat(context.segment().get(WORD, 0)).isEqualTo(43);
                core.enter(frame.entry(), core.memoryBase() + 0x6000_0000L, false);
                assertThat(each.memory().segment().get(WORD, 0x6000_0000L)).isEqualTo(42);
                core.close();
            }
            assertThat(processor.core(machine.lane(0)).memoryBase()).isNotEqualTo(processor.core(other.lane(0)).memoryBase());
        } finally {
            processor.remove(frame);
        }
    }

    @ParameterizedTest
    @EnumSource
    void memoryOfAClosedCoreIsUsedAgainAndZero(Architecture architecture) {
        UnicornProcessor processor = processor(architecture);
        try (Machine machine = machine(1)) {
            List<Long> addresses = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Core core = processor.core(machine.lane(0));
                MemorySegment segment = core.allocate(4096).segment();
                Core.Shared second = core.allocate(64);
                assertThat(segment.mismatch(MemorySegment.ofArray(new byte[4096]))).isEqualTo(-1);
                segment.fill((byte) -1);
                addresses.add(second.address());
                core.close();
                core.close();
            }
            assertThat(addresses).containsOnly(addresses.getFirst());
        }
    }

    /** Code at an address that other code has had: nothing of that one may be left in any emulator. */
    @ParameterizedTest
    @EnumSource
    void codeThatTakesAnothersPlaceIsWhatRuns(Architecture architecture) throws LoadException {
        UnicornProcessor processor = processor(architecture);
        byte[][] codes = {MachineCode.of(architecture, "frame"), MachineCode.of(architecture, "atomics")};
        Map<Long, Integer> ran = new HashMap<>();
        int changed = 0;
        try (Machine machine = machine(1)) {
            Core core = processor.core(machine.lane(0));
            Core.Shared context = core.allocate(64);
            for (int i = 0; i < 300; i++) {
                int which = i / 5 & 1;
                Processor.Range range = processor.put(Arrays.copyOf(codes[which], 1 << 16));
                context.segment().set(WORD, 0, 100);
                context.segment().set(WORD, 8, 0);
                core.enter(range.entry(), context.address(), false);
                assertThat(context.segment().get(WORD, 8L * which)).as("run %d", i).isEqualTo(which == 0 ? 142 : 121);
                Integer before = ran.put(range.entry(), which);
                changed += before != null && before != which ? 1 : 0;
                processor.remove(range);
            }
            core.close();
        }
        assertThat(changed).as("times that code had the address of other code").isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource
    void thereIsAnEndToRoom(Architecture architecture) throws LoadException {
        UnicornProcessor processor = processor(architecture);
        assertThatThrownBy(() -> processor.put(new byte[65 << 20])).isInstanceOf(LoadException.class).hasMessageContaining("no room");
        Processor.Range half = processor.put(new byte[33 << 20]);
        processor.remove(half);
        processor.remove(processor.put(new byte[33 << 20]));
    }

    @ParameterizedTest
    @EnumSource
    void aDefectEndsInAnExceptionAndTheNextRunIsSound(Architecture architecture) throws LoadException {
        UnicornProcessor processor = processor(architecture);
        Processor.Range load = processor.put(MachineCode.of(architecture, "load"));
        try (Machine machine = machine(1)) {
            Core core = processor.core(machine.lane(0));
            long end = core.memoryBase() + machine.memory().segment().byteSize();
            assertThatThrownBy(() -> core.enter(load.entry(), end, false)).isInstanceOf(IllegalStateException.class).hasMessageContaining(
                    "pc 0x" + Long.toHexString(load.entry())).hasMessageContaining("0x" + Long.toHexString(end));
            core.enter(load.entry(), end - 8, false);
            core.close();
        } finally {
            processor.remove(load);
        }
    }

    /** Lanes of one machine on threads of their own, adding to one word by atomic instructions. */
    @ParameterizedTest
    @EnumSource
    void atomicsOfLanesAreAtomic(Architecture architecture) throws Exception {
        UnicornProcessor processor = processor(architecture);
        int rounds = 2000;
        Processor.Range add = processor.put(MachineCode.of(architecture, "add"));
        try (Machine machine = machine(4); ExecutorService threads = Executors.newFixedThreadPool(4)) {
            long address = 0x6000_0000L;
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int cpu = 0; cpu < machine.lanes(); cpu++) {
                Lane lane = machine.lane(cpu);
                tasks.add(() -> {
                    Core core = processor.core(lane);
                    for (int i = 0; i < rounds; i++) {
                        core.enter(add.entry(), core.memoryBase() + address, false);
                    }
                    core.close();
                    return null;
                });
            }
            for (Future<Void> end : threads.invokeAll(tasks)) {
                end.get();
            }
            assertThat(machine.memory().segment().get(WORD, address)).isEqualTo(4L * rounds);
        } finally {
            processor.remove(add);
        }
    }

    @ParameterizedTest
    @EnumSource
    void executedInstructionsAreCounted(Architecture architecture) throws LoadException {
        MachineCode.assume(architecture);
        ExecutedInstructions counter = new ExecutedInstructions();
        UnicornProcessor processor = UnicornProcessor.counting(architecture, counter);
        Processor.Range loop = processor.put(MachineCode.of(architecture, "loop"));
        try (Machine machine = machine(1)) {
            Core core = processor.core(machine.lane(0));
            Core.Shared context = core.allocate(64);
            context.segment().set(WORD, 0, 10);
            core.enter(loop.entry(), context.address(), true);
            assertThat(counter.get()).isEqualTo(4 + 30);
            core.close();
        }
    }
}
