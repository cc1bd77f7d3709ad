// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.InputFile;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Assembler.Dialect;
import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.Utf8;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpf4j asm}: text to code. */
public final class AsmCommand implements Subcommand.Task {
    private static final int MAX_TEXT = 64 << 20;

    @Parameters(paramLabel = "FILE", description = "Assembly text: one instruction per line, NAME: in front for a label, ; # // for comments.") private Path file = Path
            .of("");

    @Option(names = {"-o",
        "--output"}, paramLabel = "OUT", description = "Write to this file instead of standard output.") private @Nullable Path output;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}: lines of hex, raw bytes, or elements of struct bpf_insn. Default: bin with -o, else hex.") private @Nullable CodeFormat format;

    @Option(names = "--dialect", description = "llvm: r0 += r1, as LLVM and the kernel write it, or conformance: add %%r0, %%r1, as "
            + "the public conformance suite does. Default: llvm.") private Dialect dialect = Dialect.LLVM;

    @Option(names = "--big-endian", description = "Write code for big-endian machines.") private boolean bigEndian;

    @Override
    public List<String> examples() {
        return List.of("bpf4j asm filter.bpfasm", "bpf4j asm filter.bpfasm -o filter.bin && bpf4j run filter.bin --mem 0102",
                "bpf4j asm add.asm --dialect conformance --format c");
    }

    @Override
    public ExitCode run(Console console) throws IOException {
        byte[] text = InputFile.read(file, MAX_TEXT, "assembly text");
        List<Insn> insns = new Assembler(Isa.bpf()).parse(file.toString(), Utf8.text(file.toString(), text), dialect);
        if (insns.isEmpty()) {
            throw new UserError(file + ": the text has no instructions");
        }
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        CodeFormat written = format != null ? format : output != null ? CodeFormat.BIN : CodeFormat.HEX;
        if (output != null) {
            Files.write(output, written == CodeFormat.BIN ? Encoding.encode(insns, order)
                    : written.write(insns, order).getBytes(
                            StandardCharsets.UTF_8));
        } else if (written == CodeFormat.BIN) {
            throw new UserError("--format bin writes bytes, which needs a file: -o OUT");
        } else {
            console.out().print(written.write(insns, order));
        }
        return ExitCode.OK;
    }

}
