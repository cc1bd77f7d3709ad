// Generated from the instruction table and a64.rules. Do not edit.
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Translation;

/** Lowers eBPF instructions: one method per instruction, one branch per rule. */
abstract class Emitter extends Lowering {
    Emitter(Translation translation, Prediction prediction, Encoder asm) {
        super(translation, prediction, asm);
    }

    @Override
    protected final void emit(int instruction, int dst, int src, int off, int imm) {
        switch (instruction) {
            case 0 -> add32_imm(dst, imm);
            case 1 -> add32_reg(dst, src);
            case 2 -> add64_imm(dst, imm);
            case 3 -> add64_reg(dst, src);
            case 4 -> sub32_imm(dst, imm);
            case 5 -> sub32_reg(dst, src);
            case 6 -> sub64_imm(dst, imm);
            case 7 -> sub64_reg(dst, src);
            case 8 -> mul32_imm(dst, imm);
            case 9 -> mul32_reg(dst, src);
            case 10 -> mul64_imm(dst, imm);
            case 11 -> mul64_reg(dst, src);
            case 12 -> div32_imm(dst, imm);
            case 13 -> div32_reg(dst, src);
            case 14 -> div64_imm(dst, imm);
            case 15 -> div64_reg(dst, src);
            case 16 -> sdiv32_imm(dst, imm);
            case 17 -> sdiv32_reg(dst, src);
            case 18 -> sdiv64_imm(dst, imm);
            case 19 -> sdiv64_reg(dst, src);
            case 20 -> or32_imm(dst, imm);
            case 21 -> or32_reg(dst, src);
            case 22 -> or64_imm(dst, imm);
            case 23 -> or64_reg(dst, src);
            case 24 -> and32_imm(dst, imm);
            case 25 -> and32_reg(dst, src);
            case 26 -> and64_imm(dst, imm);
            case 27 -> and64_reg(dst, src);
            case 28 -> lsh32_imm(dst, imm);
            case 29 -> lsh32_reg(dst, src);
            case 30 -> lsh64_imm(dst, imm);
            case 31 -> lsh64_reg(dst, src);
            case 32 -> rsh32_imm(dst, imm);
            case 33 -> rsh32_reg(dst, src);
            case 34 -> rsh64_imm(dst, imm);
            case 35 -> rsh64_reg(dst, src);
            case 36 -> mod32_imm(dst, imm);
            case 37 -> mod32_reg(dst, src);
            case 38 -> mod64_imm(dst, imm);
            case 39 -> mod64_reg(dst, src);
            case 40 -> smod32_imm(dst, imm);
            case 41 -> smod32_reg(dst, src);
            case 42 -> smod64_imm(dst, imm);
            case 43 -> smod64_reg(dst, src);
            case 44 -> xor32_imm(dst, imm);
            case 45 -> xor32_reg(dst, src);
            case 46 -> xor64_imm(dst, imm);
            case 47 -> xor64_reg(dst, src);
            case 48 -> mov32_imm(dst, imm);
            case 49 -> mov32_reg(dst, src);
            case 50 -> mov64_imm(dst, imm);
            case 51 -> mov64_reg(dst, src);
            case 52 -> arsh32_imm(dst, imm);
            case 53 -> arsh32_reg(dst, src);
            case 54 -> arsh64_imm(dst, imm);
            case 55 -> arsh64_reg(dst, src);
            case 56 -> neg32(dst);
            case 57 -> neg64(dst);
            case 58 -> movsx8_32(dst, src);
            case 59 -> movsx16_32(dst, src);
            case 60 -> movsx8_64(dst, src);
            case 61 -> movsx16_64(dst, src);
            case 62 -> movsx32_64(dst, src);
            case 63 -> le16(dst);
            case 64 -> le32(dst);
            case 65 -> le64(dst);
            case 66 -> be16(dst);
            case 67 -> be32(dst);
            case 68 -> be64(dst);
            case 69 -> bswap16(dst);
            case 70 -> bswap32(dst);
            case 71 -> bswap64(dst);
            case 72 -> jeq64_imm(dst, off, imm);
            case 73 -> jeq64_reg(dst, src, off);
            case 74 -> jeq32_imm(dst, off, imm);
            case 75 -> jeq32_reg(dst, src, off);
            case 76 -> jgt64_imm(dst, off, imm);
            case 77 -> jgt64_reg(dst, src, off);
            case 78 -> jgt32_imm(dst, off, imm);
            case 79 -> jgt32_reg(dst, src, off);
            case 80 -> jge64_imm(dst, off, imm);
            case 81 -> jge64_reg(dst, src, off);
            case 82 -> jge32_imm(dst, off, imm);
            case 83 -> jge32_reg(dst, src, off);
            case 84 -> jset64_imm(dst, off, imm);
            case 85 -> jset64_reg(dst, src, off);
            case 86 -> jset32_imm(dst, off, imm);
            case 87 -> jset32_reg(dst, src, off);
            case 88 -> jne64_imm(dst, off, imm);
            case 89 -> jne64_reg(dst, src, off);
            case 90 -> jne32_imm(dst, off, imm);
            case 91 -> jne32_reg(dst, src, off);
            case 92 -> jsgt64_imm(dst, off, imm);
            case 93 -> jsgt64_reg(dst, src, off);
            case 94 -> jsgt32_imm(dst, off, imm);
            case 95 -> jsgt32_reg(dst, src, off);
            case 96 -> jsge64_imm(dst, off, imm);
            case 97 -> jsge64_reg(dst, src, off);
            case 98 -> jsge32_imm(dst, off, imm);
            case 99 -> jsge32_reg(dst, src, off);
            case 100 -> jlt64_imm(dst, off, imm);
            case 101 -> jlt64_reg(dst, src, off);
            case 102 -> jlt32_imm(dst, off, imm);
            case 103 -> jlt32_reg(dst, src, off);
            case 104 -> jle64_imm(dst, off, imm);
            case 105 -> jle64_reg(dst, src, off);
            case 106 -> jle32_imm(dst, off, imm);
            case 107 -> jle32_reg(dst, src, off);
            case 108 -> jslt64_imm(dst, off, imm);
            case 109 -> jslt64_reg(dst, src, off);
            case 110 -> jslt32_imm(dst, off, imm);
            case 111 -> jslt32_reg(dst, src, off);
            case 112 -> jsle64_imm(dst, off, imm);
            case 113 -> jsle64_reg(dst, src, off);
            case 114 -> jsle32_imm(dst, off, imm);
            case 115 -> jsle32_reg(dst, src, off);
            case 116 -> ja(off);
            case 117 -> ja32(imm);
            case 118 -> call(imm);
            case 119 -> call_local(imm);
            case 120 -> call_kfunc(imm);
            case 121 -> exit();
            case 122 -> callx(dst);
            case 123 -> ldx32(dst, src, off);
            case 124 -> ldx16(dst, src, off);
            case 125 -> ldx8(dst, src, off);
            case 126 -> ldx64(dst, src, off);
            case 127 -> ldxsx32(dst, src, off);
            case 128 -> ldxsx16(dst, src, off);
            case 129 -> ldxsx8(dst, src, off);
            case 130 -> st32(dst, off, imm);
            case 131 -> stx32(dst, src, off);
            case 132 -> st16(dst, off, imm);
            case 133 -> stx16(dst, src, off);
            case 134 -> st8(dst, off, imm);
            case 135 -> stx8(dst, src, off);
            case 136 -> st64(dst, off, imm);
            case 137 -> stx64(dst, src, off);
            case 138 -> atomic_add32(dst, src, off);
            case 139 -> atomic_add64(dst, src, off);
            case 140 -> atomic_or32(dst, src, off);
            case 141 -> atomic_or64(dst, src, off);
            case 142 -> atomic_and32(dst, src, off);
            case 143 -> atomic_and64(dst, src, off);
            case 144 -> atomic_xor32(dst, src, off);
            case 145 -> atomic_xor64(dst, src, off);
            case 146 -> atomic_fetch_add32(dst, src, off);
            case 147 -> atomic_fetch_add64(dst, src, off);
            case 148 -> atomic_fetch_or32(dst, src, off);
            case 149 -> atomic_fetch_or64(dst, src, off);
            case 150 -> atomic_fetch_and32(dst, src, off);
            case 151 -> atomic_fetch_and64(dst, src, off);
            case 152 -> atomic_fetch_xor32(dst, src, off);
            case 153 -> atomic_fetch_xor64(dst, src, off);
            case 154 -> xchg32(dst, src, off);
            case 155 -> xchg64(dst, src, off);
            case 156 -> cmpxchg32(dst, src, off);
            case 157 -> cmpxchg64(dst, src, off);
            case 158 -> lddw(dst, imm);
            case 159 -> lddw_map_fd(dst, imm);
            case 160 -> lddw_map_value(dst, imm);
            case 161 -> lddw_variable(dst, imm);
            case 162 -> lddw_function(dst, imm);
            case 163 -> lddw_map_index(dst, imm);
            case 164 -> lddw_map_index_value(dst, imm);
            case 165 -> ldabs32(imm);
            case 166 -> ldabs16(imm);
            case 167 -> ldabs8(imm);
            case 168 -> ldind32(src, imm);
            case 169 -> ldind16(src, imm);
            case 170 -> ldind8(src, imm);
            case 171 -> load_acquire8(dst, src, off);
            case 172 -> load_acquire16(dst, src, off);
            case 173 -> load_acquire32(dst, src, off);
            case 174 -> load_acquire64(dst, src, off);
            case 175 -> store_release8(dst, src, off);
            case 176 -> store_release16(dst, src, off);
            case 177 -> store_release32(dst, src, off);
            case 178 -> store_release64(dst, src, off);
            case 179 -> may_goto(off);
            case 180 -> cast_kern(dst, src);
            case 181 -> cast_user(dst, src);
            case 182 -> gotox(dst);
            case 183 -> check_read(dst, src);
            case 184 -> check_write(dst, src);
            case 185 -> lane_cells(dst);
            default -> throw new IllegalStateException("no instruction " + instruction);
        }
    }

