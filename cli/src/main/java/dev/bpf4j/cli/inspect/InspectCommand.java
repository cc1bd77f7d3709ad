// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.InputFile;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.runtime.LoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpf4j inspect}: what is in an object. */
public final class InspectCommand implements Subcommand.Task {
    private static final String EXPECTED = "an ELF object";
    private static final int ELF_MAGIC = 0x7f45_4c46;

    @Parameters(paramLabel = "OBJECT", description = "An ELF object.") private Path object = Path.of("");

    @Option(names = "--relocations", description = "List every relocation, not only how many there are. JSON has them always.") private boolean relocations;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.") private OutputFormat format = OutputFormat.TEXT;

    @Override
    public List<String> examples() {
        return List.of("bpf4j inspect examples/xdp_firewall.bpf.o", "bpf4j inspect examples/xdp_firewall.bpf.o --relocations",
                "bpf4j inspect examples/xdp_firewall.bpf.o --format json");
    }

    @Override
    public ExitCode run(Console console) throws IOException, LoadException {
        byte[] bytes = InputFile.read(object, ElfObject.MAX_FILE, EXPECTED);
        if (bytes.length < 4 || ByteBuffer.wrap(bytes).getInt() != ELF_MAGIC) {
            throw new UserError(object + ": does not start like " + EXPECTED);
        }
        BpfObject read = BpfObject.parse(bytes, object.toString());
        switch (format) {
            case TEXT -> new InspectText(read, relocations).print(console.out());
            case JSON -> new InspectJson(read).print(console.out());
        }
        return ExitCode.OK;
    }
}
