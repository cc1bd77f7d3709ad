// SPDX-License-Identifier: Apache-2.0
/**
 * From an object file of clang to programs and map definitions.
 *
 * <p>
 * {@link dev.bpf4j.loader.BpfObject} is an object, read and relocated by libbpf's conventions; {@link dev.bpf4j.loader.LinkedObject} is what a
 * machine makes of it:
 *
 * <pre>{@code
 * BpfObject object = BpfObject.load(Path.of("xdp_firewall.bpf.o"));
 * Program program = object.program("xdp_firewall"); // by the function's name, or by that of a section with one program
 * try (Machine machine = new Machine(Machine.Settings.standard())) {
 *     LinkedProgram linked = LinkedObject.link(object, machine, List.of(program)).program(program);
 *     LoadedProgram loaded = machine.load(engine, linked);
 * }
 * }</pre>
 *
 * What an object needs from outside (kernel types, configuration, symbols) is given in {@link dev.bpf4j.loader.LoadOptions}; what is missing
 * poisons the instructions that need it, and the rest runs. {@link dev.bpf4j.loader.ObjectReport} shows all of it as text. A malformed object
 * is refused with a {@link dev.bpf4j.runtime.LoadException} that names file, section and offset.
 *
 * <p>
 * Inside, {@code ObjectReader} leads through the steps: types, code sections, maps, externs, relocations, CO-RE, programs. The packages below
 * know ELF ({@code elf}), types ({@code btf}) and CO-RE ({@code core}), and nothing of programs. {@code docs/loader.md} says what is supported.
 */
@NullMarked
package dev.bpf4j.loader;

import org.jspecify.annotations.NullMarked;
