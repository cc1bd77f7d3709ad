// Generated from a64.isa. Do not edit.
package dev.bpf4j.jit.arm64;

/** Appends machine instructions: one method per form of the table. */
class Encoder extends A64Buffer {

    /** {@code add rd, rn, rm}: {@code 0 0 0 01011 00 0 Rm 000000 Rn Rd}. rd = rn + rm */
    void add32_rr(int rd, int rn, int rm) {
        word(0x0b000000 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code add rd, rn, rm}: {@code 1 0 0 01011 00 0 Rm 000000 Rn Rd}. rd = rn + rm */
    void add64_rr(int rd, int rn, int rm) {
        word(0x8b000000 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code sub rd, rn, rm}: {@code 0 1 0 01011 00 0 Rm 000000 Rn Rd}. rd = rn - rm */
    void sub32_rr(int rd, int rn, int rm) {
        word(0x4b000000 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code sub rd, rn, rm}: {@code 1 1 0 01011 00 0 Rm 000000 Rn Rd}. rd = rn - rm */
    void sub64_rr(int rd, int rn, int rm) {
        word(0xcb000000 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code and rd, rn, rm}: {@code 0 00 01010 00 0 Rm 000000 Rn Rd}. rd = rn and rm */
    void and32_rr(int rd, int rn, int rm) {
        word(0x0a000000 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code and rd, rn, rm}: {@code 1 00 01010 00 0 Rm 000000 Rn Rd}. rd = rn and rm */
    void and64_rr(int rd, int rn, int rm) {
        word(0x8a000000 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code orr rd, rn, rm}: {@code 0 01 01010 00 0 Rm 000000 Rn Rd}. rd = rn or rm */
    void orr32_rr(int rd, int rn, int rm) {
        word(0x2a000000 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code orr rd, rn, rm}: {@code 1 01 01010 00 0 Rm 000000 Rn Rd}. rd = rn or rm */
    void orr64_rr(int rd, int rn, int rm) {
        word(0xaa000000 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code eor rd, rn, rm}: {@code 0 10 01010 00 0 Rm 000000 Rn Rd}. rd = rn xor rm */
    void eor32_rr(int rd, int rn, int rm) {
        word(0x4a000000 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code eor rd, rn, rm}: {@code 1 10 01010 00 0 Rm 000000 Rn Rd}. rd = rn xor rm */
    void eor64_rr(int rd, int rn, int rm) {
        word(0xca000000 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code add rd, rn, rm, lsl #imm}: {@code 0 0 0 01011 00 0 Rm 0 imm<4:0> Rn Rd}. rd = rn + (rm << imm) */
    void add32_rrl(int rd, int rn, int rm, int imm) {
        word(0x0b000000 | w(rm) << 16 | b32(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code add rd, rn, rm, lsl #imm}: {@code 1 0 0 01011 00 0 Rm imm<5:0> Rn Rd}. rd = rn + (rm << imm) */
    void add64_rrl(int rd, int rn, int rm, int imm) {
        word(0x8b000000 | x(rm) << 16 | b64(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code sub rd, rn, rm, lsl #imm}: {@code 0 1 0 01011 00 0 Rm 0 imm<4:0> Rn Rd}. rd = rn - (rm << imm) */
    void sub32_rrl(int rd, int rn, int rm, int imm) {
        word(0x4b000000 | w(rm) << 16 | b32(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code sub rd, rn, rm, lsl #imm}: {@code 1 1 0 01011 00 0 Rm imm<5:0> Rn Rd}. rd = rn - (rm << imm) */
    void sub64_rrl(int rd, int rn, int rm, int imm) {
        word(0xcb000000 | x(rm) << 16 | b64(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code orr rd, rn, rm, lsl #imm}: {@code 0 01 01010 00 0 Rm 0 imm<4:0> Rn Rd}. rd = rn or (rm << imm) */
    void orr32_rrl(int rd, int rn, int rm, int imm) {
        word(0x2a000000 | w(rm) << 16 | b32(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code orr rd, rn, rm, lsl #imm}: {@code 1 01 01010 00 0 Rm imm<5:0> Rn Rd}. rd = rn or (rm << imm) */
    void orr64_rrl(int rd, int rn, int rm, int imm) {
        word(0xaa000000 | x(rm) << 16 | b64(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code add rd, rn, rm, uxtw}: {@code 1 0 0 01011 00 1 Rm 010 000 Rn Rd}. rd = rn + zx(rm, 64) */
    void add64_rw(int rd, int rn, int rm) {
        word(0x8b204000 | w(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code cmp rn, rm}: {@code 0 1 1 01011 00 0 Rm 000000 Rn 11111}. flags = rn - rm */
    void cmp32_rr(int rn, int rm) {
        word(0x6b00001f | w(rm) << 16 | w(rn) << 5);
    }

    /** {@code cmp rn, rm}: {@code 1 1 1 01011 00 0 Rm 000000 Rn 11111}. flags = rn - rm */
    void cmp64_rr(int rn, int rm) {
        word(0xeb00001f | x(rm) << 16 | x(rn) << 5);
    }

    /** {@code tst rn, rm}: {@code 0 11 01010 00 0 Rm 000000 Rn 11111}. flags = rn and rm */
    void tst32_rr(int rn, int rm) {
        word(0x6a00001f | w(rm) << 16 | w(rn) << 5);
    }

    /** {@code tst rn, rm}: {@code 1 11 01010 00 0 Rm 000000 Rn 11111}. flags = rn and rm */
    void tst64_rr(int rn, int rm) {
        word(0xea00001f | x(rm) << 16 | x(rn) << 5);
    }

    /** {@code mov rd, rm}: {@code 0 01 01010 00 0 Rm 000000 11111 Rd}. rd = rm */
    void mov32(int rd, int rm) {
        word(0x2a0003e0 | w(rm) << 16 | w(rd));
    }

    /** {@code mov rd, rm}: {@code 1 01 01010 00 0 Rm 000000 11111 Rd}. rd = rm */
    void mov64(int rd, int rm) {
        word(0xaa0003e0 | x(rm) << 16 | x(rd));
    }

    /** {@code mvn rd, rm}: {@code 0 01 01010 00 1 Rm 000000 11111 Rd}. rd = rm xor -1 */
    void mvn32(int rd, int rm) {
        word(0x2a2003e0 | w(rm) << 16 | w(rd));
    }

    /** {@code mvn rd, rm}: {@code 1 01 01010 00 1 Rm 000000 11111 Rd}. rd = rm xor -1 */
    void mvn64(int rd, int rm) {
        word(0xaa2003e0 | x(rm) << 16 | x(rd));
    }

    /** {@code neg rd, rm}: {@code 0 1 0 01011 00 0 Rm 000000 11111 Rd}. rd = -rm */
    void neg32(int rd, int rm) {
        word(0x4b0003e0 | w(rm) << 16 | w(rd));
    }

    /** {@code neg rd, rm}: {@code 1 1 0 01011 00 0 Rm 000000 11111 Rd}. rd = -rm */
    void neg64(int rd, int rm) {
        word(0xcb0003e0 | x(rm) << 16 | x(rd));
    }

    /** {@code add rd, rn, #imm}: {@code 0 0 0 100010 0 imm<11:0> Rn Rd}. rd = rn + imm */
    void add32_ri(int rd, int rn, int imm) {
        word(0x11000000 | u12(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code add rd, rn, #imm, lsl #12}: {@code 0 0 0 100010 1 imm<11:0> Rn Rd}. rd = rn + (imm << 12) */
    void add32_rh(int rd, int rn, int imm) {
        word(0x11400000 | u12(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code add rd, rn, #imm}: {@code 1 0 0 100010 0 imm<11:0> Rn Rd}. rd = rn + imm */
    void add64_ri(int rd, int rn, int imm) {
        word(0x91000000 | u12(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code add rd, rn, #imm, lsl #12}: {@code 1 0 0 100010 1 imm<11:0> Rn Rd}. rd = rn + (imm << 12) */
    void add64_rh(int rd, int rn, int imm) {
        word(0x91400000 | u12(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code sub rd, rn, #imm}: {@code 0 1 0 100010 0 imm<11:0> Rn Rd}. rd = rn - imm */
    void sub32_ri(int rd, int rn, int imm) {
        word(0x51000000 | u12(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code sub rd, rn, #imm, lsl #12}: {@code 0 1 0 100010 1 imm<11:0> Rn Rd}. rd = rn - (imm << 12) */
    void sub32_rh(int rd, int rn, int imm) {
        word(0x51400000 | u12(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code sub rd, rn, #imm}: {@code 1 1 0 100010 0 imm<11:0> Rn Rd}. rd = rn - imm */
    void sub64_ri(int rd, int rn, int imm) {
        word(0xd1000000 | u12(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code sub rd, rn, #imm, lsl #12}: {@code 1 1 0 100010 1 imm<11:0> Rn Rd}. rd = rn - (imm << 12) */
    void sub64_rh(int rd, int rn, int imm) {
        word(0xd1400000 | u12(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code subs rd, rn, #imm}: {@code 0 1 1 100010 0 imm<11:0> Rn Rd}. rd = rn - imm */
    void subs32_ri(int rd, int rn, int imm) {
        word(0x71000000 | u12(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code subs rd, rn, #imm, lsl #12}: {@code 0 1 1 100010 1 imm<11:0> Rn Rd}. rd = rn - (imm << 12) */
    void subs32_rh(int rd, int rn, int imm) {
        word(0x71400000 | u12(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code subs rd, rn, #imm}: {@code 1 1 1 100010 0 imm<11:0> Rn Rd}. rd = rn - imm */
    void subs64_ri(int rd, int rn, int imm) {
        word(0xf1000000 | u12(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code subs rd, rn, #imm, lsl #12}: {@code 1 1 1 100010 1 imm<11:0> Rn Rd}. rd = rn - (imm << 12) */
    void subs64_rh(int rd, int rn, int imm) {
        word(0xf1400000 | u12(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code cmp rn, #imm}: {@code 0 1 1 100010 0 imm<11:0> Rn 11111}. flags = rn - imm */
    void cmp32_ri(int rn, int imm) {
        word(0x7100001f | u12(imm) << 10 | w(rn) << 5);
    }

    /** {@code cmp rn, #imm, lsl #12}: {@code 0 1 1 100010 1 imm<11:0> Rn 11111}. flags = rn - (imm << 12) */
    void cmp32_rh(int rn, int imm) {
        word(0x7140001f | u12(imm) << 10 | w(rn) << 5);
    }

    /** {@code cmp rn, #imm}: {@code 1 1 1 100010 0 imm<11:0> Rn 11111}. flags = rn - imm */
    void cmp64_ri(int rn, int imm) {
        word(0xf100001f | u12(imm) << 10 | x(rn) << 5);
    }

    /** {@code cmp rn, #imm, lsl #12}: {@code 1 1 1 100010 1 imm<11:0> Rn 11111}. flags = rn - (imm << 12) */
    void cmp64_rh(int rn, int imm) {
        word(0xf140001f | u12(imm) << 10 | x(rn) << 5);
    }

    /** {@code cmn rn, #imm}: {@code 0 0 1 100010 0 imm<11:0> Rn 11111}. flags = rn + imm */
    void cmn32_ri(int rn, int imm) {
        word(0x3100001f | u12(imm) << 10 | w(rn) << 5);
    }

    /** {@code cmn rn, #imm, lsl #12}: {@code 0 0 1 100010 1 imm<11:0> Rn 11111}. flags = rn + (imm << 12) */
    void cmn32_rh(int rn, int imm) {
        word(0x3140001f | u12(imm) << 10 | w(rn) << 5);
    }

    /** {@code cmn rn, #imm}: {@code 1 0 1 100010 0 imm<11:0> Rn 11111}. flags = rn + imm */
    void cmn64_ri(int rn, int imm) {
        word(0xb100001f | u12(imm) << 10 | x(rn) << 5);
    }

    /** {@code cmn rn, #imm, lsl #12}: {@code 1 0 1 100010 1 imm<11:0> Rn 11111}. flags = rn + (imm << 12) */
    void cmn64_rh(int rn, int imm) {
        word(0xb140001f | u12(imm) << 10 | x(rn) << 5);
    }

    /** {@code and rd, rn, #imm}: {@code 0 00 100100 imm<12:0> Rn Rd}. rd = rn and imm */
    void and32_rl(int rd, int rn, long imm) {
        word(0x12000000 | l32(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code and rd, rn, #imm}: {@code 1 00 100100 imm<12:0> Rn Rd}. rd = rn and imm */
    void and64_rl(int rd, int rn, long imm) {
        word(0x92000000 | l64(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code orr rd, rn, #imm}: {@code 0 01 100100 imm<12:0> Rn Rd}. rd = rn or imm */
    void orr32_rl(int rd, int rn, long imm) {
        word(0x32000000 | l32(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code orr rd, rn, #imm}: {@code 1 01 100100 imm<12:0> Rn Rd}. rd = rn or imm */
    void orr64_rl(int rd, int rn, long imm) {
        word(0xb2000000 | l64(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code eor rd, rn, #imm}: {@code 0 10 100100 imm<12:0> Rn Rd}. rd = rn xor imm */
    void eor32_rl(int rd, int rn, long imm) {
        word(0x52000000 | l32(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code eor rd, rn, #imm}: {@code 1 10 100100 imm<12:0> Rn Rd}. rd = rn xor imm */
    void eor64_rl(int rd, int rn, long imm) {
        word(0xd2000000 | l64(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code tst rn, #imm}: {@code 0 11 100100 imm<12:0> Rn 11111}. flags = rn and imm */
    void tst32_rl(int rn, long imm) {
        word(0x7200001f | l32(imm) << 10 | w(rn) << 5);
    }

    /** {@code tst rn, #imm}: {@code 1 11 100100 imm<12:0> Rn 11111}. flags = rn and imm */
    void tst64_rl(int rn, long imm) {
        word(0xf200001f | l64(imm) << 10 | x(rn) << 5);
    }

    /** {@code mov rd, #imm}: {@code 0 10 100101 imm<17:0> Rd}. rd = imm */
    void movz32(int rd, long imm) {
        word(0x52800000 | z32(imm) << 5 | w(rd));
    }

    /** {@code mov rd, #imm}: {@code 1 10 100101 imm<17:0> Rd}. rd = imm */
    void movz64(int rd, long imm) {
        word(0xd2800000 | z64(imm) << 5 | x(rd));
    }

    /** {@code mov rd, #imm}: {@code 0 00 100101 imm<17:0> Rd}. rd = imm */
    void movn32(int rd, long imm) {
        word(0x12800000 | n32(imm) << 5 | w(rd));
    }

    /** {@code mov rd, #imm}: {@code 1 00 100101 imm<17:0> Rd}. rd = imm */
    void movn64(int rd, long imm) {
        word(0x92800000 | n64(imm) << 5 | x(rd));
    }

    /** {@code mov rd, #imm}: {@code 0 01 100100 imm<12:0> 11111 Rd}. rd = imm */
    void movl32(int rd, long imm) {
        word(0x320003e0 | v32(imm) << 10 | w(rd));
    }

    /** {@code mov rd, #imm}: {@code 1 01 100100 imm<12:0> 11111 Rd}. rd = imm */
    void movl64(int rd, long imm) {
        word(0xb20003e0 | v64(imm) << 10 | x(rd));
    }

    /** {@code movk rd, #imm, lsl #hw}: {@code 0 11 100101 hw<1:0> imm<15:0> Rd}. 16 bits of rd at hw = imm */
    void movk32(int rd, int imm, int hw) {
        word(0x72800000 | h32(hw) << 21 | u16(imm) << 5 | w(rd));
    }

    /** {@code movk rd, #imm, lsl #hw}: {@code 1 11 100101 hw<1:0> imm<15:0> Rd}. 16 bits of rd at hw = imm */
    void movk64(int rd, int imm, int hw) {
        word(0xf2800000 | h64(hw) << 21 | u16(imm) << 5 | x(rd));
    }

    /** {@code lsl rd, rn, rm}: {@code 0 0 0 11010110 Rm 0010 00 Rn Rd}. rd = rn << (rm and (32 - 1)) */
    void lsl32_rr(int rd, int rn, int rm) {
        word(0x1ac02000 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code lsl rd, rn, rm}: {@code 1 0 0 11010110 Rm 0010 00 Rn Rd}. rd = rn << (rm and (64 - 1)) */
    void lsl64_rr(int rd, int rn, int rm) {
        word(0x9ac02000 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code lsr rd, rn, rm}: {@code 0 0 0 11010110 Rm 0010 01 Rn Rd}. rd = rn >>u (rm and (32 - 1)) */
    void lsr32_rr(int rd, int rn, int rm) {
        word(0x1ac02400 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code lsr rd, rn, rm}: {@code 1 0 0 11010110 Rm 0010 01 Rn Rd}. rd = rn >>u (rm and (64 - 1)) */
    void lsr64_rr(int rd, int rn, int rm) {
        word(0x9ac02400 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code asr rd, rn, rm}: {@code 0 0 0 11010110 Rm 0010 10 Rn Rd}. rd = rn >>s (rm and (32 - 1)) */
    void asr32_rr(int rd, int rn, int rm) {
        word(0x1ac02800 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code asr rd, rn, rm}: {@code 1 0 0 11010110 Rm 0010 10 Rn Rd}. rd = rn >>s (rm and (64 - 1)) */
    void asr64_rr(int rd, int rn, int rm) {
        word(0x9ac02800 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code lsl rd, rn, #imm}: {@code 0 10 100110 0 0 -imm<4:0> 0 ~imm<4:0> Rn Rd}. rd = rn << imm */
    void lsl32_ri(int rd, int rn, int imm) {
        word(0x53000000 | bits(-b32(imm), 4, 0) << 16 | bits(~b32(imm), 4, 0) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code lsl rd, rn, #imm}: {@code 1 10 100110 1 -imm<5:0> ~imm<5:0> Rn Rd}. rd = rn << imm */
    void lsl64_ri(int rd, int rn, int imm) {
        word(0xd3400000 | bits(-b64(imm), 5, 0) << 16 | bits(~b64(imm), 5, 0) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code lsr rd, rn, #imm}: {@code 0 10 100110 0 0 imm<4:0> 011111 Rn Rd}. rd = rn >>u imm */
    void lsr32_ri(int rd, int rn, int imm) {
        word(0x53007c00 | b32(imm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code lsr rd, rn, #imm}: {@code 1 10 100110 1 imm<5:0> 111111 Rn Rd}. rd = rn >>u imm */
    void lsr64_ri(int rd, int rn, int imm) {
        word(0xd340fc00 | b64(imm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code asr rd, rn, #imm}: {@code 0 00 100110 0 0 imm<4:0> 011111 Rn Rd}. rd = rn >>s imm */
    void asr32_ri(int rd, int rn, int imm) {
        word(0x13007c00 | b32(imm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code asr rd, rn, #imm}: {@code 1 00 100110 1 imm<5:0> 111111 Rn Rd}. rd = rn >>s imm */
    void asr64_ri(int rd, int rn, int imm) {
        word(0x9340fc00 | b64(imm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code ror rd, rn, #imm}: {@code 0 00 100111 0 0 Rn 0 imm<4:0> Rn Rd}. rd = rn rotated to the right by imm */
    void ror32_ri(int rd, int rn, int imm) {
        word(0x13800000 | w(rn) << 16 | b32(imm) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code ror rd, rn, #imm}: {@code 1 00 100111 1 0 Rn imm<5:0> Rn Rd}. rd = rn rotated to the right by imm */
    void ror64_ri(int rd, int rn, int imm) {
        word(0x93c00000 | x(rn) << 16 | b64(imm) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code sxtb rd, rn}: {@code 0 00 100110 0 000000 000111 Rn Rd}. rd = sx(lo(rn, 8), 32) */
    void sxtb32(int rd, int rn) {
        word(0x13001c00 | w(rn) << 5 | w(rd));
    }

    /** {@code sxtb rd, rn}: {@code 1 00 100110 1 000000 000111 Rn Rd}. rd = sx(lo(rn, 8), 64) */
    void sxtb64(int rd, int rn) {
        word(0x93401c00 | w(rn) << 5 | x(rd));
    }

    /** {@code sxth rd, rn}: {@code 0 00 100110 0 000000 001111 Rn Rd}. rd = sx(lo(rn, 16), 32) */
    void sxth32(int rd, int rn) {
        word(0x13003c00 | w(rn) << 5 | w(rd));
    }

    /** {@code sxth rd, rn}: {@code 1 00 100110 1 000000 001111 Rn Rd}. rd = sx(lo(rn, 16), 64) */
    void sxth64(int rd, int rn) {
        word(0x93403c00 | w(rn) << 5 | x(rd));
    }

    /** {@code sxtw rd, rn}: {@code 1 00 100110 1 000000 011111 Rn Rd}. rd = sx(lo(rn, 32), 64) */
    void sxtw64(int rd, int rn) {
        word(0x93407c00 | w(rn) << 5 | x(rd));
    }

    /** {@code rev rd, rn}: {@code 0 1 0 11010110 00000 0000 10 Rn Rd}. rd = bswap(rn) */
    void rev_32(int rd, int rn) {
        word(0x5ac00800 | w(rn) << 5 | w(rd));
    }

    /** {@code rev rd, rn}: {@code 1 1 0 11010110 00000 0000 11 Rn Rd}. rd = bswap(rn) */
    void rev_64(int rd, int rn) {
        word(0xdac00c00 | x(rn) << 5 | x(rd));
    }

    /** {@code rev16 rd, rn}: {@code 0 1 0 11010110 00000 0000 01 Rn Rd}. bytes of each half of rn exchanged */
    void rev16_32(int rd, int rn) {
        word(0x5ac00400 | w(rn) << 5 | w(rd));
    }

    /** {@code mul rd, rn, rm}: {@code 0 00 11011 000 Rm 0 11111 Rn Rd}. rd = rn * rm */
    void mul32(int rd, int rn, int rm) {
        word(0x1b007c00 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code mul rd, rn, rm}: {@code 1 00 11011 000 Rm 0 11111 Rn Rd}. rd = rn * rm */
    void mul64(int rd, int rn, int rm) {
        word(0x9b007c00 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code msub rd, rn, rm, ra}: {@code 0 00 11011 000 Rm 1 Ra Rn Rd}. rd = ra - rn * rm */
    void msub32(int rd, int rn, int rm, int ra) {
        word(0x1b008000 | w(rm) << 16 | w(ra) << 10 | w(rn) << 5 | w(rd));
    }

    /** {@code msub rd, rn, rm, ra}: {@code 1 00 11011 000 Rm 1 Ra Rn Rd}. rd = ra - rn * rm */
    void msub64(int rd, int rn, int rm, int ra) {
        word(0x9b008000 | x(rm) << 16 | x(ra) << 10 | x(rn) << 5 | x(rd));
    }

    /** {@code udiv rd, rn, rm}: {@code 0 0 0 11010110 Rm 00001 0 Rn Rd}. rd = rm == 0 ? 0 : rn /u rm */
    void udiv32(int rd, int rn, int rm) {
        word(0x1ac00800 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code udiv rd, rn, rm}: {@code 1 0 0 11010110 Rm 00001 0 Rn Rd}. rd = rm == 0 ? 0 : rn /u rm */
    void udiv64(int rd, int rn, int rm) {
        word(0x9ac00800 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code sdiv rd, rn, rm}: {@code 0 0 0 11010110 Rm 00001 1 Rn Rd}. rd = rm == 0 ? 0 : rn /s rm */
    void sdiv32(int rd, int rn, int rm) {
        word(0x1ac00c00 | w(rm) << 16 | w(rn) << 5 | w(rd));
    }

    /** {@code sdiv rd, rn, rm}: {@code 1 0 0 11010110 Rm 00001 1 Rn Rd}. rd = rm == 0 ? 0 : rn /s rm */
    void sdiv64(int rd, int rn, int rm) {
        word(0x9ac00c00 | x(rm) << 16 | x(rn) << 5 | x(rd));
    }

    /** {@code ldrb rt, mem}: {@code 00 111000 01 mem<16:0> Rt}. rt = zx(load(mem, 8), 64) */
    void ldr8(int rt, Mem mem) {
        word(0x38400000 | m(mem) << 5 | w(rt));
    }

    /** {@code ldrh rt, mem}: {@code 01 111000 01 mem<16:0> Rt}. rt = zx(load(mem, 16), 64) */
    void ldr16(int rt, Mem mem) {
        word(0x78400000 | m(mem) << 5 | w(rt));
    }

    /** {@code ldr rt, mem}: {@code 10 111000 01 mem<16:0> Rt}. rt = zx(load(mem, 32), 64) */
    void ldr32(int rt, Mem mem) {
        word(0xb8400000 | m(mem) << 5 | w(rt));
    }

    /** {@code ldr rt, mem}: {@code 11 111000 01 mem<16:0> Rt}. rt = load(mem, 64) */
    void ldr64(int rt, Mem mem) {
        word(0xf8400000 | m(mem) << 5 | x(rt));
    }

    /** {@code ldrsb rt, mem}: {@code 00 111000 10 mem<16:0> Rt}. rt = sx(load(mem, 8), 64) */
    void ldrs8(int rt, Mem mem) {
        word(0x38800000 | m(mem) << 5 | x(rt));
    }

    /** {@code ldrsh rt, mem}: {@code 01 111000 10 mem<16:0> Rt}. rt = sx(load(mem, 16), 64) */
    void ldrs16(int rt, Mem mem) {
        word(0x78800000 | m(mem) << 5 | x(rt));
    }

    /** {@code ldrsw rt, mem}: {@code 10 111000 10 mem<16:0> Rt}. rt = sx(load(mem, 32), 64) */
    void ldrs32(int rt, Mem mem) {
        word(0xb8800000 | m(mem) << 5 | x(rt));
    }

    /** {@code strb rt, mem}: {@code 00 111000 00 mem<16:0> Rt}. store(mem, lo(rt, 8)) */
    void str8(int rt, Mem mem) {
        word(0x38000000 | m(mem) << 5 | wz(rt));
    }

    /** {@code strh rt, mem}: {@code 01 111000 00 mem<16:0> Rt}. store(mem, lo(rt, 16)) */
    void str16(int rt, Mem mem) {
        word(0x78000000 | m(mem) << 5 | wz(rt));
    }

    /** {@code str rt, mem}: {@code 10 111000 00 mem<16:0> Rt}. store(mem, lo(rt, 32)) */
    void str32(int rt, Mem mem) {
        word(0xb8000000 | m(mem) << 5 | wz(rt));
    }

    /** {@code str rt, mem}: {@code 11 111000 00 mem<16:0> Rt}. store(mem, rt) */
    void str64(int rt, Mem mem) {
        word(0xf8000000 | m(mem) << 5 | xz(rt));
    }

    /** {@code ldr rt, [rnimm]}: {@code 10 111 0 01 01 imm<11:0> Rn Rt}. rt = load(rn + imm, 32) */
    void ldr32_o(int rt, int rn, int imm) {
        word(0xb9400000 | o4(imm) << 10 | xs(rn) << 5 | wz(rt));
    }

    /** {@code str rt, [rnimm]}: {@code 10 111 0 01 00 imm<11:0> Rn Rt}. store(rn + imm, rt) */
    void str32_o(int rt, int rn, int imm) {
        word(0xb9000000 | o4(imm) << 10 | xs(rn) << 5 | wz(rt));
    }

    /** {@code ldr rt, [rnimm]}: {@code 11 111 0 01 01 imm<11:0> Rn Rt}. rt = load(rn + imm, 64) */
    void ldr64_o(int rt, int rn, int imm) {
        word(0xf9400000 | o8(imm) << 10 | xs(rn) << 5 | xz(rt));
    }

    /** {@code str rt, [rnimm]}: {@code 11 111 0 01 00 imm<11:0> Rn Rt}. store(rn + imm, rt) */
    void str64_o(int rt, int rn, int imm) {
        word(0xf9000000 | o8(imm) << 10 | xs(rn) << 5 | xz(rt));
    }

    /** {@code str rt, [rn, #imm]!}: {@code 11 111 0 00 00 0 imm<8:0> 11 Rn Rt}. rn = rn + imm, store(rn, rt) */
    void str64_pre(int rt, int rn, int imm) {
        word(0xf8000c00 | s9(imm) << 12 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldr rt, [rn], #imm}: {@code 11 111 0 00 01 0 imm<8:0> 01 Rn Rt}. rt = load(rn, 64), rn = rn + imm */
    void ldr64_post(int rt, int rn, int imm) {
        word(0xf8400400 | s9(imm) << 12 | xs(rn) << 5 | x(rt));
    }

    /** {@code stp rt, rt2, [rnimm]}: {@code 10 101 0 010 0 imm<6:0> Rt2 Rn Rt}. store(rn + imm, rt), store(rn + imm + 8, rt2) */
    void stp64_o(int rt, int rt2, int rn, int imm) {
        word(0xa9000000 | p8(imm) << 15 | x(rt2) << 10 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldp rt, rt2, [rnimm]}: {@code 10 101 0 010 1 imm<6:0> Rt2 Rn Rt}. rt = load(rn + imm, 64), rt2 = load(rn + imm + 8, 64) */
    void ldp64_o(int rt, int rt2, int rn, int imm) {
        word(0xa9400000 | p8(imm) << 15 | x(rt2) << 10 | xs(rn) << 5 | x(rt));
    }

    /** {@code stp rt, rt2, [rn, #imm]!}: {@code 10 101 0 011 0 imm<6:0> Rt2 Rn Rt}. rn = rn + imm, store(rn, rt), store(rn + 8, rt2) */
    void stp64_pre(int rt, int rt2, int rn, int imm) {
        word(0xa9800000 | q8(imm) << 15 | x(rt2) << 10 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldp rt, rt2, [rn], #imm}: {@code 10 101 0 001 1 imm<6:0> Rt2 Rn Rt}. rt = load(rn, 64), rt2 = load(rn + 8, 64), rn = rn + imm */
    void ldp64_post(int rt, int rt2, int rn, int imm) {
        word(0xa8c00000 | q8(imm) << 15 | x(rt2) << 10 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldarb rt, [rn]}: {@code 00 001000 1 1 0 11111 1 11111 Rn Rt}. rt = load_acquire(rn, 8) */
    void ldar8(int rt, int rn) {
        word(0x08dffc00 | xs(rn) << 5 | w(rt));
    }

    /** {@code ldarh rt, [rn]}: {@code 01 001000 1 1 0 11111 1 11111 Rn Rt}. rt = load_acquire(rn, 16) */
    void ldar16(int rt, int rn) {
        word(0x48dffc00 | xs(rn) << 5 | w(rt));
    }

    /** {@code ldar rt, [rn]}: {@code 10 001000 1 1 0 11111 1 11111 Rn Rt}. rt = load_acquire(rn, 32) */
    void ldar32(int rt, int rn) {
        word(0x88dffc00 | xs(rn) << 5 | w(rt));
    }

    /** {@code ldar rt, [rn]}: {@code 11 001000 1 1 0 11111 1 11111 Rn Rt}. rt = load_acquire(rn, 64) */
    void ldar64(int rt, int rn) {
        word(0xc8dffc00 | xs(rn) << 5 | x(rt));
    }

    /** {@code stlrb rt, [rn]}: {@code 00 001000 1 0 0 11111 1 11111 Rn Rt}. store_release(rn, lo(rt, 8)) */
    void stlr8(int rt, int rn) {
        word(0x089ffc00 | xs(rn) << 5 | w(rt));
    }

    /** {@code stlrh rt, [rn]}: {@code 01 001000 1 0 0 11111 1 11111 Rn Rt}. store_release(rn, lo(rt, 16)) */
    void stlr16(int rt, int rn) {
        word(0x489ffc00 | xs(rn) << 5 | w(rt));
    }

    /** {@code stlr rt, [rn]}: {@code 10 001000 1 0 0 11111 1 11111 Rn Rt}. store_release(rn, lo(rt, 32)) */
    void stlr32(int rt, int rn) {
        word(0x889ffc00 | xs(rn) << 5 | w(rt));
    }

    /** {@code stlr rt, [rn]}: {@code 11 001000 1 0 0 11111 1 11111 Rn Rt}. store_release(rn, rt) */
    void stlr64(int rt, int rn) {
        word(0xc89ffc00 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldxr rt, [rn]}: {@code 10 001000 0 1 0 11111 0 11111 Rn Rt}. rt = load(rn, 32), exclusively */
    void ldxr32(int rt, int rn) {
        word(0x885f7c00 | xs(rn) << 5 | w(rt));
    }

    /** {@code ldxr rt, [rn]}: {@code 11 001000 0 1 0 11111 0 11111 Rn Rt}. rt = load(rn, 64), exclusively */
    void ldxr64(int rt, int rn) {
        word(0xc85f7c00 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldaxr rt, [rn]}: {@code 10 001000 0 1 0 11111 1 11111 Rn Rt}. rt = load(rn, 32), exclusively */
    void ldaxr32(int rt, int rn) {
        word(0x885ffc00 | xs(rn) << 5 | w(rt));
    }

    /** {@code ldaxr rt, [rn]}: {@code 11 001000 0 1 0 11111 1 11111 Rn Rt}. rt = load(rn, 64), exclusively */
    void ldaxr64(int rt, int rn) {
        word(0xc85ffc00 | xs(rn) << 5 | x(rt));
    }

    /** {@code stxr rs, rt, [rn]}: {@code 10 001000 0 0 0 Rs 0 11111 Rn Rt}. store(rn, rt) if exclusive, rs = 0 if it was */
    void stxr32(int rs, int rt, int rn) {
        word(0x88007c00 | w(rs) << 16 | xs(rn) << 5 | w(rt));
    }

    /** {@code stxr rs, rt, [rn]}: {@code 11 001000 0 0 0 Rs 0 11111 Rn Rt}. store(rn, rt) if exclusive, rs = 0 if it was */
    void stxr64(int rs, int rt, int rn) {
        word(0xc8007c00 | w(rs) << 16 | xs(rn) << 5 | x(rt));
    }

    /** {@code stlxr rs, rt, [rn]}: {@code 10 001000 0 0 0 Rs 1 11111 Rn Rt}. store(rn, rt) if exclusive, rs = 0 if it was */
    void stlxr32(int rs, int rt, int rn) {
        word(0x8800fc00 | w(rs) << 16 | xs(rn) << 5 | w(rt));
    }

    /** {@code stlxr rs, rt, [rn]}: {@code 11 001000 0 0 0 Rs 1 11111 Rn Rt}. store(rn, rt) if exclusive, rs = 0 if it was */
    void stlxr64(int rs, int rt, int rn) {
        word(0xc800fc00 | w(rs) << 16 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldaddal rs, rt, [rn]}: {@code 10 111 0 00 1 1 1 Rs 0 000 00 Rn Rt}. Needs lse. rt = load(rn, 32), store(rn, rt + rs) */
    void ldaddal32(int rs, int rt, int rn) {
        word(0xb8e00000 | w(rs) << 16 | xs(rn) << 5 | w(rt));
    }

    /** {@code ldaddal rs, rt, [rn]}: {@code 11 111 0 00 1 1 1 Rs 0 000 00 Rn Rt}. Needs lse. rt = load(rn, 64), store(rn, rt + rs) */
    void ldaddal64(int rs, int rt, int rn) {
        word(0xf8e00000 | x(rs) << 16 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldclral rs, rt, [rn]}: {@code 10 111 0 00 1 1 1 Rs 0 001 00 Rn Rt}. Needs lse. rt = load(rn, 32), store(rn, rt and (rs xor -1)) */
    void ldclral32(int rs, int rt, int rn) {
        word(0xb8e01000 | w(rs) << 16 | xs(rn) << 5 | w(rt));
    }

    /** {@code ldclral rs, rt, [rn]}: {@code 11 111 0 00 1 1 1 Rs 0 001 00 Rn Rt}. Needs lse. rt = load(rn, 64), store(rn, rt and (rs xor -1)) */
    void ldclral64(int rs, int rt, int rn) {
        word(0xf8e01000 | x(rs) << 16 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldeoral rs, rt, [rn]}: {@code 10 111 0 00 1 1 1 Rs 0 010 00 Rn Rt}. Needs lse. rt = load(rn, 32), store(rn, rt xor rs) */
    void ldeoral32(int rs, int rt, int rn) {
        word(0xb8e02000 | w(rs) << 16 | xs(rn) << 5 | w(rt));
    }

    /** {@code ldeoral rs, rt, [rn]}: {@code 11 111 0 00 1 1 1 Rs 0 010 00 Rn Rt}. Needs lse. rt = load(rn, 64), store(rn, rt xor rs) */
    void ldeoral64(int rs, int rt, int rn) {
        word(0xf8e02000 | x(rs) << 16 | xs(rn) << 5 | x(rt));
    }

    /** {@code ldsetal rs, rt, [rn]}: {@code 10 111 0 00 1 1 1 Rs 0 011 00 Rn Rt}. Needs lse. rt = load(rn, 32), store(rn, rt or rs) */
    void ldsetal32(int rs, int rt, int rn) {
        word(0xb8e03000 | w(rs) << 16 | xs(rn) << 5 | w(rt));
    }

    /** {@code ldsetal rs, rt, [rn]}: {@code 11 111 0 00 1 1 1 Rs 0 011 00 Rn Rt}. Needs lse. rt = load(rn, 64), store(rn, rt or rs) */
    void ldsetal64(int rs, int rt, int rn) {
        word(0xf8e03000 | x(rs) << 16 | xs(rn) << 5 | x(rt));
    }

    /** {@code swpal rs, rt, [rn]}: {@code 10 111 0 00 1 1 1 Rs 1 000 00 Rn Rt}. Needs lse. rt = load(rn, 32), store(rn, rs) */
    void swpal32(int rs, int rt, int rn) {
        word(0xb8e08000 | w(rs) << 16 | xs(rn) << 5 | w(rt));
    }

    /** {@code swpal rs, rt, [rn]}: {@code 11 111 0 00 1 1 1 Rs 1 000 00 Rn Rt}. Needs lse. rt = load(rn, 64), store(rn, rs) */
    void swpal64(int rs, int rt, int rn) {
        word(0xf8e08000 | x(rs) << 16 | xs(rn) << 5 | x(rt));
    }

    /** {@code stadd rs, [rn]}: {@code 10 111 0 00 0 0 1 Rs 0 000 00 Rn 11111}. Needs lse. store(rn, load(rn, 32) + rs) */
    void stadd32(int rs, int rn) {
        word(0xb820001f | w(rs) << 16 | xs(rn) << 5);
    }

    /** {@code stadd rs, [rn]}: {@code 11 111 0 00 0 0 1 Rs 0 000 00 Rn 11111}. Needs lse. store(rn, load(rn, 64) + rs) */
    void stadd64(int rs, int rn) {
        word(0xf820001f | x(rs) << 16 | xs(rn) << 5);
    }

    /** {@code stclr rs, [rn]}: {@code 10 111 0 00 0 0 1 Rs 0 001 00 Rn 11111}. Needs lse. store(rn, load(rn, 32) and (rs xor -1)) */
    void stclr32(int rs, int rn) {
        word(0xb820101f | w(rs) << 16 | xs(rn) << 5);
    }

    /** {@code stclr rs, [rn]}: {@code 11 111 0 00 0 0 1 Rs 0 001 00 Rn 11111}. Needs lse. store(rn, load(rn, 64) and (rs xor -1)) */
    void stclr64(int rs, int rn) {
        word(0xf820101f | x(rs) << 16 | xs(rn) << 5);
    }

    /** {@code steor rs, [rn]}: {@code 10 111 0 00 0 0 1 Rs 0 010 00 Rn 11111}. Needs lse. store(rn, load(rn, 32) xor rs) */
    void steor32(int rs, int rn) {
        word(0xb820201f | w(rs) << 16 | xs(rn) << 5);
    }

    /** {@code steor rs, [rn]}: {@code 11 111 0 00 0 0 1 Rs 0 010 00 Rn 11111}. Needs lse. store(rn, load(rn, 64) xor rs) */
    void steor64(int rs, int rn) {
        word(0xf820201f | x(rs) << 16 | xs(rn) << 5);
    }

    /** {@code stset rs, [rn]}: {@code 10 111 0 00 0 0 1 Rs 0 011 00 Rn 11111}. Needs lse. store(rn, load(rn, 32) or rs) */
    void stset32(int rs, int rn) {
        word(0xb820301f | w(rs) << 16 | xs(rn) << 5);
    }

    /** {@code stset rs, [rn]}: {@code 11 111 0 00 0 0 1 Rs 0 011 00 Rn 11111}. Needs lse. store(rn, load(rn, 64) or rs) */
    void stset64(int rs, int rn) {
        word(0xf820301f | x(rs) << 16 | xs(rn) << 5);
    }

    /** {@code casal rs, rt, [rn]}: {@code 10 001000 1 1 1 Rs 1 11111 Rn Rt}. Needs lse. rs = cmpxchg(rn, rs, rt) */
    void casal32(int rs, int rt, int rn) {
        word(0x88e0fc00 | w(rs) << 16 | xs(rn) << 5 | w(rt));
    }

    /** {@code casal rs, rt, [rn]}: {@code 11 001000 1 1 1 Rs 1 11111 Rn Rt}. Needs lse. rs = cmpxchg(rn, rs, rt) */
    void casal64(int rs, int rt, int rn) {
        word(0xc8e0fc00 | x(rs) << 16 | xs(rn) << 5 | x(rt));
    }

    /** {@code b #rel}: {@code 0 00101 rel<25:0>}. jump(rel) */
    void b(int rel) {
        word(0x14000000 | d26(rel));
    }

    /** {@code bl #rel}: {@code 1 00101 rel<25:0>}. x30 = return address, jump(rel) */
    void bl(int rel) {
        word(0x94000000 | d26(rel));
    }

    /** {@code b.cond #rel}: {@code 0101010 0 rel<18:0> 0 cond}. cond ? jump(rel) */
    void b_cond(int cond, int rel) {
        word(0x54000000 | d19(rel) << 5 | cc(cond));
    }

    /** {@code cbz rt, #rel}: {@code 0 011010 0 rel<18:0> Rt}. rt == 0 ? jump(rel) */
    void cbz32(int rt, int rel) {
        word(0x34000000 | d19(rel) << 5 | w(rt));
    }

    /** {@code cbz rt, #rel}: {@code 1 011010 0 rel<18:0> Rt}. rt == 0 ? jump(rel) */
    void cbz64(int rt, int rel) {
        word(0xb4000000 | d19(rel) << 5 | x(rt));
    }

    /** {@code cbnz rt, #rel}: {@code 0 011010 1 rel<18:0> Rt}. rt != 0 ? jump(rel) */
    void cbnz32(int rt, int rel) {
        word(0x35000000 | d19(rel) << 5 | w(rt));
    }

    /** {@code cbnz rt, #rel}: {@code 1 011010 1 rel<18:0> Rt}. rt != 0 ? jump(rel) */
    void cbnz64(int rt, int rel) {
        word(0xb5000000 | d19(rel) << 5 | x(rt));
    }

    /** {@code tbz rt, #bit, #rel}: {@code 0 011011 0 bit<4:0> rel<13:0> Rt}. bit of rt == 0 ? jump(rel) */
    void tbz32(int rt, int bit, int rel) {
        word(0x36000000 | b32(bit) << 19 | d14(rel) << 5 | w(rt));
    }

    /** {@code tbnz rt, #bit, #rel}: {@code 0 011011 1 bit<4:0> rel<13:0> Rt}. bit of rt != 0 ? jump(rel) */
    void tbnz32(int rt, int bit, int rel) {
        word(0x37000000 | b32(bit) << 19 | d14(rel) << 5 | w(rt));
    }

    /** {@code tbz rt, #bit, #rel}: {@code 1 011011 0 bit<4:0> rel<13:0> Rt}. bit of rt == 0 ? jump(rel) */
    void tbz64(int rt, int bit, int rel) {
        word(0xb6000000 | b6432(bit) << 19 | d14(rel) << 5 | x(rt));
    }

    /** {@code tbnz rt, #bit, #rel}: {@code 1 011011 1 bit<4:0> rel<13:0> Rt}. bit of rt != 0 ? jump(rel) */
    void tbnz64(int rt, int bit, int rel) {
        word(0xb7000000 | b6432(bit) << 19 | d14(rel) << 5 | x(rt));
    }

    /** {@code br rn}: {@code 1101011 0 0 00 11111 0000 0 0 Rn 00000}. jump to rn */
    void br(int rn) {
        word(0xd61f0000 | x(rn) << 5);
    }

    /** {@code adr rd, #rel}: {@code 0 rel<1:0> 10000 rel<20:2> Rd}. rd = address of this instruction + rel */
    void adr(int rd, int rel) {
        word(0x10000000 | bits(d21(rel), 1, 0) << 29 | bits(d21(rel), 20, 2) << 5 | x(rd));
    }

    /** {@code ret}: {@code 1101011 0 0 10 11111 0000 0 0 11110 00000}. jump to x30 */
    void ret() {
        word(0xd65f03c0);
    }

    /** {@code dmb ish}: {@code 1101010100 0 00 011 0011 1011 1 01 11111}. orders memory accesses */
    void dmb_ish() {
        word(0xd5033bbf);
    }

    /** {@code dsb ish}: {@code 1101010100 0 00 011 0011 1011 1 00 11111}. waits for memory accesses */
    void dsb_ish() {
        word(0xd5033b9f);
    }

    /** {@code isb}: {@code 1101010100 0 00 011 0011 1111 1 10 11111}. what follows is fetched anew */
    void isb() {
        word(0xd5033fdf);
    }

    /** {@code brk #0}: {@code 11010100 001 0000000000000000 000 00}. breakpoint trap */
    void brk() {
        word(0xd4200000);
    }

    /** {@code dc cvau, rt}: {@code 1101010100 0 01 011 0111 1011 001 Rt}. writes data at rt to the point of unification */
    void dc_cvau(int rt) {
        word(0xd50b7b20 | x(rt));
    }

    /** {@code ic ivau, rt}: {@code 1101010100 0 01 011 0111 0101 001 Rt}. forgets instructions at rt */
    void ic_ivau(int rt) {
        word(0xd50b7520 | x(rt));
    }

    /** {@code mrs rt, CTR_EL0}: {@code 1101010100 1 11 011 0000 0000 001 Rt}. rt = sizes of cache lines */
    void mrs_ctr(int rt) {
        word(0xd53b0020 | x(rt));
    }
}
