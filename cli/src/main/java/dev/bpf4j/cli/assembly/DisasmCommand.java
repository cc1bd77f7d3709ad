// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.cli.input.HexBytes;
import dev.bpf4j.cli.input.ProgramChoice;
import dev.bpf4j.cli.input.ProgramFile;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpf4j disasm}: programs as text. */
public final class DisasmCommand implements Subcommand.Task {
    @Parameters(paramLabel = "OBJECT", arity = "0..1", description = "An ELF object, assembly text (.bpfasm, .s) or raw bytecode (.bin).") private @Nullable Path object;

    @Option(names = "--hex", paramLabel = "BYTES", description = "Instructions in hex instead of a file: 8 bytes each, 16 for lddw.") private @Nullable String hex;

    @Option(names = "--program", paramLabel = "NAME", description = "Only this program, by name or section. Default: all.") private @Nullable String program;

    @Option(names = "--bytes", description = "Show the encoding of each instruction.") private boolean bytes;

    @Option(names = "--native", paramLabel = "ENGINE", description = "Show what an engine that makes machine code makes of each program: eBPF, the rules, bytes and machine instructions.") private @Nullable String engine;

    @Option(names = "--policy", description = "For --native: strict or sandbox. Default: strict.") private Policy policy = Policy.STRICT;

    @Option(names = "--big-endian", description = "Read --hex, text and raw bytecode as big-endian. An ELF object says it itself.") private boolean bigEndian;

    @Override
    public List<String> examples() {
        return List.of("bpf4j disasm examples/xdp_firewall.bpf.o", "bpf4j disasm tail_calls.bpf.o --program count",
                "bpf4j disasm examples/xdp_firewall.bpf.o --native x86-64",
                "bpf4j disasm --hex \"b7 00 00 00 01 00 00 00  95 00 00 00 00 00 00 00\"");
    }

    @Override
    public ExitCode run(Console console) throws IOException, LoadException {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        List<Program> programs;
        if (hex != null) {
            if (object != null || program != null) {
                throw new UserError("--hex goes without OBJECT and --program");
            }
            programs = List.of(fromHex(hex, order));
        } else if (object != null) {
            ProgramFile file = ProgramFile.read(object, order);
            programs = program == null && !file.programs().isEmpty() ? file.programs()
                    : List.of(ProgramChoice.of(file, program).program());
        } else {
            throw new UserError("expected an OBJECT or --hex BYTES");
        }
        SourceText sources = new SourceText(object);
        boolean first = true;
        for (Program each : programs) {
            if (!first) {
                console.out().println();
            }
            first = false;
            heading(console.out(), each);
            if (engine != null) {
                machineCode(console.out(), each, engine);
            } else {
                Listing.of(each, sources).print(console.out(), bytes);
            }
        }
        return ExitCode.OK;
    }

    private void machineCode(PrintWriter out, Program shown, String name) throws LoadException {
        Engine maker = EngineNames.existing(name);
        try (Machine machine = new Machine(Machine.Settings.standard().withPolicy(policy))) {
            out.print(maker.listing(machine, machine.link(shown)));
        }
    }

    private static Program fromHex(String hex, ByteOrder order) {
        byte[] code = HexBytes.parse("--hex", hex);
        if (code.length == 0 || code.length % 8 != 0) {
            throw new UserError("--hex: " + code.length + " bytes, expected a multiple of 8, at least 8");
        }
        return Program.raw("hex", order, code);
    }

    private void heading(PrintWriter out, Program shown) {
        if (object == null) {
            return;
        }
        out.println(Printable.line("; program " + shown.name() + (shown.section().isEmpty() ? ""
                : ": section " + shown.section() + ", type "
                        + shown.type().name().toLowerCase(Locale.ROOT)) + ", " + shown.slots() + " slots"
                + (shown.order() == ByteOrder.BIG_ENDIAN ? ", big-endian" : "")));
    }
}
