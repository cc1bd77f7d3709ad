// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import static dev.bpf4j.conformance.rfc.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9669 section 5 over raw memory in r1; every expectation computed by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryInstructionsTest {
    private static final int WORD = 0xc3;
    private static final int DOUBLE_WORD = 0xdb;
    private Rig rig;

    @BeforeAll
    void start() {
        rig = Rig.strict();
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @BeforeEach
    void memory() {
        rig.lane.raw(new byte[] {0x11, 0x22, (byte) 0x83, 0x44, 0x55, 0x66, 0x77, (byte) 0x88, 1, 2, 3, 4, 5, 6, 7, 8});
    }

    private static long hex(String text) {
        return Long.parseUnsignedLong(text, 16);
    }

    /** The columns: opcode, offset, what a little-endian and what a big-endian program loads. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            71, 2, 83, 83
            69, 2, 4483, 8344
            61, 4, 88776655, 55667788
            79, 0, 8877665544832211, 1122834455667788
            79, 3, 302018877665544, 4455667788010203
            91, 2, ffffffffffffff83, ffffffffffffff83
            91, 3, 44, 44
            89, 6, ffffffffffff8877, 7788
            89, 2, 4483, ffffffffffff8344
            81, 4, ffffffff88776655, 55667788
            81, 0, 44832211, 11228344
            """)
    void loads(String opcode, int offset, String little, String big) {
        Code program = code().i((int) hex(opcode), 0, 1, offset, 0).exit();
        assertThat(rig.returned(program)).isEqualTo(hex(little));
        assertThat(rig.returned(program, ByteOrder.BIG_ENDIAN)).isEqualTo(hex(big));
    }

    @Test
    void storesOfARegisterDropTheUpperBits() {
        assertThat(stored(code().wide(2, 0x1122_3344_5566_7788L).i(0x73, 1, 2, 1, 0))).isEqualTo("1188834455667788");
        memory();
        assertThat(stored(code().wide(2, 0x1122_3344_5566_7788L).i(0x6b, 1, 2, 1, 0))).isEqualTo("1188774455667788");
        memory();
        assertThat(stored(code().wide(2, 0x1122_3344_5566_7788L).i(0x63, 1, 2, 0, 0))).isEqualTo("8877665555667788");
        memory();
        assertThat(stored(code().wide(2, 0x1122_3344_5566_7788L).i(0x7b, 1, 2, 0, 0))).isEqualTo("8877665544332211");
    }

    @Test
    void storesOfAnImmediateSignExtendIt() {
        assertThat(stored(code().i(0x72, 1, 0, 0, 0x1ff))).isEqualTo("ff22834455667788");
        memory();
        assertThat(stored(code().i(0x6a, 1, 0, 0, -2))).isEqualTo("feff834455667788");
        memory();
        assertThat(stored(code().i(0x62, 1, 0, 4, 0x01020304))).isEqualTo("1122834404030201");
        memory();
        assertThat(stored(code().i(0x7a, 1, 0, 0, -2))).isEqualTo("feffffffffffffff");
    }

    @Test
    void aBigEndianProgramStoresTheOtherWayRound() {
        rig.returned(code().i(0x62, 1, 0, 0, 0x01020304).exit(), ByteOrder.BIG_ENDIAN);
        assertThat(rig.lane.read(rig.lane.contextBase(), 4)).containsExactly(1, 2, 3, 4);
    }

    /** The first 8 bytes of memory after code. */
    private String stored(Code code) {
        rig.returned(code.exit());
        StringBuilder text = new StringBuilder();
        for (byte b : rig.lane.read(rig.lane.contextBase(), 8)) {
            text.append(String.format("%02x", b));
        }
        return text.toString();
    }

    /** The columns: imm, old memory, r2, new memory, new r2; 64 bits. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            00, ffffffffffffffff, 2, 1, 2
            01, ffffffffffffffff, 2, 1, ffffffffffffffff
            40, f0, 0f, ff, 0f
            41, f0, 0f, ff, f0
            50, ff, 0f, 0f, 0f
            51, ff, 0f, 0f, ff
            a0, ff, 0f, f0, 0f
            a1, ff, 0f, f0, ff
            e1, 123456789abcdef0, 7, 7, 123456789abcdef0
            """)
    void atomicsOf64Bits(String imm, String memory, String r2, String memoryAfter, String r2After) {
        long after = rig.returned(atomic(DOUBLE_WORD, (int) hex(imm), hex(memory), hex(r2), 0).i(0x79, 0, 1, 0, 0).exit());
        assertThat(after).isEqualTo(hex(memoryAfter));
        assertThat(rig.register(2)).isEqualTo(hex(r2After));
    }

    /** The columns: imm, old memory, r2, new memory, new r2; 32 bits: the other half of memory stays, fetched values are zero extended. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            00, aaaaaaaaffffffff, 1_00000002, aaaaaaaa00000001, 1_00000002
            01, aaaaaaaaffffffff, 1_00000002, aaaaaaaa00000001, ffffffff
            40, aaaaaaaa000000f0, 1_0000000f, aaaaaaaa000000ff, 1_0000000f
            41, aaaaaaaa000000f0, 1_0000000f, aaaaaaaa000000ff, f0
            50, aaaaaaaaffffffff, 1_0000000f, aaaaaaaa0000000f, 1_0000000f
            51, aaaaaaaaffffffff, 1_0000000f, aaaaaaaa0000000f, ffffffff
            a0, aaaaaaaaffffffff, 1_0000000f, aaaaaaaafffffff0, 1_0000000f
            a1, aaaaaaaaffffffff, 1_0000000f, aaaaaaaafffffff0, ffffffff
            e1, aaaaaaaa9abcdef0, 1_00000007, aaaaaaaa00000007, 9abcdef0
            """)
    void atomicsOf32Bits(String imm, String memory, String r2, String memoryAfter, String r2After) {
        Code program = atomic(WORD, (int) hex(imm), hex(memory), hex(r2.replace("_", "")), 0).i(0x79, 0, 1, 0, 0).exit();
        assertThat(rig.returned(program)).isEqualTo(hex(memoryAfter));
        assertThat(rig.register(2)).isEqualTo(hex(r2After.replace("_", "")));
    }

    @Test
    void compareAndExchangeReplacesWhatMatchesR0() {
        assertThat(rig.returned(atomic(DOUBLE_WORD, 0xf1, 5, 9, 5).exit())).isEqualTo(5);
        assertThat(rig.returned(code().i(0x79, 0, 1, 0, 0).exit())).isEqualTo(9);
        assertThat(rig.returned(atomic(DOUBLE_WORD, 0xf1, 5, 9, 6).exit())).isEqualTo(5);
        assertThat(rig.returned(code().i(0x79, 0, 1, 0, 0).exit())).isEqualTo(5);
    }

    @Test
    void compareAndExchangeOf32BitsLooksAtTheLowerHalfOfR0AndZeroExtends() {
        long memory = 0xaaaa_aaaa_8000_0005L;
        assertThat(rig.returned(atomic(WORD, 0xf1, memory, 9, 0x7777_7777_8000_0005L).exit())).isEqualTo(0x8000_0005L);
        assertThat(rig.returned(code().i(0x79, 0, 1, 0, 0).exit())).isEqualTo(0xaaaa_aaaa_0000_0009L);
        assertThat(rig.returned(atomic(WORD, 0xf1, memory, 9, 6).exit())).isEqualTo(0x8000_0005L);
        assertThat(rig.returned(code().i(0x79, 0, 1, 0, 0).exit())).isEqualTo(memory);
    }

    /** Memory, r2 and r0 are set, then the atomic instruction follows. */
    private static Code atomic(int opcode, int imm, long memory, long r2, long r0) {
        return code().wide(2, memory).i(0x7b, 1, 2, 0, 0).wide(2, r2).wide(0, r0).i(opcode, 1, 2, 0, imm);
    }

    @Test
    void loadAcquireZeroExtendsInEverySize() {
        assertThat(rig.returned(code().i(0xd3, 0, 1, 2, 0x100).exit())).isEqualTo(0x83);
        assertThat(rig.returned(code().i(0xcb, 0, 1, 2, 0x100).exit())).isEqualTo(0x4483);
        assertThat(rig.returned(code().i(0xc3, 0, 1, 4, 0x100).exit())).isEqualTo(0x8877_6655L);
        assertThat(rig.returned(code().i(0xdb, 0, 1, 0, 0x100).exit())).isEqualTo(0x8877_6655_4483_2211L);
    }

    @Test
    void storeReleaseWritesItsSizeOnly() {
        assertThat(stored(code().mov(2, -1).i(0xd3, 1, 2, 1, 0x110))).isEqualTo("11ff834455667788");
        memory();
        assertThat(stored(code().mov(2, -1).i(0xcb, 1, 2, 2, 0x110))).isEqualTo("1122ffff55667788");
        memory();
        assertThat(stored(code().mov(2, -1).i(0xc3, 1, 2, 4, 0x110))).isEqualTo("11228344ffffffff");
        memory();
        assertThat(stored(code().mov(2, -1).i(0xdb, 1, 2, 0, 0x110))).isEqualTo("ffffffffffffffff");
    }

    @Test
    void atomicsOfABigEndianProgramWorkOnBigEndianValues() {
        rig.lane.raw(new byte[] {0, 0, 0, (byte) 0xff, 0, 0, 0, 0});
        assertThat(rig.returned(code().mov(2, 1).i(WORD, 1, 2, 0, 0x01).copy(0, 2).exit(), ByteOrder.BIG_ENDIAN)).isEqualTo(0xff);
        assertThat(rig.lane.read(rig.lane.contextBase(), 4)).containsExactly(0, 0, 1, 0);
    }

    @Test
    void wideImmediatesTakeBothHalves() {
        assertThat(rig.returned(code().wide(0, 0x8000_0001_ffff_fffeL).exit())).isEqualTo(0x8000_0001_ffff_fffeL);
        assertThat(rig.returned(code().wide(0, 0x8000_0001_ffff_fffeL).exit(), ByteOrder.BIG_ENDIAN)).isEqualTo(0x8000_0001_ffff_fffeL);
    }
}
