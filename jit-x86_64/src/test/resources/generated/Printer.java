// Generated from x86_64.isa. Do not edit.
package dev.bpf4j.jit.x86_64;

/** The text of machine instructions: one method per form of the table. */
final class Printer extends IntelSyntax {
    private Printer() {
    }

    static String add32_rr(int rm, int reg) {
        return "add " + r32(rm) + ", " + r32(reg);
    }

    static String add64_rr(int rm, int reg) {
        return "add " + r64(rm) + ", " + r64(reg);
    }

    static String or32_rr(int rm, int reg) {
        return "or " + r32(rm) + ", " + r32(reg);
    }

    static String or64_rr(int rm, int reg) {
        return "or " + r64(rm) + ", " + r64(reg);
    }

    static String and32_rr(int rm, int reg) {
        return "and " + r32(rm) + ", " + r32(reg);
    }

    static String and64_rr(int rm, int reg) {
        return "and " + r64(rm) + ", " + r64(reg);
    }

    static String sub32_rr(int rm, int reg) {
        return "sub " + r32(rm) + ", " + r32(reg);
    }

    static String sub64_rr(int rm, int reg) {
        return "sub " + r64(rm) + ", " + r64(reg);
    }

    static String xor32_rr(int rm, int reg) {
        return "xor " + r32(rm) + ", " + r32(reg);
    }

    static String xor64_rr(int rm, int reg) {
        return "xor " + r64(rm) + ", " + r64(reg);
    }

    static String cmp32_rr(int rm, int reg) {
        return "cmp " + r32(rm) + ", " + r32(reg);
    }

    static String cmp64_rr(int rm, int reg) {
        return "cmp " + r64(rm) + ", " + r64(reg);
    }

    static String test32_rr(int rm, int reg) {
        return "test " + r32(rm) + ", " + r32(reg);
    }

    static String test64_rr(int rm, int reg) {
        return "test " + r64(rm) + ", " + r64(reg);
    }

    static String mov32_rr(int rm, int reg) {
        return "mov " + r32(rm) + ", " + r32(reg);
    }

    static String mov64_rr(int rm, int reg) {
        return "mov " + r64(rm) + ", " + r64(reg);
    }

    static String xchg32_rr(int reg, int rm) {
        return "xchg " + r32(reg) + ", " + r32(rm);
    }

    static String xchg64_rr(int reg, int rm) {
        return "xchg " + r64(reg) + ", " + r64(rm);
    }

    static String add32_ri8(int rm, int imm) {
        return "add " + r32(rm) + ", " + imm;
    }

    static String add32_ri(int rm, int imm) {
        return "add " + r32(rm) + ", " + Integer.toUnsignedString(imm);
    }

    static String add64_ri8(int rm, int imm) {
        return "add " + r64(rm) + ", " + imm;
    }

    static String add64_ri(int rm, int imm) {
        return "add " + r64(rm) + ", " + imm;
    }

    static String or32_ri8(int rm, int imm) {
        return "or " + r32(rm) + ", " + imm;
    }

    static String or32_ri(int rm, int imm) {
        return "or " + r32(rm) + ", " + Integer.toUnsignedString(imm);
    }

    static String or64_ri8(int rm, int imm) {
        return "or " + r64(rm) + ", " + imm;
    }

    static String or64_ri(int rm, int imm) {
        return "or " + r64(rm) + ", " + imm;
    }

    static String and32_ri8(int rm, int imm) {
        return "and " + r32(rm) + ", " + imm;
    }

    static String and32_ri(int rm, int imm) {
        return "and " + r32(rm) + ", " + Integer.toUnsignedString(imm);
    }

    static String and64_ri8(int rm, int imm) {
        return "and " + r64(rm) + ", " + imm;
    }

    static String and64_ri(int rm, int imm) {
        return "and " + r64(rm) + ", " + imm;
    }

    static String sub32_ri8(int rm, int imm) {
        return "sub " + r32(rm) + ", " + imm;
    }

