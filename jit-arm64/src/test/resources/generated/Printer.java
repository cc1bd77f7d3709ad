// Generated from a64.isa. Do not edit.
package dev.bpf4j.jit.arm64;

/** The text of machine instructions: one method per form of the table. */
final class Printer extends A64Syntax {
    private Printer() {
    }

    static String add32_rr(int rd, int rn, int rm) {
        return "add " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String add64_rr(int rd, int rn, int rm) {
        return "add " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String sub32_rr(int rd, int rn, int rm) {
        return "sub " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String sub64_rr(int rd, int rn, int rm) {
        return "sub " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String and32_rr(int rd, int rn, int rm) {
        return "and " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String and64_rr(int rd, int rn, int rm) {
        return "and " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String orr32_rr(int rd, int rn, int rm) {
        return "orr " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String orr64_rr(int rd, int rn, int rm) {
        return "orr " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String eor32_rr(int rd, int rn, int rm) {
        return "eor " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String eor64_rr(int rd, int rn, int rm) {
        return "eor " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String add32_rrl(int rd, int rn, int rm, int imm) {
        return "add " + w(rd) + ", " + w(rn) + ", " + w(rm) + ", lsl #" + b32(imm);
    }

    static String add64_rrl(int rd, int rn, int rm, int imm) {
        return "add " + x(rd) + ", " + x(rn) + ", " + x(rm) + ", lsl #" + b64(imm);
    }

    static String sub32_rrl(int rd, int rn, int rm, int imm) {
        return "sub " + w(rd) + ", " + w(rn) + ", " + w(rm) + ", lsl #" + b32(imm);
    }

    static String sub64_rrl(int rd, int rn, int rm, int imm) {
        return "sub " + x(rd) + ", " + x(rn) + ", " + x(rm) + ", lsl #" + b64(imm);
    }

    static String orr32_rrl(int rd, int rn, int rm, int imm) {
        return "orr " + w(rd) + ", " + w(rn) + ", " + w(rm) + ", lsl #" + b32(imm);
    }

    static String orr64_rrl(int rd, int rn, int rm, int imm) {
        return "orr " + x(rd) + ", " + x(rn) + ", " + x(rm) + ", lsl #" + b64(imm);
    }

    static String add64_rw(int rd, int rn, int rm) {
        return "add " + x(rd) + ", " + x(rn) + ", " + w(rm) + ", uxtw";
    }

    static String cmp32_rr(int rn, int rm) {
        return "cmp " + w(rn) + ", " + w(rm);
    }

    static String cmp64_rr(int rn, int rm) {
        return "cmp " + x(rn) + ", " + x(rm);
    }

    static String tst32_rr(int rn, int rm) {
        return "tst " + w(rn) + ", " + w(rm);
    }

    static String tst64_rr(int rn, int rm) {
        return "tst " + x(rn) + ", " + x(rm);
    }

    static String mov32(int rd, int rm) {
        return "mov " + w(rd) + ", " + w(rm);
    }

    static String mov64(int rd, int rm) {
        return "mov " + x(rd) + ", " + x(rm);
    }

    static String mvn32(int rd, int rm) {
        return "mvn " + w(rd) + ", " + w(rm);
    }

    static String mvn64(int rd, int rm) {
        return "mvn " + x(rd) + ", " + x(rm);
    }

    static String neg32(int rd, int rm) {
        return "neg " + w(rd) + ", " + w(rm);
    }

    static String neg64(int rd, int rm) {
        return "neg " + x(rd) + ", " + x(rm);
    }

    static String add32_ri(int rd, int rn, int imm) {
        return "add " + w(rd) + ", " + w(rn) + ", #" + u12(imm);
    }

    static String add32_rh(int rd, int rn, int imm) {
        return "add " + w(rd) + ", " + w(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String add64_ri(int rd, int rn, int imm) {
        return "add " + x(rd) + ", " + x(rn) + ", #" + u12(imm);
    }

    static String add64_rh(int rd, int rn, int imm) {
        return "add " + x(rd) + ", " + x(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String sub32_ri(int rd, int rn, int imm) {
        return "sub " + w(rd) + ", " + w(rn) + ", #" + u12(imm);
    }

    static String sub32_rh(int rd, int rn, int imm) {
        return "sub " + w(rd) + ", " + w(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String sub64_ri(int rd, int rn, int imm) {
        return "sub " + x(rd) + ", " + x(rn) + ", #" + u12(imm);
    }

    static String sub64_rh(int rd, int rn, int imm) {
        return "sub " + x(rd) + ", " + x(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String subs32_ri(int rd, int rn, int imm) {
        return "subs " + w(rd) + ", " + w(rn) + ", #" + u12(imm);
    }

    static String subs32_rh(int rd, int rn, int imm) {
        return "subs " + w(rd) + ", " + w(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String subs64_ri(int rd, int rn, int imm) {
        return "subs " + x(rd) + ", " + x(rn) + ", #" + u12(imm);
    }

    static String subs64_rh(int rd, int rn, int imm) {
        return "subs " + x(rd) + ", " + x(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String cmp32_ri(int rn, int imm) {
        return "cmp " + w(rn) + ", #" + u12(imm);
    }

    static String cmp32_rh(int rn, int imm) {
        return "cmp " + w(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String cmp64_ri(int rn, int imm) {
        return "cmp " + x(rn) + ", #" + u12(imm);
    }

    static String cmp64_rh(int rn, int imm) {
        return "cmp " + x(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String cmn32_ri(int rn, int imm) {
        return "cmn " + w(rn) + ", #" + u12(imm);
    }

    static String cmn32_rh(int rn, int imm) {
        return "cmn " + w(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String cmn64_ri(int rn, int imm) {
        return "cmn " + x(rn) + ", #" + u12(imm);
    }

    static String cmn64_rh(int rn, int imm) {
        return "cmn " + x(rn) + ", #" + u12(imm) + ", lsl #12";
    }

    static String and32_rl(int rd, int rn, long imm) {
        return "and " + w(rd) + ", " + w(rn) + ", #" + l32(imm);
    }

    static String and64_rl(int rd, int rn, long imm) {
        return "and " + x(rd) + ", " + x(rn) + ", #" + l64(imm);
    }

    static String orr32_rl(int rd, int rn, long imm) {
        return "orr " + w(rd) + ", " + w(rn) + ", #" + l32(imm);
    }

    static String orr64_rl(int rd, int rn, long imm) {
        return "orr " + x(rd) + ", " + x(rn) + ", #" + l64(imm);
    }

    static String eor32_rl(int rd, int rn, long imm) {
        return "eor " + w(rd) + ", " + w(rn) + ", #" + l32(imm);
    }

    static String eor64_rl(int rd, int rn, long imm) {
        return "eor " + x(rd) + ", " + x(rn) + ", #" + l64(imm);
    }

    static String tst32_rl(int rn, long imm) {
        return "tst " + w(rn) + ", #" + l32(imm);
    }

    static String tst64_rl(int rn, long imm) {
        return "tst " + x(rn) + ", #" + l64(imm);
    }

    static String movz32(int rd, long imm) {
        return "mov " + w(rd) + ", #" + z32(imm);
    }

    static String movz64(int rd, long imm) {
        return "mov " + x(rd) + ", #" + z64(imm);
    }

    static String movn32(int rd, long imm) {
        return "mov " + w(rd) + ", #" + n32(imm);
    }

    static String movn64(int rd, long imm) {
        return "mov " + x(rd) + ", #" + n64(imm);
    }

    static String movl32(int rd, long imm) {
        return "mov " + w(rd) + ", #" + v32(imm);
    }

    static String movl64(int rd, long imm) {
        return "mov " + x(rd) + ", #" + v64(imm);
    }

    static String movk32(int rd, int imm, int hw) {
        return "movk " + w(rd) + ", #" + u16(imm) + ", lsl #" + h32(hw);
    }

    static String movk64(int rd, int imm, int hw) {
        return "movk " + x(rd) + ", #" + u16(imm) + ", lsl #" + h64(hw);
    }

    static String lsl32_rr(int rd, int rn, int rm) {
        return "lsl " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String lsl64_rr(int rd, int rn, int rm) {
        return "lsl " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String lsr32_rr(int rd, int rn, int rm) {
        return "lsr " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String lsr64_rr(int rd, int rn, int rm) {
        return "lsr " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String asr32_rr(int rd, int rn, int rm) {
        return "asr " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String asr64_rr(int rd, int rn, int rm) {
        return "asr " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String lsl32_ri(int rd, int rn, int imm) {
        return "lsl " + w(rd) + ", " + w(rn) + ", #" + b32(imm);
    }

    static String lsl64_ri(int rd, int rn, int imm) {
        return "lsl " + x(rd) + ", " + x(rn) + ", #" + b64(imm);
    }

    static String lsr32_ri(int rd, int rn, int imm) {
        return "lsr " + w(rd) + ", " + w(rn) + ", #" + b32(imm);
    }

    static String lsr64_ri(int rd, int rn, int imm) {
        return "lsr " + x(rd) + ", " + x(rn) + ", #" + b64(imm);
    }

    static String asr32_ri(int rd, int rn, int imm) {
        return "asr " + w(rd) + ", " + w(rn) + ", #" + b32(imm);
    }

    static String asr64_ri(int rd, int rn, int imm) {
        return "asr " + x(rd) + ", " + x(rn) + ", #" + b64(imm);
    }

    static String ror32_ri(int rd, int rn, int imm) {
        return "ror " + w(rd) + ", " + w(rn) + ", #" + b32(imm);
    }

    static String ror64_ri(int rd, int rn, int imm) {
        return "ror " + x(rd) + ", " + x(rn) + ", #" + b64(imm);
    }

    static String sxtb32(int rd, int rn) {
        return "sxtb " + w(rd) + ", " + w(rn);
    }

    static String sxtb64(int rd, int rn) {
        return "sxtb " + x(rd) + ", " + w(rn);
    }

    static String sxth32(int rd, int rn) {
        return "sxth " + w(rd) + ", " + w(rn);
    }

    static String sxth64(int rd, int rn) {
        return "sxth " + x(rd) + ", " + w(rn);
    }

    static String sxtw64(int rd, int rn) {
        return "sxtw " + x(rd) + ", " + w(rn);
    }

    static String rev_32(int rd, int rn) {
        return "rev " + w(rd) + ", " + w(rn);
    }

    static String rev_64(int rd, int rn) {
        return "rev " + x(rd) + ", " + x(rn);
    }

    static String rev16_32(int rd, int rn) {
        return "rev16 " + w(rd) + ", " + w(rn);
    }

    static String mul32(int rd, int rn, int rm) {
        return "mul " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String mul64(int rd, int rn, int rm) {
        return "mul " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String msub32(int rd, int rn, int rm, int ra) {
        return "msub " + w(rd) + ", " + w(rn) + ", " + w(rm) + ", " + w(ra);
    }

    static String msub64(int rd, int rn, int rm, int ra) {
        return "msub " + x(rd) + ", " + x(rn) + ", " + x(rm) + ", " + x(ra);
    }

    static String udiv32(int rd, int rn, int rm) {
        return "udiv " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String udiv64(int rd, int rn, int rm) {
        return "udiv " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String sdiv32(int rd, int rn, int rm) {
        return "sdiv " + w(rd) + ", " + w(rn) + ", " + w(rm);
    }

    static String sdiv64(int rd, int rn, int rm) {
        return "sdiv " + x(rd) + ", " + x(rn) + ", " + x(rm);
    }

    static String ldr8(int rt, Mem mem) {
        return named(mem, "ldrb " + w(rt) + ", " + m(mem));
    }

    static String ldr16(int rt, Mem mem) {
        return named(mem, "ldrh " + w(rt) + ", " + m(mem));
    }

    static String ldr32(int rt, Mem mem) {
        return named(mem, "ldr " + w(rt) + ", " + m(mem));
    }

    static String ldr64(int rt, Mem mem) {
        return named(mem, "ldr " + x(rt) + ", " + m(mem));
    }

    static String ldrs8(int rt, Mem mem) {
        return named(mem, "ldrsb " + x(rt) + ", " + m(mem));
    }

    static String ldrs16(int rt, Mem mem) {
        return named(mem, "ldrsh " + x(rt) + ", " + m(mem));
    }

    static String ldrs32(int rt, Mem mem) {
        return named(mem, "ldrsw " + x(rt) + ", " + m(mem));
    }

    static String str8(int rt, Mem mem) {
        return named(mem, "strb " + wz(rt) + ", " + m(mem));
    }

    static String str16(int rt, Mem mem) {
        return named(mem, "strh " + wz(rt) + ", " + m(mem));
    }

    static String str32(int rt, Mem mem) {
        return named(mem, "str " + wz(rt) + ", " + m(mem));
    }

    static String str64(int rt, Mem mem) {
        return named(mem, "str " + xz(rt) + ", " + m(mem));
    }

    static String ldr32_o(int rt, int rn, int imm) {
        return "ldr " + wz(rt) + ", [" + xs(rn) + o4(imm) + "]";
    }

    static String str32_o(int rt, int rn, int imm) {
        return "str " + wz(rt) + ", [" + xs(rn) + o4(imm) + "]";
    }

    static String ldr64_o(int rt, int rn, int imm) {
        return "ldr " + xz(rt) + ", [" + xs(rn) + o8(imm) + "]";
    }

    static String str64_o(int rt, int rn, int imm) {
        return "str " + xz(rt) + ", [" + xs(rn) + o8(imm) + "]";
    }

    static String str64_pre(int rt, int rn, int imm) {
        return "str " + x(rt) + ", [" + xs(rn) + ", #" + s9(imm) + "]!";
    }

    static String ldr64_post(int rt, int rn, int imm) {
        return "ldr " + x(rt) + ", [" + xs(rn) + "], #" + s9(imm);
    }

    static String stp64_o(int rt, int rt2, int rn, int imm) {
        return "stp " + x(rt) + ", " + x(rt2) + ", [" + xs(rn) + p8(imm) + "]";
    }

    static String ldp64_o(int rt, int rt2, int rn, int imm) {
        return "ldp " + x(rt) + ", " + x(rt2) + ", [" + xs(rn) + p8(imm) + "]";
    }

    static String stp64_pre(int rt, int rt2, int rn, int imm) {
        return "stp " + x(rt) + ", " + x(rt2) + ", [" + xs(rn) + ", #" + q8(imm) + "]!";
    }

    static String ldp64_post(int rt, int rt2, int rn, int imm) {
        return "ldp " + x(rt) + ", " + x(rt2) + ", [" + xs(rn) + "], #" + q8(imm);
    }

    static String ldar8(int rt, int rn) {
        return "ldarb " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String ldar16(int rt, int rn) {
        return "ldarh " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String ldar32(int rt, int rn) {
        return "ldar " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String ldar64(int rt, int rn) {
        return "ldar " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String stlr8(int rt, int rn) {
        return "stlrb " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String stlr16(int rt, int rn) {
        return "stlrh " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String stlr32(int rt, int rn) {
        return "stlr " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String stlr64(int rt, int rn) {
        return "stlr " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String ldxr32(int rt, int rn) {
        return "ldxr " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String ldxr64(int rt, int rn) {
        return "ldxr " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String ldaxr32(int rt, int rn) {
        return "ldaxr " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String ldaxr64(int rt, int rn) {
        return "ldaxr " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String stxr32(int rs, int rt, int rn) {
        return "stxr " + w(rs) + ", " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String stxr64(int rs, int rt, int rn) {
        return "stxr " + w(rs) + ", " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String stlxr32(int rs, int rt, int rn) {
        return "stlxr " + w(rs) + ", " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String stlxr64(int rs, int rt, int rn) {
        return "stlxr " + w(rs) + ", " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String ldaddal32(int rs, int rt, int rn) {
        return "ldaddal " + w(rs) + ", " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String ldaddal64(int rs, int rt, int rn) {
        return "ldaddal " + x(rs) + ", " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String ldclral32(int rs, int rt, int rn) {
        return "ldclral " + w(rs) + ", " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String ldclral64(int rs, int rt, int rn) {
        return "ldclral " + x(rs) + ", " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String ldeoral32(int rs, int rt, int rn) {
        return "ldeoral " + w(rs) + ", " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String ldeoral64(int rs, int rt, int rn) {
        return "ldeoral " + x(rs) + ", " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String ldsetal32(int rs, int rt, int rn) {
        return "ldsetal " + w(rs) + ", " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String ldsetal64(int rs, int rt, int rn) {
        return "ldsetal " + x(rs) + ", " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String swpal32(int rs, int rt, int rn) {
        return "swpal " + w(rs) + ", " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String swpal64(int rs, int rt, int rn) {
        return "swpal " + x(rs) + ", " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String stadd32(int rs, int rn) {
        return "stadd " + w(rs) + ", [" + xs(rn) + "]";
    }

    static String stadd64(int rs, int rn) {
        return "stadd " + x(rs) + ", [" + xs(rn) + "]";
    }

    static String stclr32(int rs, int rn) {
        return "stclr " + w(rs) + ", [" + xs(rn) + "]";
    }

    static String stclr64(int rs, int rn) {
        return "stclr " + x(rs) + ", [" + xs(rn) + "]";
    }

    static String steor32(int rs, int rn) {
        return "steor " + w(rs) + ", [" + xs(rn) + "]";
    }

    static String steor64(int rs, int rn) {
        return "steor " + x(rs) + ", [" + xs(rn) + "]";
    }

    static String stset32(int rs, int rn) {
        return "stset " + w(rs) + ", [" + xs(rn) + "]";
    }

    static String stset64(int rs, int rn) {
        return "stset " + x(rs) + ", [" + xs(rn) + "]";
    }

    static String casal32(int rs, int rt, int rn) {
        return "casal " + w(rs) + ", " + w(rt) + ", [" + xs(rn) + "]";
    }

    static String casal64(int rs, int rt, int rn) {
        return "casal " + x(rs) + ", " + x(rt) + ", [" + xs(rn) + "]";
    }

    static String b(int rel) {
        return "b #" + d26(rel);
    }

    static String bl(int rel) {
        return "bl #" + d26(rel);
    }

    static String b_cond(int cond, int rel) {
        return "b." + cc(cond) + " #" + d19(rel);
    }

    static String cbz32(int rt, int rel) {
        return "cbz " + w(rt) + ", #" + d19(rel);
    }

    static String cbz64(int rt, int rel) {
        return "cbz " + x(rt) + ", #" + d19(rel);
    }

    static String cbnz32(int rt, int rel) {
        return "cbnz " + w(rt) + ", #" + d19(rel);
    }

    static String cbnz64(int rt, int rel) {
        return "cbnz " + x(rt) + ", #" + d19(rel);
    }

    static String tbz32(int rt, int bit, int rel) {
        return "tbz " + w(rt) + ", #" + b32(bit) + ", #" + d14(rel);
    }

    static String tbnz32(int rt, int bit, int rel) {
        return "tbnz " + w(rt) + ", #" + b32(bit) + ", #" + d14(rel);
    }

    static String tbz64(int rt, int bit, int rel) {
        return "tbz " + x(rt) + ", #" + b6432(bit) + ", #" + d14(rel);
    }

    static String tbnz64(int rt, int bit, int rel) {
        return "tbnz " + x(rt) + ", #" + b6432(bit) + ", #" + d14(rel);
    }

    static String br(int rn) {
        return "br " + x(rn);
    }

    static String adr(int rd, int rel) {
        return "adr " + x(rd) + ", #" + d21(rel);
    }

    static String ret() {
        return "ret";
    }

    static String dmb_ish() {
        return "dmb ish";
    }

    static String dsb_ish() {
        return "dsb ish";
    }

    static String isb() {
        return "isb";
    }

    static String brk() {
        return "brk #0";
    }

    static String dc_cvau(int rt) {
        return "dc cvau, " + x(rt);
    }

    static String ic_ivau(int rt) {
        return "ic ivau, " + x(rt);
    }

    static String mrs_ctr(int rt) {
        return "mrs " + x(rt) + ", CTR_EL0";
    }
}
