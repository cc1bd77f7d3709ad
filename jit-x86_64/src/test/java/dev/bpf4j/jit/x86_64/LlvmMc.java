// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The disassembler of LLVM: knows nothing of this project's table. */
final class LlvmMc {
    /** The command that made the golden file, from bytes on its standard input. */
    static final List<String> COMMAND = List.of("llvm-mc", "--disassemble", "--triple=x86_64", "--mattr=+bmi2,+movbe",
            "--output-asm-variant=1");

    private LlvmMc() {
    }

    /** Whether it is installed. */
    static boolean installed() {
        return Optional.ofNullable(System.getenv("PATH")).stream().flatMap(path -> List.of(path.split(":")).stream())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND.getFirst())));
    }

    /** The text of instructions given in hexadecimal. */
    static List<String> disassemble(List<String> instructions) throws IOException, InterruptedException {
        Path input = Files.createTempFile("bytes", ".txt");
        Path output = Files.createTempFile("text", ".txt");
        try {
            StringBuilder bytes = new StringBuilder();
            for (String hex : instructions) {
                bytes.append(hex.replaceAll("(..)", "0x$1 ")).append('\n');
            }
            Files.writeString(input, bytes);
            Process process = new ProcessBuilder(COMMAND).redirectInput(input.toFile()).redirectOutput(output.toFile()).redirectErrorStream(
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
        for (String line : output.lines().map(String::strip).toList()) {
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
