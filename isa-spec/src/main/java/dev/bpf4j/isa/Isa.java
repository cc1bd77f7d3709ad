// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.table.IsaReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An instruction set: the instructions of its tables. Immutable and thread-safe. */
public final class Isa {
    private static final List<String> BPF = List.of("alu.isa", "jump.isa", "memory.isa", "wide.isa", "packet.isa", "linux.isa");
    private static final List<String> SYSTEM = List.of("system.isa");

    private final List<Instruction> instructions;
    private final Map<String, Instruction> byName = new HashMap<>();

    private Isa(List<Instruction> instructions) {
        this.instructions = instructions;
        for (Instruction instruction : instructions) {
            byName.put(instruction.name(), instruction);
        }
    }

    /** eBPF as programs may use it: RFC 9669, {@code callx}, and what Linux added. Read once. */
    public static Isa bpf() {
        return BpfHolder.ISA;
    }

    /** {@link #bpf()} and behind it the instructions that only the machine's own routines may use. Read once. */
    public static Isa system() {
        return SystemHolder.ISA;
    }

    /**
     * Reads an instruction set from table texts.
     *
     * @param files file name and text, in order
     * @throws SourceException if a table is wrong, with the place
     */
    public static Isa read(Map<String, String> files) {
        return new Isa(IsaReader.read(List.of(), files));
    }

    /**
     * This instruction set and behind it the instructions of more tables; the indices of the present ones stay.
     *
     * @param files file name and text, in order
     * @throws SourceException if a table is wrong or contradicts the present ones, with the place
     */
    public Isa with(Map<String, String> files) {
        return new Isa(IsaReader.read(instructions, files));
    }

    /** The texts of the built-in tables of {@link #bpf()}, by file name, in order. */
    public static Map<String, String> sources() {
        return resources(BPF);
    }

    private static Map<String, String> resources(List<String> names) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String file : names) {
            files.put(file, resource(file));
        }
        return files;
    }

    private static String resource(String file) {
        try (InputStream stream = Isa.class.getResourceAsStream("/bpf/".concat(file))) {
            if (stream == null) {
                throw new IllegalStateException("the table " + file + " is missing in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This instruction set with another instruction in the place of one; it has that one's index and name. */
    public Isa with(Instruction instead) {
        List<Instruction> changed = new ArrayList<>(instructions);
        changed.set(instead.index(), instead);
        return new Isa(List.copyOf(changed));
    }

    /** All instructions; the position is the {@link Instruction#index()}. */
    public List<Instruction> instructions() {
        return instructions;
    }

    /** The instruction with this name. */
    public Optional<Instruction> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The instruction with this name, which must exist. */
    public Instruction get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no instruction '" + name + "'"));
    }

    private static final class BpfHolder {
        static final Isa ISA = read(sources());
    }

    private static final class SystemHolder {
        static final Isa ISA = bpf().with(resources(SYSTEM));
    }
}
