// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import static dev.bpf4j.conformance.rfc.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceTest {
    private static Optional<String> reject(Code code) {
        return RfcReference.reject(code.bytes(), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The opcodes that mean something, counted in KERNEL terms: Linux 6.18 knows 128 and gotox makes 129; callx, which Linux refuses, is the
     * 130th.
     */
    @Test
    void thereAre130Opcodes() {
        List<Integer> known = new ArrayList<>();
        for (int opcode = 0; opcode < 256; opcode++) {
            if (someFormIsAccepted(opcode)) {
                known.add(opcode);
            }
        }
        assertThat(known).hasSize(130);
        assertThat(known).contains(0x8d, 0x0d, 0xe5, 0xd3, 0xcb, 0x06).doesNotContain(0x8c, 0x8f, 0xdf, 0x99, 0x0e, 0x38, 0x58, 0xe6, 0x86,
                0x96);
    }

    private static boolean someFormIsAccepted(int opcode) {
        for (int imm : new int[] {0, 1, 16, 0x100}) {
            Code code = code().i(opcode, 0, 0, 0, imm);
            if (opcode == 0x18) {
                code.i(0, 0, 0, 0, 0);
            }
            if (reject(code.exit()).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The columns: opcode, dst, src, offset, imm, a part of the reason. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            07, 1, 1, 0, 0, src is unused
            07, 1, 0, 1, 0, offset is unused
            0f, 1, 2, 0, 1, imm is unused
            0f, 11, 2, 0, 0, no register 11
            0f, 1, 15, 0, 0, no register 15
            07, 10, 0, 0, 8, r10 is read-only
            b7, 10, 0, 0, 8, r10 is read-only
            bf, 10, 1, 0, 0, r10 is read-only
            37, 1, 0, 2, 5, offset 2
            3f, 1, 2, -1, 0, offset -1
            97, 1, 0, 8, 5, offset 8
            87, 1, 0, 0, 1, imm is unused
            87, 1, 1, 0, 0, src is unused
            8f, 1, 0, 0, 0, no form with a source register
            8c, 1, 0, 0, 0, no form with a source register
            b7, 1, 0, 8, 1, offset is unused
            bc, 1, 2, 32, 0, offset 32
            bc, 1, 2, 1, 1, offset 1
            bf, 1, 2, 64, 0, offset 64
            bf, 1, 2, 1, 0, address space cast
            bf, 1, 2, 1, 65537, address space cast
            bf, 1, 11, 1, 1, no register 11
            bf, 1, 2, 8, 1, imm is unused
            d4, 1, 0, 0, 8, width
            d4, 1, 0, 0, 0, width
            d4, 1, 1, 0, 16, src is unused
            dc, 1, 0, 1, 16, offset is unused
            df, 1, 0, 0, 16, reserved
            e7, 1, 0, 0, 0, unknown arithmetic code
            f4, 1, 0, 0, 0, unknown arithmetic code
            05, 0, 0, 0, 1, imm is unused
            05, 1, 0, 0, 0, dst is unused
            05, 0, 1, 0, 0, src is unused
            06, 0, 0, 1, 0, offset is unused
            06, 0, 1, 0, 0, src is unused
            0e, 1, 0, 0, 0, class JMP only
            0d, 11, 0, 0, 0, no register 11
            0d, 1, 1, 0, 0, src is unused
            0d, 1, 0, 1, 0, offset is unused
            15, 1, 1, 0, 0, src is unused
            1d, 1, 2, 0, 1, imm is unused
            1d, 11, 2, 0, 0, no register 11
            16, 12, 0, 0, 0, no register 12
            85, 0, 3, 0, 0, src 0 (helper)
            85, 1, 0, 0, 1, dst is unused
            85, 0, 0, 1, 1, offset is unused
            86, 0, 0, 0, 1, class JMP only
            8d, 1, 1, 0, 0, src is unused
            8d, 1, 0, 0, 3, imm is unused
            8e, 1, 0, 0, 0, class JMP only
            95, 1, 0, 0, 0, dst is unused
            95, 0, 0, 1, 0, offset is unused
            95, 0, 0, 0, 1, imm is unused
            9d, 0, 0, 0, 0, no form with a source register
            96, 0, 0, 0, 0, class JMP only
            e5, 0, 1, 0, 0, src is unused
            e5, 1, 0, 0, 0, dst is unused
            e5, 0, 0, 0, 1, imm is unused
            e6, 0, 0, 0, 0, class JMP only
            ed, 0, 0, 0, 0, no form with a source register
            f5, 0, 0, 0, 0, unknown jump code
            61, 10, 1, 0, 0, r10 is read-only
            61, 1, 11, 0, 0, no register 11
            61, 1, 2, 0, 1, imm is unused
            99, 1, 2, 0, 0, sign-extension load has the size
            91, 1, 2, 0, 1, imm is unused
            a1, 1, 2, 0, 0, mode does not exist
            c1, 1, 2, 0, 0, mode does not exist
            01, 1, 2, 0, 0, mode does not exist
            62, 1, 1, 0, 0, src is unused
            62, 11, 0, 0, 0, no register 11
            82, 1, 0, 0, 0, mode does not exist
            63, 1, 2, 0, 1, imm is unused
            83, 1, 2, 0, 0, mode does not exist
            c3, 1, 2, 0, 2, no atomic operation
            c3, 1, 2, 0, 224, no atomic operation
            c3, 1, 2, 0, 240, no atomic operation
            c3, 1, 2, 0, 257, no atomic operation
            c3, 1, 10, 0, 1, r10 is read-only
            d3, 1, 2, 0, 0, 8-bit and 16-bit
            cb, 1, 2, 0, 241, 8-bit and 16-bit
            d3, 10, 1, 0, 256, r10 is read-only
            d3, 1, 11, 0, 272, no register 11
            20, 1, 0, 0, 0, dst is unused
            20, 0, 1, 0, 0, src is unused
            40, 0, 11, 0, 0, no register 11
            40, 0, 1, 1, 0, offset is unused
            38, 0, 0, 0, 0, size W
            58, 0, 1, 0, 0, size W
            60, 0, 0, 0, 0, mode does not exist
            00, 0, 0, 0, 0, size DW
            10, 0, 0, 0, 0, size DW
            """)
    void rejectsWhatHasNoMeaning(String opcode, int dst, int src, int offset, int imm, String reason) {
        Code code = code().i(Integer.parseInt(opcode, 16), dst, src, offset, imm).exit();
        assertThat(reject(code)).hasValueSatisfying(text -> assertThat(text).startsWith("slot 0").contains(reason));
        assertThat(RfcReference.reject(code.bytes(ByteOrder.BIG_ENDIAN), ByteOrder.BIG_ENDIAN)).isEqualTo(reject(code));
    }

    @Test
    void wideInstructionsNeedAClearSecondHalf() {
        assertThat(reject(code().wide(1, -1).exit())).isEmpty();
        assertThat(reject(code().i(0x18, 1, 0, 0, 0))).hasValueSatisfying(text -> assertThat(text).contains("second half").contains(
                "missing"));
        assertThat(reject(code().i(0x18, 1, 0, 0, 0).exit().exit())).hasValueSatisfying(text -> assertThat(text).contains("second half"));
        assertThat(reject(code().i(0x18, 1, 0, 0, 0).i(0, 1, 0, 0, 0).exit())).isPresent();
        assertThat(reject(code().i(0x18, 1, 0, 0, 0).i(0, 0, 1, 0, 0).exit())).isPresent();
        assertThat(reject(code().i(0x18, 1, 0, 0, 0).i(0, 0, 0, 1, 0).exit())).isPresent();
        assertThat(reject(code().i(0x18, 1, 0, 1, 0).i(0, 0, 0, 0, 0).exit())).hasValueSatisfying(text -> assertThat(text).contains(
                "offset"));
        assertThat(reject(code().i(0x18, 10, 0, 0, 0).i(0, 0, 0, 0, 0).exit())).hasValueSatisfying(text -> assertThat(text).contains(
                "r10"));
        assertThat(reject(code().i(0x18, 1, 7, 0, 0).i(0, 0, 0, 0, 0).exit())).hasValueSatisfying(text -> assertThat(text).contains(
                "0 to 6"));
        assertThat(reject(code().i(0x18, 1, 1, 0, 0).i(0, 0, 0, 0, 5).exit())).hasValueSatisfying(text -> assertThat(text).contains(
                "next_imm"));
        assertThat(reject(code().i(0x18, 1, 2, 0, 0).i(0, 0, 0, 0, 5).exit())).isEmpty();
    }

    @Test
    void theCodeEndsWhereItCannotFallThrough() {
        assertThat(reject(code())).hasValueSatisfying(text -> assertThat(text).contains("empty"));
        assertThat(RfcReference.reject(new byte[9], ByteOrder.LITTLE_ENDIAN)).hasValueSatisfying(text -> assertThat(text).contains(
                "9 bytes"));
        assertThat(reject(code().mov(0, 1))).hasValueSatisfying(text -> assertThat(text).startsWith("slot 0").contains("last instruction"));
        assertThat(reject(code().exit().wide(0, 1))).hasValueSatisfying(text -> assertThat(text).startsWith("slot 1"));
        assertThat(reject(code().exit().i(0x15, 0, 0, -2, 0))).isPresent();
        assertThat(reject(code().exit().i(0xe5, 0, 0, -2, 0))).isPresent();
        assertThat(reject(code().exit().i(0x85, 0, 0, 0, 1))).isPresent();
        assertThat(reject(code().exit().i(0x05, 0, 0, -2, 0))).isEmpty();
        assertThat(reject(code().exit().i(0x06, 0, 0, 0, -2))).isEmpty();
        assertThat(reject(code().i(0x0d, 0, 0, 0, 0))).isEmpty();
    }

    @Test
    void jumpsLandOnInstructions() {
        assertThat(reject(code().i(0x05, 0, 0, 1, 0).exit())).hasValueSatisfying(text -> assertThat(text).startsWith("slot 0").contains(
                "outside"));
        assertThat(reject(code().i(0x15, 0, 0, -2, 0).exit())).hasValueSatisfying(text -> assertThat(text).contains("slot -1"));
        assertThat(reject(code().i(0x06, 0, 0, 0, Integer.MAX_VALUE).exit())).isPresent();
        assertThat(reject(code().i(0x05, 0, 0, 1, 0).wide(0, 1).exit())).hasValueSatisfying(text -> assertThat(text).contains(
                "second half"));
        assertThat(reject(code().i(0x85, 0, 1, 0, 5).exit())).hasValueSatisfying(text -> assertThat(text).contains("function at slot 6"));
        assertThat(reject(code().i(0x85, 0, 1, 0, 2).exit().wide(0, 1).exit())).hasValueSatisfying(text -> assertThat(text).contains(
                "second half"));
    }

    /** Any bytes give an answer, and the same one in both byte orders. */
    @Test
    void anyBytesAreJudged() {
        long seed = 20261122;
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            Code code = code();
            int slots = random.nextInt(5);
            IntStream.range(0, slots).forEach(slot -> code.i(random.nextInt(256), random.nextInt(12), random.nextInt(3), random.nextInt(3)
                    - 1, random.nextInt(2)));
            code.exit();
            Optional<String> little = reject(code);
            assertThat(RfcReference.reject(code.bytes(ByteOrder.BIG_ENDIAN), ByteOrder.BIG_ENDIAN)).as("seed %d, program %d", seed, i)
                    .isEqualTo(little);
            accepted += little.isEmpty() ? 1 : 0;
        }
        assertThat(accepted).isGreaterThan(1000);
    }
}
