// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.isa.gen.Backend;
import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.table.RulesReader;
import dev.bpf4j.jit.nativecode.testing.RuleMutantsHunt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Mutants of {@code a64.rules}. */
class RuleMutantsTest extends RuleMutantsHunt {
    RuleMutantsTest() throws IOException {
        super(Backend.ARM64, Arm64Engine.class, Forms.all(), RulesReader.read(Architecture.ARM64, "a64.rules", Files.readString(Path.of(
                "src/main/isa/a64.rules")), Forms.all()), Arm64Engine.FEATURES.property());
    }

    @Override
    protected Map<String, String> equivalents() {
        return new HashMap<>();
    }
}