    /** {@code dst = zx(lo(dst, 32) + imm, 64)} */
    private void add32_imm(int dst, int imm) {
        if (u12(imm)) {
            rule("add_i_32");
            asm.add32_ri(dst, first, imm);
        } else if (n12(imm)) {
            rule("add_n_32");
            asm.sub32_ri(dst, first, -imm);
        } else if (h12(imm)) {
            rule("add_h_32");
            asm.add32_rh(dst, first, high12(imm));
        } else if (nh12(imm)) {
            rule("add_nh_32");
            asm.sub32_rh(dst, first, high12_n(imm));
        } else if (u24(imm)) {
            rule("add_24_32");
            asm.add32_rh(dst, first, high12(imm));
            asm.add32_ri(dst, dst, low12(imm));
        } else if (n24(imm)) {
            rule("add_n24_32");
            asm.sub32_rh(dst, first, high12_n(imm));
            asm.sub32_ri(dst, dst, low12_n(imm));
        } else {
            rule("add_k_32");
            constant(x16, value(imm, 32));
            asm.add32_rr(dst, first, x16);
        }
    }

    /** {@code dst = zx(lo(dst, 32) + lo(src, 32), 64)} */
    private void add32_reg(int dst, int src) {
        rule("add_r_32");
        asm.add32_rr(dst, first, src);
    }

    /** {@code dst = dst + sx(imm, 64)} */
    private void add64_imm(int dst, int imm) {
        if (u12(imm)) {
            rule("add_i_64");
            asm.add64_ri(dst, first, imm);
        } else if (n12(imm)) {
            rule("add_n_64");
            asm.sub64_ri(dst, first, -imm);
        } else if (h12(imm)) {
            rule("add_h_64");
            asm.add64_rh(dst, first, high12(imm));
        } else if (nh12(imm)) {
            rule("add_nh_64");
            asm.sub64_rh(dst, first, high12_n(imm));
        } else if (u24(imm)) {
            rule("add_24_64");
            asm.add64_rh(dst, first, high12(imm));
            asm.add64_ri(dst, dst, low12(imm));
        } else if (n24(imm)) {
            rule("add_n24_64");
            asm.sub64_rh(dst, first, high12_n(imm));
            asm.sub64_ri(dst, dst, low12_n(imm));
        } else {
            rule("add_k_64");
            constant(x16, value(imm, 64));
            asm.add64_rr(dst, first, x16);
        }
    }

    /** {@code dst = dst + src} */
    private void add64_reg(int dst, int src) {
        rule("add_r_64");
        asm.add64_rr(dst, first, src);
    }

    /** {@code dst = zx(lo(dst, 32) - imm, 64)} */
    private void sub32_imm(int dst, int imm) {
        if (u12(imm)) {
            rule("sub_i_32");
            asm.sub32_ri(dst, first, imm);
        } else if (n12(imm)) {
            rule("sub_n_32");
            asm.add32_ri(dst, first, -imm);
        } else if (h12(imm)) {
            rule("sub_h_32");
            asm.sub32_rh(dst, first, high12(imm));
        } else {
            rule("sub_k_32");
            constant(x16, value(imm, 32));
            asm.sub32_rr(dst, first, x16);
        }
    }

    /** {@code dst = zx(lo(dst, 32) - lo(src, 32), 64)} */
    private void sub32_reg(int dst, int src) {
        rule("sub_r_32");
        asm.sub32_rr(dst, first, src);
    }

    /** {@code dst = dst - sx(imm, 64)} */
    private void sub64_imm(int dst, int imm) {
        if (u12(imm)) {
            rule("sub_i_64");
            asm.sub64_ri(dst, first, imm);
        } else if (n12(imm)) {
            rule("sub_n_64");
            asm.add64_ri(dst, first, -imm);
        } else if (h12(imm)) {
            rule("sub_h_64");
            asm.sub64_rh(dst, first, high12(imm));
        } else {
            rule("sub_k_64");
            constant(x16, value(imm, 64));
            asm.sub64_rr(dst, first, x16);
        }
    }

    /** {@code dst = dst - src} */
    private void sub64_reg(int dst, int src) {
        rule("sub_r_64");
        asm.sub64_rr(dst, first, src);
    }

    /** {@code dst = zx(lo(dst, 32) * imm, 64)} */
    private void mul32_imm(int dst, int imm) {
        if (pow2(imm)) {
            rule("mul_shift_32");
            asm.lsl32_ri(dst, first, log2(imm));
        } else if (pow2_plus1(imm)) {
            rule("mul_add_32");
            asm.add32_rrl(dst, first, first, log2_below(imm));
        } else {
            rule("mul_k_32");
            constant(x16, value(imm, 32));
            asm.mul32(dst, first, x16);
        }
    }

    /** {@code dst = zx(lo(dst, 32) * lo(src, 32), 64)} */
    private void mul32_reg(int dst, int src) {
        rule("mul_r_32");
        asm.mul32(dst, first, src);
    }

    /** {@code dst = dst * sx(imm, 64)} */
    private void mul64_imm(int dst, int imm) {
        if (pow2(imm)) {
            rule("mul_shift_64");
            asm.lsl64_ri(dst, first, log2(imm));
        } else if (pow2_plus1(imm)) {
            rule("mul_add_64");
            asm.add64_rrl(dst, first, first, log2_below(imm));
        } else {
            rule("mul_k_64");
            constant(x16, value(imm, 64));
            asm.mul64(dst, first, x16);
        }
    }

    /** {@code dst = dst * src} */
    private void mul64_reg(int dst, int src) {
        rule("mul_r_64");
        asm.mul64(dst, first, src);
    }

    /** {@code dst = zx((imm == 0) ? 0 : (lo(dst, 32) /u imm), 64)} */
    private void div32_imm(int dst, int imm) {
        rule("div_k_32");
        divide_by(32, dst, imm);
    }

    /** {@code dst = zx((lo(src, 32) == 0) ? 0 : (lo(dst, 32) /u lo(src, 32)), 64)} */
    private void div32_reg(int dst, int src) {
        rule("div_r_32");
        asm.udiv32(dst, first, src);
    }

    /** {@code dst = (sx(imm, 64) == 0) ? 0 : (dst /u sx(imm, 64))} */
    private void div64_imm(int dst, int imm) {
        rule("div_k_64");
        divide_by(64, dst, imm);
    }

    /** {@code dst = (src == 0) ? 0 : (dst /u src)} */
    private void div64_reg(int dst, int src) {
        rule("div_r_64");
        asm.udiv64(dst, first, src);
    }

