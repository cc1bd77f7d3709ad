// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.jit.nativecode.testing.EngineBehaviour;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is the engine's own. */
class Arm64EngineTest extends EngineBehaviour {
    @Override
    protected List<Arm64Engine> engines() {
        return FeatureSets.engines();
    }

    @Test
    void isFound() {
        assertThat(ServiceLoader.load(Engine.class).stream().map(provider -> provider.get().name())).contains("arm64");
    }

    /** Emulated code is slow: only where the host runs it is it chosen by itself. */
    @Test
    void isChosenByItselfOnArm64Only() {
        boolean host = System.getProperty("os.arch").equals("aarch64") && System.getProperty("os.name").equals("Linux");
        assertThat(new Arm64Engine().rank()).isEqualTo(host ? 30 : 0);
    }

    @Test
    void namesUnknownFeatures() {
        String before = System.getProperty(Arm64Engine.FEATURES.property(), "");
        System.setProperty(Arm64Engine.FEATURES.property(), "sve");
        try {
            assertThat(new Arm64Engine().unavailable().orElse("")).contains("sve");
        } finally {
            System.setProperty(Arm64Engine.FEATURES.property(), before);
        }
    }

    private static String listing(Policy policy, String text) throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard().withPolicy(policy))) {
            return new Arm64Engine(Set.of("lse")).listing(machine, link(machine, text, ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** On every host: to show machine code it need not run. */
    @Test
    void listingShowsInstructionsRulesAndMachineCode() throws LoadException {
        assertThat(listing(Policy.SANDBOX, """
                r2 = r1
                r2 += 8
                r0 = *(u32 *)(r2 + 4)
                *(u64 *)(r10 - 512) = r0
                lock *(u64 *)(r10 - 8) += r0
                if r0 & 16 goto +1
                r0 %= r2
                exit
                """)).startsWith("""
                       0  de 8d 1f f8                     str x30, [x14, #-8]!
                0: r2 = r1
                        ; mov_add
                       4  22 20 00 91                     add x2, x1, #8
                1: r2 += 8
                2: r0 = *(u32 *)(r2 + 4)
                        ; ldx32
                       8  50 10 00 11                     add w16, w2, #4
                       c  80 49 70 b8                     ldr w0, [x12, w16, uxtw]
                3: *(u64 *)(r10 - 512) = r0
                        ; stx64
                      10  e0 01 10 f8                     stur x0, [x15, #-256]
                4: lock *(u64 *)(r10 - 8) += r0
                        ; lse_add64
                      14  f0 e1 03 91                     add x16, x15, #248
                      18  1f 02 20 f8                     stadd x0, [x16]
                5: if r0 & 16 goto +1
                        ; jset_bit_64
                      1c  60 00 20 37                     tbnz w0, #4, 0x28
                6: r0 %= r2
                        ; mod_r_64
                      20  10 08 c2 9a                     udiv x16, x0, x2
                      24  00 82 02 9b                     msub x0, x16, x2, x0
                7: exit
                        ; exit
                      28  de 85 40 f8                     ldr x30, [x14], #8
                      2c  c0 03 5f d6                     ret
                """);
    }

    /** A bound of a region that is used in a loop lives in a register. */
    @Test
    void loopsCompareWithRegisters() throws LoadException {
        String listing = listing(Policy.STRICT, """
                r0 = *(u8 *)(r1 + 0)
                r1 += 1
                if r0 != 0 goto -3
                exit
                """);
        assertThat(listing).contains("sub x17, x1, x19").contains("cmp x17, x20").contains("ldrb w0, [x12, x1]");
    }

    /** More than the 32 KiB that a test of a bit reaches: the code is right, and says how it gets there. */
    @Test
    void longJumps() throws LoadException {
        String far = "r0 += 1\n".repeat(9_000);
        String text = "r0 = 0\nif r1 & 1 goto +9000\n" + far + "exit";
        assertThat(listing(Policy.STRICT, text)).contains("tbz w1, #0, #8 ; b 0x");
        for (Engine engine : engines()) {
            try (Machine machine = new Machine(Machine.Settings.standard())) {
                LoadedProgram loaded = machine.load(engine, link(machine, text, ByteOrder.LITTLE_ENDIAN));
                assertThat(loaded.run(machine.lane(0))).isEqualTo(new Outcome.Returned(9_000));
                machine.lane(0).raw(new byte[1]);
                machine.lane(0).entry()[1] = 1;
                assertThat(loaded.run(machine.lane(0))).isEqualTo(new Outcome.Returned(0));
            }
        }
    }
}
