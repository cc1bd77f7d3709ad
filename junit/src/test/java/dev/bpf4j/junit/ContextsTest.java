// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.context.FlowDissectorContext;
import dev.bpf4j.runtime.context.NetfilterContext;
import dev.bpf4j.runtime.context.SkLookupContext;
import dev.bpf4j.runtime.context.SkMsgContext;
import dev.bpf4j.runtime.world.World;
import dev.bpf4j.vm.Codec;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs on messages, lookups of sockets, flow dissectors, netfilter: each context with its verdict and effects, in several engines. */
class ContextsTest {
    private static final String ETHERNET = "020000000a01 020000000a02 0800 ";
    private static final String TCP = ETHERNET
            + "4500002c0000400040060000 0a000001 0a020305 04d20050 00000001 00000000 50020100 00000000 00000000";
    private static final String UDP = ETHERNET + "4500001c0000400040110000 0a000001 0a020305 04d21b58 00080000";
    private static final World WORLD = World.STANDARD.withSockets(
            World.Socket.connected(7, 6, InetAddress.ofLiteral("10.0.0.1"), 80, InetAddress.ofLiteral("10.0.0.2"), 1234),
            World.Socket.listening(8, 17, InetAddress.ofLiteral("0.0.0.0"), 7000),
            World.Socket.listening(9, 6, InetAddress.ofLiteral("0.0.0.0"), 7000));

    private static BpfMachine machine(String engine) {
        return BpfExtension.of("src/test/bpf/contexts.bpf.o").machine(vm -> vm.world(WORLD).engine(engine)).start(ContextsTest.class);
    }

    private static BpfRun message(BpfMachine machine, String text) {
        return machine.program("on_message").packet(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"interpreter", "jvm"})
    void flowDissectorFillsInKeys(String engine) {
        try (BpfMachine machine = machine(engine)) {
            BpfProgram dissect = machine.program("dissect");
            dissect.packet(TCP).hasVerdict(FlowDissectorContext.OK).isUnchanged().hasEffects(
                    "flow_keys=0e002200000800000006080004d200500a0000010a020305"
                            + "0000000000000000000000000000000000000000000000000000000000000000");
            dissect.packet(UDP.replace("40110000", "40010000")).hasVerdict(FlowDissectorContext.DROP);
            dissect.packet(UDP.replace("4500001c", "4600001c")).hasVerdict(FlowDissectorContext.CONTINUE);
            assertThat(dissect.packet(UDP.replace("0800 4", "86dd 4")).hasVerdict(FlowDissectorContext.CONTINUE).effects()).startsWith(
                    "flow_keys=0e000e00000000000000" + "86dd");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"interpreter", "jvm"})
    void messagesGrowShrinkAndAreApplied(String engine) {
        try (BpfMachine machine = machine(engine)) {
            message(machine, "abc").hasVerdict(SkMsgContext.PASS).hasEffects("cork=4").isUnchanged();
            message(machine, "Line").hasVerdict(SkMsgContext.PASS).hasEffects("").leaves("len Line".getBytes(StandardCharsets.ISO_8859_1));
            message(machine, "Price").hasVerdict(SkMsgContext.PASS).leaves("rice".getBytes(StandardCharsets.ISO_8859_1));
            message(machine, "All of it").hasVerdict(SkMsgContext.PASS).hasEffects("apply=1009");
            message(machine, "other").hasVerdict(SkMsgContext.DROP);
            assertThatThrownBy(() -> message(machine, "other").hasEffects("apply=1")).isInstanceOf(AssertionError.class)
                    .hasMessageContaining("expected \"apply=1\", but they were \"\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"interpreter", "jvm"})
    void lookupsAreGivenSockets(String engine) {
        try (BpfMachine machine = machine(engine)) {
            BpfProgram choose = machine.program("choose");
            choose.packet(UDP).hasVerdict(SkLookupContext.DROP).hasEffects("");
            machine.map("servers", Codec.u32(), Codec.u64()).put(0, 8L);
            choose.packet(UDP).hasVerdict(SkLookupContext.PASS).hasEffects("assigned=8").isUnchanged();
            choose.packet(TCP).hasVerdict(SkLookupContext.PASS).hasEffects("");
            choose.packet(UDP.replace("1b58", "0001")).hasVerdict(SkLookupContext.DROP);
            machine.map("servers", Codec.u32(), Codec.u64()).put(0, 9L);
            choose.packet(UDP).hasVerdict(SkLookupContext.DROP).hasEffects("");
            machine.map("servers", Codec.u32(), Codec.u64()).put(0, 7L);
            choose.packet(TCP.replace("0050 0", "1b58 0")).hasVerdict(SkLookupContext.DROP).hasEffects("");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"interpreter", "jvm"})
    void netfilterSeesHookAndLength(String engine) {
        try (BpfMachine machine = machine(engine)) {
            BpfProgram filter = machine.program("filter");
            filter.packet(TCP).hasVerdict(NetfilterContext.ACCEPT).hasEffects("");
            filter.packet(TCP + "00".repeat(100)).hasVerdict(NetfilterContext.DROP);
            filter.packet(TCP.replace("0800 45", "86dd 65")).hasVerdict(NetfilterContext.DROP);
        }
    }
}
