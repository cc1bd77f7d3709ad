// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.runtime.GuestLayout;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Numbers, bytes and registers as a {@code .bpft} file writes them. */
final class Values {
    /** Names that stand for guest addresses of lane 0. */
    private static final Map<String, Long> PLACES = new TreeMap<>(Map.of(
            "stack", GuestLayout.lane(0) + GuestLayout.STACK_TOP,
            "context", GuestLayout.lane(0) + GuestLayout.CONTEXT,
            "packet", GuestLayout.lane(0) + GuestLayout.PACKET + GuestLayout.PACKET_HEADROOM,
            "maps", GuestLayout.MAP_BASE,
            "code", GuestLayout.CODE_BASE));
    private static final BigInteger LEAST = BigInteger.ONE.shiftLeft(63).negate();
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final int DIGITS = 24;
    private static final int SHORTEST_RUN = 16;
    private static final int REGISTERS = 10;

    private Values() {
    }

    /** A number of 64 bits: decimal or hexadecimal, signed or unsigned, or the name of a place with a distance. */
    static long number(Token token) {
        String text = token.text();
        for (Map.Entry<String, Long> place : PLACES.entrySet()) {
            String name = place.getKey();
            if (text.equals(name)) {
                return place.getValue();
            }
            if (text.startsWith(name + "+")) {
                return place.getValue() + plain(token.part(name.length() + 1, text.length()));
            }
            if (text.startsWith(name + "-")) {
                return place.getValue() - plain(token.part(name.length() + 1, text.length()));
            }
        }
        return plain(token);
    }

    private static long plain(Token token) {
        String text = token.text().toLowerCase(Locale.ROOT);
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        boolean hex = digits.startsWith("0x");
        String bare = hex ? digits.substring(2) : digits;
        boolean wellFormed = !bare.isEmpty() && bare.length() <= DIGITS && bare.chars().allMatch(c -> Character.digit(c, hex ? 16 : 10) >= 0
                && c < 128);
        if (!wellFormed) {
            throw token.error("'" + token.text() + "' is no number; written are 42, -1, 0x2a, or one of " + PLACES.keySet()
                    + " with a distance, such as context+8");
        }
        BigInteger value = new BigInteger(bare, hex ? 16 : 10);
        if (negative) {
            value = value.negate();
        }
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw token.error("'" + token.text() + "' does not fit 64 bits");
        }
        return value.longValue();
    }

    /** A number within bounds. */
    static int number(Token token, int least, int most) {
        long value = number(token);
        if (value < least || value > most) {
            throw token.error("expected a number from " + least + " to " + most + ", found " + token.text());
        }
        return (int) value;
    }

    /** Bytes: pairs of hexadecimal digits with or without blanks between them; {@code 00*64} is one pair 64 times. */
    static byte[] bytes(List<Token> words, int most) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Token word : words) {
            int star = word.text().indexOf('*');
            Token digits = star < 0 ? word : word.part(0, star);
            int times = star < 0 ? 1 : number(word.part(star + 1, word.text().length()), 0, most);
            byte[] run = pairs(digits);
            if (bytes.size() + (long) run.length * times > most) {
                throw word.error("more than " + most + " bytes");
            }
            for (int i = 0; i < times; i++) {
                bytes.writeBytes(run);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] pairs(Token word) {
        String text = word.text();
        if (text.length() % 2 != 0) {
            throw word.error("'" + text + "' has an odd number of hexadecimal digits");
        }
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = digit(text.charAt(2 * i));
            int low = digit(text.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                throw word.part(2 * i, 2 * i + 2).error("'" + text.substring(2 * i, 2 * i + 2) + "' is no byte of two hexadecimal digits");
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    /** Registers: words {@code r3=0x10}, each register once. */
    static SortedMap<Integer, Long> registers(List<Token> words) {
        SortedMap<Integer, Long> registers = new TreeMap<>();
        for (Token word : words) {
            int equals = word.text().indexOf('=');
            if (equals < 2 || !word.text().startsWith("r")) {
                throw word.error("expected REGISTER=NUMBER, such as r1=0x10");
            }
            int register = number(word.part(1, equals), 0, REGISTERS - 1);
            if (registers.put(register, number(word.part(equals + 1, word.text().length()))) != null) {
                throw word.error("r" + register + " stands twice");
            }
        }
        return registers;
    }

    /** Bytes as pairs of digits with a blank behind each. */
    static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(text.isEmpty() ? "" : " ").append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
        }
        return text.toString();
    }

    /** Bytes as {@link #bytes} reads them, long runs of one byte as {@code 00*1024}. */
    static String hexRuns(byte[] bytes) {
        StringJoiner text = new StringJoiner(" ");
        int from = 0;
        while (from < bytes.length) {
            int to = from + 1;
            while (to < bytes.length && bytes[to] == bytes[from]) {
                to++;
            }
            String one = hex(new byte[] {bytes[from]});
            text.add(to - from >= SHORTEST_RUN ? one + "*" + (to - from) : String.join(" ", Collections.nCopies(to - from, one)));
            from = to;
        }
        return text.toString();
    }
}
