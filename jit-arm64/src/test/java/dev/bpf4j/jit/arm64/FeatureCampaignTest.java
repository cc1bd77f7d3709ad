// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A campaign over feature sets and policies; in the profile {@code long} the whole one, which says on standard output how far it is. */
class FeatureCampaignTest {
    private static final boolean WHOLE = Boolean.getBoolean("bpf4j.long");
    private static final long PROGRAMS = Long.getLong("bpf4j.programs", WHOLE ? 10_000_000 : 1_000);

    @Test
    void everyFeatureSetAgreesWithTheReference() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream progress = WHOLE ? System.out : new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(new FeatureCampaign(FeatureSets.engines()).run(Long.getLong("bpf4j.seed", 1), PROGRAMS, progress)).isEmpty();
        if (!WHOLE) {
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("programs, next seed", "mixed, features 0 SANDBOX", "returned");
        }
    }
}