    /** {@code dst = zx((imm == 0) ? 0 : (lo(dst, 32) /s imm), 64)} */
    private void sdiv32_imm(int dst, int imm) {
        rule("sdiv_k_32");
        constant(x16, value(imm, 32));
        asm.sdiv32(dst, first, x16);
    }

    /** {@code dst = zx((lo(src, 32) == 0) ? 0 : (lo(dst, 32) /s lo(src, 32)), 64)} */
    private void sdiv32_reg(int dst, int src) {
        rule("sdiv_r_32");
        asm.sdiv32(dst, first, src);
    }

    /** {@code dst = (sx(imm, 64) == 0) ? 0 : (dst /s sx(imm, 64))} */
    private void sdiv64_imm(int dst, int imm) {
        rule("sdiv_k_64");
        constant(x16, value(imm, 64));
        asm.sdiv64(dst, first, x16);
    }

    /** {@code dst = (src == 0) ? 0 : (dst /s src)} */
    private void sdiv64_reg(int dst, int src) {
        rule("sdiv_r_64");
        asm.sdiv64(dst, first, src);
    }

    /** {@code dst = zx(lo(dst, 32) or imm, 64)} */
    private void or32_imm(int dst, int imm) {
        if (logical(imm, 32)) {
            rule("or_l_32");
            asm.orr32_rl(dst, first, value(imm, 32));
        } else {
            rule("or_k_32");
            constant(x16, value(imm, 32));
            asm.orr32_rr(dst, first, x16);
        }
    }

    /** {@code dst = zx(lo(dst, 32) or lo(src, 32), 64)} */
    private void or32_reg(int dst, int src) {
        rule("or_r_32");
        asm.orr32_rr(dst, first, src);
    }

    /** {@code dst = dst or sx(imm, 64)} */
    private void or64_imm(int dst, int imm) {
        if (logical(imm, 64)) {
            rule("or_l_64");
            asm.orr64_rl(dst, first, value(imm, 64));
        } else {
            rule("or_k_64");
            constant(x16, value(imm, 64));
            asm.orr64_rr(dst, first, x16);
        }
    }

    /** {@code dst = dst or src} */
    private void or64_reg(int dst, int src) {
        rule("or_r_64");
        asm.orr64_rr(dst, first, src);
    }

    /** {@code dst = zx(lo(dst, 32) and imm, 64)} */
    private void and32_imm(int dst, int imm) {
        if (logical(imm, 32)) {
            rule("and_l_32");
            asm.and32_rl(dst, first, value(imm, 32));
        } else {
            rule("and_k_32");
            constant(x16, value(imm, 32));
            asm.and32_rr(dst, first, x16);
        }
    }

    /** {@code dst = zx(lo(dst, 32) and lo(src, 32), 64)} */
    private void and32_reg(int dst, int src) {
        rule("and_r_32");
        asm.and32_rr(dst, first, src);
    }

    /** {@code dst = dst and sx(imm, 64)} */
    private void and64_imm(int dst, int imm) {
        if (logical(imm, 64)) {
            rule("and_l_64");
            asm.and64_rl(dst, first, value(imm, 64));
        } else {
            rule("and_k_64");
            constant(x16, value(imm, 64));
            asm.and64_rr(dst, first, x16);
        }
    }

    /** {@code dst = dst and src} */
    private void and64_reg(int dst, int src) {
        rule("and_r_64");
        asm.and64_rr(dst, first, src);
    }

    /** {@code dst = zx(lo(dst, 32) << (imm and 31), 64)} */
    private void lsh32_imm(int dst, int imm) {
        if (count(imm, 32) == 0) {
            rule("lsl32_0");
            asm.mov32(dst, first);
        } else {
            rule("lsl32_i");
            asm.lsl32_ri(dst, first, count(imm, 32));
        }
    }

    /** {@code dst = zx(lo(dst, 32) << (lo(src, 32) and 31), 64)} */
    private void lsh32_reg(int dst, int src) {
        rule("lsl_r_32");
        asm.lsl32_rr(dst, first, src);
    }

    /** {@code dst = dst << (sx(imm, 64) and 63)} */
    private void lsh64_imm(int dst, int imm) {
        if (count(imm, 64) == 0) {
            rule("lsl64_0");
            copy(dst);
        } else {
            rule("lsl64_i");
            asm.lsl64_ri(dst, first, count(imm, 64));
        }
    }

    /** {@code dst = dst << (src and 63)} */
    private void lsh64_reg(int dst, int src) {
        rule("lsl_r_64");
        asm.lsl64_rr(dst, first, src);
    }

    /** {@code dst = zx(lo(dst, 32) >>u (imm and 31), 64)} */
    private void rsh32_imm(int dst, int imm) {
        if (count(imm, 32) == 0) {
            rule("lsr32_0");
            asm.mov32(dst, first);
        } else {
            rule("lsr32_i");
            asm.lsr32_ri(dst, first, count(imm, 32));
        }
    }

    /** {@code dst = zx(lo(dst, 32) >>u (lo(src, 32) and 31), 64)} */
    private void rsh32_reg(int dst, int src) {
        rule("lsr_r_32");
        asm.lsr32_rr(dst, first, src);
    }

    /** {@code dst = dst >>u (sx(imm, 64) and 63)} */
    private void rsh64_imm(int dst, int imm) {
        if (count(imm, 64) == 0) {
            rule("lsr64_0");
            copy(dst);
        } else {
            rule("lsr64_i");
            asm.lsr64_ri(dst, first, count(imm, 64));
        }
    }

    /** {@code dst = dst >>u (src and 63)} */
    private void rsh64_reg(int dst, int src) {
        rule("lsr_r_64");
        asm.lsr64_rr(dst, first, src);
    }

    /** {@code dst = zx((imm == 0) ? lo(dst, 32) : (lo(dst, 32) %u imm), 64)} */
    private void mod32_imm(int dst, int imm) {
        rule("mod_k_32");
        modulo_by(32, dst, imm);
    }

    /** {@code dst = zx((lo(src, 32) == 0) ? lo(dst, 32) : (lo(dst, 32) %u lo(src, 32)), 64)} */
    private void mod32_reg(int dst, int src) {
        rule("mod_r_32");
        asm.udiv32(x16, first, src);
        asm.msub32(dst, x16, src, first);
    }

    /** {@code dst = (sx(imm, 64) == 0) ? dst : (dst %u sx(imm, 64))} */
    private void mod64_imm(int dst, int imm) {
        rule("mod_k_64");
        modulo_by(64, dst, imm);
    }

    /** {@code dst = (src == 0) ? dst : (dst %u src)} */
    private void mod64_reg(int dst, int src) {
        rule("mod_r_64");
        asm.udiv64(x16, first, src);
        asm.msub64(dst, x16, src, first);
    }

    /** {@code dst = zx((imm == 0) ? lo(dst, 32) : (lo(dst, 32) %s imm), 64)} */
    private void smod32_imm(int dst, int imm) {
        rule("smod_k_32");
        constant(x16, value(imm, 32));
        asm.sdiv32(x17, first, x16);
        asm.msub32(dst, x17, x16, first);
    }

    /** {@code dst = zx((lo(src, 32) == 0) ? lo(dst, 32) : (lo(dst, 32) %s lo(src, 32)), 64)} */
    private void smod32_reg(int dst, int src) {
        rule("smod_r_32");
        asm.sdiv32(x16, first, src);
        asm.msub32(dst, x16, src, first);
    }

    /** {@code dst = (sx(imm, 64) == 0) ? dst : (dst %s sx(imm, 64))} */
    private void smod64_imm(int dst, int imm) {
        rule("smod_k_64");
        constant(x16, value(imm, 64));
        asm.sdiv64(x17, first, x16);
        asm.msub64(dst, x17, x16, first);
    }

    /** {@code dst = (src == 0) ? dst : (dst %s src)} */
    private void smod64_reg(int dst, int src) {
        rule("smod_r_64");
        asm.sdiv64(x16, first, src);
        asm.msub64(dst, x16, src, first);
    }

    /** {@code dst = zx(lo(dst, 32) xor imm, 64)} */
    private void xor32_imm(int dst, int imm) {
        if (imm == -1) {
            rule("xor_not_32");
            asm.mvn32(dst, first);
        } else if (logical(imm, 32)) {
            rule("xor_l_32");
            asm.eor32_rl(dst, first, value(imm, 32));
        } else {
            rule("xor_k_32");
            constant(x16, value(imm, 32));
            asm.eor32_rr(dst, first, x16);
        }
    }

