// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.input;

import dev.bpf4j.cli.UserError;
import java.util.Arrays;

/** Bytes written in hex: two digits per byte, with blanks, colons, commas and {@code 0x} between bytes as people paste them. */
public final class HexBytes {
    private HexBytes() {
    }

    /**
     * Reads bytes.
     *
     * @param what the option or input, for the message
     * @throws UserError naming the place of what is no hex
     */
    public static byte[] parse(String what, CharSequence text) {
        byte[] bytes = new byte[text.length() / 2];
        int count = 0;
        int high = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = Character.digit(c, 16);
            if (digit >= 0 && c < 0x80) {
                if (high < 0 && digit == 0 && i + 1 < text.length() && (text.charAt(i + 1) | 0x20) == 'x') {
                    i++; // 0x
                } else if (high < 0) {
                    high = digit;
                } else {
                    bytes[count++] = (byte) (high << 4 | digit);
                    high = -1;
                }
            } else if (high >= 0 || !Character.isWhitespace(c) && c != ':' && c != ',') {
                throw new UserError(what + ": character " + (i + 1) + " is " + shown(c) + ", expected " + (high < 0 ? "two hex digits"
                        : "the second hex digit of a byte"));
            }
        }
        if (high >= 0) {
            throw new UserError(what + ": the last byte has one hex digit, expected two");
        }
        return Arrays.copyOf(bytes, count);
    }

    private static String shown(char c) {
        return c < 0x20 || c >= 0x7f ? String.format("U+%04X", (int) c) : "'" + c + "'";
    }
}
