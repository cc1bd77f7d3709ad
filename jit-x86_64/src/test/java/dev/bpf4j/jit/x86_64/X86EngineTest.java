// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.jit.nativecode.testing.EngineBehaviour;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is the engine's own. */
class X86EngineTest extends EngineBehaviour {
    @Override
    protected List<X86Engine> engines() {
        return FeatureSets.engines();
    }

    @Test
    void isFound() {
        assertThat(ServiceLoader.load(Engine.class).stream().map(provider -> provider.get().name())).contains("x86-64");
        assertThat(new X86Engine().rank()).isEqualTo(30);
    }

    @Test
    void namesUnknownFeatures() {
        String before = System.getProperty(X86Engine.FEATURES.property(), "");
        System.setProperty(X86Engine.FEATURES.property(), "avx1024");
        try {
            assertThatThrownBy(() -> X86Engine.FEATURES.selected(Set.of("bmi2"))).hasMessageContaining("avx1024");
            System.setProperty(X86Engine.FEATURES.property(), "none");
            assertThat(X86Engine.FEATURES.selected(Set.of("bmi2"))).isEmpty();
        } finally {
            System.setProperty(X86Engine.FEATURES.property(), before);
        }
    }

    /** On every host: to show machine code it need not run. */
    @Test
    void listingShowsInstructionsRulesAndMachineCode() throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard().withPolicy(Policy.SANDBOX))) {
            String text = "r2 = r1\nr2 += 8\nr0 = *(u32 *)(r2 + 0)\nr0 += 1\nexit";
            String listing = new X86Engine(Set.of()).listing(machine, link(machine, text, ByteOrder.LITTLE_ENDIAN));
            assertThat(listing).startsWith("""
                    0: r2 = r1
                            ; mov_add
                           0  48 8d 77 08                     lea rsi, [rdi + 8]
                    1: r2 += 8
                    2: r0 = *(u32 *)(r2 + 0)
                            ; ldx32
                           4  89 f1                           mov ecx, esi
                           6  41 8b 04 0f                     mov eax, dword ptr [r15 + rcx]
                    3: r0 += 1
                            ; add_i8_64
                           a  48 83 c0 01                     add rax, 1
                    4: exit
                            ; exit
                           e  c3                              ret
                    """);
        }
    }
}
