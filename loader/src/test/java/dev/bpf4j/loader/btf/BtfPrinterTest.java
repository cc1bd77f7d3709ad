// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.runtime.LoadException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class BtfPrinterTest {

    /** {@code struct record} of maps_nested.c, laid out by hand as the ABI says; bitfields from the other end in big-endian. */
    private static byte[] record(ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(40).order(order);
        int low = 9;
        int middle = 300;
        int high = -3 & 0x7f;
        bytes.putInt(order == ByteOrder.LITTLE_ENDIAN ? low | middle << 4 | high << 13 : low << 28 | middle << 19 | high << 12);
        bytes.putInt(3).put("eth0".getBytes(StandardCharsets.UTF_8)).position(16);
        bytes.putInt(0x01020304).put((byte) 1).position(24);
        bytes.putLong(0x6000_1000L).put(new byte[] {1, -2, 3});
        return bytes.array();
    }

    private static String print(String file, ByteOrder order) throws LoadException {
        BpfObject object = BpfObject.load(Path.of("src/test/bpf").resolve(file));
        int type = Objects.requireNonNull(object.map("records")).valueType();
        return new BtfPrinter(Objects.requireNonNull(object.btf()), order).read(type, record(order)).toString();
    }

    @Test
    void structures() throws LoadException {
        assertThat(print("maps_nested.o", ByteOrder.LITTLE_ENDIAN)).isEqualTo(
                "{low: 9, middle: 300, high: -3, state: STATE_OLD, name: \"eth0\", {number: 16909060, bytes: [4, 3, 2, 1]}, flag: true, next: 0x60001000, "
                        + "small: [1, -2, 3]}");
        assertThat(print("maps_nested.be.o", ByteOrder.BIG_ENDIAN)).isEqualTo(
                "{low: 9, middle: 300, high: -3, state: STATE_OLD, name: \"eth0\", {number: 16909060, bytes: [1, 2, 3, 4]}, flag: true, next: 0x60001000, "
                        + "small: [1, -2, 3]}");
    }

    @Test
    void sectionsOfGlobals() throws LoadException {
        BpfObject object = BpfObject.load(Path.of("src/test/bpf/weak.o"));
        var map = Objects.requireNonNull(object.map(".rodata"));
        String text = new BtfPrinter(Objects.requireNonNull(object.btf()), object.order()).read(map.valueType(), map.definition().initial())
                .toString();
        assertThat(text).startsWith("{fixed: ").endsWith("}");
    }

    @Test
    void scalars() throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        int u128 = b.integer("unsigned __int128", 16, false);
        int s8 = b.integer("signed char", 1, true);
        int f32 = b.add("float", 16, 0, false, 4);
        int f64 = b.add("double", 16, 0, false, 8);
        int f128 = b.add("long double", 16, 0, false, 16);
        int wide = b.enumeration("wide", 8, false, "TOP", -1L);
        int bool = b.add("_Bool", 1, 0, false, 1, 4 << 24 | 8);
        int old = b.add("old", 1, 0, false, 4, 1 << 24 | 4 << 16 | 3);
        BtfPrinter printer = new BtfPrinter(b.parse(), ByteOrder.LITTLE_ENDIAN);
        byte[] ones = HexFormat.of().parseHex("ff".repeat(16));
        assertThat(printer.read(u128, ones)).hasToString("340282366920938463463374607431768211455");
        assertThat(printer.read(s8, ones)).hasToString("-1");
        assertThat(printer.read(f32, new byte[] {0, 0, 0, 0x40})).hasToString("2.0");
        assertThat(printer.read(f64, new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xe0, 0x3f})).hasToString("0.5");
        assertThat(printer.read(f128, ones)).hasToString("0x" + "ff".repeat(16));
        assertThat(printer.read(wide, ones)).hasToString("TOP");
        assertThat(printer.read(wide, new byte[8])).hasToString("0");
        assertThat(printer.read(bool, new byte[] {1})).isEqualTo(new BtfValue.Truth(true));
        assertThat(printer.read(old, new byte[] {0x50, 0, 0, 0})).hasToString("-3"); // bits 4 to 6: 101
    }

    @Test
    void textAndWhatIsNone() throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        int array = b.array(b.integer("char", 1, true), 6);
        int flexible = b.array(1, 0);
        BtfPrinter printer = new BtfPrinter(b.parse(), ByteOrder.LITTLE_ENDIAN);
        assertThat(printer.read(array, "a\"b\\\0\0".getBytes(StandardCharsets.UTF_8))).hasToString("\"a\\\"b\\\\\"");
        assertThat(printer.read(array, new byte[6])).hasToString("\"\"");
        assertThat(printer.read(array, new byte[] {'a', 0, 'b', 0, 0, 0})).hasToString("[97, 0, 98, 0, 0, 0]"); // not text: something behind the end
        assertThat(printer.read(array, new byte[] {-1, -2, 0, 0, 0, 0})).hasToString("[-1, -2, 0, 0, 0, 0]"); // not UTF-8
        assertThat(printer.read(array, new byte[] {'a', 7, 0, 0, 0, 0})).hasToString("[97, 7, 0, 0, 0, 0]"); // a control character
        assertThat(printer.read(flexible, "abc".getBytes(StandardCharsets.UTF_8))).hasToString("\"abc\"");
    }

    @Test
    void anyBytesForAnyType() throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        int number = b.integer("long", 8, true);
        int empty = b.struct("empty", 0, false);
        int many = b.array(empty, -1);
        int forward = b.add("forward", 7, 0, false, 0);
        BtfPrinter printer = new BtfPrinter(b.parse(), ByteOrder.LITTLE_ENDIAN);
        assertThat(printer.read(number, new byte[3])).hasToString("0x000000"); // too few
        assertThat(printer.read(many, new byte[8])).hasToString("[]");
        assertThat(printer.read(forward, new byte[] {1, 2})).hasToString("0x0102");
        assertThat(printer.read(0, new byte[0])).hasToString("0x");
    }

    @Test
    void unionsInUnionsEnd() throws LoadException {
        BtfBuilder b = BtfBuilder.little();
        int last = b.integer("int", 4, true);
        for (int i = 0; i < 50; i++) {
            last = b.union("u" + i, 4, "a", last, 0, "b", last, 0); // 2^50 ways to read it
        }
        BtfValue value = new BtfPrinter(b.parse(), ByteOrder.LITTLE_ENDIAN).read(last, new byte[4]);
        assertThat(value).isInstanceOf(BtfValue.Fields.class);
    }
}