    static String sub32_ri(int rm, int imm) {
        return "sub " + r32(rm) + ", " + Integer.toUnsignedString(imm);
    }

    static String sub64_ri8(int rm, int imm) {
        return "sub " + r64(rm) + ", " + imm;
    }

    static String sub64_ri(int rm, int imm) {
        return "sub " + r64(rm) + ", " + imm;
    }

    static String xor32_ri8(int rm, int imm) {
        return "xor " + r32(rm) + ", " + imm;
    }

    static String xor32_ri(int rm, int imm) {
        return "xor " + r32(rm) + ", " + Integer.toUnsignedString(imm);
    }

    static String xor64_ri8(int rm, int imm) {
        return "xor " + r64(rm) + ", " + imm;
    }

    static String xor64_ri(int rm, int imm) {
        return "xor " + r64(rm) + ", " + imm;
    }

    static String cmp32_ri8(int rm, int imm) {
        return "cmp " + r32(rm) + ", " + imm;
    }

    static String cmp32_ri(int rm, int imm) {
        return "cmp " + r32(rm) + ", " + Integer.toUnsignedString(imm);
    }

    static String cmp64_ri8(int rm, int imm) {
        return "cmp " + r64(rm) + ", " + imm;
    }

    static String cmp64_ri(int rm, int imm) {
        return "cmp " + r64(rm) + ", " + imm;
    }

    static String add32_ai(int imm) {
        return "add eax, " + Integer.toUnsignedString(imm);
    }

    static String add64_ai(int imm) {
        return "add rax, " + imm;
    }

    static String or32_ai(int imm) {
        return "or eax, " + Integer.toUnsignedString(imm);
    }

    static String or64_ai(int imm) {
        return "or rax, " + imm;
    }

    static String and32_ai(int imm) {
        return "and eax, " + Integer.toUnsignedString(imm);
    }

    static String and64_ai(int imm) {
        return "and rax, " + imm;
    }

    static String sub32_ai(int imm) {
        return "sub eax, " + Integer.toUnsignedString(imm);
    }

    static String sub64_ai(int imm) {
        return "sub rax, " + imm;
    }

    static String xor32_ai(int imm) {
        return "xor eax, " + Integer.toUnsignedString(imm);
    }

    static String xor64_ai(int imm) {
        return "xor rax, " + imm;
    }

    static String cmp32_ai(int imm) {
        return "cmp eax, " + Integer.toUnsignedString(imm);
    }

    static String cmp64_ai(int imm) {
        return "cmp rax, " + imm;
    }

    static String test32_ai(int imm) {
        return "test eax, " + Integer.toUnsignedString(imm);
    }

    static String test64_ai(int imm) {
        return "test rax, " + imm;
    }

    static String test32_ri(int rm, int imm) {
        return "test " + r32(rm) + ", " + Integer.toUnsignedString(imm);
    }

    static String test64_ri(int rm, int imm) {
        return "test " + r64(rm) + ", " + imm;
    }

    static String test8_ri(int rm, int imm) {
        return "test " + r8(rm) + ", " + (byte) imm;
    }

    static String add32_rm(int reg, Mem mem) {
        return "add " + r32(reg) + ", " + memory(32, mem);
    }

    static String add64_rm(int reg, Mem mem) {
        return "add " + r64(reg) + ", " + memory(64, mem);
    }

    static String or32_rm(int reg, Mem mem) {
        return "or " + r32(reg) + ", " + memory(32, mem);
    }

    static String or64_rm(int reg, Mem mem) {
        return "or " + r64(reg) + ", " + memory(64, mem);
    }

    static String and32_rm(int reg, Mem mem) {
        return "and " + r32(reg) + ", " + memory(32, mem);
    }

    static String and64_rm(int reg, Mem mem) {
        return "and " + r64(reg) + ", " + memory(64, mem);
    }

    static String sub32_rm(int reg, Mem mem) {
        return "sub " + r32(reg) + ", " + memory(32, mem);
    }

