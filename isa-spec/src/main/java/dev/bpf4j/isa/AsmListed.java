// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a listing says about an instruction besides its text. It decides between instructions that are written alike, and a text that
 * contradicts it is an error.
 *
 * @param bytes nothing, the opcode, or the whole instruction in the byte order of its program
 */
record AsmListed(byte[] bytes) {
    /** A line that is no listing. */
    static final AsmListed NOTHING = new AsmListed(new byte[0]);

    boolean agrees(AsmMatcher match) {
        if (bytes.length <= 1 || match.label() != null) {
            return bytes.length == 0 || bytes[0] == (byte) match.instruction().opcode();
        }
        Insn insn = match.insn(0);
        return Arrays.equals(bytes, Encoding.encode(insn, ByteOrder.LITTLE_ENDIAN)) || Arrays.equals(bytes, Encoding.encode(insn,
                ByteOrder.BIG_ENDIAN));
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
