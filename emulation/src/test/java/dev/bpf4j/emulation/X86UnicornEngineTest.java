// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.jit.nativecode.testing.RandomPrograms;
import dev.bpf4j.jit.nativecode.testing.SequencesComparison;
import dev.bpf4j.jit.nativecode.testing.VectorsComparison;
import dev.bpf4j.runtime.Engine;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The x86-64 engine in emulation, against the evaluator. */
class X86UnicornEngineTest {
    private static List<? extends Engine> everyFeature() {
        MachineCode.assume(Architecture.X86_64);
        return List.of(new X86UnicornEngine());
    }

    @Test
    void isFoundByItsNameAndNeverChosenByItself() {
        List<Engine> found = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(
                engine -> engine instanceof X86UnicornEngine).toList();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().name()).isEqualTo("x86-64-unicorn");
        assertThat(found.getFirst().rank()).isZero();
        assertThat(found.getFirst().unavailable()).isEqualTo(UnicornLibraries.unavailable(Architecture.X86_64));
    }

    @Nested
    class Sequences extends SequencesComparison {
        @Override
        protected List<? extends Engine> engines() {
            MachineCode.assume(Architecture.X86_64);
            return List.of(new X86UnicornEngine(), new X86UnicornEngine(Set.of()));
        }
    }

    @Nested
    class Rows extends VectorsComparison {
        @Override
        protected List<? extends Engine> engines() {
            return everyFeature();
        }
    }

    @Nested
    class Programs extends RandomPrograms {
        @Override
        protected List<? extends Engine> engines() {
            return everyFeature();
        }
    }
}