    static String sub64_rm(int reg, Mem mem) {
        return "sub " + r64(reg) + ", " + memory(64, mem);
    }

    static String xor32_rm(int reg, Mem mem) {
        return "xor " + r32(reg) + ", " + memory(32, mem);
    }

    static String xor64_rm(int reg, Mem mem) {
        return "xor " + r64(reg) + ", " + memory(64, mem);
    }

    static String cmp32_rm(int reg, Mem mem) {
        return "cmp " + r32(reg) + ", " + memory(32, mem);
    }

    static String cmp64_rm(int reg, Mem mem) {
        return "cmp " + r64(reg) + ", " + memory(64, mem);
    }

    static String mov32_rm(int reg, Mem mem) {
        return "mov " + r32(reg) + ", " + memory(32, mem);
    }

    static String mov64_rm(int reg, Mem mem) {
        return "mov " + r64(reg) + ", " + memory(64, mem);
    }

    static String add32_mr(Mem mem, int reg) {
        return "add " + memory(32, mem) + ", " + r32(reg);
    }

    static String add64_mr(Mem mem, int reg) {
        return "add " + memory(64, mem) + ", " + r64(reg);
    }

    static String sub32_mr(Mem mem, int reg) {
        return "sub " + memory(32, mem) + ", " + r32(reg);
    }

    static String sub64_mr(Mem mem, int reg) {
        return "sub " + memory(64, mem) + ", " + r64(reg);
    }

    static String cmp32_mr(Mem mem, int reg) {
        return "cmp " + memory(32, mem) + ", " + r32(reg);
    }

    static String cmp64_mr(Mem mem, int reg) {
        return "cmp " + memory(64, mem) + ", " + r64(reg);
    }

    static String mov32_mr(Mem mem, int reg) {
        return "mov " + memory(32, mem) + ", " + r32(reg);
    }

    static String mov64_mr(Mem mem, int reg) {
        return "mov " + memory(64, mem) + ", " + r64(reg);
    }

    static String add32_mi8(Mem mem, int imm) {
        return "add " + memory(32, mem) + ", " + imm;
    }

    static String add32_mi(Mem mem, int imm) {
        return "add " + memory(32, mem) + ", " + Integer.toUnsignedString(imm);
    }

    static String add64_mi8(Mem mem, int imm) {
        return "add " + memory(64, mem) + ", " + imm;
    }

    static String add64_mi(Mem mem, int imm) {
        return "add " + memory(64, mem) + ", " + imm;
    }

    static String sub32_mi8(Mem mem, int imm) {
        return "sub " + memory(32, mem) + ", " + imm;
    }

    static String sub32_mi(Mem mem, int imm) {
        return "sub " + memory(32, mem) + ", " + Integer.toUnsignedString(imm);
    }

    static String sub64_mi8(Mem mem, int imm) {
        return "sub " + memory(64, mem) + ", " + imm;
    }

    static String sub64_mi(Mem mem, int imm) {
        return "sub " + memory(64, mem) + ", " + imm;
    }

    static String cmp32_mi8(Mem mem, int imm) {
        return "cmp " + memory(32, mem) + ", " + imm;
    }

    static String cmp32_mi(Mem mem, int imm) {
        return "cmp " + memory(32, mem) + ", " + Integer.toUnsignedString(imm);
    }

    static String cmp64_mi8(Mem mem, int imm) {
        return "cmp " + memory(64, mem) + ", " + imm;
    }

    static String cmp64_mi(Mem mem, int imm) {
        return "cmp " + memory(64, mem) + ", " + imm;
    }

    static String lock_add32_mr(Mem mem, int reg) {
        return "lock add " + memory(32, mem) + ", " + r32(reg);
    }

    static String lock_add64_mr(Mem mem, int reg) {
        return "lock add " + memory(64, mem) + ", " + r64(reg);
    }

    static String lock_or32_mr(Mem mem, int reg) {
        return "lock or " + memory(32, mem) + ", " + r32(reg);
    }

