// SPDX-License-Identifier: Apache-2.0
/**
 * The reference that was written from the prose.
 *
 * <p>
 * {@link dev.bpf4j.conformance.rfc.RfcReference} is an {@link dev.bpf4j.runtime.Engine} like any other:
 *
 * <pre>{@code
 * try (Machine machine = new Machine(Machine.Settings.standard())) {
 *     LinkedProgram program = machine.link(Program.raw("answer", ByteOrder.LITTLE_ENDIAN, code));
 *     Lane lane = machine.lane(0);
 *     lane.raw(new byte[0]);
 *     Outcome outcome = machine.load(new RfcReference(), program).run(lane);
 * }
 * }</pre>
 *
 * It also says by itself whether bytes are a program: {@code RfcReference.reject(code, ByteOrder.LITTLE_ENDIAN)} gives the reason why not.
 *
 * <p>
 * To read it, start at {@code RfcRun}: one method per section of RFC 9669. {@code Slot} is section 3, {@code Arithmetic} sections 4.1 to
 * 4.3, {@code Calls} section 4.3.1 and 4.3.2, {@code GuestAccess} the memory underneath section 5, {@code Acceptance} what is a program.
 */
@NullMarked
package dev.bpf4j.conformance.rfc;

import org.jspecify.annotations.NullMarked;
