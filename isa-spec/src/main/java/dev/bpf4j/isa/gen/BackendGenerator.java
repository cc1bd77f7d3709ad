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

/** Prints the generated classes of a native backend from its tables. */
public final class BackendGenerator {
    private BackendGenerator() {
    }

    /**
     * Writes the sources.
     *
     * @param args the name of the backend's tables and the folder for generated sources; the tables lie in {@code src/main/isa} of the
     *             module that is built
     */
    public static void main(String[] args) throws IOException {
        Path tables = Path.of("src/main/isa");
        Backend backend = Backend.of(args[0]);
        String table = backend.table() + ".isa";
        String rules = backend.table() + ".rules";
        Path folder = Path.of(args[1]).resolve(backend.packageName().replace('.', '/'));
        Files.createDirectories(folder);
        List<MachineForm> forms = MachineReader.read(backend.architecture(), table, Files.readString(tables.resolve(table)));
        Files.writeString(folder.resolve("Encoder.java"), MachineGenerator.encoder(backend, forms));
        Files.writeString(folder.resolve("Printer.java"), MachineGenerator.printer(backend, forms));
        Files.writeString(folder.resolve("ListingEncoder.java"), MachineGenerator.listing(backend, forms));
        Map<Effect, List<LoweringRule>> chains = RulesReader.read(backend.architecture(), rules, Files.readString(tables.resolve(rules)),
                forms);
        Files.writeString(folder.resolve("Emitter.java"), EmitterGenerator.generate(backend, Isa.system(), chains));
    }
}
