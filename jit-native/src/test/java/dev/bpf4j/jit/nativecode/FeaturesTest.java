// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.Lane;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which CPU features are used: what the processor has, and what the property says. */
class FeaturesTest {
    private static final String PROPERTY = "bpf4j.test.features";
    private final Features features = new Features(PROPERTY, Map.of("one", "cpu_one", "two", "cpu_two"));

    /** A processor that has features, and nothing else. */
    private record Having(Set<String> features) implements Processor {
        @Override
        public Optional<String> withoutNet() {
            return Optional.empty();
        }

        @Override
        public Range put(byte[] code) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(Range range) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Core core(Lane lane) {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void processorsSayItInTheirOwnWords() {
        assertThat(features.of(new Having(Set.of("cpu_two", "cpu_three", "one")))).containsExactly("two");
    }

    @Test
    void allThatThereAreUnlessThePropertySaysLess() {
        assertThat(features.selected(Set.of("one", "two"))).containsExactlyInAnyOrder("one", "two");
        System.setProperty(PROPERTY, "none");
        assertThat(features.selected(Set.of("one", "two"))).isEmpty();
        System.setProperty(PROPERTY, "two");
        assertThat(features.selected(Set.of("one", "two"))).containsExactly("two");
    }

    @Test
    void whatTheProcessorLacksIsRefused() {
        System.setProperty(PROPERTY, "one,two");
        assertThatThrownBy(() -> features.selected(Set.of("two"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(
                PROPERTY).hasMessageContaining("not one");
    }
}
