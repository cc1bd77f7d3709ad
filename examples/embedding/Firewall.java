// SPDX-License-Identifier: Apache-2.0
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.vm.Codec;
import dev.bpf4j.vm.MapView;
import dev.bpf4j.vm.PacketResult;
import dev.bpf4j.vm.Vm;
import dev.bpf4j.vm.VmProgram;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;

/** The XDP firewall of the examples, as clang compiled it: rules go into its maps, packets through it. */
class Firewall {
    /** What the program calls {@code struct service}: a protocol and a port. */
    record Service(int protocol, int port) {}

    /** What it calls {@code struct rule}. */
    record Rule(int id, int action) {}

    private static final int TCP = 6;
    private static final int DROP = 0;

    /** From a client to a web server: Ethernet, IPv4, TCP with SYN to port 80. */
    private static final String WEB = """
            02000000000202000000000108004500002800010000400666cd0a0000010a000002\
            c0010050000000010000000050022000a3ea0000""";

    public static void main(String[] arguments) throws Exception {
        Path object = Path.of(arguments.length > 0 ? arguments[0] : "examples/xdp_firewall.bpf.o");
        Codec<Service> service = Codec.of(4, bytes -> {
            int protocol = bytes.get();
            bytes.get();
            return new Service(protocol, bytes.order(ByteOrder.BIG_ENDIAN).getShort() & 0xffff);
        }, (value, bytes) -> bytes.put((byte) value.protocol()).put((byte) 0).order(ByteOrder.BIG_ENDIAN).putShort((short) value.port()));
        Codec<Rule> rule = Codec.of(8, bytes -> new Rule(bytes.getInt(), bytes.getInt()), (value, bytes) -> bytes.putInt(value.id()).putInt(
                value.action()));
        try (Vm vm = Vm.create()) {
            VmProgram firewall = vm.load(object).program("xdp_firewall");
            MapView<Service, Rule> services = vm.map("services", service, rule);
            byte[] packet = HexFormat.of().parseHex(WEB);

            show("no rules", firewall.packet(packet));
            services.put(new Service(TCP, 80), new Rule(7, DROP));
            show("port 80 is closed", firewall.packet(packet));
            services.remove(new Service(TCP, 80));
            show("port 80 is open again", firewall.packet(packet));
        }
    }

    private static void show(String when, PacketResult result) {
        System.out.println(when + ": " + (result.verdict() == XdpContext.PASS ? "pass" : "drop"));
    }
}