    /** {@code dst = zx(lo(dst, 32) xor lo(src, 32), 64)} */
    private void xor32_reg(int dst, int src) {
        rule("xor_r_32");
        asm.eor32_rr(dst, first, src);
    }

    /** {@code dst = dst xor sx(imm, 64)} */
    private void xor64_imm(int dst, int imm) {
        if (imm == -1) {
            rule("xor_not_64");
            asm.mvn64(dst, first);
        } else if (logical(imm, 64)) {
            rule("xor_l_64");
            asm.eor64_rl(dst, first, value(imm, 64));
        } else {
            rule("xor_k_64");
            constant(x16, value(imm, 64));
            asm.eor64_rr(dst, first, x16);
        }
    }

    /** {@code dst = dst xor src} */
    private void xor64_reg(int dst, int src) {
        rule("xor_r_64");
        asm.eor64_rr(dst, first, src);
    }

    /** {@code dst = zx(imm, 64)} */
    private void mov32_imm(int dst, int imm) {
        rule("mov32_i");
        constant(dst, value(imm, 32));
    }

    /** {@code dst = zx(lo(src, 32), 64)} */
    private void mov32_reg(int dst, int src) {
        rule("mov32_r");
        asm.mov32(dst, src);
    }

    /** {@code dst = sx(imm, 64)} */
    private void mov64_imm(int dst, int imm) {
        rule("mov64_i");
        constant(dst, value(imm, 64));
    }

    /** {@code dst = src} */
    private void mov64_reg(int dst, int src) {
        if (dst == src) {
            rule("mov64_self");
        } else {
            rule("mov64_r");
            asm.mov64(dst, src);
        }
    }

    /** {@code dst = zx(lo(dst, 32) >>s (imm and 31), 64)} */
    private void arsh32_imm(int dst, int imm) {
        if (count(imm, 32) == 0) {
            rule("asr32_0");
            asm.mov32(dst, first);
        } else {
            rule("asr32_i");
            asm.asr32_ri(dst, first, count(imm, 32));
        }
    }

    /** {@code dst = zx(lo(dst, 32) >>s (lo(src, 32) and 31), 64)} */
    private void arsh32_reg(int dst, int src) {
        rule("asr_r_32");
        asm.asr32_rr(dst, first, src);
    }

    /** {@code dst = dst >>s (sx(imm, 64) and 63)} */
    private void arsh64_imm(int dst, int imm) {
        if (count(imm, 64) == 0) {
            rule("asr64_0");
            copy(dst);
        } else {
            rule("asr64_i");
            asm.asr64_ri(dst, first, count(imm, 64));
        }
    }

    /** {@code dst = dst >>s (src and 63)} */
    private void arsh64_reg(int dst, int src) {
        rule("asr_r_64");
        asm.asr64_rr(dst, first, src);
    }

    /** {@code dst = zx(-lo(dst, 32), 64)} */
    private void neg32(int dst) {
        rule("neg_32");
        asm.neg32(dst, first);
    }

    /** {@code dst = -dst} */
    private void neg64(int dst) {
        rule("neg_64");
        asm.neg64(dst, first);
    }

    /** {@code dst = zx(sx(lo(src, 8), 32), 64)} */
    private void movsx8_32(int dst, int src) {
        rule("movsx8_32");
        asm.sxtb32(dst, src);
    }

    /** {@code dst = zx(sx(lo(src, 16), 32), 64)} */
    private void movsx16_32(int dst, int src) {
        rule("movsx16_32");
        asm.sxth32(dst, src);
    }

    /** {@code dst = sx(lo(src, 8), 64)} */
    private void movsx8_64(int dst, int src) {
        rule("movsx8_64");
        asm.sxtb64(dst, src);
    }

    /** {@code dst = sx(lo(src, 16), 64)} */
    private void movsx16_64(int dst, int src) {
        rule("movsx16_64");
        asm.sxth64(dst, src);
    }

    /** {@code dst = sx(lo(src, 32), 64)} */
    private void movsx32_64(int dst, int src) {
        rule("movsx32_64");
        asm.sxtw64(dst, src);
    }

    /** {@code dst = zx(lo(dst, 16), 64)} */
    private void le16(int dst) {
        rule("le16");
        asm.and32_rl(dst, first, 65535);
    }

    /** {@code dst = zx(lo(dst, 32), 64)} */
    private void le32(int dst) {
        rule("le32");
        asm.mov32(dst, first);
    }

    /** {@code dst = dst} */
    private void le64(int dst) {
        rule("le64");
        copy(dst);
    }

    /** {@code dst = zx(bswap(lo(dst, 16)), 64)} */
    private void be16(int dst) {
        rule("swap16");
        asm.rev16_32(dst, first);
        asm.and32_rl(dst, dst, 65535);
    }

    /** {@code dst = zx(bswap(lo(dst, 32)), 64)} */
    private void be32(int dst) {
        rule("swap32");
        asm.rev_32(dst, first);
    }

    /** {@code dst = bswap(dst)} */
    private void be64(int dst) {
        rule("swap64");
        asm.rev_64(dst, first);
    }

    /** {@code dst = zx(bswap(lo(dst, 16)), 64)} */
    private void bswap16(int dst) {
        rule("swap16");
        asm.rev16_32(dst, first);
        asm.and32_rl(dst, dst, 65535);
    }

    /** {@code dst = zx(bswap(lo(dst, 32)), 64)} */
    private void bswap32(int dst) {
        rule("swap32");
        asm.rev_32(dst, first);
    }

    /** {@code dst = bswap(dst)} */
    private void bswap64(int dst) {
        rule("swap64");
        asm.rev_64(dst, first);
    }

