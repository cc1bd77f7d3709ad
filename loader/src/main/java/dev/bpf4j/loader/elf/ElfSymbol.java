// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.elf;

/**
 * A symbol (ELF-64, gABI chapter 4 "Symbol Table").
 *
 * @param index   position in the symbol table
 * @param name    its name; section symbols mostly have none
 * @param value   offset in its section
 * @param size    bytes
 * @param type    what it names, see the constants
 * @param binding who sees it, see the constants
 * @param section index of its section, or one of the special values
 */
public record ElfSymbol(int index, String name, long value, long size, int type, int binding, int section) {
    /** Type: not said. */
    public static final int NOTYPE = 0;
    /** Type: a variable. */
    public static final int OBJECT = 1;
    /** Type: a function. */
    public static final int FUNC = 2;
    /** Type: a section. */
    public static final int SECTION = 3;
    /** Type: the source file. */
    public static final int FILE = 4;

    /** Binding: seen in this object only. */
    public static final int LOCAL = 0;
    /** Binding: seen by all objects. */
    public static final int GLOBAL = 1;
    /** Binding: as global, but may be missing. */
    public static final int WEAK = 2;

    /** Section: defined elsewhere. */
    public static final int UNDEFINED = 0;
    /** First of the special section numbers. */
    public static final int RESERVED = 0xff00;
    /** Section: a constant, not an offset. */
    public static final int ABSOLUTE = 0xfff1;
    /** Section: not yet allocated. */
    public static final int COMMON = 0xfff2;

    /** Whether it is defined in some section. */
    public boolean inSection() {
        return section != UNDEFINED && section < RESERVED;
    }

    /** Whether it is seen in this object only. */
    public boolean local() {
        return binding == LOCAL;
    }

    /** Whether it may be missing. */
    public boolean weak() {
        return binding == WEAK;
    }

    /** Whether it names a function. */
    public boolean function() {
        return type == FUNC;
    }
}
