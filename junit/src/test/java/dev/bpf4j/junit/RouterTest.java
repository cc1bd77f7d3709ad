// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.world.World;
import dev.bpf4j.vm.Codec;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A router, in surroundings with two interfaces and a neighbour. */
class RouterTest {
    private static final List<Byte> EAST = mac("020000000e01");
    private static final List<Byte> NEXT = mac("020000000e99");
    private static final World WORLD = World.STANDARD
            .withInterfaces(new World.Interface(1, "west", mac("020000000a01"), 1500), new World.Interface(2, "east", EAST, 1500))
            .withRoutes(new World.Route(InetAddress.ofLiteral("10.2.0.0"), 16, 2, InetAddress.ofLiteral("10.2.0.1"), null,
                    World.Route.Kind.UNICAST, 0),
                    new World.Route(InetAddress.ofLiteral("10.9.0.0"), 16, 0, null, null, World.Route.Kind.BLACKHOLE, 0))
            .withNeighbours(new World.Neighbour(2, InetAddress.ofLiteral("10.2.0.1"), NEXT));

    @RegisterExtension static final BpfExtension BPF = BpfExtension.of("src/test/bpf/router.bpf.o").machine(vm -> vm.world(WORLD).engine(
            "interpreter"));

    private static final String HEADER = "4500001c0000400040110000 0a000001 ";

    record Event(int destination, int result) {}

    private static final Codec<Event> EVENT = Codec.of(8, bytes -> new Event(bytes.getInt(), bytes.getInt()), (event, bytes) -> bytes
            .putInt(
                    event.destination()).putInt(event.result()));

    private static List<Byte> mac(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return List.of(bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
    }

    private static String packet(String to) {
        return "020000000a01 020000000a02 0800 " + HEADER + to + " 0035003500080000";
    }

    @Test
    void packetsGoToTheNextHop(BpfMachine machine) {
        machine.program("router").packet(packet("0a020305")).hasVerdict(XdpContext.REDIRECT).redirectsTo(2)
                .leaves("020000000e99 020000000e01 0800 " + HEADER + "0a020305 0035003500080000");
        assertEquals(Optional.of(1L), machine.map("forwarded", Codec.u32(), Codec.u64()).get(2));
        assertEquals(List.of(new Event(0x0503020a, 0)), machine.events("events", EVENT));
        assertEquals(List.of(), machine.printed());
    }

    @Test
    void blackHolesAreDropped(BpfMachine machine) {
        machine.program("router").packet(packet("0a090001")).hasVerdict(XdpContext.DROP).isUnchanged();
        assertEquals(List.of("no way: 1"), machine.printed());
        assertEquals(List.of(new Event(0x0100090a, 1)), machine.events("events", EVENT));
    }

    @Test
    void everyTestHasAMachineOfItsOwn(BpfMachine machine) {
        assertEquals(0, machine.map("forwarded", Codec.u32(), Codec.u64()).size());
        assertEquals(List.of(), machine.events("events", EVENT));
        machine.program("router").packet(packet("0b000001")).hasVerdict(XdpContext.PASS);
    }

    @Test
    void whatDoesNotHoldSaysWhatWasFound(BpfMachine machine) {
        BpfRun run = machine.program("router").packet(packet("0a020305"));
        fails(() -> run.hasVerdict(XdpContext.PASS), "expected 2, but it was 4");
        fails(run::isUnchanged, "first difference at byte 4 of 42");
        fails(() -> run.redirectsTo(3), "interface 3");
        fails(() -> run.hasFaulted(FaultKind.BUDGET), "it returned 0x4");
        fails(() -> run.leaves("00"), "42 found");
        fails(() -> run.hasMetadata(new byte[4]), "other metadata");
        fails(() -> machine.program("switch"), "router");
        assertThatThrownBy(() -> machine.map("routes", Codec.u32(), Codec.u32())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forwarded");
    }

    private static void fails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    /** Without a budget the first helper call is the end; a machine can be had without JUnit too. */
    @Test
    void faultsAreAsserted() {
        try (BpfMachine machine = BpfExtension.of("src/test/bpf/router.bpf.o").machine(vm -> vm.budget(0)).start(RouterTest.class)) {
            BpfRun run = machine.program("router").packet(packet("0a020305")).hasFaulted(FaultKind.BUDGET);
            fails(() -> run.hasVerdict(0), "it faulted: BUDGET");
        }
    }
}
