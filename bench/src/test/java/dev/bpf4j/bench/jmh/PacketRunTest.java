// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.conformance.linux.LinuxEngine;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.context.XdpContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packets do what they are said to do, here as in the kernel; the benchmark runs and is reported. Figures are not looked at. */
class PacketRunTest {
    @ParameterizedTest
    @EnumSource
    void packetsGoOutInATunnel(PacketTraffic traffic) throws Exception {
        try (PacketExample here = PacketExample.of("xdp_loadbalancer", PacketBenchmark.engine("interpreter"))) {
            for (byte[] packet : traffic.before()) {
                assertThat(here.run(packet)).isEqualTo(new Outcome.Returned(XdpContext.TX));
            }
            for (byte[] packet : traffic.packets()) {
                assertThat(packet).hasSize(PacketTraffic.BYTES);
                assertThat(here.run(packet)).isEqualTo(new Outcome.Returned(XdpContext.TX));
                assertThat(here.packet()).hasSize(traffic == PacketTraffic.PADDED ? 14 + 20 + 40 : PacketTraffic.BYTES + 20);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void kernelDoesTheSame(PacketTraffic traffic) throws Exception {
        Engine kernel = new LinuxEngine();
        Assumptions.assumeTrue(kernel.unavailable().isEmpty(), () -> kernel.unavailable().orElse(""));
        for (String example : new String[] {"xdp_firewall", "xdp_loadbalancer"}) {
            try (PacketExample here = PacketExample.of(example, PacketBenchmark.engine("interpreter"));
                    PacketExample there = PacketExample.of(
                            example, kernel)) {
                for (byte[] packet : traffic.before()) {
                    assertThat(here.run(packet)).isEqualTo(there.run(packet));
                }
                for (byte[] packet : traffic.packets()) {
                    assertThat(here.run(packet)).isEqualTo(there.run(packet));
                    assertThat(here.packet()).isEqualTo(there.packet());
                }
            }
        }
    }

    @Test
    void tablesHaveAllFigures() throws Exception {
        Assumptions.assumeTrue(PacketBenchmark.engine("x86-64").unavailable().isEmpty(), "x86-64 does not run here");
        String text = PacketRun.run(0);
        assertThat(text.lines().filter(line -> line.matches(
                "\\| xdp_\\w+ \\| .* \\| (yes|no) \\| \\d+ \\(\\d+\\) \\| [\\d.]+ \\([\\d.]+\\) \\|")))
                .hasSize(2 * PacketTraffic.values().length);
        assertThat(text.lines().filter(line -> line.contains("| first of: "))).hasSize(4);
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> PacketRun.main(new String[] {"fast"})).hasMessage("fast: expected --forks=N or --out=FILE");
    }
}
