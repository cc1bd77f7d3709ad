// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.vm.Codec;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** The firewall of the examples: what stands in its map decides. */
@BpfTest("../examples/xdp_firewall.bpf.o")
class FirewallTest {
    /** TCP to port 80 of 10.0.0.1. */
    private static final String WEB = "020000000001 020000000002 0800 4500002800004000400600000a0000020a000001 c0000050 0000000000000000 5002ffff00000000";
    private static final int TCP = 6;
    private static final int DROP = 0;

    /** What a service is: protocol, nothing, port in network order. */
    record Service(int protocol, int port) {}

    record Rule(int id, int action) {}

    private static final Codec<Service> SERVICE = Codec.of(4, bytes -> {
        int protocol = bytes.getShort();
        return new Service(protocol, bytes.order(ByteOrder.BIG_ENDIAN).getShort());
    }, (service, bytes) -> bytes.put((byte) service.protocol()).put((byte) 0).order(ByteOrder.BIG_ENDIAN).putShort((short) service.port()));

    private static final Codec<Rule> RULE = Codec.of(8, bytes -> new Rule(bytes.getInt(), bytes.getInt()), (rule, bytes) -> bytes.putInt(
            rule.id()).putInt(rule.action()));

    @Test
    void everythingPassesWithoutRules(BpfMachine machine) {
        machine.program("xdp_firewall").packet(WEB).hasVerdict(XdpContext.PASS).isUnchanged();
    }

    @Test
    void closedPort(BpfMachine machine) {
        machine.map("services", SERVICE, RULE).put(new Service(TCP, 80), new Rule(7, DROP));
        machine.program("xdp_firewall").packet(WEB).hasVerdict(XdpContext.DROP);
    }
}
