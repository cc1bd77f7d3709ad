// Generated from the instruction table and x86_64.rules. Do not edit.
package dev.bpf4j.jit.x86_64;

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
        if (s8(imm)) {
            rule("add_i8_32");
            asm.add32_ri8(dst, imm);
        } else if (imm == 128) {
            rule("add_128_32");
            asm.sub32_ri8(dst, -imm);
        } else if (dst == rax) {
            rule("add_acc_32");
            asm.add32_ai(imm);
        } else {
            rule("add_i_32");
            asm.add32_ri(dst, imm);
        }
    }

    /** {@code dst = zx(lo(dst, 32) + lo(src, 32), 64)} */
    private void add32_reg(int dst, int src) {
        rule("add_r_32");
        asm.add32_rr(dst, src);
    }

    /** {@code dst = dst + sx(imm, 64)} */
    private void add64_imm(int dst, int imm) {
        if (s8(imm)) {
            rule("add_i8_64");
            asm.add64_ri8(dst, imm);
        } else if (imm == 128) {
            rule("add_128_64");
            asm.sub64_ri8(dst, -imm);
        } else if (dst == rax) {
            rule("add_acc_64");
            asm.add64_ai(imm);
        } else {
            rule("add_i_64");
            asm.add64_ri(dst, imm);
        }
    }

    /** {@code dst = dst + src} */
    private void add64_reg(int dst, int src) {
        rule("add_r_64");
        asm.add64_rr(dst, src);
    }

    /** {@code dst = zx(lo(dst, 32) - imm, 64)} */
    private void sub32_imm(int dst, int imm) {
        if (s8(imm)) {
            rule("sub_i8_32");
            asm.sub32_ri8(dst, imm);
        } else if (imm == 128) {
            rule("sub_128_32");
            asm.add32_ri8(dst, -imm);
        } else if (dst == rax) {
            rule("sub_acc_32");
            asm.sub32_ai(imm);
        } else {
            rule("sub_i_32");
            asm.sub32_ri(dst, imm);
        }
    }

    /** {@code dst = zx(lo(dst, 32) - lo(src, 32), 64)} */
    private void sub32_reg(int dst, int src) {
        rule("sub_r_32");
        asm.sub32_rr(dst, src);
    }

    /** {@code dst = dst - sx(imm, 64)} */
    private void sub64_imm(int dst, int imm) {
        if (s8(imm)) {
            rule("sub_i8_64");
            asm.sub64_ri8(dst, imm);
        } else if (imm == 128) {
            rule("sub_128_64");
            asm.add64_ri8(dst, -imm);
        } else if (dst == rax) {
            rule("sub_acc_64");
            asm.sub64_ai(imm);
        } else {
            rule("sub_i_64");
            asm.sub64_ri(dst, imm);
        }
    }

    /** {@code dst = dst - src} */
    private void sub64_reg(int dst, int src) {
        rule("sub_r_64");
        asm.sub64_rr(dst, src);
    }

    /** {@code dst = zx(lo(dst, 32) * imm, 64)} */
    private void mul32_imm(int dst, int imm) {
        if (pow2(imm)) {
            rule("mul_shift_32");
            asm.shl32_ri(dst, log2(imm));
        } else if (scaled(imm)) {
            rule("mul_lea_32");
            times(32, dst, imm);
        } else if (s8(imm)) {
            rule("mul_i8_32");
            asm.imul32_rri8(dst, dst, imm);
        } else {
            rule("mul_i_32");
            asm.imul32_rri(dst, dst, imm);
        }
    }

    /** {@code dst = zx(lo(dst, 32) * lo(src, 32), 64)} */
    private void mul32_reg(int dst, int src) {
        rule("mul_r_32");
        asm.imul32_rr(dst, src);
    }

    /** {@code dst = dst * sx(imm, 64)} */
    private void mul64_imm(int dst, int imm) {
        if (pow2(imm)) {
            rule("mul_shift_64");
            asm.shl64_ri(dst, log2(imm));
        } else if (scaled(imm)) {
            rule("mul_lea_64");
            times(64, dst, imm);
        } else if (s8(imm)) {
            rule("mul_i8_64");
            asm.imul64_rri8(dst, dst, imm);
        } else {
            rule("mul_i_64");
            asm.imul64_rri(dst, dst, imm);
        }
    }

    /** {@code dst = dst * src} */
    private void mul64_reg(int dst, int src) {
        rule("mul_r_64");
        asm.imul64_rr(dst, src);
    }

    /** {@code dst = zx((imm == 0) ? 0 : (lo(dst, 32) /u imm), 64)} */
    private void div32_imm(int dst, int imm) {
        rule("div_k_32");
        divide_by(32, dst, imm);
    }

    /** {@code dst = zx((lo(src, 32) == 0) ? 0 : (lo(dst, 32) /u lo(src, 32)), 64)} */
    private void div32_reg(int dst, int src) {
        rule("div_r_32");
        divide(32, dst, src);
    }

    /** {@code dst = (sx(imm, 64) == 0) ? 0 : (dst /u sx(imm, 64))} */
    private void div64_imm(int dst, int imm) {
        rule("div_k_64");
        divide_by(64, dst, imm);
    }

    /** {@code dst = (src == 0) ? 0 : (dst /u src)} */
    private void div64_reg(int dst, int src) {
        rule("div_r_64");
        divide(64, dst, src);
    }

    /** {@code dst = zx((imm == 0) ? 0 : (lo(dst, 32) /s imm), 64)} */
    private void sdiv32_imm(int dst, int imm) {
        rule("sdiv_k_32");
        signed_divide_by(32, dst, imm);
    }

    /** {@code dst = zx((lo(src, 32) == 0) ? 0 : (lo(dst, 32) /s lo(src, 32)), 64)} */
    private void sdiv32_reg(int dst, int src) {
        rule("sdiv_r_32");
        signed_divide(32, dst, src);
    }

    /** {@code dst = (sx(imm, 64) == 0) ? 0 : (dst /s sx(imm, 64))} */
    private void sdiv64_imm(int dst, int imm) {
        rule("sdiv_k_64");
        signed_divide_by(64, dst, imm);
    }

    /** {@code dst = (src == 0) ? 0 : (dst /s src)} */
    private void sdiv64_reg(int dst, int src) {
        rule("sdiv_r_64");
        signed_divide(64, dst, src);
    }

    /** {@code dst = zx(lo(dst, 32) or imm, 64)} */
    private void or32_imm(int dst, int imm) {
        if (s8(imm)) {
            rule("or_i8_32");
            asm.or32_ri8(dst, imm);
        } else if (dst == rax) {
            rule("or_acc_32");
            asm.or32_ai(imm);
        } else {
            rule("or_i_32");
            asm.or32_ri(dst, imm);
        }
    }

    /** {@code dst = zx(lo(dst, 32) or lo(src, 32), 64)} */
    private void or32_reg(int dst, int src) {
        rule("or_r_32");
        asm.or32_rr(dst, src);
    }

    /** {@code dst = dst or sx(imm, 64)} */
    private void or64_imm(int dst, int imm) {
        if (s8(imm)) {
            rule("or_i8_64");
            asm.or64_ri8(dst, imm);
        } else if (dst == rax) {
            rule("or_acc_64");
            asm.or64_ai(imm);
        } else {
            rule("or_i_64");
            asm.or64_ri(dst, imm);
        }
    }

    /** {@code dst = dst or src} */
    private void or64_reg(int dst, int src) {
        rule("or_r_64");
        asm.or64_rr(dst, src);
    }

    /** {@code dst = zx(lo(dst, 32) and imm, 64)} */
    private void and32_imm(int dst, int imm) {
        if (s8(imm)) {
            rule("and32_i8");
            asm.and32_ri8(dst, imm);
        } else if (imm == 255) {
            rule("and32_byte");
            asm.movzx32_r8(dst, dst);
        } else if (imm == 65535) {
            rule("and32_word");
            asm.movzx32_r16(dst, dst);
        } else if (dst == rax) {
            rule("and32_acc");
            asm.and32_ai(imm);
        } else {
            rule("and32_i");
            asm.and32_ri(dst, imm);
        }
    }

    /** {@code dst = zx(lo(dst, 32) and lo(src, 32), 64)} */
    private void and32_reg(int dst, int src) {
        rule("and_r_32");
        asm.and32_rr(dst, src);
    }

    /** {@code dst = dst and sx(imm, 64)} */
    private void and64_imm(int dst, int imm) {
        if (u31(imm)) {
            rule("and64_u31");
            and_positive(dst, imm);
        } else if (s8(imm)) {
            rule("and64_i8");
            asm.and64_ri8(dst, imm);
        } else if (dst == rax) {
            rule("and64_acc");
            asm.and64_ai(imm);
        } else {
            rule("and64_i");
            asm.and64_ri(dst, imm);
        }
    }

    /** {@code dst = dst and src} */
    private void and64_reg(int dst, int src) {
        rule("and_r_64");
        asm.and64_rr(dst, src);
    }

    /** {@code dst = zx(lo(dst, 32) << (imm and 31), 64)} */
    private void lsh32_imm(int dst, int imm) {
        if (count(imm, 32) == 0) {
            rule("shl32_0");
            asm.mov32_rr(dst, dst);
        } else {
            rule("shl32_i");
            asm.shl32_ri(dst, count(imm, 32));
        }
    }

    /** {@code dst = zx(lo(dst, 32) << (lo(src, 32) and 31), 64)} */
    private void lsh32_reg(int dst, int src) {
        if (has("bmi2")) {
            rule("shl_r_x_32");
            asm.shlx32(dst, dst, src);
        } else {
            rule("shl_r_cl_32");
            shift(0, 32, dst, src);
        }
    }

    /** {@code dst = dst << (sx(imm, 64) and 63)} */
    private void lsh64_imm(int dst, int imm) {
        if (count(imm, 64) == 0) {
            rule("shl64_0");
        } else {
            rule("shl64_i");
            asm.shl64_ri(dst, count(imm, 64));
        }
    }

    /** {@code dst = dst << (src and 63)} */
    private void lsh64_reg(int dst, int src) {
        if (has("bmi2")) {
            rule("shl_r_x_64");
            asm.shlx64(dst, dst, src);
        } else {
            rule("shl_r_cl_64");
            shift(0, 64, dst, src);
        }
    }

    /** {@code dst = zx(lo(dst, 32) >>u (imm and 31), 64)} */
    private void rsh32_imm(int dst, int imm) {
        if (count(imm, 32) == 0) {
            rule("shr32_0");
            asm.mov32_rr(dst, dst);
        } else {
            rule("shr32_i");
            asm.shr32_ri(dst, count(imm, 32));
        }
    }

    /** {@code dst = zx(lo(dst, 32) >>u (lo(src, 32) and 31), 64)} */
    private void rsh32_reg(int dst, int src) {
        if (has("bmi2")) {
            rule("shr_r_x_32");
            asm.shrx32(dst, dst, src);
        } else {
            rule("shr_r_cl_32");
            shift(1, 32, dst, src);
        }
    }

    /** {@code dst = dst >>u (sx(imm, 64) and 63)} */
    private void rsh64_imm(int dst, int imm) {
        if (count(imm, 64) == 0) {
            rule("shr64_0");
        } else {
            rule("shr64_i");
            asm.shr64_ri(dst, count(imm, 64));
        }
    }

    /** {@code dst = dst >>u (src and 63)} */
    private void rsh64_reg(int dst, int src) {
        if (has("bmi2")) {
            rule("shr_r_x_64");
            asm.shrx64(dst, dst, src);
        } else {
            rule("shr_r_cl_64");
            shift(1, 64, dst, src);
        }
    }

    /** {@code dst = zx((imm == 0) ? lo(dst, 32) : (lo(dst, 32) %u imm), 64)} */
    private void mod32_imm(int dst, int imm) {
        rule("mod_k_32");
        modulo_by(32, dst, imm);
    }

    /** {@code dst = zx((lo(src, 32) == 0) ? lo(dst, 32) : (lo(dst, 32) %u lo(src, 32)), 64)} */
    private void mod32_reg(int dst, int src) {
        rule("mod_r_32");
        modulo(32, dst, src);
    }

    /** {@code dst = (sx(imm, 64) == 0) ? dst : (dst %u sx(imm, 64))} */
    private void mod64_imm(int dst, int imm) {
        rule("mod_k_64");
        modulo_by(64, dst, imm);
    }

    /** {@code dst = (src == 0) ? dst : (dst %u src)} */
    private void mod64_reg(int dst, int src) {
        rule("mod_r_64");
        modulo(64, dst, src);
    }

    /** {@code dst = zx((imm == 0) ? lo(dst, 32) : (lo(dst, 32) %s imm), 64)} */
    private void smod32_imm(int dst, int imm) {
        rule("smod_k_32");
        signed_modulo_by(32, dst, imm);
    }

    /** {@code dst = zx((lo(src, 32) == 0) ? lo(dst, 32) : (lo(dst, 32) %s lo(src, 32)), 64)} */
    private void smod32_reg(int dst, int src) {
        rule("smod_r_32");
        signed_modulo(32, dst, src);
    }

    /** {@code dst = (sx(imm, 64) == 0) ? dst : (dst %s sx(imm, 64))} */
    private void smod64_imm(int dst, int imm) {
        rule("smod_k_64");
        signed_modulo_by(64, dst, imm);
    }

    /** {@code dst = (src == 0) ? dst : (dst %s src)} */
    private void smod64_reg(int dst, int src) {
        rule("smod_r_64");
        signed_modulo(64, dst, src);
    }

    /** {@code dst = zx(lo(dst, 32) xor imm, 64)} */
    private void xor32_imm(int dst, int imm) {
        if (imm == -1) {
            rule("xor_not_32");
            asm.not32(dst);
        } else if (s8(imm)) {
            rule("xor_i8_32");
            asm.xor32_ri8(dst, imm);
        } else if (dst == rax) {
            rule("xor_acc_32");
            asm.xor32_ai(imm);
        } else {
            rule("xor_i_32");
            asm.xor32_ri(dst, imm);
        }
    }

    /** {@code dst = zx(lo(dst, 32) xor lo(src, 32), 64)} */
    private void xor32_reg(int dst, int src) {
        rule("xor_r_32");
        asm.xor32_rr(dst, src);
    }

    /** {@code dst = dst xor sx(imm, 64)} */
    private void xor64_imm(int dst, int imm) {
        if (imm == -1) {
            rule("xor_not_64");
            asm.not64(dst);
        } else if (s8(imm)) {
            rule("xor_i8_64");
            asm.xor64_ri8(dst, imm);
        } else if (dst == rax) {
            rule("xor_acc_64");
            asm.xor64_ai(imm);
        } else {
            rule("xor_i_64");
            asm.xor64_ri(dst, imm);
        }
    }

    /** {@code dst = dst xor src} */
    private void xor64_reg(int dst, int src) {
        rule("xor_r_64");
        asm.xor64_rr(dst, src);
    }

    /** {@code dst = zx(imm, 64)} */
    private void mov32_imm(int dst, int imm) {
        if (imm == 0) {
            rule("mov32_0");
            asm.xor32_rr(dst, dst);
        } else {
            rule("mov32_i");
            asm.mov32_ri(dst, imm);
        }
    }

    /** {@code dst = zx(lo(src, 32), 64)} */
    private void mov32_reg(int dst, int src) {
        rule("mov32_r");
        asm.mov32_rr(dst, src);
    }

    /** {@code dst = sx(imm, 64)} */
    private void mov64_imm(int dst, int imm) {
        if (imm == 0) {
            rule("mov64_0");
            asm.xor32_rr(dst, dst);
        } else if (u31(imm)) {
            rule("mov64_u31");
            asm.mov32_ri(dst, imm);
        } else {
            rule("mov64_i");
            asm.mov64_ri(dst, imm);
        }
    }

    /** {@code dst = src} */
    private void mov64_reg(int dst, int src) {
        if (dst == src) {
            rule("mov64_self");
        } else {
            rule("mov64_r");
            asm.mov64_rr(dst, src);
        }
    }

    /** {@code dst = zx(lo(dst, 32) >>s (imm and 31), 64)} */
    private void arsh32_imm(int dst, int imm) {
        if (count(imm, 32) == 0) {
            rule("sar32_0");
            asm.mov32_rr(dst, dst);
        } else {
            rule("sar32_i");
            asm.sar32_ri(dst, count(imm, 32));
        }
    }

    /** {@code dst = zx(lo(dst, 32) >>s (lo(src, 32) and 31), 64)} */
    private void arsh32_reg(int dst, int src) {
        if (has("bmi2")) {
            rule("sar_r_x_32");
            asm.sarx32(dst, dst, src);
        } else {
            rule("sar_r_cl_32");
            shift(2, 32, dst, src);
        }
    }

    /** {@code dst = dst >>s (sx(imm, 64) and 63)} */
    private void arsh64_imm(int dst, int imm) {
        if (count(imm, 64) == 0) {
            rule("sar64_0");
        } else {
            rule("sar64_i");
            asm.sar64_ri(dst, count(imm, 64));
        }
    }

    /** {@code dst = dst >>s (src and 63)} */
    private void arsh64_reg(int dst, int src) {
        if (has("bmi2")) {
            rule("sar_r_x_64");
            asm.sarx64(dst, dst, src);
        } else {
            rule("sar_r_cl_64");
            shift(2, 64, dst, src);
        }
    }

    /** {@code dst = zx(-lo(dst, 32), 64)} */
    private void neg32(int dst) {
        rule("neg_32");
        asm.neg32(dst);
    }

    /** {@code dst = -dst} */
    private void neg64(int dst) {
        rule("neg_64");
        asm.neg64(dst);
    }

    /** {@code dst = zx(sx(lo(src, 8), 32), 64)} */
    private void movsx8_32(int dst, int src) {
        rule("movsx8_32");
        asm.movsx32_r8(dst, src);
    }

    /** {@code dst = zx(sx(lo(src, 16), 32), 64)} */
    private void movsx16_32(int dst, int src) {
        rule("movsx16_32");
        asm.movsx32_r16(dst, src);
    }

    /** {@code dst = sx(lo(src, 8), 64)} */
    private void movsx8_64(int dst, int src) {
        rule("movsx8_64");
        asm.movsx64_r8(dst, src);
    }

    /** {@code dst = sx(lo(src, 16), 64)} */
    private void movsx16_64(int dst, int src) {
        rule("movsx16_64");
        asm.movsx64_r16(dst, src);
    }

    /** {@code dst = sx(lo(src, 32), 64)} */
    private void movsx32_64(int dst, int src) {
        rule("movsx32_64");
        asm.movsxd_r32(dst, src);
    }

    /** {@code dst = zx(lo(dst, 16), 64)} */
    private void le16(int dst) {
        rule("le16");
        asm.movzx32_r16(dst, dst);
    }

    /** {@code dst = zx(lo(dst, 32), 64)} */
    private void le32(int dst) {
        rule("le32");
        asm.mov32_rr(dst, dst);
    }

    /** {@code dst = dst} */
    private void le64(int dst) {
        rule("le64");
    }

    /** {@code dst = zx(bswap(lo(dst, 16)), 64)} */
    private void be16(int dst) {
        rule("swap16");
        asm.rol16_ri(dst, 8);
        asm.movzx32_r16(dst, dst);
    }

    /** {@code dst = zx(bswap(lo(dst, 32)), 64)} */
    private void be32(int dst) {
        rule("swap32");
        asm.bswap32(dst);
    }

    /** {@code dst = bswap(dst)} */
    private void be64(int dst) {
        rule("swap64");
        asm.bswap64(dst);
    }

    /** {@code dst = zx(bswap(lo(dst, 16)), 64)} */
    private void bswap16(int dst) {
        rule("swap16");
        asm.rol16_ri(dst, 8);
        asm.movzx32_r16(dst, dst);
    }

    /** {@code dst = zx(bswap(lo(dst, 32)), 64)} */
    private void bswap32(int dst) {
        rule("swap32");
        asm.bswap32(dst);
    }

    /** {@code dst = bswap(dst)} */
    private void bswap64(int dst) {
        rule("swap64");
        asm.bswap64(dst);
    }

    /** {@code jump(dst == sx(imm, 64))} */
    private void jeq64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jeq_0_64");
            asm.test64_rr(dst, dst);
            branch(4);
        } else if (s8(imm)) {
            rule("jeq_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(4);
        } else if (dst == rax) {
            rule("jeq_acc_64");
            asm.cmp64_ai(imm);
            branch(4);
        } else {
            rule("jeq_i_64");
            asm.cmp64_ri(dst, imm);
            branch(4);
        }
    }

    /** {@code jump(dst == src)} */
    private void jeq64_reg(int dst, int src, int off) {
        rule("jeq_r_64");
        asm.cmp64_rr(dst, src);
        branch(4);
    }

    /** {@code jump(lo(dst, 32) == imm)} */
    private void jeq32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jeq_0_32");
            asm.test32_rr(dst, dst);
            branch(4);
        } else if (s8(imm)) {
            rule("jeq_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(4);
        } else if (dst == rax) {
            rule("jeq_acc_32");
            asm.cmp32_ai(imm);
            branch(4);
        } else {
            rule("jeq_i_32");
            asm.cmp32_ri(dst, imm);
            branch(4);
        }
    }

    /** {@code jump(lo(dst, 32) == lo(src, 32))} */
    private void jeq32_reg(int dst, int src, int off) {
        rule("jeq_r_32");
        asm.cmp32_rr(dst, src);
        branch(4);
    }

    /** {@code jump(dst >u sx(imm, 64))} */
    private void jgt64_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jgt_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(7);
        } else {
            rule("jgt_i_64");
            asm.cmp64_ri(dst, imm);
            branch(7);
        }
    }

    /** {@code jump(dst >u src)} */
    private void jgt64_reg(int dst, int src, int off) {
        rule("jgt_r_64");
        asm.cmp64_rr(dst, src);
        branch(7);
    }

    /** {@code jump(lo(dst, 32) >u imm)} */
    private void jgt32_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jgt_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(7);
        } else {
            rule("jgt_i_32");
            asm.cmp32_ri(dst, imm);
            branch(7);
        }
    }

    /** {@code jump(lo(dst, 32) >u lo(src, 32))} */
    private void jgt32_reg(int dst, int src, int off) {
        rule("jgt_r_32");
        asm.cmp32_rr(dst, src);
        branch(7);
    }

    /** {@code jump(dst >=u sx(imm, 64))} */
    private void jge64_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jge_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(3);
        } else {
            rule("jge_i_64");
            asm.cmp64_ri(dst, imm);
            branch(3);
        }
    }

    /** {@code jump(dst >=u src)} */
    private void jge64_reg(int dst, int src, int off) {
        rule("jge_r_64");
        asm.cmp64_rr(dst, src);
        branch(3);
    }

    /** {@code jump(lo(dst, 32) >=u imm)} */
    private void jge32_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jge_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(3);
        } else {
            rule("jge_i_32");
            asm.cmp32_ri(dst, imm);
            branch(3);
        }
    }

    /** {@code jump(lo(dst, 32) >=u lo(src, 32))} */
    private void jge32_reg(int dst, int src, int off) {
        rule("jge_r_32");
        asm.cmp32_rr(dst, src);
        branch(3);
    }

    /** {@code jump((dst and sx(imm, 64)) != 0)} */
    private void jset64_imm(int dst, int off, int imm) {
        if (u8(imm)) {
            rule("jset_u8_64");
            asm.test8_ri(dst, imm);
            branch(5);
        } else if (u31(imm)) {
            rule("jset_u31_64");
            asm.test32_ri(dst, imm);
            branch(5);
        } else {
            rule("jset_i_64");
            asm.test64_ri(dst, imm);
            branch(5);
        }
    }

    /** {@code jump((dst and src) != 0)} */
    private void jset64_reg(int dst, int src, int off) {
        rule("jset_r_64");
        asm.test64_rr(dst, src);
        branch(5);
    }

    /** {@code jump((lo(dst, 32) and imm) != 0)} */
    private void jset32_imm(int dst, int off, int imm) {
        if (u8(imm)) {
            rule("jset_u8_32");
            asm.test8_ri(dst, imm);
            branch(5);
        } else if (u31(imm)) {
            rule("jset_u31_32");
            asm.test32_ri(dst, imm);
            branch(5);
        } else {
            rule("jset_i_32");
            asm.test32_ri(dst, imm);
            branch(5);
        }
    }

    /** {@code jump((lo(dst, 32) and lo(src, 32)) != 0)} */
    private void jset32_reg(int dst, int src, int off) {
        rule("jset_r_32");
        asm.test32_rr(dst, src);
        branch(5);
    }

    /** {@code jump(dst != sx(imm, 64))} */
    private void jne64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jne_0_64");
            asm.test64_rr(dst, dst);
            branch(5);
        } else if (s8(imm)) {
            rule("jne_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(5);
        } else if (dst == rax) {
            rule("jne_acc_64");
            asm.cmp64_ai(imm);
            branch(5);
        } else {
            rule("jne_i_64");
            asm.cmp64_ri(dst, imm);
            branch(5);
        }
    }

    /** {@code jump(dst != src)} */
    private void jne64_reg(int dst, int src, int off) {
        rule("jne_r_64");
        asm.cmp64_rr(dst, src);
        branch(5);
    }

    /** {@code jump(lo(dst, 32) != imm)} */
    private void jne32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jne_0_32");
            asm.test32_rr(dst, dst);
            branch(5);
        } else if (s8(imm)) {
            rule("jne_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(5);
        } else if (dst == rax) {
            rule("jne_acc_32");
            asm.cmp32_ai(imm);
            branch(5);
        } else {
            rule("jne_i_32");
            asm.cmp32_ri(dst, imm);
            branch(5);
        }
    }

    /** {@code jump(lo(dst, 32) != lo(src, 32))} */
    private void jne32_reg(int dst, int src, int off) {
        rule("jne_r_32");
        asm.cmp32_rr(dst, src);
        branch(5);
    }

    /** {@code jump(dst >s sx(imm, 64))} */
    private void jsgt64_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jsgt_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(15);
        } else {
            rule("jsgt_i_64");
            asm.cmp64_ri(dst, imm);
            branch(15);
        }
    }

    /** {@code jump(dst >s src)} */
    private void jsgt64_reg(int dst, int src, int off) {
        rule("jsgt_r_64");
        asm.cmp64_rr(dst, src);
        branch(15);
    }

    /** {@code jump(lo(dst, 32) >s imm)} */
    private void jsgt32_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jsgt_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(15);
        } else {
            rule("jsgt_i_32");
            asm.cmp32_ri(dst, imm);
            branch(15);
        }
    }

    /** {@code jump(lo(dst, 32) >s lo(src, 32))} */
    private void jsgt32_reg(int dst, int src, int off) {
        rule("jsgt_r_32");
        asm.cmp32_rr(dst, src);
        branch(15);
    }

    /** {@code jump(dst >=s sx(imm, 64))} */
    private void jsge64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jsge_0_64");
            asm.test64_rr(dst, dst);
            branch(13);
        } else if (s8(imm)) {
            rule("jsge_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(13);
        } else {
            rule("jsge_i_64");
            asm.cmp64_ri(dst, imm);
            branch(13);
        }
    }

    /** {@code jump(dst >=s src)} */
    private void jsge64_reg(int dst, int src, int off) {
        rule("jsge_r_64");
        asm.cmp64_rr(dst, src);
        branch(13);
    }

    /** {@code jump(lo(dst, 32) >=s imm)} */
    private void jsge32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jsge_0_32");
            asm.test32_rr(dst, dst);
            branch(13);
        } else if (s8(imm)) {
            rule("jsge_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(13);
        } else {
            rule("jsge_i_32");
            asm.cmp32_ri(dst, imm);
            branch(13);
        }
    }

    /** {@code jump(lo(dst, 32) >=s lo(src, 32))} */
    private void jsge32_reg(int dst, int src, int off) {
        rule("jsge_r_32");
        asm.cmp32_rr(dst, src);
        branch(13);
    }

    /** {@code jump(dst <u sx(imm, 64))} */
    private void jlt64_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jlt_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(2);
        } else {
            rule("jlt_i_64");
            asm.cmp64_ri(dst, imm);
            branch(2);
        }
    }

    /** {@code jump(dst <u src)} */
    private void jlt64_reg(int dst, int src, int off) {
        rule("jlt_r_64");
        asm.cmp64_rr(dst, src);
        branch(2);
    }

    /** {@code jump(lo(dst, 32) <u imm)} */
    private void jlt32_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jlt_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(2);
        } else {
            rule("jlt_i_32");
            asm.cmp32_ri(dst, imm);
            branch(2);
        }
    }

    /** {@code jump(lo(dst, 32) <u lo(src, 32))} */
    private void jlt32_reg(int dst, int src, int off) {
        rule("jlt_r_32");
        asm.cmp32_rr(dst, src);
        branch(2);
    }

    /** {@code jump(dst <=u sx(imm, 64))} */
    private void jle64_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jle_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(6);
        } else {
            rule("jle_i_64");
            asm.cmp64_ri(dst, imm);
            branch(6);
        }
    }

    /** {@code jump(dst <=u src)} */
    private void jle64_reg(int dst, int src, int off) {
        rule("jle_r_64");
        asm.cmp64_rr(dst, src);
        branch(6);
    }

    /** {@code jump(lo(dst, 32) <=u imm)} */
    private void jle32_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jle_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(6);
        } else {
            rule("jle_i_32");
            asm.cmp32_ri(dst, imm);
            branch(6);
        }
    }

    /** {@code jump(lo(dst, 32) <=u lo(src, 32))} */
    private void jle32_reg(int dst, int src, int off) {
        rule("jle_r_32");
        asm.cmp32_rr(dst, src);
        branch(6);
    }

    /** {@code jump(dst <s sx(imm, 64))} */
    private void jslt64_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jslt_0_64");
            asm.test64_rr(dst, dst);
            branch(12);
        } else if (s8(imm)) {
            rule("jslt_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(12);
        } else {
            rule("jslt_i_64");
            asm.cmp64_ri(dst, imm);
            branch(12);
        }
    }

    /** {@code jump(dst <s src)} */
    private void jslt64_reg(int dst, int src, int off) {
        rule("jslt_r_64");
        asm.cmp64_rr(dst, src);
        branch(12);
    }

    /** {@code jump(lo(dst, 32) <s imm)} */
    private void jslt32_imm(int dst, int off, int imm) {
        if (imm == 0) {
            rule("jslt_0_32");
            asm.test32_rr(dst, dst);
            branch(12);
        } else if (s8(imm)) {
            rule("jslt_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(12);
        } else {
            rule("jslt_i_32");
            asm.cmp32_ri(dst, imm);
            branch(12);
        }
    }

    /** {@code jump(lo(dst, 32) <s lo(src, 32))} */
    private void jslt32_reg(int dst, int src, int off) {
        rule("jslt_r_32");
        asm.cmp32_rr(dst, src);
        branch(12);
    }

    /** {@code jump(dst <=s sx(imm, 64))} */
    private void jsle64_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jsle_i8_64");
            asm.cmp64_ri8(dst, imm);
            branch(14);
        } else {
            rule("jsle_i_64");
            asm.cmp64_ri(dst, imm);
            branch(14);
        }
    }

    /** {@code jump(dst <=s src)} */
    private void jsle64_reg(int dst, int src, int off) {
        rule("jsle_r_64");
        asm.cmp64_rr(dst, src);
        branch(14);
    }

    /** {@code jump(lo(dst, 32) <=s imm)} */
    private void jsle32_imm(int dst, int off, int imm) {
        if (s8(imm)) {
            rule("jsle_i8_32");
            asm.cmp32_ri8(dst, imm);
            branch(14);
        } else {
            rule("jsle_i_32");
            asm.cmp32_ri(dst, imm);
            branch(14);
        }
    }

    /** {@code jump(lo(dst, 32) <=s lo(src, 32))} */
    private void jsle32_reg(int dst, int src, int off) {
        rule("jsle_r_32");
        asm.cmp32_rr(dst, src);
        branch(14);
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
        asm.mov32_rm(dst, mem);
    }

    /** {@code dst = zx(load(src + sx(off, 64), 16), 64)} */
    private void ldx16(int dst, int src, int off) {
        rule("ldx16");
        Mem mem = access(src, off, 2, false);
        asm.movzx32_m16(dst, mem);
    }

    /** {@code dst = zx(load(src + sx(off, 64), 8), 64)} */
    private void ldx8(int dst, int src, int off) {
        rule("ldx8");
        Mem mem = access(src, off, 1, false);
        asm.movzx32_m8(dst, mem);
    }

    /** {@code dst = load(src + sx(off, 64), 64)} */
    private void ldx64(int dst, int src, int off) {
        rule("ldx64");
        Mem mem = access(src, off, 8, false);
        asm.mov64_rm(dst, mem);
    }

    /** {@code dst = sx(load(src + sx(off, 64), 32), 64)} */
    private void ldxsx32(int dst, int src, int off) {
        rule("ldxsx32");
        Mem mem = access(src, off, 4, false);
        asm.movsxd_m32(dst, mem);
    }

    /** {@code dst = sx(load(src + sx(off, 64), 16), 64)} */
    private void ldxsx16(int dst, int src, int off) {
        rule("ldxsx16");
        Mem mem = access(src, off, 2, false);
        asm.movsx64_m16(dst, mem);
    }

    /** {@code dst = sx(load(src + sx(off, 64), 8), 64)} */
    private void ldxsx8(int dst, int src, int off) {
        rule("ldxsx8");
        Mem mem = access(src, off, 1, false);
        asm.movsx64_m8(dst, mem);
    }

    /** {@code store(dst + sx(off, 64), imm)} */
    private void st32(int dst, int off, int imm) {
        rule("st32");
        Mem mem = access(dst, off, 4, true);
        asm.mov32_mi(mem, low32(imm));
    }

    /** {@code store(dst + sx(off, 64), lo(src, 32))} */
    private void stx32(int dst, int src, int off) {
        rule("stx32");
        Mem mem = access(dst, off, 4, true);
        asm.mov32_mr(mem, src);
    }

    /** {@code store(dst + sx(off, 64), lo(imm, 16))} */
    private void st16(int dst, int off, int imm) {
        rule("st16");
        Mem mem = access(dst, off, 2, true);
        asm.mov16_mi(mem, low16(imm));
    }

    /** {@code store(dst + sx(off, 64), lo(src, 16))} */
    private void stx16(int dst, int src, int off) {
        rule("stx16");
        Mem mem = access(dst, off, 2, true);
        asm.mov16_mr(mem, src);
    }

    /** {@code store(dst + sx(off, 64), lo(imm, 8))} */
    private void st8(int dst, int off, int imm) {
        rule("st8");
        Mem mem = access(dst, off, 1, true);
        asm.mov8_mi(mem, low8(imm));
    }

    /** {@code store(dst + sx(off, 64), lo(src, 8))} */
    private void stx8(int dst, int src, int off) {
        rule("stx8");
        Mem mem = access(dst, off, 1, true);
        asm.mov8_mr(mem, src);
    }

    /** {@code store(dst + sx(off, 64), sx(imm, 64))} */
    private void st64(int dst, int off, int imm) {
        rule("st64");
        Mem mem = access(dst, off, 8, true);
        asm.mov64_mi(mem, low64(imm));
    }

    /** {@code store(dst + sx(off, 64), src)} */
    private void stx64(int dst, int src, int off) {
        rule("stx64");
        Mem mem = access(dst, off, 8, true);
        asm.mov64_mr(mem, src);
    }

    /** {@code atomic(add, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_add32(int dst, int src, int off) {
        rule("lock_add32");
        Mem mem = aligned(dst, off, 4, true);
        asm.lock_add32_mr(mem, src);
    }

    /** {@code atomic(add, dst + sx(off, 64), src)} */
    private void atomic_add64(int dst, int src, int off) {
        rule("lock_add64");
        Mem mem = aligned(dst, off, 8, true);
        asm.lock_add64_mr(mem, src);
    }

    /** {@code atomic(or, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_or32(int dst, int src, int off) {
        rule("lock_or32");
        Mem mem = aligned(dst, off, 4, true);
        asm.lock_or32_mr(mem, src);
    }

    /** {@code atomic(or, dst + sx(off, 64), src)} */
    private void atomic_or64(int dst, int src, int off) {
        rule("lock_or64");
        Mem mem = aligned(dst, off, 8, true);
        asm.lock_or64_mr(mem, src);
    }

    /** {@code atomic(and, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_and32(int dst, int src, int off) {
        rule("lock_and32");
        Mem mem = aligned(dst, off, 4, true);
        asm.lock_and32_mr(mem, src);
    }

    /** {@code atomic(and, dst + sx(off, 64), src)} */
    private void atomic_and64(int dst, int src, int off) {
        rule("lock_and64");
        Mem mem = aligned(dst, off, 8, true);
        asm.lock_and64_mr(mem, src);
    }

    /** {@code atomic(xor, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_xor32(int dst, int src, int off) {
        rule("lock_xor32");
        Mem mem = aligned(dst, off, 4, true);
        asm.lock_xor32_mr(mem, src);
    }

    /** {@code atomic(xor, dst + sx(off, 64), src)} */
    private void atomic_xor64(int dst, int src, int off) {
        rule("lock_xor64");
        Mem mem = aligned(dst, off, 8, true);
        asm.lock_xor64_mr(mem, src);
    }

    /** {@code src = atomic(add, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_fetch_add32(int dst, int src, int off) {
        rule("fetch_add32");
        Mem mem = aligned(dst, off, 4, true);
        asm.lock_xadd32_mr(mem, src);
    }

    /** {@code src = atomic(add, dst + sx(off, 64), src)} */
    private void atomic_fetch_add64(int dst, int src, int off) {
        rule("fetch_add64");
        Mem mem = aligned(dst, off, 8, true);
        asm.lock_xadd64_mr(mem, src);
    }

    /** {@code src = atomic(or, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_fetch_or32(int dst, int src, int off) {
        rule("fetch_or32");
        Mem mem = aligned(dst, off, 4, true);
        fetch_or(32, mem, src);
    }

    /** {@code src = atomic(or, dst + sx(off, 64), src)} */
    private void atomic_fetch_or64(int dst, int src, int off) {
        rule("fetch_or64");
        Mem mem = aligned(dst, off, 8, true);
        fetch_or(64, mem, src);
    }

    /** {@code src = atomic(and, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_fetch_and32(int dst, int src, int off) {
        rule("fetch_and32");
        Mem mem = aligned(dst, off, 4, true);
        fetch_and(32, mem, src);
    }

    /** {@code src = atomic(and, dst + sx(off, 64), src)} */
    private void atomic_fetch_and64(int dst, int src, int off) {
        rule("fetch_and64");
        Mem mem = aligned(dst, off, 8, true);
        fetch_and(64, mem, src);
    }

    /** {@code src = atomic(xor, dst + sx(off, 64), lo(src, 32))} */
    private void atomic_fetch_xor32(int dst, int src, int off) {
        rule("fetch_xor32");
        Mem mem = aligned(dst, off, 4, true);
        fetch_xor(32, mem, src);
    }

    /** {@code src = atomic(xor, dst + sx(off, 64), src)} */
    private void atomic_fetch_xor64(int dst, int src, int off) {
        rule("fetch_xor64");
        Mem mem = aligned(dst, off, 8, true);
        fetch_xor(64, mem, src);
    }

    /** {@code src = atomic(xchg, dst + sx(off, 64), lo(src, 32))} */
    private void xchg32(int dst, int src, int off) {
        rule("fetch_xchg32");
        Mem mem = aligned(dst, off, 4, true);
        asm.xchg32_mr(mem, src);
    }

    /** {@code src = atomic(xchg, dst + sx(off, 64), src)} */
    private void xchg64(int dst, int src, int off) {
        rule("fetch_xchg64");
        Mem mem = aligned(dst, off, 8, true);
        asm.xchg64_mr(mem, src);
    }

    /** {@code r0 = cmpxchg(dst + sx(off, 64), lo(r0, 32), lo(src, 32))} */
    private void cmpxchg32(int dst, int src, int off) {
        rule("cmpxchg32");
        Mem mem = aligned(dst, off, 4, true);
        asm.lock_cmpxchg32_mr(mem, src);
        asm.mov32_rr(rax, rax);
    }

    /** {@code r0 = cmpxchg(dst + sx(off, 64), r0, src)} */
    private void cmpxchg64(int dst, int src, int off) {
        rule("cmpxchg64");
        Mem mem = aligned(dst, off, 8, true);
        asm.lock_cmpxchg64_mr(mem, src);
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
        asm.mov32_ri(rdx, imm);
        packet_load(32);
    }

    /** {@code r0 = zx(packet(imm, 16), 64)} */
    private void ldabs16(int imm) {
        rule("ldabs16");
        asm.mov32_ri(rdx, imm);
        packet_load(16);
    }

    /** {@code r0 = zx(packet(imm, 8), 64)} */
    private void ldabs8(int imm) {
        rule("ldabs8");
        asm.mov32_ri(rdx, imm);
        packet_load(8);
    }

    /** {@code r0 = zx(packet(lo(src, 32) + imm, 32), 64)} */
    private void ldind32(int src, int imm) {
        rule("ldind32");
        asm.mov32_rr(rdx, src);
        asm.add32_ri(rdx, imm);
        packet_load(32);
    }

    /** {@code r0 = zx(packet(lo(src, 32) + imm, 16), 64)} */
    private void ldind16(int src, int imm) {
        rule("ldind16");
        asm.mov32_rr(rdx, src);
        asm.add32_ri(rdx, imm);
        packet_load(16);
    }

    /** {@code r0 = zx(packet(lo(src, 32) + imm, 8), 64)} */
    private void ldind8(int src, int imm) {
        rule("ldind8");
        asm.mov32_rr(rdx, src);
        asm.add32_ri(rdx, imm);
        packet_load(8);
    }

    /** {@code dst = load_acquire(src + sx(off, 64), 8)} */
    private void load_acquire8(int dst, int src, int off) {
        rule("load_acquire8");
        Mem mem = aligned(src, off, 1, false);
        asm.movzx32_m8(dst, mem);
    }

    /** {@code dst = load_acquire(src + sx(off, 64), 16)} */
    private void load_acquire16(int dst, int src, int off) {
        rule("load_acquire16");
        Mem mem = aligned(src, off, 2, false);
        asm.movzx32_m16(dst, mem);
    }

    /** {@code dst = load_acquire(src + sx(off, 64), 32)} */
    private void load_acquire32(int dst, int src, int off) {
        rule("load_acquire32");
        Mem mem = aligned(src, off, 4, false);
        asm.mov32_rm(dst, mem);
    }

    /** {@code dst = load_acquire(src + sx(off, 64), 64)} */
    private void load_acquire64(int dst, int src, int off) {
        rule("load_acquire64");
        Mem mem = aligned(src, off, 8, false);
        asm.mov64_rm(dst, mem);
    }

    /** {@code store_release(dst + sx(off, 64), lo(src, 8))} */
    private void store_release8(int dst, int src, int off) {
        rule("store_release8");
        Mem mem = aligned(dst, off, 1, true);
        asm.mov8_mr(mem, src);
    }

    /** {@code store_release(dst + sx(off, 64), lo(src, 16))} */
    private void store_release16(int dst, int src, int off) {
        rule("store_release16");
        Mem mem = aligned(dst, off, 2, true);
        asm.mov16_mr(mem, src);
    }

    /** {@code store_release(dst + sx(off, 64), lo(src, 32))} */
    private void store_release32(int dst, int src, int off) {
        rule("store_release32");
        Mem mem = aligned(dst, off, 4, true);
        asm.mov32_mr(mem, src);
    }

    /** {@code store_release(dst + sx(off, 64), src)} */
    private void store_release64(int dst, int src, int off) {
        rule("store_release64");
        Mem mem = aligned(dst, off, 8, true);
        asm.mov64_mr(mem, src);
    }

    /** {@code may_goto()} */
    private void may_goto(int off) {
        rule("may_goto");
        count_iteration();
    }

    /** {@code dst = src and 0xffffffff} */
    private void cast_kern(int dst, int src) {
        rule("cast_kern");
        asm.mov32_rr(dst, src);
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
