// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.assembly.Listing;
import dev.bpf4j.cli.assembly.SourceText;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;

/**
 * Where a fault happened, for people.
 *
 * @param program     name of the program
 * @param function    name of the function in it
 * @param instruction the instruction's text
 * @param source      the source line; empty if the object does not say
 */
record FaultPlace(String program, String function, String instruction, String source) {
    static FaultPlace of(Guest guest, Outcome.Fault fault) {
        LinkedProgram linked = guest.programOf(fault);
        Program program = linked.source();
        Listing listing = Listing.of(program, new SourceText(guest.setup().file().path()));
        int slot = Math.min(fault.pc(), program.slots() - 1);
        return new FaultPlace(program.name(), function(program, slot), listing.instruction(slot), listing.source(slot));
    }

    private static String function(Program program, int slot) {
        String found = program.name();
        for (Program.Function function : program.functions()) {
            if (function.slot() <= slot) {
                found = function.name();
            }
        }
        return found;
    }
}