    static String lock_or64_mr(Mem mem, int reg) {
        return "lock or " + memory(64, mem) + ", " + r64(reg);
    }

    static String lock_and32_mr(Mem mem, int reg) {
        return "lock and " + memory(32, mem) + ", " + r32(reg);
    }

    static String lock_and64_mr(Mem mem, int reg) {
        return "lock and " + memory(64, mem) + ", " + r64(reg);
    }

    static String lock_xor32_mr(Mem mem, int reg) {
        return "lock xor " + memory(32, mem) + ", " + r32(reg);
    }

    static String lock_xor64_mr(Mem mem, int reg) {
        return "lock xor " + memory(64, mem) + ", " + r64(reg);
    }

    static String lock_xadd32_mr(Mem mem, int reg) {
        return "lock xadd " + memory(32, mem) + ", " + r32(reg);
    }

    static String lock_xadd64_mr(Mem mem, int reg) {
        return "lock xadd " + memory(64, mem) + ", " + r64(reg);
    }

    static String lock_cmpxchg32_mr(Mem mem, int reg) {
        return "lock cmpxchg " + memory(32, mem) + ", " + r32(reg);
    }

    static String lock_cmpxchg64_mr(Mem mem, int reg) {
        return "lock cmpxchg " + memory(64, mem) + ", " + r64(reg);
    }

    static String xchg8_mr(Mem mem, int reg) {
        return "xchg " + memory(8, mem) + ", " + r8(reg);
    }

    static String xchg16_mr(Mem mem, int reg) {
        return "xchg " + memory(16, mem) + ", " + r16(reg);
    }

    static String xchg32_mr(Mem mem, int reg) {
        return "xchg " + memory(32, mem) + ", " + r32(reg);
    }

    static String xchg64_mr(Mem mem, int reg) {
        return "xchg " + memory(64, mem) + ", " + r64(reg);
    }

    static String mov32_ri(int op, int imm) {
        return "mov " + r32(op) + ", " + Integer.toUnsignedString(imm);
    }

    static String mov64_rii(int op, long imm) {
        return "movabs " + r64(op) + ", " + imm;
    }

    static String mov64_ri(int rm, int imm) {
        return "mov " + r64(rm) + ", " + imm;
    }

    static String mov8_mr(Mem mem, int reg) {
        return "mov " + memory(8, mem) + ", " + r8(reg);
    }

    static String mov16_mr(Mem mem, int reg) {
        return "mov " + memory(16, mem) + ", " + r16(reg);
    }

    static String mov8_mi(Mem mem, int imm) {
        return "mov " + memory(8, mem) + ", " + imm;
    }

    static String mov16_mi(Mem mem, int imm) {
        return "mov " + memory(16, mem) + ", " + (imm & 0xffff);
    }

    static String mov32_mi(Mem mem, int imm) {
        return "mov " + memory(32, mem) + ", " + Integer.toUnsignedString(imm);
    }

    static String mov64_mi(Mem mem, int imm) {
        return "mov " + memory(64, mem) + ", " + imm;
    }

    static String movzx32_r8(int reg, int rm) {
        return "movzx " + r32(reg) + ", " + r8(rm);
    }

    static String movzx32_r16(int reg, int rm) {
        return "movzx " + r32(reg) + ", " + r16(rm);
    }

    static String movsx32_r8(int reg, int rm) {
        return "movsx " + r32(reg) + ", " + r8(rm);
    }

    static String movsx32_r16(int reg, int rm) {
        return "movsx " + r32(reg) + ", " + r16(rm);
    }

    static String movsx64_r8(int reg, int rm) {
        return "movsx " + r64(reg) + ", " + r8(rm);
    }

    static String movsx64_r16(int reg, int rm) {
        return "movsx " + r64(reg) + ", " + r16(rm);
    }

    static String movzx32_m8(int reg, Mem mem) {
        return "movzx " + r32(reg) + ", " + memory(8, mem);
    }

