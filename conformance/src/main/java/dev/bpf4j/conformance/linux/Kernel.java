// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import java.nio.ByteOrder;
import java.util.Optional;

/** Whether the running kernel can be asked at all. Thread-safe. */
public final class Kernel {
    private Kernel() {
    }

    private static final class Probe {
        static final Optional<String> RESULT = probe();
    }

    /**
     * Why bpf(2) cannot be used here, with its errno; empty if it can. Asked once: a map is made and a program of two instructions is loaded.
     */
    public static Optional<String> unavailable() {
        return Probe.RESULT;
    }

    private static Optional<String> probe() {
        Optional<String> system = Libc.unavailable();
        if (system.isPresent()) {
            return system;
        }
        byte[] code = new Assembler(Isa.bpf()).assemble("probe", "r0 = 0\nexit", ByteOrder.nativeOrder());
        try (KernelMap map = KernelMap.array("probe", 8, true);
                KernelProgram program = KernelProgram.load(KernelProgram.Type.SYSCALL, code)) {
            return program.fd() >= 0 && map.fd() >= 0 ? Optional.empty() : Optional.of("bpf(2) gave no file descriptor");
        } catch (KernelRefusal e) {
            return Optional.of("bpf(2) is refused: " + e.refused());
        } catch (IllegalCallerException e) {
            return Optional.of("native access is not enabled; start Java with --enable-native-access=ALL-UNNAMED");
        }
    }
}
