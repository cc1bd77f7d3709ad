// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import static dev.bpf4j.conformance.rfc.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9669 section 4.3; every expectation computed by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JumpInstructionsTest {
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

    /** The columns: code, dst, src, whether JMP takes the jump, whether JMP32 does. Both register and, if src fits, immediate forms. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            1, 5, 5, true, true
            1, 1_00000005, 5, false, true
            1, ffffffffffffffff, -1, true, true
            1, 00000000ffffffff, -1, false, true
            2, 5, 5, false, false
            2, ffffffffffffffff, 5, true, true
            2, 1_00000000, 5, true, false
            3, 5, 5, true, true
            3, 4, 5, false, false
            3, 1_00000004, 5, true, false
            3, ffffffffffffffff, -1, true, true
            4, 6, 2, true, true
            4, 6, 1, false, false
            4, 1_00000000, -1, true, false
            4, 80000000_00000000, -2147483648, true, false
            5, 5, 5, false, false
            5, 1_00000005, 5, true, false
            6, ffffffffffffffff, 0, false, false
            6, 00000000ffffffff, 0, true, false
            6, 7fffffff_00000001, -1, true, true
            7, ffffffffffffffff, -1, true, true
            7, 8000000000000000, -1, false, true
            7, 80000000, -1, true, false
            a, 4, 5, true, true
            a, 5, 5, false, false
            a, 1_00000004, 5, false, true
            b, 5, 5, true, true
            b, 6, 5, false, false
            b, 1_00000005, 5, false, true
            c, ffffffffffffffff, 0, true, true
            c, 00000000ffffffff, 0, false, true
            c, 0, 0, false, false
            d, 0, 0, true, true
            d, 8000000000000000, -1, true, false
            d, 1, 0, false, false
            """)
    void conditions(String jumpCode, String dst, int src, boolean taken64, boolean taken32) {
        int code = (int) hex(jumpCode) << 4;
        assertThat(taken(code | 0x5, hex(dst), src)).as("JMP, K").isEqualTo(taken64);
        assertThat(taken(code | 0xd, hex(dst), src)).as("JMP, X").isEqualTo(taken64);
        assertThat(taken(code | 0x6, hex(dst), src)).as("JMP32, K").isEqualTo(taken32);
        assertThat(taken(code | 0xe, hex(dst), src)).as("JMP32, X").isEqualTo(taken32);
    }

    private boolean taken(int opcode, long dst, int src) {
        boolean register = (opcode & 8) != 0;
        Code program = code().wide(1, dst).mov(2, src).mov(0, 1).i(opcode, 1, register ? 2 : 0, 1, register ? 0 : src).mov(0, 0).exit();
        return rig.returned(program) == 1;
    }

    @Test
    void jumpAlwaysTakesItsDistanceFromOffsetOrFromImm() {
        assertThat(rig.returned(code().mov(0, 1).i(0x05, 0, 0, 1, 0).mov(0, 2).exit())).isEqualTo(1);
        assertThat(rig.returned(code().mov(0, 1).i(0x06, 0, 0, 0, 1).mov(0, 2).exit())).isEqualTo(1);
    }

    @Test
    void aLoopCountsDown() {
        Code program = code().mov(1, 10).i(0x0f, 0, 1, 0, 0).i(0x17, 1, 0, 0, 1).i(0x55, 1, 0, -3, 0).exit();
        assertThat(rig.returned(program)).isEqualTo(55);
    }

    @Test
    void anExitInALocalFunctionReturnsToTheCaller() {
        Code program = code().mov(1, 20).i(0x85, 0, 1, 0, 2).i(0x07, 0, 0, 0, 1).exit().copy(0, 1).i(0x0f, 0, 1, 0, 0).exit();
        assertThat(rig.returned(program)).isEqualTo(41);
    }
}
