// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A format of {@code bpf_trace_printk} and its arguments. Known: {@code %d %i %u %x %X %c %s %p %%} with flags, width and the lengths
 * {@code l}, {@code ll}; {@code %pks %pus} for texts, {@code %pI4 %pI6 %pi4 %pi6} for addresses behind a pointer, other {@code %p} forms print the
 * value. The result is compared with Linux 6.18. What Linux refuses (no end, unprintable characters, unknown conversions, more than three arguments) is {@code -EINVAL}. Linux
 * {@code kernel/bpf/helpers.c}, {@code bpf_bprintf_prepare}.
 *
 * <p>
 * One difference: {@code %p} prints the guest address, since there is nothing to hide.
 */
final class TraceFormat {
    private static final int MOST_TEXT = 511;

    private final Lane lane;
    private final byte[] format;
    private final long[] arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int used;

    TraceFormat(Lane lane, byte[] format, long... arguments) {
        this.lane = lane;
        this.format = format;
        this.arguments = arguments;
    }

    /** What was printed. */
    String text() {
        return out.toString();
    }

    /** Formats; gives the number of characters or {@code -EINVAL}. */
    long format() {
        int end = 0;
        while (end < format.length && format[end] != 0) {
            end++;
        }
        if (end == format.length) {
            return -Errno.EINVAL;
        }
        while (at < end) {
            char character = (char) (format[at++] & 0xff);
            boolean space = character >= '\t' && character <= '\r';
            if (character < ' ' && !space || character > '~') {
                return -Errno.EINVAL;
            }
            if (character != '%') {
                out.append(character);
            } else if (at < end && format[at] == '%') {
                out.append('%');
                at++;
            } else if (used == arguments.length || !conversion()) {
                return -Errno.EINVAL;
            }
        }
        return out.length();
    }

    private char next() {
        return at < format.length ? (char) (format[at] & 0xff) : 0;
    }

    private boolean conversion() {
        boolean left = false;
        boolean zero = false;
        boolean plus = false;
        boolean space = false;
        for (; "0+- ".indexOf(next()) >= 0 && next() != 0; at++) {
            left |= next() == '-';
            zero |= next() == '0';
            plus |= next() == '+';
            space |= next() == ' ';
        }
        int width = 0;
        for (; Character.isDigit(next()); at++) {
            width = Math.min(MOST_TEXT, 10 * width + next() - '0');
        }
        int longs = 0;
        for (; next() == 'l' && longs < 2; at++) {
            longs++;
        }
        char kind = next();
        at++;
        long value = arguments[used++];
        String text = switch (kind) {
            case 'd', 'i' -> sign(longs == 0 ? (int) value : value, plus, space);
            case 'u' -> Long.toUnsignedString(longs == 0 ? value & 0xffff_ffffL : value);
            case 'x' -> Long.toHexString(longs == 0 ? value & 0xffff_ffffL : value);
            case 'X' -> Long.toHexString(longs == 0 ? value & 0xffff_ffffL : value).toUpperCase(
                    Locale.ROOT);
            case 'c' -> String.valueOf((char) (value & 0x7f));
            case 's' -> string(value);
            case 'p' -> pointer(value, width > 0);
            default -> "";
        };
        boolean number = "diuxX".indexOf(kind) >= 0;
        if (!number && (longs > 0 || "csp".indexOf(kind) < 0)) {
            return false;
        }
        pad(text, width, left, zero && number && !left);
        return true;
    }

    private static String sign(long value, boolean plus, boolean space) {
        return (value < 0 ? "" : plus ? "+" : space ? " " : "") + value;
    }

    private void pad(String text, int width, boolean left, boolean zero) {
        int missing = width - text.length();
        if (missing <= 0) {
            out.append(text);
        } else if (left) {
            out.append(text).repeat(' ', missing);
        } else if (zero) {
            int sign = text.isEmpty() || "+- ".indexOf(text.charAt(0)) < 0 ? 0 : 1;
            out.append(text, 0, sign).repeat('0', missing).append(text, sign, text.length());
        } else {
            out.repeat(' ', missing).append(text);
        }
    }

    private String pointer(long value, boolean padded) {
        if ((next() == 'k' || next() == 'u') && at + 1 < format.length && format[at + 1] == 's') {
            at += 2;
            return string(value);
        }
        if ((next() == 'I' || next() == 'i') && at + 1 < format.length && (format[at + 1] == '4' || format[at + 1] == '6')) {
            boolean colons = next() == 'I';
            boolean four = format[at + 1] == '4';
            at += 2;
            return address(value, four, colons);
        }
        if (next() == 's' || next() == 'S' || next() == 'B') {
            at++;
            return "0x" + Long.toHexString(value); // as for an address that is no symbol
        }
        if (next() == 'K' || next() == 'x') {
            at++;
        }
        return padded ? Long.toHexString(value) : HexFormat.of().toHexDigits(value);
    }

    /** An IP address behind a pointer; zeros if it cannot be read, as in Linux. */
    private String address(long pointer, boolean four, boolean separated) {
        int size = four ? 4 : 16;
        byte[] bytes = Arguments.readable(lane, pointer, size) ? lane.read(pointer, size) : new byte[size];
        StringBuilder text = new StringBuilder();
        if (four) {
            for (int i = 0; i < size; i++) {
                // %pi4 has leading zeros, %pI4 has none
                String octet = String.valueOf(bytes[i] & 0xff);
                text.append(i == 0 ? "" : ".").append(separated ? octet : "0".repeat(3 - octet.length()) + octet);
            }
        } else {
            for (int i = 0; i < size; i += 2) {
                text.append(i == 0 || !separated ? "" : ":").append(HexFormat.of().formatHex(bytes, i, i + 2));
            }
        }
        return text.toString();
    }

    /** The text behind a pointer, up to a zero byte or what cannot be read. */
    private String string(long pointer) {
        StringBuilder text = new StringBuilder();
        for (long i = 0; i < MOST_TEXT && Arguments.readable(lane, pointer + i, 1); i++) {
            byte octet = lane.memory().get(ValueLayout.JAVA_BYTE, pointer + i & GuestLayout.ADDRESS_MASK);
            if (octet == 0) {
                break;
            }
            text.append((char) (octet & 0xff));
        }
        return text.toString();
    }
}
