// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KernelRunnerTest {
    private static final KernelState INPUT = KernelState.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 0x8000_0000_0000_0009L);

    @BeforeAll
    static void kernel() {
        KernelHere.assume();
    }

    private static KernelState ran(KernelResult result) {
        assertThat(result).isInstanceOf(KernelResult.Ran.class);
        return ((KernelResult.Ran) result).states().getFirst();
    }

    @Test
    void allTenRegistersComeInAndOut() {
        try (KernelRunner runner = new KernelRunner()) {
            assertThat(ran(runner.run(new Slots().exit().bytes(), List.of(INPUT)))).isEqualTo(INPUT);
            KernelState after = ran(runner.run(new Slots().set(3, -1).exit().bytes(), List.of(INPUT)));
            assertThat(after.registers()).containsExactly(0, 1, 2, -1, 4, 5, 6, 7, 8, 0x8000_0000_0000_0009L);
        }
    }

    @Test
    void aProgramRunsOncePerInput() {
        try (KernelRunner runner = new KernelRunner()) {
            KernelState other = KernelState.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
            KernelResult result = runner.run(new Slots().exit().bytes(), List.of(INPUT, other, INPUT));
            assertThat(result).isEqualTo(new KernelResult.Ran(List.of(INPUT, other, INPUT)));
        }
    }

    @Test
    void scratchMemoryComesInAndOut() {
        try (KernelRunner runner = new KernelRunner(KernelProgram.Type.RAW_TRACEPOINT, 0, 16)) {
            byte[] code = new Slots().mapValue(1, 0, KernelRunner.SCRATCH_OFFSET).load(2, 1, 0).storeImmediate(1, 8, -1).set(1, 0).exit()
                    .bytes();
            KernelState after = ran(runner.run(code, List.of(KernelState.of(new long[10], new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}))));
            assertThat(after.register(2)).isEqualTo(0x0807_0605_0403_0201L);
            assertThat(after.memory()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, -1, -1, -1, -1, -1, -1, -1, -1);
        }
    }

    @Test
    void theStackIsZeroWhereItWasAskedFor() {
        try (KernelRunner runner = new KernelRunner(KernelProgram.Type.SYSCALL, 512, 0)) {
            KernelState after = ran(runner.run(new Slots().load(0, 10, -512).load(1, 10, -8).exit().bytes(), List.of(INPUT)));
            assertThat(after.register(0)).isZero();
            assertThat(after.register(1)).isZero();
        }
    }

    @Test
    void functionsBehindMainAreCalled() {
        try (KernelRunner runner = new KernelRunner()) {
            // main: r0 = f(r1), then r1 to r5 readable again; f: r0 = 77
            Slots main = new Slots().call(6).set(1, 1).set(2, 2).set(3, 3).set(4, 4).set(5, 5).exit();
            byte[] code = main.set(0, 77).exit().bytes();
            KernelState after = ran(runner.run(code, List.of(INPUT)));
            assertThat(after.registers()).containsExactly(77, 1, 2, 3, 4, 5, 6, 7, 8, 0x8000_0000_0000_0009L);
        }
    }

    @Test
    void aRefusalSaysWhatTheVerifierSaid() {
        try (KernelRunner runner = new KernelRunner()) {
            KernelResult result = runner.run(new Slots().set(11, 0).exit().bytes(), List.of(INPUT));
            assertThat(result).isInstanceOfSatisfying(KernelResult.Refused.class, refused -> {
                assertThat(refused.name()).isEqualTo("EINVAL");
                assertThat(refused.operation()).isEqualTo("BPF_PROG_LOAD");
                assertThat(refused.reason()).isEqualTo("R11 is invalid");
                assertThat(refused.toString()).contains("EINVAL (22)").contains("R11 is invalid");
            });
            assertThat(runner.run(new Slots().load(0, 1, 0).exit().bytes(), List.of(INPUT))).isInstanceOfSatisfying(
                    KernelResult.Refused.class,
                    refused -> assertThat(refused.name()).isEqualTo("EACCES"));
            assertThat(ran(runner.run(new Slots().exit().bytes(), List.of(INPUT)))).as("the next program").isEqualTo(INPUT);
        }
    }

    @Test
    void noFileDescriptorIsLeft() throws IOException {
        long before = descriptors();
        for (int i = 0; i < 3; i++) {
            try (KernelRunner runner = new KernelRunner()) {
                for (int n = 0; n < 50; n++) {
                    runner.run(new Slots().set(n % 12, 0).exit().bytes(), List.of(INPUT));
                }
            }
        }
        assertThat(descriptors()).isEqualTo(before);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