    /** {@code jump(dst == sx(imm, 64))} */
    private void jeq64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jeq_0_64");
            branch(is_zero(64, dst));
        } else if (u12(imm)) {
            rule("jeq_i_64");
            asm.cmp64_ri(dst, imm);
            branch(0);
        } else if (n12(imm)) {
            rule("jeq_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(0);
        } else if (h12(imm)) {
            rule("jeq_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(0);
        } else if (u24(imm)) {
            rule("jeq_24_64");
            asm.sub64_rh(x16, dst, high12(imm));
            asm.cmp64_ri(x16, low12(imm));
            branch(0);
        } else if (n24(imm)) {
            rule("jeq_n24_64");
            asm.add64_rh(x16, dst, high12_n(imm));
            asm.cmn64_ri(x16, low12_n(imm));
            branch(0);
        } else {
            rule("jeq_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(0);
        }
    }

    /** {@code jump(dst == src)} */
    private void jeq64_reg(int dst, int src, int off) {
        rule("jeq_r_64");
        asm.cmp64_rr(dst, src);
        branch(0);
    }

    /** {@code jump(lo(dst, 32) == imm)} */
    private void jeq32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jeq_0_32");
            branch(is_zero(32, dst));
        } else if (u12(imm)) {
            rule("jeq_i_32");
            asm.cmp32_ri(dst, imm);
            branch(0);
        } else if (n12(imm)) {
            rule("jeq_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(0);
        } else if (h12(imm)) {
            rule("jeq_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(0);
        } else if (u24(imm)) {
            rule("jeq_24_32");
            asm.sub32_rh(x16, dst, high12(imm));
            asm.cmp32_ri(x16, low12(imm));
            branch(0);
        } else if (n24(imm)) {
            rule("jeq_n24_32");
            asm.add32_rh(x16, dst, high12_n(imm));
            asm.cmn32_ri(x16, low12_n(imm));
            branch(0);
        } else {
            rule("jeq_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(0);
        }
    }

    /** {@code jump(lo(dst, 32) == lo(src, 32))} */
    private void jeq32_reg(int dst, int src, int off) {
        rule("jeq_r_32");
        asm.cmp32_rr(dst, src);
        branch(0);
    }

    /** {@code jump(dst >u sx(imm, 64))} */
    private void jgt64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jgt_0_64");
            branch(not_zero(64, dst));
        } else if (u12(imm)) {
            rule("jgt_i_64");
            asm.cmp64_ri(dst, imm);
            branch(8);
        } else if (n12(imm)) {
            rule("jgt_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(8);
        } else if (h12(imm)) {
            rule("jgt_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(8);
        } else {
            rule("jgt_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(8);
        }
    }

    /** {@code jump(dst >u src)} */
    private void jgt64_reg(int dst, int src, int off) {
        rule("jgt_r_64");
        asm.cmp64_rr(dst, src);
        branch(8);
    }

    /** {@code jump(lo(dst, 32) >u imm)} */
    private void jgt32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jgt_0_32");
            branch(not_zero(32, dst));
        } else if (u12(imm)) {
            rule("jgt_i_32");
            asm.cmp32_ri(dst, imm);
            branch(8);
        } else if (n12(imm)) {
            rule("jgt_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(8);
        } else if (h12(imm)) {
            rule("jgt_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(8);
        } else {
            rule("jgt_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(8);
        }
    }

    /** {@code jump(lo(dst, 32) >u lo(src, 32))} */
    private void jgt32_reg(int dst, int src, int off) {
        rule("jgt_r_32");
        asm.cmp32_rr(dst, src);
        branch(8);
    }

    /** {@code jump(dst >=u sx(imm, 64))} */
    private void jge64_imm(int dst, int off, int imm) {
        if (imm == 1) {
            rule("jge_1_64");
            branch(not_zero(64, dst));
        } else if (u12(imm)) {
            rule("jge_i_64");
            asm.cmp64_ri(dst, imm);
            branch(2);
        } else if (n12(imm)) {
            rule("jge_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(2);
        } else if (h12(imm)) {
            rule("jge_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(2);
        } else {
            rule("jge_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(2);
        }
    }

    /** {@code jump(dst >=u src)} */
    private void jge64_reg(int dst, int src, int off) {
        rule("jge_r_64");
        asm.cmp64_rr(dst, src);
        branch(2);
    }

    /** {@code jump(lo(dst, 32) >=u imm)} */
    private void jge32_imm(int dst, int off, int imm) {
        if (imm == 1) {
            rule("jge_1_32");
            branch(not_zero(32, dst));
        } else if (u12(imm)) {
            rule("jge_i_32");
            asm.cmp32_ri(dst, imm);
            branch(2);
        } else if (n12(imm)) {
            rule("jge_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(2);
        } else if (h12(imm)) {
            rule("jge_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(2);
        } else {
            rule("jge_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(2);
        }
    }

    /** {@code jump(lo(dst, 32) >=u lo(src, 32))} */
    private void jge32_reg(int dst, int src, int off) {
        rule("jge_r_32");
        asm.cmp32_rr(dst, src);
        branch(2);
    }

    /** {@code jump((dst and sx(imm, 64)) != 0)} */
    private void jset64_imm(int dst, int off, int imm) {
        if (pow2(imm)) {
            rule("jset_bit_64");
            branch(only_bit_set(dst, imm));
        } else if (logical(imm, 64)) {
            rule("jset_l_64");
            asm.tst64_rl(dst, value(imm, 64));
            branch(1);
        } else {
            rule("jset_k_64");
            constant(x16, value(imm, 64));
            asm.tst64_rr(dst, x16);
            branch(1);
        }
    }

    /** {@code jump((dst and src) != 0)} */
    private void jset64_reg(int dst, int src, int off) {
        rule("jset_r_64");
        asm.tst64_rr(dst, src);
        branch(1);
    }

    /** {@code jump((lo(dst, 32) and imm) != 0)} */
    private void jset32_imm(int dst, int off, int imm) {
        if (pow2(imm)) {
            rule("jset_bit_32");
            branch(only_bit_set(dst, imm));
        } else if (logical(imm, 32)) {
            rule("jset_l_32");
            asm.tst32_rl(dst, value(imm, 32));
            branch(1);
        } else {
            rule("jset_k_32");
            constant(x16, value(imm, 32));
            asm.tst32_rr(dst, x16);
            branch(1);
        }
    }

    /** {@code jump((lo(dst, 32) and lo(src, 32)) != 0)} */
    private void jset32_reg(int dst, int src, int off) {
        rule("jset_r_32");
        asm.tst32_rr(dst, src);
        branch(1);
    }

    /** {@code jump(dst != sx(imm, 64))} */
    private void jne64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jne_0_64");
            branch(not_zero(64, dst));
        } else if (u12(imm)) {
            rule("jne_i_64");
            asm.cmp64_ri(dst, imm);
            branch(1);
        } else if (n12(imm)) {
            rule("jne_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(1);
        } else if (h12(imm)) {
            rule("jne_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(1);
        } else if (u24(imm)) {
            rule("jne_24_64");
            asm.sub64_rh(x16, dst, high12(imm));
            asm.cmp64_ri(x16, low12(imm));
            branch(1);
        } else if (n24(imm)) {
            rule("jne_n24_64");
            asm.add64_rh(x16, dst, high12_n(imm));
            asm.cmn64_ri(x16, low12_n(imm));
            branch(1);
        } else {
            rule("jne_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(1);
        }
    }

    /** {@code jump(dst != src)} */
    private void jne64_reg(int dst, int src, int off) {
        rule("jne_r_64");
        asm.cmp64_rr(dst, src);
        branch(1);
    }

    /** {@code jump(lo(dst, 32) != imm)} */
    private void jne32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jne_0_32");
            branch(not_zero(32, dst));
        } else if (u12(imm)) {
            rule("jne_i_32");
            asm.cmp32_ri(dst, imm);
            branch(1);
        } else if (n12(imm)) {
            rule("jne_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(1);
        } else if (h12(imm)) {
            rule("jne_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(1);
        } else if (u24(imm)) {
            rule("jne_24_32");
            asm.sub32_rh(x16, dst, high12(imm));
            asm.cmp32_ri(x16, low12(imm));
            branch(1);
        } else if (n24(imm)) {
            rule("jne_n24_32");
            asm.add32_rh(x16, dst, high12_n(imm));
            asm.cmn32_ri(x16, low12_n(imm));
            branch(1);
        } else {
            rule("jne_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(1);
        }
    }

    /** {@code jump(lo(dst, 32) != lo(src, 32))} */
    private void jne32_reg(int dst, int src, int off) {
        rule("jne_r_32");
        asm.cmp32_rr(dst, src);
        branch(1);
    }

    /** {@code jump(dst >s sx(imm, 64))} */
    private void jsgt64_imm(int dst, int off, int imm) {
        if (imm == -1) {
            rule("jsgt_m1_64");
            branch(sign_clear(64, dst));
        } else if (u12(imm)) {
            rule("jsgt_i_64");
            asm.cmp64_ri(dst, imm);
            branch(12);
        } else if (n12(imm)) {
            rule("jsgt_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(12);
        } else if (h12(imm)) {
            rule("jsgt_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(12);
        } else {
            rule("jsgt_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(12);
        }
    }

    /** {@code jump(dst >s src)} */
    private void jsgt64_reg(int dst, int src, int off) {
        rule("jsgt_r_64");
        asm.cmp64_rr(dst, src);
        branch(12);
    }

    /** {@code jump(lo(dst, 32) >s imm)} */
    private void jsgt32_imm(int dst, int off, int imm) {
        if (imm == -1) {
            rule("jsgt_m1_32");
            branch(sign_clear(32, dst));
        } else if (u12(imm)) {
            rule("jsgt_i_32");
            asm.cmp32_ri(dst, imm);
            branch(12);
        } else if (n12(imm)) {
            rule("jsgt_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(12);
        } else if (h12(imm)) {
            rule("jsgt_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(12);
        } else {
            rule("jsgt_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(12);
        }
    }

    /** {@code jump(lo(dst, 32) >s lo(src, 32))} */
    private void jsgt32_reg(int dst, int src, int off) {
        rule("jsgt_r_32");
        asm.cmp32_rr(dst, src);
        branch(12);
    }

    /** {@code jump(dst >=s sx(imm, 64))} */
    private void jsge64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jsge_0_64");
            branch(sign_clear(64, dst));
        } else if (u12(imm)) {
            rule("jsge_i_64");
            asm.cmp64_ri(dst, imm);
            branch(10);
        } else if (n12(imm)) {
            rule("jsge_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(10);
        } else if (h12(imm)) {
            rule("jsge_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(10);
        } else {
            rule("jsge_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(10);
        }
    }

    /** {@code jump(dst >=s src)} */
    private void jsge64_reg(int dst, int src, int off) {
        rule("jsge_r_64");
        asm.cmp64_rr(dst, src);
        branch(10);
    }

    /** {@code jump(lo(dst, 32) >=s imm)} */
    private void jsge32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jsge_0_32");
            branch(sign_clear(32, dst));
        } else if (u12(imm)) {
            rule("jsge_i_32");
            asm.cmp32_ri(dst, imm);
            branch(10);
        } else if (n12(imm)) {
            rule("jsge_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(10);
        } else if (h12(imm)) {
            rule("jsge_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(10);
        } else {
            rule("jsge_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(10);
        }
    }

    /** {@code jump(lo(dst, 32) >=s lo(src, 32))} */
    private void jsge32_reg(int dst, int src, int off) {
        rule("jsge_r_32");
        asm.cmp32_rr(dst, src);
        branch(10);
    }

    /** {@code jump(dst <u sx(imm, 64))} */
    private void jlt64_imm(int dst, int off, int imm) {
        if (imm == 1) {
            rule("jlt_1_64");
            branch(is_zero(64, dst));
        } else if (u12(imm)) {
            rule("jlt_i_64");
            asm.cmp64_ri(dst, imm);
            branch(3);
        } else if (n12(imm)) {
            rule("jlt_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(3);
        } else if (h12(imm)) {
            rule("jlt_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(3);
        } else {
            rule("jlt_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(3);
        }
    }

    /** {@code jump(dst <u src)} */
    private void jlt64_reg(int dst, int src, int off) {
        rule("jlt_r_64");
        asm.cmp64_rr(dst, src);
        branch(3);
    }

    /** {@code jump(lo(dst, 32) <u imm)} */
    private void jlt32_imm(int dst, int off, int imm) {
        if (imm == 1) {
            rule("jlt_1_32");
            branch(is_zero(32, dst));
        } else if (u12(imm)) {
            rule("jlt_i_32");
            asm.cmp32_ri(dst, imm);
            branch(3);
        } else if (n12(imm)) {
            rule("jlt_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(3);
        } else if (h12(imm)) {
            rule("jlt_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(3);
        } else {
            rule("jlt_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(3);
        }
    }

    /** {@code jump(lo(dst, 32) <u lo(src, 32))} */
    private void jlt32_reg(int dst, int src, int off) {
        rule("jlt_r_32");
        asm.cmp32_rr(dst, src);
        branch(3);
    }

    /** {@code jump(dst <=u sx(imm, 64))} */
    private void jle64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jle_0_64");
            branch(is_zero(64, dst));
        } else if (u12(imm)) {
            rule("jle_i_64");
            asm.cmp64_ri(dst, imm);
            branch(9);
        } else if (n12(imm)) {
            rule("jle_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(9);
        } else if (h12(imm)) {
            rule("jle_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(9);
        } else {
            rule("jle_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(9);
        }
    }

    /** {@code jump(dst <=u src)} */
    private void jle64_reg(int dst, int src, int off) {
        rule("jle_r_64");
        asm.cmp64_rr(dst, src);
        branch(9);
    }

    /** {@code jump(lo(dst, 32) <=u imm)} */
    private void jle32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jle_0_32");
            branch(is_zero(32, dst));
        } else if (u12(imm)) {
            rule("jle_i_32");
            asm.cmp32_ri(dst, imm);
            branch(9);
        } else if (n12(imm)) {
            rule("jle_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(9);
        } else if (h12(imm)) {
            rule("jle_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(9);
        } else {
            rule("jle_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(9);
        }
    }

    /** {@code jump(lo(dst, 32) <=u lo(src, 32))} */
    private void jle32_reg(int dst, int src, int off) {
        rule("jle_r_32");
        asm.cmp32_rr(dst, src);
        branch(9);
    }

    /** {@code jump(dst <s sx(imm, 64))} */
    private void jslt64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jslt_0_64");
            branch(sign_set(64, dst));
        } else if (u12(imm)) {
            rule("jslt_i_64");
            asm.cmp64_ri(dst, imm);
            branch(11);
        } else if (n12(imm)) {
            rule("jslt_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(11);
        } else if (h12(imm)) {
            rule("jslt_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(11);
        } else {
            rule("jslt_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(11);
        }
    }

    /** {@code jump(dst <s src)} */
    private void jslt64_reg(int dst, int src, int off) {
        rule("jslt_r_64");
        asm.cmp64_rr(dst, src);
        branch(11);
    }

    /** {@code jump(lo(dst, 32) <s imm)} */
    private void jslt32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jslt_0_32");
            branch(sign_set(32, dst));
        } else if (u12(imm)) {
            rule("jslt_i_32");
            asm.cmp32_ri(dst, imm);
            branch(11);
        } else if (n12(imm)) {
            rule("jslt_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(11);
        } else if (h12(imm)) {
            rule("jslt_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(11);
        } else {
            rule("jslt_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(11);
        }
    }

    /** {@code jump(lo(dst, 32) <s lo(src, 32))} */
    private void jslt32_reg(int dst, int src, int off) {
        rule("jslt_r_32");
        asm.cmp32_rr(dst, src);
        branch(11);
    }

    /** {@code jump(dst <=s sx(imm, 64))} */
    private void jsle64_imm(int dst, int off, int imm) {
        if (imm == -1) {
            rule("jsle_m1_64");
            branch(sign_set(64, dst));
        } else if (u12(imm)) {
            rule("jsle_i_64");
            asm.cmp64_ri(dst, imm);
            branch(13);
        } else if (n12(imm)) {
            rule("jsle_n_64");
            asm.cmn64_ri(dst, -imm);
            branch(13);
        } else if (h12(imm)) {
            rule("jsle_h_64");
            asm.cmp64_rh(dst, high12(imm));
            branch(13);
        } else {
            rule("jsle_k_64");
            constant(x16, value(imm, 64));
            asm.cmp64_rr(dst, x16);
            branch(13);
        }
    }

    /** {@code jump(dst <=s src)} */
    private void jsle64_reg(int dst, int src, int off) {
        rule("jsle_r_64");
        asm.cmp64_rr(dst, src);
        branch(13);
    }

    /** {@code jump(lo(dst, 32) <=s imm)} */
    private void jsle32_imm(int dst, int off, int imm) {
        if (imm == -1) {
            rule("jsle_m1_32");
            branch(sign_set(32, dst));
        } else if (u12(imm)) {
            rule("jsle_i_32");
            asm.cmp32_ri(dst, imm);
            branch(13);
        } else if (n12(imm)) {
            rule("jsle_n_32");
            asm.cmn32_ri(dst, -imm);
            branch(13);
        } else if (h12(imm)) {
            rule("jsle_h_32");
            asm.cmp32_rh(dst, high12(imm));
            branch(13);
        } else {
            rule("jsle_k_32");
            constant(x16, value(imm, 32));
            asm.cmp32_rr(dst, x16);
            branch(13);
        }
    }

    /** {@code jump(lo(dst, 32) <=s lo(src, 32))} */
    private void jsle32_reg(int dst, int src, int off) {
        rule("jsle_r_32");
        asm.cmp32_rr(dst, src);
        branch(13);
    }

    /** {@code jump(1)} */
    private void ja(int off) {
        rule("ja");
        go();
    }

    /** {@code jump(1)} */
    private void ja32(int imm) {
        rule("ja");
        go();
    }

    /** {@code call(helper)} */
    private void call(int imm) {
        rule("call_helper");
        call_helper();
    }

    /** {@code call(local)} */
    private void call_local(int imm) {
        rule("call_local");
        call_local();
    }

    /** {@code call(kfunc)} */
    private void call_kfunc(int imm) {
        rule("call_kfunc");
        call_kfunc();
    }

    /** {@code exit()} */
    private void exit() {
        rule("exit");
        leave();
    }

    /** {@code call_to(dst)} */
    private void callx(int dst) {
        rule("callx");
        call_to(dst);
    }

    /** {@code dst = zx(load(src + sx(off, 64), 32), 64)} */
    private void ldx32(int dst, int src, int off) {
        rule("ldx32");
        Mem mem = access(src, off, 4, false);
        asm.ldr32(dst, mem);
    }

    /** {@code dst = zx(load(src + sx(off, 64), 16), 64)} */
    private void ldx16(int dst, int src, int off) {
        rule("ldx16");
        Mem mem = access(src, off, 2, false);
        asm.ldr16(dst, mem);
    }

    /** {@code dst = zx(load(src + sx(off, 64), 8), 64)} */
    private void ldx8(int dst, int src, int off) {
        rule("ldx8");
        Mem mem = access(src, off, 1, false);
        asm.ldr8(dst, mem);
    }

    /** {@code dst = load(src + sx(off, 64), 64)} */
    private void ldx64(int dst, int src, int off) {
        rule("ldx64");
        Mem mem = access(src, off, 8, false);
        asm.ldr64(dst, mem);
    }

    /** {@code dst = sx(load(src + sx(off, 64), 32), 64)} */
    private void ldxsx32(int dst, int src, int off) {
        rule("ldxsx32");
        Mem mem = access(src, off, 4, false);
        asm.ldrs32(dst, mem);
    }

    /** {@code dst = sx(load(src + sx(off, 64), 16), 64)} */
    private void ldxsx16(int dst, int src, int off) {
        rule("ldxsx16");
        Mem mem = access(src, off, 2, false);
        asm.ldrs16(dst, mem);
    }

    /** {@code dst = sx(load(src + sx(off, 64), 8), 64)} */
    private void ldxsx8(int dst, int src, int off) {
        rule("ldxsx8");
        Mem mem = access(src, off, 1, false);
        asm.ldrs8(dst, mem);
    }

    /** {@code store(dst + sx(off, 64), imm)} */
    private void st32(int dst, int off, int imm) {
        if (imm == 0) {
            rule("st_032");
            Mem mem = access(dst, off, 4, true);
            asm.str32(xzr, mem);
        } else {
            rule("st32");
            Mem mem = access(dst, off, 4, true);
            constant(x17, value(imm, 32));
            asm.str32(x17, mem);
        }
    }

    /** {@code store(dst + sx(off, 64), lo(src, 32))} */
    private void stx32(int dst, int src, int off) {
        rule("stx32");
        Mem mem = access(dst, off, 4, true);
        asm.str32(src, mem);
    }

    /** {@code store(dst + sx(off, 64), lo(imm, 16))} */
    private void st16(int dst, int off, int imm) {
        if (imm == 0) {
            rule("st_016");
            Mem mem = access(dst, off, 2, true);
            asm.str16(xzr, mem);
        } else {
            rule("st16");
            Mem mem = access(dst, off, 2, true);
            constant(x17, value(imm, 16));
            asm.str16(x17, mem);
        }
    }

    /** {@code store(dst + sx(off, 64), lo(src, 16))} */
    private void stx16(int dst, int src, int off) {
        rule("stx16");
        Mem mem = access(dst, off, 2, true);
        asm.str16(src, mem);
    }

    /** {@code store(dst + sx(off, 64), lo(imm, 8))} */
    private void st8(int dst, int off, int imm) {
        if (imm == 0) {
            rule("st_08");
            Mem mem = access(dst, off, 1, true);
            asm.str8(xzr, mem);
        } else {
            rule("st8");
            Mem mem = access(dst, off, 1, true);
            constant(x17, value(imm, 8));
            asm.str8(x17, mem);
        }
    }

    /** {@code store(dst + sx(off, 64), lo(src, 8))} */
    private void stx8(int dst, int src, int off) {
        rule("stx8");
        Mem mem = access(dst, off, 1, true);
        asm.str8(src, mem);
    }

    /** {@code store(dst + sx(off, 64), sx(imm, 64))} */
    private void st64(int dst, int off, int imm) {
        if (imm == 0) {
            rule("st_064");
            Mem mem = access(dst, off, 8, true);
            asm.str64(xzr, mem);
        } else {
            rule("st64");
            Mem mem = access(dst, off, 8, true);
            constant(x17, value(imm, 64));
            asm.str64(x17, mem);
        }
    }

    /** {@code store(dst + sx(off, 64), src)} */
    private void stx64(int dst, int src, int off) {
        rule("stx64");
        Mem mem = access(dst, off, 8, true);
        asm.str64(src, mem);
    }

    /** {@code atomic(add, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_add32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_add32");
            Mem mem = aligned(dst, off, 4, true);
            asm.stadd32(src, base(mem));
        } else {
            rule("add32");
            Mem mem = aligned(dst, off, 4, true);
            update_add(32, mem, src);
        }
    }

    /** {@code atomic(add, dst + sx(off, 64), src)} */
    private void atomic_add64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_add64");
            Mem mem = aligned(dst, off, 8, true);
            asm.stadd64(src, base(mem));
        } else {
            rule("add64");
            Mem mem = aligned(dst, off, 8, true);
            update_add(64, mem, src);
        }
    }

    /** {@code atomic(or, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_or32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_or32");
            Mem mem = aligned(dst, off, 4, true);
            asm.stset32(src, base(mem));
        } else {
            rule("or32");
            Mem mem = aligned(dst, off, 4, true);
            update_or(32, mem, src);
        }
    }

    /** {@code atomic(or, dst + sx(off, 64), src)} */
    private void atomic_or64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_or64");
            Mem mem = aligned(dst, off, 8, true);
            asm.stset64(src, base(mem));
        } else {
            rule("or64");
            Mem mem = aligned(dst, off, 8, true);
            update_or(64, mem, src);
        }
    }

    /** {@code atomic(and, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_and32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_and32");
            Mem mem = aligned(dst, off, 4, true);
            asm.mvn32(x17, src);
            asm.stclr32(x17, base(mem));
        } else {
            rule("and32");
            Mem mem = aligned(dst, off, 4, true);
            update_and(32, mem, src);
        }
    }

    /** {@code atomic(and, dst + sx(off, 64), src)} */
    private void atomic_and64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_and64");
            Mem mem = aligned(dst, off, 8, true);
            asm.mvn64(x17, src);
            asm.stclr64(x17, base(mem));
        } else {
            rule("and64");
            Mem mem = aligned(dst, off, 8, true);
            update_and(64, mem, src);
        }
    }

    /** {@code atomic(xor, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_xor32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_xor32");
            Mem mem = aligned(dst, off, 4, true);
            asm.steor32(src, base(mem));
        } else {
            rule("xor32");
            Mem mem = aligned(dst, off, 4, true);
            update_xor(32, mem, src);
        }
    }

    /** {@code atomic(xor, dst + sx(off, 64), src)} */
    private void atomic_xor64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_xor64");
            Mem mem = aligned(dst, off, 8, true);
            asm.steor64(src, base(mem));
        } else {
            rule("xor64");
            Mem mem = aligned(dst, off, 8, true);
            update_xor(64, mem, src);
        }
    }

    /** {@code src = atomic(add, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_fetch_add32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_fetch_add32");
            Mem mem = aligned(dst, off, 4, true);
            asm.ldaddal32(src, src, base(mem));
        } else {
            rule("fetch_add32");
            Mem mem = aligned(dst, off, 4, true);
            fetch_add(32, mem, src);
        }
    }

    /** {@code src = atomic(add, dst + sx(off, 64), src)} */
    private void atomic_fetch_add64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_fetch_add64");
            Mem mem = aligned(dst, off, 8, true);
            asm.ldaddal64(src, src, base(mem));
        } else {
            rule("fetch_add64");
            Mem mem = aligned(dst, off, 8, true);
            fetch_add(64, mem, src);
        }
    }

    /** {@code src = atomic(or, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_fetch_or32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_fetch_or32");
            Mem mem = aligned(dst, off, 4, true);
            asm.ldsetal32(src, src, base(mem));
        } else {
            rule("fetch_or32");
            Mem mem = aligned(dst, off, 4, true);
            fetch_or(32, mem, src);
        }
    }

    /** {@code src = atomic(or, dst + sx(off, 64), src)} */
    private void atomic_fetch_or64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_fetch_or64");
            Mem mem = aligned(dst, off, 8, true);
            asm.ldsetal64(src, src, base(mem));
        } else {
            rule("fetch_or64");
            Mem mem = aligned(dst, off, 8, true);
            fetch_or(64, mem, src);
        }
    }

    /** {@code src = atomic(and, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_fetch_and32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_fetch_and32");
            Mem mem = aligned(dst, off, 4, true);
            asm.mvn32(x17, src);
            asm.ldclral32(x17, src, base(mem));
        } else {
            rule("fetch_and32");
            Mem mem = aligned(dst, off, 4, true);
            fetch_and(32, mem, src);
        }
    }

    /** {@code src = atomic(and, dst + sx(off, 64), src)} */
    private void atomic_fetch_and64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_fetch_and64");
            Mem mem = aligned(dst, off, 8, true);
            asm.mvn64(x17, src);
            asm.ldclral64(x17, src, base(mem));
        } else {
            rule("fetch_and64");
            Mem mem = aligned(dst, off, 8, true);
            fetch_and(64, mem, src);
        }
    }

    /** {@code src = atomic(xor, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_fetch_xor32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_fetch_xor32");
            Mem mem = aligned(dst, off, 4, true);
            asm.ldeoral32(src, src, base(mem));
        } else {
            rule("fetch_xor32");
            Mem mem = aligned(dst, off, 4, true);
            fetch_xor(32, mem, src);
        }
    }

    /** {@code src = atomic(xor, dst + sx(off, 64), src)} */
    private void atomic_fetch_xor64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_fetch_xor64");
            Mem mem = aligned(dst, off, 8, true);
            asm.ldeoral64(src, src, base(mem));
        } else {
            rule("fetch_xor64");
            Mem mem = aligned(dst, off, 8, true);
            fetch_xor(64, mem, src);
        }
    }

    /** {@code src = atomic(xchg, dst + sx(off, 64), lo(src, 32))} */
    private void xchg32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_xchg32");
            Mem mem = aligned(dst, off, 4, true);
            asm.swpal32(src, src, base(mem));
        } else {
            rule("xchg32");
            Mem mem = aligned(dst, off, 4, true);
            exchange(32, mem, src);
        }
    }

    /** {@code src = atomic(xchg, dst + sx(off, 64), src)} */
    private void xchg64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_xchg64");
            Mem mem = aligned(dst, off, 8, true);
            asm.swpal64(src, src, base(mem));
        } else {
            rule("xchg64");
            Mem mem = aligned(dst, off, 8, true);
            exchange(64, mem, src);
        }
    }

    /** {@code r0 = cmpxchg(dst + sx(off, 64), lo(r0, 32), lo(src, 32))} */
    private void cmpxchg32(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_cmpxchg32");
            Mem mem = aligned(dst, off, 4, true);
            asm.casal32(x0, src, base(mem));
        } else {
            rule("cmpxchg32");
            Mem mem = aligned(dst, off, 4, true);
            compare_exchange(32, mem, src);
        }
    }

    /** {@code r0 = cmpxchg(dst + sx(off, 64), r0, src)} */
    private void cmpxchg64(int dst, int src, int off) {
        if (has("lse")) {
            rule("lse_cmpxchg64");
            Mem mem = aligned(dst, off, 8, true);
            asm.casal64(x0, src, base(mem));
        } else {
            rule("cmpxchg64");
            Mem mem = aligned(dst, off, 8, true);
            compare_exchange(64, mem, src);
        }
    }

    /** {@code dst = wide} */
    private void lddw(int dst, int imm) {
        rule("lddw");
        constant(dst);
    }

    /** {@code dst = linked} */
    private void lddw_map_fd(int dst, int imm) {
        rule("lddw_l");
        constant(dst);
    }

    /** {@code dst = linked} */
    private void lddw_map_value(int dst, int imm) {
        rule("lddw_l");
        constant(dst);
    }

    /** {@code dst = linked} */
    private void lddw_variable(int dst, int imm) {
        rule("lddw_l");
        constant(dst);
    }

    /** {@code dst = linked} */
    private void lddw_function(int dst, int imm) {
        rule("lddw_l");
        constant(dst);
    }

    /** {@code dst = linked} */
    private void lddw_map_index(int dst, int imm) {
        rule("lddw_l");
        constant(dst);
    }

    /** {@code dst = linked} */
    private void lddw_map_index_value(int dst, int imm) {
        rule("lddw_l");
        constant(dst);
    }

    /** {@code r0 = zx(packet(imm, 32), 64)} */
    private void ldabs32(int imm) {
        rule("ldabs32");
        constant(x16, value(imm, 32));
        packet_load(32);
    }

    /** {@code r0 = zx(packet(imm, 16), 64)} */
    private void ldabs16(int imm) {
        rule("ldabs16");
        constant(x16, value(imm, 32));
        packet_load(16);
    }

    /** {@code r0 = zx(packet(imm, 8), 64)} */
    private void ldabs8(int imm) {
        rule("ldabs8");
        constant(x16, value(imm, 32));
        packet_load(8);
    }

    /** {@code r0 = zx(packet(lo(src, 32) + imm, 32), 64)} */
    private void ldind32(int src, int imm) {
        rule("ldind32");
        constant(x16, value(imm, 32));
        asm.add32_rr(x16, x16, src);
        packet_load(32);
    }

    /** {@code r0 = zx(packet(lo(src, 32) + imm, 16), 64)} */
    private void ldind16(int src, int imm) {
        rule("ldind16");
        constant(x16, value(imm, 32));
        asm.add32_rr(x16, x16, src);
        packet_load(16);
    }

    /** {@code r0 = zx(packet(lo(src, 32) + imm, 8), 64)} */
    private void ldind8(int src, int imm) {
        rule("ldind8");
        constant(x16, value(imm, 32));
        asm.add32_rr(x16, x16, src);
        packet_load(8);
    }

    /** {@code dst = load_acquire(src + sx(off, 64), 8)} */
    private void load_acquire8(int dst, int src, int off) {
        rule("load_acquire8");
        Mem mem = aligned(src, off, 1, false);
        asm.ldar8(dst, base(mem));
    }

    /** {@code dst = load_acquire(src + sx(off, 64), 16)} */
    private void load_acquire16(int dst, int src, int off) {
        rule("load_acquire16");
        Mem mem = aligned(src, off, 2, false);
        asm.ldar16(dst, base(mem));
    }

    /** {@code dst = load_acquire(src + sx(off, 64), 32)} */
    private void load_acquire32(int dst, int src, int off) {
        rule("load_acquire32");
        Mem mem = aligned(src, off, 4, false);
        asm.ldar32(dst, base(mem));
    }

    /** {@code dst = load_acquire(src + sx(off, 64), 64)} */
    private void load_acquire64(int dst, int src, int off) {
        rule("load_acquire64");
        Mem mem = aligned(src, off, 8, false);
        asm.ldar64(dst, base(mem));
    }

    /** {@code store_release(dst + sx(off, 64), lo(src, 8))} */
    private void store_release8(int dst, int src, int off) {
        rule("store_release8");
        Mem mem = aligned(dst, off, 1, true);
        asm.stlr8(src, base(mem));
    }

    /** {@code store_release(dst + sx(off, 64), lo(src, 16))} */
    private void store_release16(int dst, int src, int off) {
        rule("store_release16");
        Mem mem = aligned(dst, off, 2, true);
        asm.stlr16(src, base(mem));
    }

    /** {@code store_release(dst + sx(off, 64), lo(src, 32))} */
    private void store_release32(int dst, int src, int off) {
        rule("store_release32");
        Mem mem = aligned(dst, off, 4, true);
        asm.stlr32(src, base(mem));
    }

    /** {@code store_release(dst + sx(off, 64), src)} */
    private void store_release64(int dst, int src, int off) {
        rule("store_release64");
        Mem mem = aligned(dst, off, 8, true);
        asm.stlr64(src, base(mem));
    }

    /** {@code may_goto()} */
    private void may_goto(int off) {
        rule("may_goto");
        count_iteration();
    }

    /** {@code dst = src and 0xffffffff} */
    private void cast_kern(int dst, int src) {
        rule("cast_kern");
        asm.mov32(dst, src);
    }

    /** {@code dst = ((src and 0xffffffff) == 0) ? 0 : ((src and 0xffffffff) or arena_high)} */
    private void cast_user(int dst, int src) {
        rule("cast_user");
        user_pointer(dst, src);
    }

    /** {@code jump_to(dst)} */
    private void gotox(int dst) {
        rule("gotox");
        jump_to(dst);
    }

    /** {@code check_read(dst, src)} */
    private void check_read(int dst, int src) {
        rule("check_read");
        check(dst, src, 0);
    }

    /** {@code check_write(dst, src)} */
    private void check_write(int dst, int src) {
        rule("check_write");
        check(dst, src, 1);
    }

    /** {@code dst = lane_cells} */
    private void lane_cells(int dst) {
        rule("cells");
        cells_address(dst);
    }
}
