// SPDX-License-Identifier: Apache-2.0
import dev.bpf4j.vm.Codec;
import dev.bpf4j.vm.MapView;
import dev.bpf4j.vm.Vm;
import dev.bpf4j.vm.VmProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many packets on two threads at the same time, and what the program counted. */
class Counters {
    /** What the program calls {@code struct counter}. */
    record Counter(long packets, long bytes) {}

    private static final int LANES = 2;

    public static void main(String[] arguments) throws Exception {
        Path object = Path.of(arguments.length > 0 ? arguments[0] : "examples/proto_counter.bpf.o");
        Codec<Counter> counter = Codec.of(16, bytes -> new Counter(bytes.getLong(), bytes.getLong()), (value, bytes) -> bytes.putLong(value
                .packets()).putLong(value.bytes()));
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            byte[] packet = new byte[60];
            packet[12] = 0x08; // EtherType 0x0800, IPv4, or
            packet[13] = (byte) (i % 4 == 0 ? 6 : 0); // 0x0806, ARP
            packets.add(packet);
        }
        try (Vm vm = Vm.builder().lanes(LANES).build()) {
            VmProgram program = vm.load(object).program("proto_counter");
            long passed = program.batch(packets).stream().filter(result -> result.verdict() == 2).count();
            System.out.println(passed + " packets passed");

            MapView<Integer, Counter> types = vm.map("by_ethertype", Codec.u16(), counter);
            types.entries().stream().sorted((a, b) -> a.getKey() - b.getKey()).forEach(entry -> System.out.printf(
                    "EtherType %04x: %d packets, %d bytes%n", entry.getKey(), entry.getValue().packets(), entry.getValue().bytes()));

            MapView<Integer, List<Counter>> protocols = vm.map("by_protocol", Codec.u32(), Codec.perLane(counter, vm.lanes()));
            long tcp = protocols.get(6).orElseThrow().stream().mapToLong(Counter::packets).sum();
            System.out.println("TCP: " + tcp + " packets");
        }
    }
}
