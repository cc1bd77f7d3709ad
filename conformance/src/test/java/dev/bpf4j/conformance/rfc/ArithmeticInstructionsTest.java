// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import static dev.bpf4j.conformance.rfc.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9669 sections 4.1 and 4.2; every expectation computed by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArithmeticInstructionsTest {
    private Rig rig;

    @BeforeAll
    void start() {
        rig = Rig.strict();
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    private static long hex(String text) {
        return Long.parseUnsignedLong(text.replace("_", ""), 16);
    }

    /** The columns: opcode of the form with a source register, offset, dst, src, result. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            0f, 0, ffffffffffffffff, 2, 1
            0c, 0, 1_ffffffff, 2, 1
            1f, 0, 1, 2, ffffffffffffffff
            1c, 0, 1, 2, ffffffff
            2f, 0, ffffffffffffffff, 3, fffffffffffffffd
            2f, 0, 100000001, 100000001, 200000001
            2c, 0, ffffffff, ffffffff, 1
            3f, 0, ffffffffffffffff, 10, 0fffffffffffffff
            3f, 0, 7, 0, 0
            3c, 0, ffffffff_fffffff0, 5_00000010, 0fffffff
            3c, 0, ffffffff_fffffff0, 5_00000000, 0
            3f, 1, fffffffffffffff3, 3, fffffffffffffffc
            3f, 1, 8000000000000000, ffffffffffffffff, 8000000000000000
            3f, 1, fffffffffffffff3, 0, 0
            3c, 1, fffffff3, 3, fffffffc
            3c, 1, 80000000, ffffffff, 80000000
            3c, 1, 80000000, 1_00000000, 0
            4f, 0, f0f0f0f0f0f0f0f0, 0f0f0f0f, f0f0f0f0ffffffff
            4c, 0, f0f0f0f0f0f0f0f0, ff000000_0f0f0f0f, ffffffff
            5f, 0, ffff0000ffff0000, 0ff00ff00ff00ff0, 0ff000000ff00000
            5c, 0, ffff0000ffff0000, 0ff00ff00ff00ff0, 0ff00000
            6f, 0, 77, 46, 1dc0
            6f, 0, 1, 3f, 8000000000000000
            6c, 0, 1_80000001, 28, 100
            7f, 0, 8000000000000000, 7f, 1
            7c, 0, ffffffff_80000000, 3f, 1
            cf, 0, 8000000000000000, 3f, ffffffffffffffff
            cc, 0, 80000000, 1f, ffffffff
            cc, 0, ffffffff_40000000, 21, 20000000
            9f, 0, ffffffffffffffff, 10, f
            9f, 0, 123456789abcdef0, 0, 123456789abcdef0
            9c, 0, ffffffff_0000000d, 3, 1
            9c, 0, ffffffff_0000000d, 3_00000000, d
            9f, 1, fffffffffffffff3, 3, ffffffffffffffff
            9f, 1, 8000000000000000, ffffffffffffffff, 0
            9f, 1, fffffffffffffff3, 0, fffffffffffffff3
            9c, 1, fffffff3, 3, ffffffff
            9c, 1, 80000000, ffffffff, 0
            9c, 1, ffffffff_80000000, 0, 80000000
            af, 0, ffff0000ffff0000, 0ff00ff00ff00ff0, f00f0ff0f00f0ff0
            ac, 0, ffff0000ffff0000, 0ff00ff00ff00ff0, f00f0ff0
            bf, 0, 1, 123456789abcdef0, 123456789abcdef0
            bc, 0, 1, 123456789abcdef0, 9abcdef0
            bf, 8, 1, 123456789abcdef0, fffffffffffffff0
            bf, 16, 1, 123456789abcdef0, ffffffffffffdef0
            bf, 32, 1, 123456789abcdef0, ffffffff9abcdef0
            bf, 32, 1, f23456787abcdef0, 7abcdef0
            bc, 8, 1, 123456789abcde80, ffffff80
            bc, 16, 1, 12345678_9abc7ef0, 7ef0
            """)
    void registerForms(String opcode, int offset, String dst, String src, String result) {
        Code program = code().wide(1, hex(dst)).wide(2, hex(src)).i((int) hex(opcode), 1, 2, offset, 0).copy(0, 1).exit();
        assertThat(Long.toHexString(rig.returned(program))).isEqualTo(Long.toHexString(hex(result)));
    }

    /** The columns: opcode of the form with imm, offset, dst, imm, result. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            07, 0, 1, -2, ffffffffffffffff
            04, 0, 1, -2, ffffffff
            17, 0, 0, -1, 1
            14, 0, 0, 1, ffffffff
            27, 0, 2, -1, fffffffffffffffe
            24, 0, 2, -1, fffffffe
            37, 0, fffffffffffffffe, -1, 0
            37, 0, ffffffffffffffff, -1, 1
            34, 0, ffffffff, -1, 1
            37, 0, 5, 0, 0
            37, 1, 9, -2, fffffffffffffffc
            34, 1, 9, -2, fffffffc
            47, 0, 0, -2147483648, ffffffff80000000
            44, 0, 0, -2147483648, 80000000
            57, 0, ffffffffffffffff, -16, fffffffffffffff0
            54, 0, ffffffffffffffff, -16, fffffff0
            67, 0, 1, 64, 1
            67, 0, 1, -1, 8000000000000000
            64, 0, 1, 32, 1
            77, 0, 8000000000000000, 65, 4000000000000000
            74, 0, ffffffff_80000000, 33, 40000000
            c7, 0, 8000000000000000, 4, f800000000000000
            c4, 0, 80000000, 4, f8000000
            97, 0, ffffffffffffffff, -2, 1
            97, 0, 5, 0, 5
            94, 0, ffffffff_00000005, 0, 5
            97, 1, fffffffffffffff3, -3, ffffffffffffffff
            94, 1, fffffff3, -3, ffffffff
            a7, 0, ffffffffffffffff, -1, 0
            a4, 0, 00000000ffffffff, 1, fffffffe
            b7, 0, 0, -1, ffffffffffffffff
            b4, 0, 0, -1, ffffffff
            87, 0, 1, 0, ffffffffffffffff
            87, 0, 8000000000000000, 0, 8000000000000000
            84, 0, ffffffff_00000001, 0, ffffffff
            84, 0, ffffffff_00000000, 0, 0
            d4, 0, 123456789abcdef0, 16, def0
            d4, 0, 123456789abcdef0, 32, 9abcdef0
            d4, 0, 123456789abcdef0, 64, 123456789abcdef0
            dc, 0, 123456789abcdef0, 16, f0de
            dc, 0, 123456789abcdef0, 32, f0debc9a
            dc, 0, 123456789abcdef0, 64, f0debc9a78563412
            d7, 0, 123456789abcdef0, 16, f0de
            d7, 0, 123456789abcdef0, 32, f0debc9a
            d7, 0, 123456789abcdef0, 64, f0debc9a78563412
            """)
    void immediateForms(String opcode, int offset, String dst, int imm, String result) {
        Code program = code().wide(1, hex(dst)).i((int) hex(opcode), 1, 0, offset, imm).copy(0, 1).exit();
        assertThat(Long.toHexString(rig.returned(program))).isEqualTo(Long.toHexString(hex(result)));
    }

    @Test
    void onABigEndianHostTheByteSwapsChangeRoles() {
        long value = 0x1234_5678_9abc_def0L;
        assertThat(byteSwapOnBigEndian(0xd4, 16, value)).isEqualTo(0xf0deL);
        assertThat(byteSwapOnBigEndian(0xd4, 32, value)).isEqualTo(0xf0de_bc9aL);
        assertThat(byteSwapOnBigEndian(0xd4, 64, value)).isEqualTo(0xf0de_bc9a_7856_3412L);
        assertThat(byteSwapOnBigEndian(0xdc, 16, value)).isEqualTo(0xdef0L);
        assertThat(byteSwapOnBigEndian(0xdc, 32, value)).isEqualTo(0x9abc_def0L);
        assertThat(byteSwapOnBigEndian(0xdc, 64, value)).isEqualTo(value);
        assertThat(byteSwapOnBigEndian(0xd7, 16, value)).isEqualTo(0xf0deL);
    }

    private long byteSwapOnBigEndian(int opcode, int width, long value) {
        return rig.returned(code().wide(0, value).i(opcode, 0, 0, 0, width).exit(), ByteOrder.BIG_ENDIAN);
    }

    @Test
    void sourceAndDestinationMayBeTheSameRegister() {
        assertThat(rig.returned(code().mov(0, 21).i(0x0f, 0, 0, 0, 0).exit())).isEqualTo(42);
        assertThat(rig.returned(code().mov(0, 21).i(0x1f, 0, 0, 0, 0).exit())).isZero();
        assertThat(rig.returned(code().mov(0, -1).i(0x3f, 0, 0, 0, 0).exit())).isEqualTo(1);
    }
}
