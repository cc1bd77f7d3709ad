// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.context.FlowDissectorContext;
import dev.bpf4j.runtime.context.LookupField;
import dev.bpf4j.runtime.context.NetfilterContext;
import dev.bpf4j.runtime.context.SkLookupContext;
import dev.bpf4j.runtime.context.SkbContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Contexts that the engine {@code linux} does not give: the kernel's own test run sees in them what programs here see. */
class ContextsInTheKernelTest {
    private static final Path ROOT = Path.of(System.getProperty("bpf4j.root", ".."));
    private static final KernelProgram.Type FLOW_DISSECTOR = new KernelProgram.Type(22, 17, 0);
    private static final KernelProgram.Type SK_LOOKUP = new KernelProgram.Type(30, 36, 0);
    private static final KernelProgram.Type NETFILTER = new KernelProgram.Type(32, 45, 0);
    private static final int ETHERNET = 14;
    private static final int SHORTEST = 40;

    @BeforeAll
    static void kernel() {
        KernelHere.assume();
    }

    private static Program program(String name) throws LoadException {
        return Objects.requireNonNull(BpfObject.load(ROOT.resolve("junit/src/test/bpf/contexts.bpf.o")).program(name));
    }

    private static List<byte[]> traffic() throws IOException {
        ByteBuffer capture = ByteBuffer.wrap(Files.readAllBytes(ROOT.resolve("examples/traffic.pcap"))).order(ByteOrder.LITTLE_ENDIAN);
        capture.position(24);
        List<byte[]> frames = new ArrayList<>();
        while (capture.remaining() >= 16) {
            byte[] frame = new byte[capture.getInt(capture.position() + 8)];
            capture.position(capture.position() + 16);
            capture.get(frame);
            frames.add(frame);
        }
        return frames;
    }

    private static int verdict(LoadedProgram program, Lane lane) {
        return program.run(lane) instanceof Outcome.Returned(long r0) ? (int) r0 : -1;
    }

