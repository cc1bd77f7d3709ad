// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.plugin;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.cli.input.HexBytes;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code bpf4j plugin}: runs one program for the public conformance suite. r1 is the memory given as argument, r2 its length; without memory
 * both are 0. Helpers are those of {@link HelperTable#conformance()}. Prints r0 in hex; a fault is a message and {@link ExitCode#PROGRAM_FAULT}.
 */
public final class PluginCommand implements Subcommand.Task {
    private static final int MAX_TEXT = 64 << 20;
    private static final String MAIN = "main";

    @Parameters(paramLabel = "MEMORY", arity = "0..1", description = "Memory in hex, for r1; its length goes to r2.") private String memory = "";

    @Option(names = "--program", paramLabel = "HEX", description = "The program in hex, instead of standard input.") private @Nullable String program;

    @Option(names = "--engine", paramLabel = "E", description = "The engine. Default: ${DEFAULT-VALUE}.") private String engine = EngineNames.AUTO;

    @Option(names = "--elf", description = "The program is an ELF object with a function main. Known by its first bytes as well.") private boolean elf;

    @Override
    public List<String> examples() {
        return List.of("bpf_conformance_runner --test_file_directory tests --plugin_path bpf4j --plugin_options plugin",
                "echo b700000001000000 9500000000000000 | bpf4j plugin");
    }

    @Override
    public ExitCode run(Console console) throws IOException, LoadException {
        byte[] bytes = HexBytes.parse(program == null ? "standard input" : "--program", program == null ? read(console.in()) : program);
        byte[] raw = HexBytes.parse("MEMORY", memory);
        if (raw.length > GuestLayout.CONTEXT_MAX) {
            throw new UserError("MEMORY: " + raw.length + " bytes, expected at most " + GuestLayout.CONTEXT_MAX);
        }
        Engine runner = EngineNames.named(engine);
        try (Machine machine = new Machine(Machine.Settings.standard().withHelpers(HelperTable.conformance()))) {
            Lane lane = machine.lane(0);
            lane.raw(raw);
            return switch (machine.load(runner, machine.link(program(bytes))).run(lane)) {
                case Outcome.Returned(long r0) -> {
                    console.out().println(Long.toHexString(r0));
                    yield ExitCode.OK;
                }
                case Outcome.Fault fault -> {
                    console.err().println(fault);
                    yield ExitCode.PROGRAM_FAULT;
                }
            };
        }
    }

    private static String read(InputStream in) throws IOException {
        byte[] text = in.readNBytes(MAX_TEXT);
        if (text.length == MAX_TEXT) {
            throw new UserError("standard input: more than " + MAX_TEXT + " bytes");
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private Program program(byte[] bytes) throws LoadException {
        if (bytes.length == 0) {
            throw new UserError("the program is empty");
        }
        if (!elf && !(bytes.length >= 4 && bytes[0] == 0x7f && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F')) {
            return Program.raw(MAIN, ByteOrder.LITTLE_ENDIAN, bytes);
        }
        BpfObject object = BpfObject.parse(bytes, "the program");
        return object.programs().size() == 1 ? object.programs().getFirst() : object.program(MAIN);
    }
}
