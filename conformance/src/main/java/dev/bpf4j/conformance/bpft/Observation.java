// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.runtime.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What can be seen of a case in an engine, from outside. The stack is not part of it. The arrays are not to be changed. */
public sealed interface Observation {

    /** The program was rejected, by the machine or by the engine. */
    record Rejection(String reason) implements Observation {}

    /**
     * The program ran.
     *
     * @param outcome   how it ended; a fault names its program by the position in {@link BpftCase#programs()}
     * @param registers r0 to r9 at the exit; empty if the run was unobserved
     * @param memory    memory or context afterwards
     * @param packet    packet afterwards; empty if there was none
     * @param maps      contents of the maps afterwards by name: values by key, both as hexadecimal bytes; global sections are maps too
     * @param calls     calls of helpers that are Java code, in order; hot helpers are not seen
     */
    record Run(Outcome outcome, Optional<long[]> registers, byte[] memory, byte[] packet, SortedMap<String, SortedMap<String, String>> maps,
            List<HelperCall> calls) implements Observation {
        /** Copies the list. */
        public Run { calls = List.copyOf(calls); }

        /** A short name of everything but the registers: equal for equal runs, observed or not. Sixteen hexadecimal digits. */
        public String digest() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                String text = switch (outcome) {
                    case Outcome.Returned returned -> returned.toString();
                    case Outcome.Fault fault -> fault.kind() + " " + fault.program() + " " + fault.pc() + " " + fault.address() + " "
                            + fault
                                    .size() + " " + fault.write();
                };
                for (String part : List.of(text, maps.toString(), calls.toString())) {
                    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                    digest.update(bytes);
                }
                digest.update(ByteBuffer.allocate(4).putInt(memory.length).array());
                digest.update(memory);
                digest.update(packet);
                return HexFormat.of().formatHex(digest.digest(), 0, 8);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /**
     * A helper call.
     *
     * @param id the helper's number
     * @param r1 the arguments
     * @param r0 the result; 0 if the helper ended the program
     */
    record HelperCall(int id, long r1, long r2, long r3, long r4, long r5, long r0) {}
}
