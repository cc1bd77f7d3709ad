// SPDX-License-Identifier: Apache-2.0
/**
 * What commands are given: files and bytes in hex.
 *
 * <p>
 * {@link dev.bpf4j.cli.input.ProgramFile} tells an object of clang from assembly text and raw bytecode, and a {@link
 * dev.bpf4j.cli.input.ProgramChoice} picks a program of it:
 *
 * {@snippet :
 * ProgramFile file = ProgramFile.read(Path.of("xdp_firewall.bpf.o"), ByteOrder.LITTLE_ENDIAN);
 * Program program = ProgramChoice.of(file, null).program();
 * byte[] packet = HexBytes.parse("--packet", "ffffffffffff 020000000001 0800");
 * }
 *
 * What is wrong with an input ends in a {@link dev.bpf4j.cli.UserError} or a {@link dev.bpf4j.runtime.LoadException} that names it.
 */
@NullMarked
package dev.bpf4j.cli.input;

import org.jspecify.annotations.NullMarked;
