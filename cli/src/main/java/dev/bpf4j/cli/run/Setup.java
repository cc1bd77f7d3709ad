// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.input.ProgramFile;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Program;

/**
 * What every engine runs.
 *
 * @param file         the file that the program is from
 * @param program      the program
 * @param settings     what its machine is made of
 * @param initial      what its maps hold before the first run
 * @param surroundings what comes with every packet
 */
record Setup(ProgramFile file, Program program, Machine.Settings settings, InitialMaps initial, Surroundings surroundings) {
    /** What the program finds in r1. */
    ContextKind context() {
        return ContextKind.of(program.type());
    }
}
