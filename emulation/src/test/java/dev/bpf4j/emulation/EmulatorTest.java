// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.GuestMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small machine code in every architecture that can be emulated here. */
class EmulatorTest {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    private static final long CODE = 0x1000_0000;
    private static final long DATA = 0x4000_0000;
    private static final int SIZE = 4096;

    /** An emulator with a page of code and one of data. */
    private static final class Bench implements AutoCloseable {
        final Arena arena = Arena.ofConfined();
        final MemorySegment code = arena.allocate(SIZE, SIZE);
        final MemorySegment data = arena.allocate(SIZE, SIZE);
        final Emulator emulator;
        private final Architecture architecture;
        private int end;

        Bench(Architecture architecture, @Nullable ExecutedInstructions counter) {
            MachineCode.assume(architecture);
            this.architecture = architecture;
            this.emulator = new Emulator(UnicornLibraries.of(architecture), architecture, counter);
            emulator.map(CODE, code, Emulator.READ_EXECUTE);
            emulator.map(DATA, data, Emulator.READ_WRITE);
        }

        void call(String name, long argument) {
            byte[] bytes = MachineCode.of(architecture, name);
            int start = end;
            MemorySegment.copy(bytes, 0, code, ValueLayout.JAVA_BYTE, start, bytes.length);
            end = (start + bytes.length + 63) / 64 * 64;
            emulator.call(CODE + start, argument);
        }

        long word(int index) {
            return data.getAtIndex(WORD, index);
        }

