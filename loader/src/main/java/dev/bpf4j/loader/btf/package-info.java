// SPDX-License-Identifier: Apache-2.0
/**
 * BTF, the type information of eBPF objects and kernels (Linux {@code Documentation/bpf/btf.rst}, up to Linux 6.x).
 *
 * <p>
 * {@link dev.bpf4j.loader.btf.Btf} holds the types by id, {@link dev.bpf4j.loader.btf.BtfType} says what a type is,
 * {@link dev.bpf4j.loader.btf.BtfExt} holds the places in the code that .BTF.ext describes: functions, source lines and CO-RE relocations, and
 * {@link dev.bpf4j.loader.btf.BtfPrinter} turns bytes into values by type:
 *
 * <pre>{@code
 * BtfPrinter printer = new BtfPrinter(btf, ByteOrder.LITTLE_ENDIAN);
 * System.out.println(printer.read(map.valueType(), bytes)); // {packets: 3, name: "eth0", mode: MODE_DROP}
 * }</pre>
 *
 * A graph of types may have cycles through pointers only; {@link dev.bpf4j.loader.btf.Btf#parse} refuses all others and everything that is
 * nested deeper than Linux allows, so that no walk over types needs a guard of its own.
 */
@NullMarked
package dev.bpf4j.loader.btf;

import org.jspecify.annotations.NullMarked;
