// SPDX-License-Identifier: Apache-2.0
/**
 * Machine instructions of a native backend, as its table describes them: {@link dev.bpf4j.isa.machine.MachineForm} is one row, with operands,
 * encoding, text and the CPU feature that it needs. {@link dev.bpf4j.isa.table.MachineReader} reads such a table, and
 * {@link dev.bpf4j.isa.gen.MachineGenerator} prints encoder and printer.
 *
 * <pre>{@code
 * List<MachineForm> forms = MachineReader.read(Architecture.X86_64, "x86_64.isa", text);
 * for (MachineForm form : forms) {
 *     System.out.println(form.name() + ": " + form.encoding().notation());
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.isa.machine;

import org.jspecify.annotations.NullMarked;
