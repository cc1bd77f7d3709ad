// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.capture.CaptureReader;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.cli.input.HexBytes;
import dev.bpf4j.cli.input.InputFile;
import dev.bpf4j.cli.input.ObjectSettings;
import dev.bpf4j.cli.input.ProgramChoice;
import dev.bpf4j.cli.input.ProgramFile;
import dev.bpf4j.cli.input.TimeSpan;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpf4j run}: a program on packets, memory or a context. */
public final class RunCommand implements Subcommand.Task {
    @Parameters(paramLabel = "OBJECT", description = "An ELF object, assembly text (.bpfasm, .s) or raw bytecode (.bin).") private Path object = Path
            .of("");

    @Option(names = "--program", paramLabel = "NAME", description = "The program, by name or section. Default: the only one, or the one named like the file.") private @Nullable String programName;

    @Option(names = "--type", paramLabel = "TYPE", description = "Run it as xdp, tc, socket, raw or another type, whatever its section says.") private @Nullable String type;

    @Option(names = "--engine", paramLabel = "E", description = "An engine; several, or all: their results are compared. Default: auto. bpf4j doctor lists them.") private List<String> engineNames = new ArrayList<>();

    @Option(names = "--packet", paramLabel = "HEX", description = "One packet, from its Ethernet header on.") private @Nullable String packet;

    @Option(names = "--pcap", paramLabel = "IN", description = "The packets of a capture: pcap or pcapng.") private @Nullable Path pcap;

    @Option(names = "--out", paramLabel = "OUT", description = "Write the packets that go on their way to this pcap, as the program left them.")
    @Nullable Path out;

    @Option(names = "--mem", paramLabel = "HEX|@FILE", description = "Raw memory in r1, its length in r2: hex, or the bytes of a file.") private @Nullable String mem;

    @Option(names = "--ctx", paramLabel = "FILE", description = "What comes with the packets, as JSON ({\"mark\": 7}); for programs without packets, the bytes of their context.") private @Nullable Path ctx;

    @Option(names = "--world", paramLabel = "FILE", description = "What surrounds the program, as YAML: clock, seed, CPUs, task, interfaces, routes, neighbours, sockets.") private @Nullable Path world;

    @Mixin private ObjectSettings objectSettings = new ObjectSettings();

    @Option(names = "--policy", description = "strict: an access outside of the live regions is a fault. sandbox: it is confined to the guest. Default: strict.") private Policy policy = Policy.STRICT;

    @Option(names = "--budget", paramLabel = "N", description = "Backward jumps and calls that a run may take. Default: ${DEFAULT-VALUE}.") private long budget = Limits.DEFAULT
            .budget();

    @Option(names = "--wait", paramLabel = "TIME", description = "Let so much time pass after the last input, and run the timers that become due: 500us, 10ms, 2s.") private @Nullable String wait;

    @Option(names = "--repeat", paramLabel = "N", description = "Measure: run each input N times more, after a warm-up, on a fresh machine.")
    @Nullable Long repeat;

    @Option(names = "--each", description = "Show the verdict of every packet.") boolean each;

    @Option(names = "--maps", description = "Show what the maps hold at the end. JSON has them always.") boolean maps;

    @Option(names = "--maps-in", paramLabel = "FILE", description = "What the maps hold before, as JSON. Default: NAME.maps.json beside NAME.bpf.o, if it is there.") private @Nullable Path mapsIn;

    @Option(names = "--trace", description = "Show every instruction with the registers it changes. Runs in the engine evaluator.") boolean trace;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.") OutputFormat format = OutputFormat.TEXT;

    @Override
    public List<String> examples() {
        return List.of("bpf4j run examples/xdp_firewall.bpf.o --pcap examples/traffic.pcap",
                "bpf4j run examples/xdp_loadbalancer.bpf.o --pcap examples/traffic.pcap --out balanced.pcap --maps",
                "bpf4j run filter.bpfasm --mem 0102030405060708 --trace",
                "bpf4j run examples/socket_filter.bpf.o --pcap examples/traffic.pcap --engine all --format json");
    }

