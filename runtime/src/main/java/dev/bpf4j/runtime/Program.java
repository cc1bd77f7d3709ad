// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * A program as it comes out of the loader or the assembler: code, and what its wide loads and calls refer to. Independent of any machine.
 *
 * <p>
 * In the code, {@code lddw} with src 1, 2, 5 and 6 names a map by its index in {@link #maps()} (as "file descriptor" or "index"), with src 3 a
 * platform variable by its id in {@link #variables()}, with src 4 a function by the distance in slots; {@code call} with src 0 a helper by
 * number, with src 1 a local function, with src 2 a kfunc by its id in {@link #kfuncs()}.
 *
 * @param name      the program's name, for people and for {@code --program}
 * @param type      what it is attached to
 * @param section   the object's section, or the empty string
 * @param order     byte order of the encoding and of memory accesses
 * @param code      the instructions, 8 bytes per slot, in the byte order above; main first; not to be changed
 * @param functions the functions in the code, ascending; the first starts at slot 0. May be empty: then they follow from the call targets
 * @param maps      the maps that the code refers to; several programs of one object share these definitions by identity
 * @param variables platform variables by id: guest-visible name, for {@code lddw} with src 3
 * @param kfuncs    names of kernel functions by BTF id, for {@code call} with src 2
 * @param poisoned  slots that could not be resolved, with the reason; reaching one is {@link FaultKind#UNRESOLVED}
 * @param lines     source lines, ascending by slot; may be empty
 * @param license   the object's licence string, or the empty string
 */
public record Program(String name, ProgramType type, String section, ByteOrder order, byte[] code, List<Function> functions,
        List<MapDefinition> maps, Map<Integer, String> variables, Map<Integer, String> kfuncs, Map<Integer, String> poisoned,
        List<Line> lines,
        String license) {

    /**
     * A function in the code.
     *
     * @param name for people
     * @param slot its first slot
     */
    public record Function(String name, int slot) {}

    /**
     * A source line.
     *
     * @param slot   first slot that it belongs to
     * @param file   path as the compiler wrote it
     * @param line   from 1; 0 if unknown
     * @param column from 1; 0 if unknown
     * @param text   the line's text, or the empty string
     */
    public record Line(int slot, String file, int line, int column, String text) {}

    /** Copies the lists and maps; the code is taken as it is. */
    public Program {
        functions = List.copyOf(functions);
        maps = List.copyOf(maps);
        variables = Map.copyOf(variables);
        kfuncs = Map.copyOf(kfuncs);
        poisoned = Map.copyOf(poisoned);
        lines = List.copyOf(lines);
    }

    /** A bare program: code alone, run over raw memory. */
    public static Program raw(String name, ByteOrder order, byte[] code) {
        return new Program(name, ProgramType.RAW, "", order, code, List.of(), List.of(), Map.of(), Map.of(), Map.of(), List.of(), "");
    }

    /** This program with maps for its wide loads. */
    public Program withMaps(List<MapDefinition> definitions) {
        return new Program(name, type, section, order, code, functions, definitions, variables, kfuncs, poisoned, lines, license);
    }

    /** This program with another type. */
    public Program withType(ProgramType other) {
        return new Program(name, other, section, order, code, functions, maps, variables, kfuncs, poisoned, lines, license);
    }

    /** Number of slots (8-byte units; a wide load takes two). */
    public int slots() {
        return code.length / 8;
    }
}
