// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.input;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.runtime.Program;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of a file's programs is meant. With a name: the program of that name, else the only one in the section of that name. Without: the only
 * program; of several, the one named like the file ({@code tail_calls} in {@code tail_calls.bpf.o}).
 *
 * @param program what was chosen
 * @param note    what to tell the user about a choice that was not obvious; null if there is nothing to tell
 */
public record ProgramChoice(Program program, @Nullable String note) {

    /**
     * Chooses.
     *
     * @param name value of {@code --program}, or null
     * @throws UserError if there is nothing to choose, or too much; lists what there is
     */
    public static ProgramChoice of(ProgramFile file, @Nullable String name) {
        List<Program> programs = file.programs();
        if (programs.isEmpty()) {
            throw new UserError(file.path() + ": the object has no programs: functions outside of section .text that are not static");
        }
        if (name != null) {
            return new ProgramChoice(named(file, name), null);
        }
        if (programs.size() == 1) {
            return new ProgramChoice(programs.getFirst(), null);
        }
        String base = ProgramFile.baseName(file.path());
        for (Program program : programs) {
            if (program.name().equals(base)) {
                return new ProgramChoice(program, "of " + programs.size() + " programs, the one named like the file: " + base
                        + " (others with --program: " + names(programs.stream().filter(other -> !other.name().equals(base)).toList())
                        + ")");
            }
        }
        throw new UserError(file.path() + ": " + programs.size() + " programs, choose one with --program: " + names(programs));
    }

    private static Program named(ProgramFile file, String name) {
        for (Program program : file.programs()) {
            if (program.name().equals(name)) {
                return program;
            }
        }
        List<Program> inSection = file.programs().stream().filter(program -> program.section().equals(name)).toList();
        if (inSection.size() == 1) {
            return inSection.getFirst();
        }
        throw new UserError(file.path() + ": " + (inSection.isEmpty() ? "no program " + name + "; there " + areOrIs(file.programs())
                : inSection.size() + " programs in section " + name + ", choose one by its name: ")
                + names(inSection.isEmpty() ? file.programs() : inSection));
    }

    private static String areOrIs(List<Program> programs) {
        return programs.size() == 1 ? "is " : "are ";
    }

    private static String names(List<Program> programs) {
        return programs.stream().map(ProgramChoice::describe).collect(Collectors.joining(", "));
    }

    private static String describe(Program program) {
        return program.section().isEmpty() ? program.name() : program.name() + " (section " + program.section() + ")";
    }
}