    @Test
    void flowKeysAreTheKernels() throws LoadException, KernelRefusal, IOException {
        Program dissect = program("dissect");
        int compared = 0;
        try (Machine machine = new Machine(Machine.Settings.standard());
                KernelProgram kernel = KernelProgram.load(FLOW_DISSECTOR, dissect
                        .code())) {
            LoadedProgram here = machine.load(new RfcReference(), machine.link(dissect));
            FlowDissectorContext context = FlowDissectorContext.of(machine.lane(0));
            for (byte[] frame : traffic()) {
                if (frame.length >= ETHERNET && frame.length <= 3000) {
                    context.prepare(frame, 0, ByteOrder.LITTLE_ENDIAN);
                    KernelOutput there = kernel.run(KernelInput.packet(frame));
                    assertThat(verdict(here, machine.lane(0))).isEqualTo(there.returned());
                    assertThat(context.keys()).isEqualTo(Arrays.copyOf(there.packet(), 56));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void netfilterVerdictsAreTheKernels() throws LoadException, KernelRefusal, IOException {
        Program filter = program("filter");
        int[] verdicts = new int[2];
        try (Machine machine = new Machine(Machine.Settings.standard());
                KernelProgram kernel = KernelProgram.load(NETFILTER, filter
                        .code())) {
            LoadedProgram here = machine.load(new RfcReference(), machine.link(filter));
            for (byte[] frame : traffic()) {
                boolean ipv4 = frame.length >= SHORTEST && frame.length <= 3000 && frame[12] == 8 && frame[13] == 0;
                if (ipv4) {
                    NetfilterContext.of(machine.lane(0)).prepare(frame, NetfilterContext.LOCAL_OUT, SkbContext.Meta.STANDARD,
                            ByteOrder.LITTLE_ENDIAN);
                    int there = kernel.run(KernelInput.packet(Arrays.copyOfRange(frame, ETHERNET, frame.length))).returned();
                    assertThat(verdict(here, machine.lane(0))).isEqualTo(there);
                    verdicts[there]++;
                }
            }
        }
        assertThat(verdicts).as("packets of both kinds").satisfies(counts -> assertThat(counts[0]).isPositive(), counts -> assertThat(
                counts[1]).isPositive());
    }

    /** For every field a program that asks whether it is what it is here: the kernel, given our context, says so too, and to another value not. */
    @Test
    void fieldsOfLookupsAreWhereTheKernelHasThem() throws LoadException, KernelRefusal, IOException {
        int fields = 0;
        for (byte[] frame : traffic().stream().filter(packet -> packet.length > 60 && packet.length < 100).limit(20).toList()) {
            try (Machine machine = new Machine(Machine.Settings.standard())) {
                SkLookupContext context = SkLookupContext.of(machine.lane(0));
                context.prepare(frame, 0, ByteOrder.LITTLE_ENDIAN);
                byte[] bytes = machine.lane(0).contextBytes();
                int family = bytes[LookupField.FAMILY.offset()];
                if (family != 2 && family != 10) {
                    continue;
                }
                for (LookupField field : LookupField.values()) {
                    if (field != LookupField.SK && field != LookupField.INGRESS_IFINDEX) {
                        for (int at = field.offset(); at < field.offset() + field.size(); at += 4) {
                            fields += asks(field, at, bytes) ? 1 : 0;
                        }
                    }
                }
            }
        }
        assertThat(fields).isGreaterThan(20);
    }

    private static boolean asks(LookupField field, int at, byte[] context) throws KernelRefusal {
        boolean half = field.size() == 2;
        ByteBuffer values = ByteBuffer.wrap(context).order(ByteOrder.LITTLE_ENDIAN);
        int value = half ? values.getShort(at) & 0xffff : values.getInt(at);
        assertThat(lookup("r0 = 0\nw2 = *(u" + (half ? 16 : 32) + " *)(r1 + " + at + ")\nif w2 != " + value
                + " goto end\nr0 = 1\nend:\nexit\n",
                context)).as("%s at %d", field, at).isEqualTo(1);
        return value != 0;
    }

    private static int lookup(String text, byte[] context) throws KernelRefusal {
        String plain = text.replace("w2 = *(u", "r2 = *(u");
        byte[] code = new Assembler(Isa.bpf()).assemble("lookup", plain, ByteOrder.LITTLE_ENDIAN);
        try (KernelProgram kernel = KernelProgram.load(SK_LOOKUP, code)) {
            return kernel.run(KernelInput.context(context)).returned();
        }
    }

    @Test
    void assigningNoSocketIsAnsweredAsByTheKernel() throws LoadException, KernelRefusal, IOException {
        byte[] frame = traffic().stream().filter(packet -> packet.length > 60 && packet[12] == 8 && packet[13] == 0).findFirst()
                .orElseThrow();
        for (int flags : new int[] {0, 1, 2, 3, 4, 8}) {
            String text = "r6 = 0\nr2 = 0\nr3 = " + flags + "\ncall 124\nif w0 == 0 goto good\nr0 = 0\nexit\ngood:\nr0 = 1\nexit\n";
            byte[] code = new Assembler(Isa.bpf()).assemble("assign", text, ByteOrder.LITTLE_ENDIAN);
            try (Machine machine = new Machine(Machine.Settings.standard())) {
                SkLookupContext.of(machine.lane(0)).prepare(frame, 0, ByteOrder.LITTLE_ENDIAN);
                byte[] context = machine.lane(0).contextBytes();
                Program program = Program.raw("assign", ByteOrder.LITTLE_ENDIAN, code).withType(ProgramType.SK_LOOKUP);
                int here = verdict(machine.load(new RfcReference(), machine.link(program)), machine.lane(0));
                assertThat(lookup(text, context)).as("flags %d", flags).isEqualTo(here);
            }
        }
    }
}
