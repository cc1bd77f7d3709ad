// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfExt;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.loader.elf.RelocationType;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An eBPF object of clang, read and relocated: its programs, maps, types. Immutable and thread-safe, except that {@link Program#code()} is the
 * array itself.
 *
 * <p>
 * The programs of one object share the {@link MapDefinition}s of {@link #maps()} by identity, so that programs linked into one machine share
 * the maps.
 */
public final class BpfObject {
    private final ElfObject elf;
    private final List<Program> programs;
    private final List<ObjectMap> maps;
    private final @Nullable Btf btf;
    private final @Nullable BtfExt ext;
    private final String license;
    private final long kernelVersion;
    private final List<Relocation> relocations;
    private final List<CoreResult> core;

    /**
     * A relocation of a code section.
     *
     * @param section the code section
     * @param offset  byte offset of the instruction in it
     * @param type    its type in the file
     * @param symbol  name of its symbol, or of the symbol's section
     * @param target  what was found: map, data, function, …, for people
     */
    public record Relocation(String section, long offset, RelocationType type, String symbol, String target) {}

    /**
     * A CO-RE relocation and what became of it.
     *
     * @param where   what was asked
     * @param meaning the type and path, for people
     * @param result  the value, or why there is none, for people
     */
    public record CoreResult(BtfExt.CoreRelocation where, String meaning, String result) {}

    BpfObject(ElfObject elf, List<Program> programs, List<ObjectMap> maps, @Nullable Btf btf, @Nullable BtfExt ext, String license,
            long kernelVersion,
            List<Relocation> relocations, List<CoreResult> core) {
        this.elf = elf;
        this.programs = List.copyOf(programs);
        this.maps = List.copyOf(maps);
        this.btf = btf;
        this.ext = ext;
        this.license = license;
        this.kernelVersion = kernelVersion;
        this.relocations = List.copyOf(relocations);
        this.core = List.copyOf(core);
    }

    /**
     * Reads an object from a file, with default options.
     *
     * @throws LoadException if the file cannot be read or is malformed; names file, section and offset
     */
    public static BpfObject load(Path file) throws LoadException {
        return load(file, LoadOptions.DEFAULT);
    }

    /**
     * Reads an object from a file.
     *
     * @throws LoadException if the file cannot be read or is malformed; names file, section and offset
     */
    public static BpfObject load(Path file, LoadOptions options) throws LoadException {
        byte[] bytes;
        try {
            if (Files.size(file) > ElfObject.MAX_FILE) {
                throw new LoadException(file + ": " + Files.size(file) + " bytes, but an object has at most " + ElfObject.MAX_FILE);
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new LoadException(file + ": cannot be read: " + e, e);
        }
        return parse(bytes, file.toString(), options);
    }

    /** Reads an object from memory, with default options; see {@link #parse(byte[], String, LoadOptions)}. */
    public static BpfObject parse(byte[] bytes, String name) throws LoadException {
        return parse(bytes, name, LoadOptions.DEFAULT);
    }

    /**
     * Reads an object from memory.
     *
     * @param bytes the file
     * @param name  what to call it in errors
     * @throws LoadException if it is malformed; names file, section and offset
     */
    public static BpfObject parse(byte[] bytes, String name, LoadOptions options) throws LoadException {
        return ObjectReader.read(ElfObject.parse(bytes.clone(), name), options);
    }

    /** The file's name, as given. */
    public String file() {
        return elf.file();
    }

    /** The file as ELF. */
    public ElfObject elf() {
        return elf;
    }

    /** Byte order of the programs. */
    public ByteOrder order() {
        return elf.order();
    }

    /** The programs, in the order of the sections and of their code. */
    public List<Program> programs() {
        return programs;
    }

    /**
     * The program with this name; else the only program of the section with this name.
     *
     * @throws LoadException if there is none, or the section has several; names those that there are
     */
    public Program program(String nameOrSection) throws LoadException {
        for (Program program : programs) {
            if (program.name().equals(nameOrSection)) {
                return program;
            }
        }
        List<Program> there = programs.stream().filter(program -> program.section().equals(nameOrSection)).toList();
        if (there.size() == 1) {
            return there.getFirst();
        }
        List<String> names = (there.isEmpty() ? programs : there).stream().map(program -> program.name() + " (section " + program.section()
                + ")").toList();
        throw new LoadException(file() + ": " + (there.isEmpty() ? "no program or section " : "several programs in section ")
                + nameOrSection
                + (names.isEmpty() ? "; the object has no programs" : "; choose one of: " + String.join(", ", names)));
    }

    /** The maps: declared ones, then data sections. */
    public List<ObjectMap> maps() {
        return maps;
    }

    /** The map with this name, or null. */
    public @Nullable ObjectMap map(String name) {
        for (ObjectMap map : maps) {
            if (map.name().equals(name)) {
                return map;
            }
        }
        return null;
    }

    /** What the object says about a definition that one of its programs refers to, or null. */
    public @Nullable ObjectMap map(MapDefinition definition) {
        for (ObjectMap map : maps) {
            if (map.definition() == definition) {
                return map;
            }
        }
        return null;
    }

    /** The object's types; null if it was compiled without {@code -g}. */
    public @Nullable Btf btf() {
        return btf;
    }

    /** What .BTF.ext says about functions, lines and CO-RE; null if there is none. */
    public @Nullable BtfExt btfExt() {
        return ext;
    }

    /** The licence string of section {@code license}, or the empty string. */
    public String license() {
        return license;
    }

    /** The kernel version of section {@code version}, major, minor and patch in one byte each; 0 if there is none. */
    public long kernelVersion() {
        return kernelVersion;
    }

    /** The relocations of the code sections. */
    public List<Relocation> relocations() {
        return relocations;
    }

    /** The CO-RE relocations. */
    public List<CoreResult> coreRelocations() {
        return core;
    }
}
