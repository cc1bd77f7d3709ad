// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.jit.nativecode.testing.EncoderComparison.Sample;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import keystone.Keystone;
import keystone.KeystoneArchitecture;
import keystone.KeystoneMode;
import keystone.exceptions.AssembleFailedKeystoneException;
import org.junit.jupiter.api.Test;

/** The text of every form, assembled by Keystone, a second independent assembler, against the encoder's bytes. */
class KeystoneTest {
    @Test
    void assemblesTheSameBytes() {
        List<String> differing = new ArrayList<>();
        Set<String> unknown = new TreeSet<>();
        int same = 0;
        try (Keystone keystone = new Keystone(KeystoneArchitecture.Arm64, KeystoneMode.LittleEndian)) {
            for (Sample sample : new EncoderTest().samplesForOthers()) {
                try {
                    String bytes = HexFormat.of().formatHex(keystone.assemble(sample.text()).getMachineCode());
                    if (bytes.equals(sample.bytes())) {
                        same++;
                    } else {
                        differing.add(sample + " is to Keystone " + bytes);
                    }
                } catch (AssembleFailedKeystoneException e) {
                    unknown.add(sample.form());
                }
            }
        }
        assertThat(differing).isEmpty();
        assertThat(unknown).as("its LLVM is older than LSE, and knows all the rest").isEqualTo(lse());
        assertThat(same).isGreaterThan(6_000);
    }

    private static Set<String> lse() {
        Set<String> names = new TreeSet<>();
        for (MachineForm form : Forms.all()) {
            if (form.feature().equals("lse")) {
                names.add(form.name());
            }
        }
        return names;
    }
}
