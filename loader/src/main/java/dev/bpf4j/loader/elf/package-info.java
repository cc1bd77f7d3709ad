// SPDX-License-Identifier: Apache-2.0
/**
 * Reading of relocatable ELF objects for eBPF, with every access bounds-checked.
 *
 * <p>
 * {@link dev.bpf4j.loader.elf.ElfObject#parse} checks header, section table, symbol table and relocation sections as a whole; afterwards every
 * index in them is known to be good. Contents of sections are read through {@link dev.bpf4j.loader.elf.Bytes}, which knows the file and section
 * that it shows and names them, with the offset, in every {@link dev.bpf4j.runtime.LoadException}:
 *
 * <pre>{@code
 * ElfObject elf = ElfObject.parse(bytes, "filter.bpf.o");
 * for (ElfSection section : elf.sections()) {
 *     System.out.println(section.name() + ": " + section.size() + " bytes");
 * }
 * }</pre>
 *
 * Nothing is copied: sections that overlap in a hostile file cost nothing. Strings are bounded by {@link dev.bpf4j.loader.elf.Strings}.
 */
@NullMarked
package dev.bpf4j.loader.elf;

import org.jspecify.annotations.NullMarked;
