// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.input;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.Utf8;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.LoadOptions;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with programs: an ELF object, assembly text ({@code .bpfasm}, {@code .s}) or raw bytecode ({@code .bin}). An object is known by its
 * first bytes whatever its name is; the others by their names.
 *
 * @param path     the file
 * @param object   what it is if it is an ELF object, else null
 * @param programs the programs; one for text and bytecode, named like the file
 */
public record ProgramFile(Path path, @Nullable BpfObject object, List<Program> programs) {
    private static final String EXPECTED = "an ELF object, assembly text (.bpfasm, .s) or raw bytecode (.bin)";
    private static final int ELF_MAGIC = 0x7f45_4c46;

    /**
     * Reads a file.
     *
     * @param order byte order of raw bytecode and of what assembly text is assembled to; an object has its own
     * @throws UserError     if it is none of these
     * @throws LoadException if it is a malformed object
     * @throws IOException   if it cannot be read
     */
    public static ProgramFile read(Path path, ByteOrder order) throws IOException, LoadException {
        return read(path, order, LoadOptions.DEFAULT);
    }

    /**
     * Reads a file.
     *
     * @param options what an object may ask of its surroundings
     * @see #read(Path, ByteOrder)
     */
    public static ProgramFile read(Path path, ByteOrder order, LoadOptions options) throws IOException, LoadException {
        byte[] bytes = InputFile.read(path, ElfObject.MAX_FILE, EXPECTED);
        if (bytes.length >= 4 && ByteBuffer.wrap(bytes).getInt() == ELF_MAGIC) {
            BpfObject object = BpfObject.parse(bytes, path.toString(), options);
            return new ProgramFile(path, object, object.programs());
        }
        String name = String.valueOf(path.getFileName());
        if (name.endsWith(".bpfasm") || name.endsWith(".s")) {
            byte[] code = new Assembler(Isa.bpf()).assemble(path.toString(), Utf8.text(path.toString(), bytes), order);
            if (code.length == 0) {
                throw new UserError(path + ": the text has no instructions");
            }
            return bare(path, order, code);
        }
        if (name.endsWith(".bin")) {
            if (bytes.length % 8 != 0) {
                throw new UserError(path + ": raw bytecode of " + bytes.length + " bytes, expected a multiple of 8");
            }
            return bare(path, order, bytes);
        }
        throw new UserError(path + ": neither an ELF object nor named like another form, expected " + EXPECTED);
    }

    private static ProgramFile bare(Path path, ByteOrder order, byte[] code) {
        return new ProgramFile(path, null, List.of(Program.raw(baseName(path), order, code)));
    }

    /** The file's name up to the first dot. */
    public static String baseName(Path path) {
        String name = String.valueOf(path.getFileName());
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }
}