    @Override
    public ExitCode run(Console console) throws IOException, LoadException {
        checkOptions();
        ProgramFile file = ProgramFile.read(object, ByteOrder.LITTLE_ENDIAN, objectSettings.options());
        objectSettings.check(file.object());
        ProgramChoice choice = ProgramChoice.of(file, programName);
        if (choice.note() != null) {
            console.err().println("bpf4j: " + Printable.line(choice.note()));
        }
        Program program = type == null ? choice.program() : choice.program().withType(type(type));
        ContextKind kind = mem != null ? ContextKind.MEMORY : ContextKind.of(program.type());
        Machine.Settings settings = Machine.Settings.standard().withPolicy(policy).withLimits(Limits.DEFAULT.withBudget(budget));
        if (world != null) {
            settings = WorldFile.apply(world, settings);
        }
        InitialMaps initial = mapsIn != null ? InitialMaps.read(mapsIn) : InitialMaps.beside(object);
        Surroundings surroundings = ctx != null && kind.packet() ? ContextFile.fields(ctx, kind) : Surroundings.STANDARD;
        Setup setup = new Setup(file, program, settings, initial, surroundings);
        try (Feed feed = feed(program, kind)) {
            return new Run(this, console, setup, feed, describeInput()).execute(engines());
        }
    }

    private void checkOptions() {
        List<String> inputs = new ArrayList<>();
        if (packet != null) {
            inputs.add("--packet");
        }
        if (pcap != null) {
            inputs.add("--pcap");
        }
        if (mem != null) {
            inputs.add("--mem");
        }
        check(inputs.size() < 2, String.join(" and ", inputs) + " cannot both be what the program runs on");
        check(out == null || pcap != null, "--out needs --pcap");
        check(ctx == null || mem == null, "--ctx and --mem cannot both be the context");
        check(budget >= 0, "--budget " + budget + ": expected at least 0");
        check(repeat == null || repeat >= 1, "--repeat " + repeat + ": expected at least 1");
        check(!trace || engineNames.isEmpty() || engineNames.equals(List.of("evaluator")), "--trace runs in the engine evaluator only");
        check(!trace || format == OutputFormat.TEXT, "--trace is for people: it goes with --format text only");
        check(!trace || repeat == null, "--trace and --repeat: a traced run says nothing about time");
    }

    /** How much time passes after the last input, nanoseconds. */
    long waiting() {
        return wait == null ? 0 : TimeSpan.nanos("--wait", wait);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new UserError(message);
        }
    }

    private static ProgramType type(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "tc" -> ProgramType.SCHED_CLS;
            case "socket" -> ProgramType.SOCKET_FILTER;
            case String other -> {
                for (ProgramType type : ProgramType.values()) {
                    if (type.name().toLowerCase(Locale.ROOT).equals(other)) {
                        yield type;
                    }
                }
                throw new UserError("--type " + name
                        + ": expected xdp, tc, socket, raw, or another of Linux's program types, such as kprobe");
            }
        };
    }

    private List<Engine> engines() {
        return EngineNames.of(engineNames.isEmpty() ? List.of(EngineNames.AUTO) : engineNames);
    }

    /** Whether engines that refuse the program are left out: nobody asked for them by name. */
    boolean anyEngine() {
        return engineNames.contains(EngineNames.ALL);
    }

    /** Whether somebody asked for this engine by its name. */
    boolean named(String engine) {
        return engineNames.contains(engine);
    }

    private Feed feed(Program program, ContextKind kind) throws IOException {
        if (mem != null) {
            return new Feed.Single(Input.of(ContextKind.MEMORY, memory(mem)));
        }
        String what = program.name() + ", type " + program.type().name().toLowerCase(Locale.ROOT) + ", ";
        if (kind == ContextKind.BYTES) {
            check(packet == null && pcap == null, what + "does not work on packets; it takes a context: --ctx FILE");
            return new Feed.Single(Input.of(kind, ctx == null ? new byte[0] : ContextFile.bytes(ctx)));
        }
        check(ctx == null || kind.packet(), what + "takes raw memory: --mem instead of --ctx");
        if (pcap != null) {
            return new Feed.Capture(pcap, kind);
        }
        if (packet != null) {
            byte[] bytes = HexBytes.parse("--packet", packet);
            check(bytes.length <= CaptureReader.MAX_PACKET, "--packet: " + bytes.length + " bytes, expected at most "
                    + CaptureReader.MAX_PACKET);
            return new Feed.Single(Input.of(kind, bytes));
        }
        check(!kind.packet(), what + "needs packets: --pcap IN or --packet HEX");
        return new Feed.Single(Input.of(kind, new byte[0]));
    }

    private static byte[] memory(String text) throws IOException {
        byte[] bytes = text.startsWith("@") ? InputFile.read(Path.of(text.substring(1)), GuestLayout.CONTEXT_MAX, "raw memory")
                : HexBytes.parse("--mem", text);
        check(bytes.length <= GuestLayout.CONTEXT_MAX, "--mem: " + bytes.length + " bytes, expected at most " + GuestLayout.CONTEXT_MAX);
        return bytes;
    }

    private String describeInput() {
        if (pcap != null) {
            return pcap.toString();
        }
        return packet != null ? "one packet" : mem != null ? "memory" : ctx != null ? ctx.toString() : "nothing";
    }
}
