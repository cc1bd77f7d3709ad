// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Functions;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;

/**
 * Compiles programs to JVM bytecode, which the JVM's own compilers turn into machine code when it is hot. Runs wherever Java does, needs no flag
 * and no restricted method. Stateless and thread-safe.
 */
public final class JvmEngine implements Engine {
    private static final int RANK = 20;

    /** Found by {@link java.util.ServiceLoader}. */
    public JvmEngine() {
    }

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) {
        return new JvmProgram(this, program);
    }

    @Override
    public String listing(Machine machine, LinkedProgram program) {
        return BytecodeListing.of(Functions.of(program));
    }
}
