// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.isa.Isa;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is mutated. */
public enum MutantKind {
    /** Rows of the instruction table, in the evaluator. */
    TABLE("rows of the table") {
        @Override
        public List<? extends Seeded> mutants() {
            return Mutants.of(Isa.system());
        }
    },
    /** The emitter of bytecode. */
    JVM("the emitter of bytecode") {
        @Override
        public List<? extends Seeded> mutants() {
            return Emitters.JVM.mutants();
        }
    },
    /** Machine code for x86-64, in emulation or on this processor. */
    X86_64("x86-64 machine code") {
        @Override
        public List<? extends Seeded> mutants() {
            return Emitters.X86_64.mutants();
        }
    },
    /** Machine code for ARM64, on this processor or in emulation. */
    ARM64("A64 machine code") {
        @Override
        public List<? extends Seeded> mutants() {
            return Emitters.ARM64.mutants();
        }
    },
    /** Bugs that other compilers once had. */
    HISTORY("bugs of other compilers") {
        @Override
        public List<? extends Seeded> mutants() {
            return History.mutants();
        }
    };

    private final String description;

    MutantKind(String description) {
        this.description = description;
    }

    /** All mutants of this kind; deterministic. */
    public abstract List<? extends Seeded> mutants();

    /** For people: what is mutated. */
    public String description() {
        return description;
    }

    /** Whether what a mutant leaves behind can make the next one differ, so that each runs in a process of its own. */
    boolean alone() {
        return (this == X86_64 || this == HISTORY) && Emitters.X86_64.unprotected();
    }

    /** The name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace("x86_64", "x86-64");
    }

    /**
     * The kind with a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static MutantKind named(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("there is no kind of mutants '" + word + "'; there are " + Arrays.stream(values()).map(
                        MutantKind::word).toList()));
    }

    /** Why mutants of this kind cannot be hunted here; empty if they can. */
    public Optional<String> unavailable() {
        return Arrays.stream(Emitters.values()).filter(emitter -> emitter.name().equals(name()) || this == HISTORY).flatMap(
                emitter -> emitter.unavailable().stream()).findFirst();
    }
}
