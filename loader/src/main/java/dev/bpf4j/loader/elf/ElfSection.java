// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.elf;

/**
 * A section of an object (ELF-64, gABI chapter 4 "Sections").
 *
 * @param index   position in the section table
 * @param name    its name
 * @param type    {@code sh_type}, see the constants
 * @param flags   {@code sh_flags}
 * @param size    bytes in memory; for NOBITS there are none in the file
 * @param link    {@code sh_link}
 * @param info    {@code sh_info}
 * @param entries bytes of one entry, {@code sh_entsize}
 * @param data    the contents; empty for NOBITS and NULL
 */
public record ElfSection(int index, String name, int type, long flags, long size, int link, int info, long entries, Bytes data) {
    /** Type: no section. */
    public static final int NULL = 0;
    /** Type: code or data. */
    public static final int PROGBITS = 1;
    /** Type: symbols. */
    public static final int SYMTAB = 2;
    /** Type: strings. */
    public static final int STRTAB = 3;
    /** Type: relocations with explicit addends. */
    public static final int RELA = 4;
    /** Type: data that is zero and not in the file. */
    public static final int NOBITS = 8;
    /** Type: relocations with the addend in place. */
    public static final int REL = 9;

    private static final long WRITE = 1;
    private static final long ALLOC = 2;
    private static final long EXEC = 4;

    /** Whether programs may write to it. */
    public boolean writable() {
        return (flags & WRITE) != 0;
    }

    /** Whether it is in memory when the object is loaded. */
    public boolean allocated() {
        return (flags & ALLOC) != 0;
    }

    /** Whether it holds instructions. */
    public boolean executable() {
        return type == PROGBITS && (flags & EXEC) != 0;
    }

    /** Whether it holds data: initialised or zero, not instructions. */
    public boolean holdsData() {
        return allocated() && !executable() && (type == PROGBITS || type == NOBITS);
    }
}
