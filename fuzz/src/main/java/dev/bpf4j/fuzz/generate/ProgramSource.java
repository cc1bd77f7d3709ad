// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

/** Makes random programs out of {@link Entropy}. Not thread-safe. */
public interface ProgramSource {
    /** The name for people and for the command line. */
    String name();

    /** What the programs start from and refer to: memory, packet, maps. */
    Profile profile();

    /** Bytes of entropy that a program takes, about. */
    default int entropy() {
        return profile().entropy();
    }

    /** Makes a program. The same bytes make the same program. */
    void generate(Entropy entropy, GeneratedProgram program);

    /**
     * The source with a name: a profile's, or {@code wild}.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    static ProgramSource named(String name) {
        return name.equals(WildGenerator.NAME) ? new WildGenerator() : new ProgramGenerator(Profile.named(name));
    }
}
