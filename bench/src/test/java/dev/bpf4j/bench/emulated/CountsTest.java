// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.emulated;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.emulation.Architecture;
import dev.bpf4j.emulation.ExecutedInstructions;
import dev.bpf4j.emulation.UnicornLibraries;
import dev.bpf4j.emulation.UnicornProcessor;
import dev.bpf4j.emulation.X86UnicornEngine;
import dev.bpf4j.golden.Golden;
import dev.bpf4j.jit.arm64.Arm64Engine;
import dev.bpf4j.jit.nativecode.Processor;
import dev.bpf4j.runtime.LoadException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Executed machine instructions and bytes of code over the corpus are those of the pages in {@code docs/results}: a change of the generated
 * code shows what it costs or gains, on any machine and at any load.
 */
class CountsTest {
    @Test
    void x86() throws LoadException {
        assume(Architecture.X86_64);
        ExecutedInstructions counter = new ExecutedInstructions();
        X86UnicornEngine engine = new X86UnicornEngine(UnicornProcessor.counting(Architecture.X86_64, counter));
        check(Architecture.X86_64, CountsReport.of(engine, counter));
    }

    @Test
    void arm64() throws LoadException {
        assume(Architecture.ARM64);
        ExecutedInstructions counter = new ExecutedInstructions();
        check(Architecture.ARM64, CountsReport.of(new CountingArm64(UnicornProcessor.counting(Architecture.ARM64, counter)), counter));
    }

    /** The engine in emulation, on hosts that could do without, too. */
    private static final class CountingArm64 extends Arm64Engine {
        private final UnicornProcessor processor;

        CountingArm64(UnicornProcessor processor) {
            this.processor = processor;
        }

        @Override
        protected Optional<String> withoutProcessor() {
            return Optional.empty();
        }

        @Override
        protected Processor processor() {
            return processor;
        }
    }

    private static void check(Architecture architecture, CountsReport report) {
        Golden.check(Golden.repository("docs/results/" + architecture + "-counts.md"), report.page(architecture));
    }

    private static void assume(Architecture architecture) {
        Optional<String> reason = UnicornLibraries.unavailable(architecture);
        assumeTrue(reason.isEmpty(), () -> "not counted: " + reason.orElse(""));
    }
}