    static String movzx32_m16(int reg, Mem mem) {
        return "movzx " + r32(reg) + ", " + memory(16, mem);
    }

    static String movsx32_m8(int reg, Mem mem) {
        return "movsx " + r32(reg) + ", " + memory(8, mem);
    }

    static String movsx32_m16(int reg, Mem mem) {
        return "movsx " + r32(reg) + ", " + memory(16, mem);
    }

    static String movsx64_m8(int reg, Mem mem) {
        return "movsx " + r64(reg) + ", " + memory(8, mem);
    }

    static String movsx64_m16(int reg, Mem mem) {
        return "movsx " + r64(reg) + ", " + memory(16, mem);
    }

    static String movsxd_r32(int reg, int rm) {
        return "movsxd " + r64(reg) + ", " + r32(rm);
    }

    static String movsxd_m32(int reg, Mem mem) {
        return "movsxd " + r64(reg) + ", " + memory(32, mem);
    }

    static String lea32(int reg, Mem mem) {
        return "lea " + r32(reg) + ", " + address(mem);
    }

    static String lea64(int reg, Mem mem) {
        return "lea " + r64(reg) + ", " + address(mem);
    }

    static String imul32_rr(int reg, int rm) {
        return "imul " + r32(reg) + ", " + r32(rm);
    }

    static String imul64_rr(int reg, int rm) {
        return "imul " + r64(reg) + ", " + r64(rm);
    }

    static String imul32_rri8(int reg, int rm, int imm) {
        return "imul " + r32(reg) + ", " + r32(rm) + ", " + imm;
    }

    static String imul32_rri(int reg, int rm, int imm) {
        return "imul " + r32(reg) + ", " + r32(rm) + ", " + Integer.toUnsignedString(imm);
    }

    static String imul64_rri8(int reg, int rm, int imm) {
        return "imul " + r64(reg) + ", " + r64(rm) + ", " + imm;
    }

    static String imul64_rri(int reg, int rm, int imm) {
        return "imul " + r64(reg) + ", " + r64(rm) + ", " + imm;
    }

    static String not32(int rm) {
        return "not " + r32(rm);
    }

    static String not64(int rm) {
        return "not " + r64(rm);
    }

    static String neg32(int rm) {
        return "neg " + r32(rm);
    }

    static String neg64(int rm) {
        return "neg " + r64(rm);
    }

    static String mul32(int rm) {
        return "mul " + r32(rm);
    }

    static String mul64(int rm) {
        return "mul " + r64(rm);
    }

    static String div32(int rm) {
        return "div " + r32(rm);
    }

    static String div64(int rm) {
        return "div " + r64(rm);
    }

    static String idiv32(int rm) {
        return "idiv " + r32(rm);
    }

    static String idiv64(int rm) {
        return "idiv " + r64(rm);
    }

    static String cdq() {
        return "cdq";
    }

    static String cqo() {
        return "cqo";
    }

    static String rol32_ri(int rm, int imm) {
        return "rol " + r32(rm) + ", " + imm;
    }

    static String rol64_ri(int rm, int imm) {
        return "rol " + r64(rm) + ", " + imm;
    }

    static String ror32_ri(int rm, int imm) {
        return "ror " + r32(rm) + ", " + imm;
    }

    static String ror64_ri(int rm, int imm) {
        return "ror " + r64(rm) + ", " + imm;
    }

    static String shl32_ri(int rm, int imm) {
        return "shl " + r32(rm) + ", " + imm;
    }

    static String shl64_ri(int rm, int imm) {
        return "shl " + r64(rm) + ", " + imm;
    }

    static String shr32_ri(int rm, int imm) {
        return "shr " + r32(rm) + ", " + imm;
    }

    static String shr64_ri(int rm, int imm) {
        return "shr " + r64(rm) + ", " + imm;
    }

    static String sar32_ri(int rm, int imm) {
        return "sar " + r32(rm) + ", " + imm;
    }

    static String sar64_ri(int rm, int imm) {
        return "sar " + r64(rm) + ", " + imm;
    }

