// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.gen.Backend;
import dev.bpf4j.isa.gen.EmitterGenerator;
import dev.bpf4j.isa.gen.MachineGenerator;
import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.machine.LoweringRule;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.table.RulesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Snapshots of what is generated, so that a review shows what a row changed. */
class GeneratedSourcesTest {
    @Test
    void snapshots() throws IOException {
        List<MachineForm> forms = Forms.all();
        String rules = Files.readString(Path.of("src/main/isa/a64.rules"));
        Map<Effect, List<LoweringRule>> chains = RulesReader.read(Architecture.ARM64, "a64.rules", rules, forms);
        assertThat(chains.size()).isGreaterThan(100);
        Golden.checkFolder(Golden.resource("generated"), Map.of("Encoder.java", MachineGenerator.encoder(Backend.ARM64, forms),
                "Printer.java",
                MachineGenerator.printer(Backend.ARM64, forms), "Emitter.java", EmitterGenerator.generate(Backend.ARM64, Isa.system(),
                        chains)));
    }
}
