// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TierTest {

    @AfterEach
    void forget() {
        System.clearProperty(Tier.PROPERTY);
    }

    @Test
    void everythingIsAnalysedUnlessThePropertySaysOtherwise() {
        assertThat(Tier.selected()).isEqualTo(Tier.FULL);
        System.setProperty(Tier.PROPERTY, "plain");
        assertThat(Tier.selected()).isEqualTo(Tier.PLAIN);
        System.setProperty(Tier.PROPERTY, "full");
        assertThat(Tier.selected()).isEqualTo(Tier.FULL);
    }

    @Test
    void anotherWordIsNamed() {
        System.setProperty(Tier.PROPERTY, "FAST");
        assertThatThrownBy(Tier::selected).hasMessage("-Dbpf4j.native.tier=FAST: there is plain and full");
    }
}
