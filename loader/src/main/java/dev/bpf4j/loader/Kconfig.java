// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfType;
import dev.bpf4j.loader.btf.BtfType.Array;
import dev.bpf4j.loader.btf.BtfType.Enumeration;
import dev.bpf4j.loader.btf.BtfType.Int;
import dev.bpf4j.runtime.LoadException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Kernel configuration values as programs see them ({@code extern … __kconfig}, libbpf): {@code y}, {@code n} and {@code m} as bool, tristate
 * enumeration or character, numbers as integers, quoted strings as character arrays.
 */
final class Kconfig {
    /** Largest type, and largest sum of all, in bytes. */
    static final int MAX_SIZE = 1 << 16;

    private static final int NO = 0;
    private static final int YES = 1;
    private static final int MODULE = 2;

    private Kconfig() {
    }

    /** What the compiler aligns such a type to: its size for numbers, that of an element for arrays. */
    static int alignment(Btf btf, int type) {
        return switch (btf.resolve(type)) {
            case Int number -> Math.min(8, Integer.highestOneBit(number.size()));
            case Enumeration enumeration -> Math.min(8, Integer.highestOneBit(enumeration.size()));
            case Array array -> alignment(btf, array.element());
            case BtfType other -> 8;
        };
    }

    /**
     * Writes a value.
     *
     * @param text  as in a {@code .config} file
     * @param bytes where it goes: exactly the type's size
     * @param place what to call it in errors
     */
    static void put(Btf btf, int type, String text, ByteBuffer bytes, String place) throws LoadException {
        switch (btf.resolve(type)) {
            case Int number when text.length() == 1 && "ynm".contains(text) -> putTristate(number, text, bytes, place);
            case Int number -> putNumber(number, text, bytes, place);
            case Enumeration enumeration -> putInteger(bytes, BigInteger.valueOf(tristate(text, place)));
            case Array array when btf.resolve(array.element()) instanceof Int element && element.size() == 1 -> putString(text, bytes,
                    place);
            case BtfType other -> throw new LoadException(place
                    + ": kernel configuration of this type is not possible, expected bool, char, an integer, enum "
                    + "libbpf_tristate or a character array");
        }
    }

    private static void putTristate(Int number, String text, ByteBuffer bytes, String place) throws LoadException {
        if (number.bool() && text.equals("m")) {
            throw new LoadException(place + ": value m does not fit a bool");
        }
        if (!number.bool() && number.size() != 1) {
            throw new LoadException(place + ": value " + text + " does not fit an integer of " + number.size() + " bytes");
        }
        putInteger(bytes, BigInteger.valueOf(number.bool() ? tristate(text, place) : text.charAt(0)));
    }

    private static int tristate(String text, String place) throws LoadException {
        return switch (text) {
            case "n" -> NO;
            case "y" -> YES;
            case "m" -> MODULE;
            default -> throw new LoadException(place + ": value " + text + ", expected y, n or m");
        };
    }

    private static void putNumber(Int number, String text, ByteBuffer bytes, String place) throws LoadException {
        BigInteger value;
        try {
            value = text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new LoadException(place + ": value " + text + " is not a number", e);
        }
        int bits = number.size() * 8;
        if (number.signed() ? value.bitLength() >= bits : value.signum() < 0 || value.bitLength() > bits) {
            throw new LoadException(place + ": value " + text + " does not fit " + (number.signed() ? "a signed" : "an unsigned")
                    + " integer of " + bits
                    + " bits");
        }
        putInteger(bytes, value);
    }

    private static void putInteger(ByteBuffer bytes, BigInteger value) {
        int size = bytes.capacity();
        boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
        for (int i = 0; i < size; i++) {
            bytes.put(little ? i : size - 1 - i, value.shiftRight(8 * i).byteValue());
        }
    }

    private static void putString(String text, ByteBuffer bytes, String place) throws LoadException {
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            throw new LoadException(place + ": value " + text + ", expected a string in double quotes");
        }
        byte[] content = text.substring(1, text.length() - 1).getBytes(StandardCharsets.UTF_8);
        // As libbpf: what is too long is cut, and the last byte stays zero.
        bytes.put(0, content, 0, Math.min(content.length, bytes.capacity() - 1));
    }
}