    static String rol16_ri(int rm, int imm) {
        return "rol " + r16(rm) + ", " + imm;
    }

    static String shl32_cl(int rm) {
        return "shl " + r32(rm) + ", cl";
    }

    static String shl64_cl(int rm) {
        return "shl " + r64(rm) + ", cl";
    }

    static String shr32_cl(int rm) {
        return "shr " + r32(rm) + ", cl";
    }

    static String shr64_cl(int rm) {
        return "shr " + r64(rm) + ", cl";
    }

    static String sar32_cl(int rm) {
        return "sar " + r32(rm) + ", cl";
    }

    static String sar64_cl(int rm) {
        return "sar " + r64(rm) + ", cl";
    }

    static String shlx32(int reg, int rm, int vvvv) {
        return "shlx " + r32(reg) + ", " + r32(rm) + ", " + r32(vvvv);
    }

    static String shlx64(int reg, int rm, int vvvv) {
        return "shlx " + r64(reg) + ", " + r64(rm) + ", " + r64(vvvv);
    }

    static String sarx32(int reg, int rm, int vvvv) {
        return "sarx " + r32(reg) + ", " + r32(rm) + ", " + r32(vvvv);
    }

    static String sarx64(int reg, int rm, int vvvv) {
        return "sarx " + r64(reg) + ", " + r64(rm) + ", " + r64(vvvv);
    }

    static String shrx32(int reg, int rm, int vvvv) {
        return "shrx " + r32(reg) + ", " + r32(rm) + ", " + r32(vvvv);
    }

    static String shrx64(int reg, int rm, int vvvv) {
        return "shrx " + r64(reg) + ", " + r64(rm) + ", " + r64(vvvv);
    }

    static String rorx32(int reg, int rm, int imm) {
        return "rorx " + r32(reg) + ", " + r32(rm) + ", " + imm;
    }

    static String rorx64(int reg, int rm, int imm) {
        return "rorx " + r64(reg) + ", " + r64(rm) + ", " + imm;
    }

    static String mulx64(int reg, int vvvv, int rm) {
        return "mulx " + r64(reg) + ", " + r64(vvvv) + ", " + r64(rm);
    }

    static String bswap32(int op) {
        return "bswap " + r32(op);
    }

    static String bswap64(int op) {
        return "bswap " + r64(op);
    }

    static String push(int op) {
        return "push " + r64(op);
    }

    static String pop(int op) {
        return "pop " + r64(op);
    }

    static String jmp_rel8(int rel) {
        return "jmp " + rel;
    }

    static String jmp_rel32(int rel) {
        return "jmp " + rel;
    }

    static String call_rel32(int rel) {
        return "call " + rel;
    }

    static String jcc_rel8(int cc, int rel) {
        return "j" + conditionName(cc) + " " + rel;
    }

    static String jcc_rel32(int cc, int rel) {
        return "j" + conditionName(cc) + " " + rel;
    }

    static String cmov32_rr(int cc, int reg, int rm) {
        return "cmov" + conditionName(cc) + " " + r32(reg) + ", " + r32(rm);
    }

    static String cmov64_rr(int cc, int reg, int rm) {
        return "cmov" + conditionName(cc) + " " + r64(reg) + ", " + r64(rm);
    }

    static String call_m(Mem mem) {
        return "call " + memory(64, mem);
    }

    static String jmp_m(Mem mem) {
        return "jmp " + memory(64, mem);
    }

    static String push_m(Mem mem) {
        return "push " + memory(64, mem);
    }

    static String pop_m(Mem mem) {
        return "pop " + memory(64, mem);
    }

    static String ret() {
        return "ret";
    }

    static String ud2() {
        return "ud2";
    }

    static String mfence() {
        return "mfence";
    }

    static String int3() {
        return "int3";
    }

    static String rdgsbase(int rm) {
        return "rdgsbase " + r64(rm);
    }

    static String wrgsbase(int rm) {
        return "wrgsbase " + r64(rm);
    }
}
