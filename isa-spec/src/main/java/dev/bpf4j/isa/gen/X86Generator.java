// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.machine.LoweringRule;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.table.MachineReader;
import dev.bpf4j.isa.table.RulesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Prints the generated classes of the x86-64 backend from its tables. */
public final class X86Generator {
    private X86Generator() {
    }

    /**
     * Writes the sources.
     *
     * @param args a name for the output (of no use here) and the folder for generated sources; the tables lie in {@code src/main/isa} of the
     *             module that is built
     */
    public static void main(String[] args) throws IOException {
        Path tables = Path.of("src/main/isa");
        Path folder = Path.of(args[1]).resolve("dev/bpf4j/jit/x86_64");
        Files.createDirectories(folder);
        List<MachineForm> forms = MachineReader.read("x86_64.isa", Files.readString(tables.resolve("x86_64.isa")));
        Files.writeString(folder.resolve("Encoder.java"), MachineGenerator.encoder(forms));
        Files.writeString(folder.resolve("Printer.java"), MachineGenerator.printer(forms));
        Files.writeString(folder.resolve("ListingEncoder.java"), MachineGenerator.listing(forms));
        Map<Effect, List<LoweringRule>> chains = RulesReader.read("x86_64.rules", Files.readString(tables.resolve("x86_64.rules")), forms);
        Files.writeString(folder.resolve("Emitter.java"), EmitterGenerator.generate(Isa.system(), chains));
    }
}
