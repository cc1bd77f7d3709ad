// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import dev.bpf4j.runtime.LoadException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds BTF in memory, right or wrong as a test wants it. Types are numbered from 1 in the order in which they are added. */
public final class BtfBuilder {
    private final ByteOrder order;
    private final List<int[]> types = new ArrayList<>();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();

    public BtfBuilder(ByteOrder order) {
        this.order = order;
        strings.write(0);
    }

    public static BtfBuilder little() {
        return new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
    }

    /** Offset of a string. */
    public int string(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        int offset = strings.size();
        strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        strings.write(0);
        return offset;
    }

    /** A type of any kind; {@code words} follow the common part. */
    public int add(String name, int kind, int length, boolean flag, int sizeOrType, int... words) {
        int[] all = new int[3 + words.length];
        all[0] = string(name);
        all[1] = (flag ? 1 << 31 : 0) | kind << 24 | length;
        all[2] = sizeOrType;
        System.arraycopy(words, 0, all, 3, words.length);
        types.add(all);
        return types.size();
    }

    public int integer(String name, int size, boolean signed) {
        return add(name, 1, 0, false, size, (signed ? 1 << 24 : 0) | size * 8);
    }

    public int pointer(int target) {
        return add("", 2, 0, false, target);
    }

    public int array(int element, int count) {
        return add("", 3, 0, false, 0, element, element, count);
    }

    /** A structure: triples of name, type, offset in bits; {@code flag} says that the upper 8 bits of an offset are a bitfield's size. */
    public int struct(String name, int size, boolean flag, Object... members) {
        return composite(4, name, size, flag, members);
    }

    public int union(String name, int size, Object... members) {
        return composite(5, name, size, false, members);
    }

    private int composite(int kind, String name, int size, boolean flag, Object... members) {
        int[] words = new int[members.length];
        for (int i = 0; i < members.length; i += 3) {
            words[i] = string((String) members[i]);
            words[i + 1] = (Integer) members[i + 1];
            words[i + 2] = (Integer) members[i + 2];
        }
        return add(name, kind, members.length / 3, flag, size, words);
    }

    /** An enumeration: pairs of name and value. */
    public int enumeration(String name, int size, boolean signed, Object... constants) {
        boolean wide = size == 8;
        int[] words = new int[constants.length / 2 * (wide ? 3 : 2)];
        int at = 0;
        for (int i = 0; i < constants.length; i += 2) {
            long value = ((Number) constants[i + 1]).longValue();
            words[at++] = string((String) constants[i]);
            words[at++] = (int) value;
            if (wide) {
                words[at++] = (int) (value >>> 32);
            }
        }
        return add(name, wide ? 19 : 6, constants.length / 2, signed, size, words);
    }

    public int typedef(String name, int target) {
        return add(name, 8, 0, false, target);
    }

    /** The bytes of a .BTF section. */
    public byte[] build() {
        int length = types.stream().mapToInt(type -> type.length * 4).sum();
        ByteBuffer bytes = ByteBuffer.allocate(24 + length + strings.size()).order(order);
        bytes.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24).putInt(0).putInt(length).putInt(length).putInt(strings
                .size());
        types.forEach(type -> {
            for (int word : type) {
                bytes.putInt(word);
            }
        });
        return bytes.put(strings.toByteArray()).array();
    }

    public Btf parse() throws LoadException {
        return Btf.parse(build(), "test");
    }
}
