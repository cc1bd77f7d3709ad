// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The disassembler of LLVM: knows nothing of this project's table. */
public final class LlvmMc {
    private static final String PROGRAM = "llvm-mc";
    private final List<String> command;

    /**
     * A disassembler.
     *
     * @param options triple, features, syntax
     */
    public LlvmMc(String... options) {
        List<String> words = new ArrayList<>(List.of(PROGRAM, "--disassemble"));
        words.addAll(List.of(options));
        this.command = List.copyOf(words);
    }

    /** The command that disassembles bytes on its standard input. */
    public String command() {
        return String.join(" ", command);
    }

    /** Whether it is installed. */
    public static boolean installed() {
        return Optional.ofNullable(System.getenv("PATH")).stream().flatMap(path -> List.of(path.split(":")).stream())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** The text of instructions given in hexadecimal. */
    public List<String> disassemble(List<String> instructions) throws IOException, InterruptedException {
        Path input = Files.createTempFile("bytes", ".txt");
        Path output = Files.createTempFile("text", ".txt");
        try {
            StringBuilder bytes = new StringBuilder();
            for (String hex : instructions) {
                bytes.append(hex.replaceAll("(..)", "0x$1 ")).append('\n');
            }
            Files.writeString(input, bytes);
            Process process = new ProcessBuilder(command).redirectInput(input.toFile()).redirectOutput(output.toFile()).redirectErrorStream(
                    true).start();
            process.waitFor();
            return parse(Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(input);
            Files.delete(output);
        }
    }

    private static List<String> parse(String output) {
        List<String> texts = new ArrayList<>();
        String prefix = "";
        for (String line : output.lines().map(line -> line.replaceAll("//.*", "").strip()).toList()) {
            if (line.equals("lock")) {
                prefix = "lock ";
            } else if (!line.isEmpty() && !line.startsWith(".")) {
                texts.add(prefix + line.replace('\t', ' '));
                prefix = "";
            }
        }
        return texts;
    }
}