        @Override
        public void close() {
            emulator.close();
            arena.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void atomicsWorkOnMemoryOfTheHost(Architecture architecture) {
        try (Bench bench = new Bench(architecture, null)) {
            bench.data.setAtIndex(WORD, 0, 100);
            bench.call("atomics", DATA);
            assertThat(bench.word(0)).isEqualTo(100);
            assertThat(bench.word(1)).as("9 now, 105 before the swap, 7 before the exchange").isEqualTo(9 + 105 + 7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void codeUsesTheStackAndComesBackEveryTime(Architecture architecture) {
        try (Bench bench = new Bench(architecture, null)) {
            for (int i = 1; i <= 100; i++) {
                bench.emulator.call(place(bench, i, "frame"), DATA);
                assertThat(bench.word(0)).isEqualTo(42L * i);
            }
        }
    }

    /** The same code at the same place after the first time. */
    private static long place(Bench bench, int time, String name) {
        if (time == 1) {
            byte[] bytes = MachineCode.of(bench.architecture, name);
            MemorySegment.copy(bytes, 0, bench.code, ValueLayout.JAVA_BYTE, 0, bytes.length);
        }
        return CODE;
    }

    @Test
    void exclusiveAccessesWork() {
        try (Bench bench = new Bench(Architecture.ARM64, null)) {
            bench.call("exclusive", DATA);
            assertThat(bench.word(0)).isEqualTo(3);
        }
    }

    @Test
    void accessesNeedNoAlignmentAndVectorRegistersAreThere() {
        try (Bench bench = new Bench(Architecture.ARM64, null)) {
            bench.data.fill((byte) -1);
            bench.data.setAtIndex(WORD, 0, 0x0807_0605_0403_0201L);
            bench.data.setAtIndex(WORD, 1, 0x1009L);
            bench.call("unaligned", DATA);
            assertThat(bench.data.get(ValueLayout.JAVA_LONG_UNALIGNED, 11)).isEqualTo(0x0908_0706_0504_0302L);
            assertThat(bench.data.get(ValueLayout.JAVA_LONG_UNALIGNED, 33)).isZero();
            assertThat(bench.data.get(ValueLayout.JAVA_BYTE, 49)).isEqualTo((byte) -1);
        }
    }

    @Test
    void bmi2IsThere() {
        try (Bench bench = new Bench(Architecture.X86_64, null)) {
            bench.data.setAtIndex(WORD, 0, 0x1234_5678_9abc_def0L);
            bench.call("bmi2", DATA);
            long shifted = 0x1234_5678_9abc_def0L << 4;
            assertThat(bench.word(0)).as("low half of the square").isEqualTo(shifted * shifted);
            assertThat(bench.word(1)).isEqualTo(Long.rotateRight(shifted * shifted, 8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void instructionsAreCounted(Architecture architecture) {
        ExecutedInstructions counter = new ExecutedInstructions();
        try (Bench bench = new Bench(architecture, counter)) {
            int around = 4;
            for (long n : new long[] {1, 2, 1000}) {
                counter.reset();
                bench.data.setAtIndex(WORD, 0, n);
                bench.call("loop", DATA);
                assertThat(bench.word(1)).isEqualTo(n * (n + 1) / 2);
                assertThat(counter.get()).as("instructions for %d rounds", n).isEqualTo(around + 3 * n);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyByteOfAGuestSpaceIsInReach(Architecture architecture) {
        MachineCode.assume(architecture);
        try (GuestMemory memory = GuestMemory.create(); Bench bench = new Bench(architecture, null)) {
            long base = 1L << 33;
            MemorySegment guest = memory.segment();
            bench.emulator.map(base, guest, Emulator.READ_WRITE);
            for (long address : new long[] {0, 0x6000_0000L, 0xffff_fff8L, guest.byteSize() - 8}) {
                bench.call("frame", base + address);
                assertThat(guest.get(WORD, address)).isEqualTo(42);
            }
            memory.clear();
            bench.call("frame", base + 0xffff_fff8L);
            assertThat(guest.get(WORD, 0xffff_fff8L)).as("cleared under the emulator").isEqualTo(42);
            failsWith(() -> bench.call("load", base + guest.byteSize()), "0x" + Long.toHexString(base + guest.byteSize()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCodeMustNotDoEndsInAnExceptionWithThePlace(Architecture architecture) {
        try (Bench bench = new Bench(architecture, null)) {
            failsWith(() -> bench.call("load", 0x7000_0008L), "emulated " + architecture + " code failed at pc 0x10000000",
                    "8 bytes at 0x70000008", "READ_UNMAPPED");
            failsWith(() -> bench.call("store", 0x7000_0008L), "pc 0x10000040", "4 bytes at 0x70000008", "WRITE_UNMAPPED");
            failsWith(() -> bench.call("store", CODE), "pc 0x10000080", "4 bytes at 0x10000000", "WRITE_PROT");
            failsWith(() -> bench.call("jump", 0x7000_0000L), "0x70000000", "FETCH_UNMAPPED");
            failsWith(() -> bench.call("jump", DATA), "0x40000000", "FETCH_PROT");
            failsWith(() -> bench.call("undefined", 0), "pc 0x1000014", "defect of the engine");
            bench.call("frame", DATA);
            assertThat(bench.word(0)).as("it still works").isEqualTo(42);
        }
    }

    @Test
    void codeThatStopsTheProcessorHasNotReturned() {
        try (Bench bench = new Bench(Architecture.X86_64, null)) {
            failsWith(() -> bench.call("halt", 0), "stopped the processor");
        }
    }

    @Test
    void overlappingMapsAreRefused() {
        try (Bench bench = new Bench(Architecture.ARM64, null)) {
            assertThatThrownBy(() -> bench.emulator.map(CODE, bench.data, Emulator.READ_WRITE)).isInstanceOf(UnicornException.class)
                    .hasMessageContaining("uc_mem_map_ptr").hasMessageContaining("UC_ERR_MAP");
            assertThatThrownBy(() -> bench.emulator.map(CODE + SIZE, bench.data.asSlice(64), Emulator.READ_WRITE)).isInstanceOf(
                    IllegalArgumentException.class);
        }
    }

    private static void failsWith(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(UnicornException.class).hasMessageContainingAll(parts);
    }
}
