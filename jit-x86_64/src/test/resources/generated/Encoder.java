// Generated from x86_64.isa. Do not edit.
package dev.bpf4j.jit.x86_64;

/** Appends machine instructions: one method per form of the table. */
class Encoder extends X86Buffer {

    /** {@code add rm, reg}: {@code 01 /r}. rm = rm + reg */
    void add32_rr(int rm, int reg) {
        rex(false, reg, rm, false);
        put(0x01);
        modrm(reg, rm);
    }

    /** {@code add rm, reg}: {@code REX.W 01 /r}. rm = rm + reg */
    void add64_rr(int rm, int reg) {
        rex(true, reg, rm, false);
        put(0x01);
        modrm(reg, rm);
    }

    /** {@code or rm, reg}: {@code 09 /r}. rm = rm or reg */
    void or32_rr(int rm, int reg) {
        rex(false, reg, rm, false);
        put(0x09);
        modrm(reg, rm);
    }

    /** {@code or rm, reg}: {@code REX.W 09 /r}. rm = rm or reg */
    void or64_rr(int rm, int reg) {
        rex(true, reg, rm, false);
        put(0x09);
        modrm(reg, rm);
    }

    /** {@code and rm, reg}: {@code 21 /r}. rm = rm and reg */
    void and32_rr(int rm, int reg) {
        rex(false, reg, rm, false);
        put(0x21);
        modrm(reg, rm);
    }

    /** {@code and rm, reg}: {@code REX.W 21 /r}. rm = rm and reg */
    void and64_rr(int rm, int reg) {
        rex(true, reg, rm, false);
        put(0x21);
        modrm(reg, rm);
    }

    /** {@code sub rm, reg}: {@code 29 /r}. rm = rm - reg */
    void sub32_rr(int rm, int reg) {
        rex(false, reg, rm, false);
        put(0x29);
        modrm(reg, rm);
    }

    /** {@code sub rm, reg}: {@code REX.W 29 /r}. rm = rm - reg */
    void sub64_rr(int rm, int reg) {
        rex(true, reg, rm, false);
        put(0x29);
        modrm(reg, rm);
    }

    /** {@code xor rm, reg}: {@code 31 /r}. rm = rm xor reg */
    void xor32_rr(int rm, int reg) {
        rex(false, reg, rm, false);
        put(0x31);
        modrm(reg, rm);
    }

    /** {@code xor rm, reg}: {@code REX.W 31 /r}. rm = rm xor reg */
    void xor64_rr(int rm, int reg) {
        rex(true, reg, rm, false);
        put(0x31);
        modrm(reg, rm);
    }

    /** {@code cmp rm, reg}: {@code 39 /r}. flags = rm - reg */
    void cmp32_rr(int rm, int reg) {
        rex(false, reg, rm, false);
        put(0x39);
        modrm(reg, rm);
    }

    /** {@code cmp rm, reg}: {@code REX.W 39 /r}. flags = rm - reg */
    void cmp64_rr(int rm, int reg) {
        rex(true, reg, rm, false);
        put(0x39);
        modrm(reg, rm);
    }

    /** {@code test rm, reg}: {@code 85 /r}. flags = rm and reg */
    void test32_rr(int rm, int reg) {
        rex(false, reg, rm, false);
        put(0x85);
        modrm(reg, rm);
    }

    /** {@code test rm, reg}: {@code REX.W 85 /r}. flags = rm and reg */
    void test64_rr(int rm, int reg) {
        rex(true, reg, rm, false);
        put(0x85);
        modrm(reg, rm);
    }

    /** {@code mov rm, reg}: {@code 89 /r}. rm = reg */
    void mov32_rr(int rm, int reg) {
        rex(false, reg, rm, false);
        put(0x89);
        modrm(reg, rm);
    }

    /** {@code mov rm, reg}: {@code REX.W 89 /r}. rm = reg */
    void mov64_rr(int rm, int reg) {
        rex(true, reg, rm, false);
        put(0x89);
        modrm(reg, rm);
    }

    /** {@code xchg reg, rm}: {@code 87 /r}. reg, rm = rm, reg */
    void xchg32_rr(int reg, int rm) {
        rex(false, reg, rm, false);
        put(0x87);
        modrm(reg, rm);
    }

    /** {@code xchg reg, rm}: {@code REX.W 87 /r}. reg, rm = rm, reg */
    void xchg64_rr(int reg, int rm) {
        rex(true, reg, rm, false);
        put(0x87);
        modrm(reg, rm);
    }

    /** {@code add rm, imm}: {@code 83 /0 ib}. rm = rm + sx(imm) */
    void add32_ri8(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x83);
        modrm(0, rm);
        signed8(imm);
    }

    /** {@code add rm, imm}: {@code 81 /0 id}. rm = rm + sx(imm) */
    void add32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x81);
        modrm(0, rm);
        imm32(imm);
    }

    /** {@code add rm, imm}: {@code REX.W 83 /0 ib}. rm = rm + sx(imm) */
    void add64_ri8(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x83);
        modrm(0, rm);
        signed8(imm);
    }

    /** {@code add rm, imm}: {@code REX.W 81 /0 id}. rm = rm + sx(imm) */
    void add64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x81);
        modrm(0, rm);
        imm32(imm);
    }

    /** {@code or rm, imm}: {@code 83 /1 ib}. rm = rm or sx(imm) */
    void or32_ri8(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x83);
        modrm(1, rm);
        signed8(imm);
    }

    /** {@code or rm, imm}: {@code 81 /1 id}. rm = rm or sx(imm) */
    void or32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x81);
        modrm(1, rm);
        imm32(imm);
    }

    /** {@code or rm, imm}: {@code REX.W 83 /1 ib}. rm = rm or sx(imm) */
    void or64_ri8(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x83);
        modrm(1, rm);
        signed8(imm);
    }

    /** {@code or rm, imm}: {@code REX.W 81 /1 id}. rm = rm or sx(imm) */
    void or64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x81);
        modrm(1, rm);
        imm32(imm);
    }

    /** {@code and rm, imm}: {@code 83 /4 ib}. rm = rm and sx(imm) */
    void and32_ri8(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x83);
        modrm(4, rm);
        signed8(imm);
    }

    /** {@code and rm, imm}: {@code 81 /4 id}. rm = rm and sx(imm) */
    void and32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x81);
        modrm(4, rm);
        imm32(imm);
    }

    /** {@code and rm, imm}: {@code REX.W 83 /4 ib}. rm = rm and sx(imm) */
    void and64_ri8(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x83);
        modrm(4, rm);
        signed8(imm);
    }

    /** {@code and rm, imm}: {@code REX.W 81 /4 id}. rm = rm and sx(imm) */
    void and64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x81);
        modrm(4, rm);
        imm32(imm);
    }

    /** {@code sub rm, imm}: {@code 83 /5 ib}. rm = rm - sx(imm) */
    void sub32_ri8(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x83);
        modrm(5, rm);
        signed8(imm);
    }

    /** {@code sub rm, imm}: {@code 81 /5 id}. rm = rm - sx(imm) */
    void sub32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x81);
        modrm(5, rm);
        imm32(imm);
    }

    /** {@code sub rm, imm}: {@code REX.W 83 /5 ib}. rm = rm - sx(imm) */
    void sub64_ri8(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x83);
        modrm(5, rm);
        signed8(imm);
    }

    /** {@code sub rm, imm}: {@code REX.W 81 /5 id}. rm = rm - sx(imm) */
    void sub64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x81);
        modrm(5, rm);
        imm32(imm);
    }

    /** {@code xor rm, imm}: {@code 83 /6 ib}. rm = rm xor sx(imm) */
    void xor32_ri8(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x83);
        modrm(6, rm);
        signed8(imm);
    }

    /** {@code xor rm, imm}: {@code 81 /6 id}. rm = rm xor sx(imm) */
    void xor32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x81);
        modrm(6, rm);
        imm32(imm);
    }

    /** {@code xor rm, imm}: {@code REX.W 83 /6 ib}. rm = rm xor sx(imm) */
    void xor64_ri8(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x83);
        modrm(6, rm);
        signed8(imm);
    }

    /** {@code xor rm, imm}: {@code REX.W 81 /6 id}. rm = rm xor sx(imm) */
    void xor64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x81);
        modrm(6, rm);
        imm32(imm);
    }

    /** {@code cmp rm, imm}: {@code 83 /7 ib}. flags = rm - sx(imm) */
    void cmp32_ri8(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x83);
        modrm(7, rm);
        signed8(imm);
    }

    /** {@code cmp rm, imm}: {@code 81 /7 id}. flags = rm - sx(imm) */
    void cmp32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0x81);
        modrm(7, rm);
        imm32(imm);
    }

    /** {@code cmp rm, imm}: {@code REX.W 83 /7 ib}. flags = rm - sx(imm) */
    void cmp64_ri8(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x83);
        modrm(7, rm);
        signed8(imm);
    }

    /** {@code cmp rm, imm}: {@code REX.W 81 /7 id}. flags = rm - sx(imm) */
    void cmp64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0x81);
        modrm(7, rm);
        imm32(imm);
    }

    /** {@code add eax, imm}: {@code 05 id}. rax = rax + sx(imm) */
    void add32_ai(int imm) {
        rex(false, 0, 0, false);
        put(0x05);
        imm32(imm);
    }

    /** {@code add rax, imm}: {@code REX.W 05 id}. rax = rax + sx(imm) */
    void add64_ai(int imm) {
        rex(true, 0, 0, false);
        put(0x05);
        imm32(imm);
    }

    /** {@code or eax, imm}: {@code 0D id}. rax = rax or sx(imm) */
    void or32_ai(int imm) {
        rex(false, 0, 0, false);
        put(0x0d);
        imm32(imm);
    }

    /** {@code or rax, imm}: {@code REX.W 0D id}. rax = rax or sx(imm) */
    void or64_ai(int imm) {
        rex(true, 0, 0, false);
        put(0x0d);
        imm32(imm);
    }

    /** {@code and eax, imm}: {@code 25 id}. rax = rax and sx(imm) */
    void and32_ai(int imm) {
        rex(false, 0, 0, false);
        put(0x25);
        imm32(imm);
    }

    /** {@code and rax, imm}: {@code REX.W 25 id}. rax = rax and sx(imm) */
    void and64_ai(int imm) {
        rex(true, 0, 0, false);
        put(0x25);
        imm32(imm);
    }

    /** {@code sub eax, imm}: {@code 2D id}. rax = rax - sx(imm) */
    void sub32_ai(int imm) {
        rex(false, 0, 0, false);
        put(0x2d);
        imm32(imm);
    }

    /** {@code sub rax, imm}: {@code REX.W 2D id}. rax = rax - sx(imm) */
    void sub64_ai(int imm) {
        rex(true, 0, 0, false);
        put(0x2d);
        imm32(imm);
    }

    /** {@code xor eax, imm}: {@code 35 id}. rax = rax xor sx(imm) */
    void xor32_ai(int imm) {
        rex(false, 0, 0, false);
        put(0x35);
        imm32(imm);
    }

    /** {@code xor rax, imm}: {@code REX.W 35 id}. rax = rax xor sx(imm) */
    void xor64_ai(int imm) {
        rex(true, 0, 0, false);
        put(0x35);
        imm32(imm);
    }

    /** {@code cmp eax, imm}: {@code 3D id}. flags = rax - sx(imm) */
    void cmp32_ai(int imm) {
        rex(false, 0, 0, false);
        put(0x3d);
        imm32(imm);
    }

    /** {@code cmp rax, imm}: {@code REX.W 3D id}. flags = rax - sx(imm) */
    void cmp64_ai(int imm) {
        rex(true, 0, 0, false);
        put(0x3d);
        imm32(imm);
    }

    /** {@code test eax, imm}: {@code A9 id}. flags = rax and sx(imm) */
    void test32_ai(int imm) {
        rex(false, 0, 0, false);
        put(0xa9);
        imm32(imm);
    }

    /** {@code test rax, imm}: {@code REX.W A9 id}. flags = rax and sx(imm) */
    void test64_ai(int imm) {
        rex(true, 0, 0, false);
        put(0xa9);
        imm32(imm);
    }

    /** {@code test rm, imm}: {@code F7 /0 id}. flags = rm and sx(imm) */
    void test32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0xf7);
        modrm(0, rm);
        imm32(imm);
    }

    /** {@code test rm, imm}: {@code REX.W F7 /0 id}. flags = rm and sx(imm) */
    void test64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0xf7);
        modrm(0, rm);
        imm32(imm);
    }

    /** {@code test rm, imm}: {@code F6 /0 ib}. flags = lo(rm, 8) and imm */
    void test8_ri(int rm, int imm) {
        rex(false, 0, rm, byteNeedsRex(rm));
        put(0xf6);
        modrm(0, rm);
        unsigned8(imm);
    }

    /** {@code add reg, mem}: {@code 03 /r}. reg = reg + load(mem) */
    void add32_rm(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x03);
        modrm(reg, mem);
    }

    /** {@code add reg, mem}: {@code REX.W 03 /r}. reg = reg + load(mem) */
    void add64_rm(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x03);
        modrm(reg, mem);
    }

    /** {@code or reg, mem}: {@code 0B /r}. reg = reg or load(mem) */
    void or32_rm(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x0b);
        modrm(reg, mem);
    }

    /** {@code or reg, mem}: {@code REX.W 0B /r}. reg = reg or load(mem) */
    void or64_rm(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x0b);
        modrm(reg, mem);
    }

    /** {@code and reg, mem}: {@code 23 /r}. reg = reg and load(mem) */
    void and32_rm(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x23);
        modrm(reg, mem);
    }

    /** {@code and reg, mem}: {@code REX.W 23 /r}. reg = reg and load(mem) */
    void and64_rm(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x23);
        modrm(reg, mem);
    }

    /** {@code sub reg, mem}: {@code 2B /r}. reg = reg - load(mem) */
    void sub32_rm(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x2b);
        modrm(reg, mem);
    }

    /** {@code sub reg, mem}: {@code REX.W 2B /r}. reg = reg - load(mem) */
    void sub64_rm(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x2b);
        modrm(reg, mem);
    }

    /** {@code xor reg, mem}: {@code 33 /r}. reg = reg xor load(mem) */
    void xor32_rm(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x33);
        modrm(reg, mem);
    }

    /** {@code xor reg, mem}: {@code REX.W 33 /r}. reg = reg xor load(mem) */
    void xor64_rm(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x33);
        modrm(reg, mem);
    }

    /** {@code cmp reg, mem}: {@code 3B /r}. flags = reg - load(mem) */
    void cmp32_rm(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x3b);
        modrm(reg, mem);
    }

    /** {@code cmp reg, mem}: {@code REX.W 3B /r}. flags = reg - load(mem) */
    void cmp64_rm(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x3b);
        modrm(reg, mem);
    }

    /** {@code mov reg, mem}: {@code 8B /r}. reg = load(mem) */
    void mov32_rm(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x8b);
        modrm(reg, mem);
    }

    /** {@code mov reg, mem}: {@code REX.W 8B /r}. reg = load(mem) */
    void mov64_rm(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x8b);
        modrm(reg, mem);
    }

    /** {@code add mem, reg}: {@code 01 /r}. store(mem, load(mem) + reg) */
    void add32_mr(Mem mem, int reg) {
        rex(false, reg, mem, false);
        put(0x01);
        modrm(reg, mem);
    }

    /** {@code add mem, reg}: {@code REX.W 01 /r}. store(mem, load(mem) + reg) */
    void add64_mr(Mem mem, int reg) {
        rex(true, reg, mem, false);
        put(0x01);
        modrm(reg, mem);
    }

    /** {@code sub mem, reg}: {@code 29 /r}. store(mem, load(mem) - reg) */
    void sub32_mr(Mem mem, int reg) {
        rex(false, reg, mem, false);
        put(0x29);
        modrm(reg, mem);
    }

    /** {@code sub mem, reg}: {@code REX.W 29 /r}. store(mem, load(mem) - reg) */
    void sub64_mr(Mem mem, int reg) {
        rex(true, reg, mem, false);
        put(0x29);
        modrm(reg, mem);
    }

    /** {@code cmp mem, reg}: {@code 39 /r}. flags = load(mem) - reg */
    void cmp32_mr(Mem mem, int reg) {
        rex(false, reg, mem, false);
        put(0x39);
        modrm(reg, mem);
    }

    /** {@code cmp mem, reg}: {@code REX.W 39 /r}. flags = load(mem) - reg */
    void cmp64_mr(Mem mem, int reg) {
        rex(true, reg, mem, false);
        put(0x39);
        modrm(reg, mem);
    }

    /** {@code mov mem, reg}: {@code 89 /r}. store(mem, reg) */
    void mov32_mr(Mem mem, int reg) {
        rex(false, reg, mem, false);
        put(0x89);
        modrm(reg, mem);
    }

    /** {@code mov mem, reg}: {@code REX.W 89 /r}. store(mem, reg) */
    void mov64_mr(Mem mem, int reg) {
        rex(true, reg, mem, false);
        put(0x89);
        modrm(reg, mem);
    }

    /** {@code add mem, imm}: {@code 83 /0 ib}. store(mem, load(mem) + sx(imm)) */
    void add32_mi8(Mem mem, int imm) {
        rex(false, 0, mem, false);
        put(0x83);
        modrm(0, mem);
        signed8(imm);
    }

    /** {@code add mem, imm}: {@code 81 /0 id}. store(mem, load(mem) + sx(imm)) */
    void add32_mi(Mem mem, int imm) {
        rex(false, 0, mem, false);
        put(0x81);
        modrm(0, mem);
        imm32(imm);
    }

    /** {@code add mem, imm}: {@code REX.W 83 /0 ib}. store(mem, load(mem) + sx(imm)) */
    void add64_mi8(Mem mem, int imm) {
        rex(true, 0, mem, false);
        put(0x83);
        modrm(0, mem);
        signed8(imm);
    }

    /** {@code add mem, imm}: {@code REX.W 81 /0 id}. store(mem, load(mem) + sx(imm)) */
    void add64_mi(Mem mem, int imm) {
        rex(true, 0, mem, false);
        put(0x81);
        modrm(0, mem);
        imm32(imm);
    }

    /** {@code sub mem, imm}: {@code 83 /5 ib}. store(mem, load(mem) - sx(imm)) */
    void sub32_mi8(Mem mem, int imm) {
        rex(false, 0, mem, false);
        put(0x83);
        modrm(5, mem);
        signed8(imm);
    }

    /** {@code sub mem, imm}: {@code 81 /5 id}. store(mem, load(mem) - sx(imm)) */
    void sub32_mi(Mem mem, int imm) {
        rex(false, 0, mem, false);
        put(0x81);
        modrm(5, mem);
        imm32(imm);
    }

    /** {@code sub mem, imm}: {@code REX.W 83 /5 ib}. store(mem, load(mem) - sx(imm)) */
    void sub64_mi8(Mem mem, int imm) {
        rex(true, 0, mem, false);
        put(0x83);
        modrm(5, mem);
        signed8(imm);
    }

    /** {@code sub mem, imm}: {@code REX.W 81 /5 id}. store(mem, load(mem) - sx(imm)) */
    void sub64_mi(Mem mem, int imm) {
        rex(true, 0, mem, false);
        put(0x81);
        modrm(5, mem);
        imm32(imm);
    }

    /** {@code cmp mem, imm}: {@code 83 /7 ib}. flags = load(mem) - sx(imm) */
    void cmp32_mi8(Mem mem, int imm) {
        rex(false, 0, mem, false);
        put(0x83);
        modrm(7, mem);
        signed8(imm);
    }

    /** {@code cmp mem, imm}: {@code 81 /7 id}. flags = load(mem) - sx(imm) */
    void cmp32_mi(Mem mem, int imm) {
        rex(false, 0, mem, false);
        put(0x81);
        modrm(7, mem);
        imm32(imm);
    }

    /** {@code cmp mem, imm}: {@code REX.W 83 /7 ib}. flags = load(mem) - sx(imm) */
    void cmp64_mi8(Mem mem, int imm) {
        rex(true, 0, mem, false);
        put(0x83);
        modrm(7, mem);
        signed8(imm);
    }

    /** {@code cmp mem, imm}: {@code REX.W 81 /7 id}. flags = load(mem) - sx(imm) */
    void cmp64_mi(Mem mem, int imm) {
        rex(true, 0, mem, false);
        put(0x81);
        modrm(7, mem);
        imm32(imm);
    }

    /** {@code lock add mem, reg}: {@code F0 01 /r}. atomic(add, mem, reg) */
    void lock_add32_mr(Mem mem, int reg) {
        put(0xf0);
        rex(false, reg, mem, false);
        put(0x01);
        modrm(reg, mem);
    }

    /** {@code lock add mem, reg}: {@code F0 REX.W 01 /r}. atomic(add, mem, reg) */
    void lock_add64_mr(Mem mem, int reg) {
        put(0xf0);
        rex(true, reg, mem, false);
        put(0x01);
        modrm(reg, mem);
    }

    /** {@code lock or mem, reg}: {@code F0 09 /r}. atomic(or, mem, reg) */
    void lock_or32_mr(Mem mem, int reg) {
        put(0xf0);
        rex(false, reg, mem, false);
        put(0x09);
        modrm(reg, mem);
    }

    /** {@code lock or mem, reg}: {@code F0 REX.W 09 /r}. atomic(or, mem, reg) */
    void lock_or64_mr(Mem mem, int reg) {
        put(0xf0);
        rex(true, reg, mem, false);
        put(0x09);
        modrm(reg, mem);
    }

    /** {@code lock and mem, reg}: {@code F0 21 /r}. atomic(and, mem, reg) */
    void lock_and32_mr(Mem mem, int reg) {
        put(0xf0);
        rex(false, reg, mem, false);
        put(0x21);
        modrm(reg, mem);
    }

    /** {@code lock and mem, reg}: {@code F0 REX.W 21 /r}. atomic(and, mem, reg) */
    void lock_and64_mr(Mem mem, int reg) {
        put(0xf0);
        rex(true, reg, mem, false);
        put(0x21);
        modrm(reg, mem);
    }

    /** {@code lock xor mem, reg}: {@code F0 31 /r}. atomic(xor, mem, reg) */
    void lock_xor32_mr(Mem mem, int reg) {
        put(0xf0);
        rex(false, reg, mem, false);
        put(0x31);
        modrm(reg, mem);
    }

    /** {@code lock xor mem, reg}: {@code F0 REX.W 31 /r}. atomic(xor, mem, reg) */
    void lock_xor64_mr(Mem mem, int reg) {
        put(0xf0);
        rex(true, reg, mem, false);
        put(0x31);
        modrm(reg, mem);
    }

    /** {@code lock xadd mem, reg}: {@code F0 0F C1 /r}. reg = atomic(add, mem, reg) */
    void lock_xadd32_mr(Mem mem, int reg) {
        put(0xf0);
        rex(false, reg, mem, false);
        put(0x0f);
        put(0xc1);
        modrm(reg, mem);
    }

    /** {@code lock xadd mem, reg}: {@code F0 REX.W 0F C1 /r}. reg = atomic(add, mem, reg) */
    void lock_xadd64_mr(Mem mem, int reg) {
        put(0xf0);
        rex(true, reg, mem, false);
        put(0x0f);
        put(0xc1);
        modrm(reg, mem);
    }

    /** {@code lock cmpxchg mem, reg}: {@code F0 0F B1 /r}. rax = cmpxchg(mem, rax, reg), flags */
    void lock_cmpxchg32_mr(Mem mem, int reg) {
        put(0xf0);
        rex(false, reg, mem, false);
        put(0x0f);
        put(0xb1);
        modrm(reg, mem);
    }

    /** {@code lock cmpxchg mem, reg}: {@code F0 REX.W 0F B1 /r}. rax = cmpxchg(mem, rax, reg), flags */
    void lock_cmpxchg64_mr(Mem mem, int reg) {
        put(0xf0);
        rex(true, reg, mem, false);
        put(0x0f);
        put(0xb1);
        modrm(reg, mem);
    }

    /** {@code xchg mem, reg}: {@code 86 /r}. reg = atomic(xchg, mem, reg) */
    void xchg8_mr(Mem mem, int reg) {
        rex(false, reg, mem, byteNeedsRex(reg));
        put(0x86);
        modrm(reg, mem);
    }

    /** {@code xchg mem, reg}: {@code 66 87 /r}. reg = atomic(xchg, mem, reg) */
    void xchg16_mr(Mem mem, int reg) {
        put(0x66);
        rex(false, reg, mem, false);
        put(0x87);
        modrm(reg, mem);
    }

    /** {@code xchg mem, reg}: {@code 87 /r}. reg = atomic(xchg, mem, reg) */
    void xchg32_mr(Mem mem, int reg) {
        rex(false, reg, mem, false);
        put(0x87);
        modrm(reg, mem);
    }

    /** {@code xchg mem, reg}: {@code REX.W 87 /r}. reg = atomic(xchg, mem, reg) */
    void xchg64_mr(Mem mem, int reg) {
        rex(true, reg, mem, false);
        put(0x87);
        modrm(reg, mem);
    }

    /** {@code mov op, imm}: {@code B8+r id}. op = zx(imm, 64) */
    void mov32_ri(int op, int imm) {
        rex(false, 0, op, false);
        put(0xb8 + (op & 7));
        imm32(imm);
    }

    /** {@code movabs op, imm}: {@code REX.W B8+r io}. op = imm */
    void mov64_rii(int op, long imm) {
        rex(true, 0, op, false);
        put(0xb8 + (op & 7));
        imm64(imm);
    }

    /** {@code mov rm, imm}: {@code REX.W C7 /0 id}. rm = sx(imm, 64) */
    void mov64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0xc7);
        modrm(0, rm);
        imm32(imm);
    }

    /** {@code mov mem, reg}: {@code 88 /r}. store(mem, lo(reg, 8)) */
    void mov8_mr(Mem mem, int reg) {
        rex(false, reg, mem, byteNeedsRex(reg));
        put(0x88);
        modrm(reg, mem);
    }

    /** {@code mov mem, reg}: {@code 66 89 /r}. store(mem, lo(reg, 16)) */
    void mov16_mr(Mem mem, int reg) {
        put(0x66);
        rex(false, reg, mem, false);
        put(0x89);
        modrm(reg, mem);
    }

    /** {@code mov mem, imm}: {@code C6 /0 ib}. store(mem, sx(imm)) */
    void mov8_mi(Mem mem, int imm) {
        rex(false, 0, mem, false);
        put(0xc6);
        modrm(0, mem);
        signed8(imm);
    }

    /** {@code mov mem, imm}: {@code 66 C7 /0 iw}. store(mem, sx(imm)) */
    void mov16_mi(Mem mem, int imm) {
        put(0x66);
        rex(false, 0, mem, false);
        put(0xc7);
        modrm(0, mem);
        imm16(imm);
    }

    /** {@code mov mem, imm}: {@code C7 /0 id}. store(mem, sx(imm)) */
    void mov32_mi(Mem mem, int imm) {
        rex(false, 0, mem, false);
        put(0xc7);
        modrm(0, mem);
        imm32(imm);
    }

    /** {@code mov mem, imm}: {@code REX.W C7 /0 id}. store(mem, sx(imm)) */
    void mov64_mi(Mem mem, int imm) {
        rex(true, 0, mem, false);
        put(0xc7);
        modrm(0, mem);
        imm32(imm);
    }

    /** {@code movzx reg, rm}: {@code 0F B6 /r}. reg = zx(lo(rm, 8), 32) */
    void movzx32_r8(int reg, int rm) {
        rex(false, reg, rm, byteNeedsRex(rm));
        put(0x0f);
        put(0xb6);
        modrm(reg, rm);
    }

    /** {@code movzx reg, rm}: {@code 0F B7 /r}. reg = zx(lo(rm, 16), 32) */
    void movzx32_r16(int reg, int rm) {
        rex(false, reg, rm, false);
        put(0x0f);
        put(0xb7);
        modrm(reg, rm);
    }

    /** {@code movsx reg, rm}: {@code 0F BE /r}. reg = sx(lo(rm, 8), 32) */
    void movsx32_r8(int reg, int rm) {
        rex(false, reg, rm, byteNeedsRex(rm));
        put(0x0f);
        put(0xbe);
        modrm(reg, rm);
    }

    /** {@code movsx reg, rm}: {@code 0F BF /r}. reg = sx(lo(rm, 16), 32) */
    void movsx32_r16(int reg, int rm) {
        rex(false, reg, rm, false);
        put(0x0f);
        put(0xbf);
        modrm(reg, rm);
    }

    /** {@code movsx reg, rm}: {@code REX.W 0F BE /r}. reg = sx(lo(rm, 8), 64) */
    void movsx64_r8(int reg, int rm) {
        rex(true, reg, rm, byteNeedsRex(rm));
        put(0x0f);
        put(0xbe);
        modrm(reg, rm);
    }

    /** {@code movsx reg, rm}: {@code REX.W 0F BF /r}. reg = sx(lo(rm, 16), 64) */
    void movsx64_r16(int reg, int rm) {
        rex(true, reg, rm, false);
        put(0x0f);
        put(0xbf);
        modrm(reg, rm);
    }

    /** {@code movzx reg, mem}: {@code 0F B6 /r}. reg = zx(load(mem, 8), 32) */
    void movzx32_m8(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x0f);
        put(0xb6);
        modrm(reg, mem);
    }

    /** {@code movzx reg, mem}: {@code 0F B7 /r}. reg = zx(load(mem, 16), 32) */
    void movzx32_m16(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x0f);
        put(0xb7);
        modrm(reg, mem);
    }

    /** {@code movsx reg, mem}: {@code 0F BE /r}. reg = sx(load(mem, 8), 32) */
    void movsx32_m8(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x0f);
        put(0xbe);
        modrm(reg, mem);
    }

    /** {@code movsx reg, mem}: {@code 0F BF /r}. reg = sx(load(mem, 16), 32) */
    void movsx32_m16(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x0f);
        put(0xbf);
        modrm(reg, mem);
    }

    /** {@code movsx reg, mem}: {@code REX.W 0F BE /r}. reg = sx(load(mem, 8), 64) */
    void movsx64_m8(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x0f);
        put(0xbe);
        modrm(reg, mem);
    }

    /** {@code movsx reg, mem}: {@code REX.W 0F BF /r}. reg = sx(load(mem, 16), 64) */
    void movsx64_m16(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x0f);
        put(0xbf);
        modrm(reg, mem);
    }

    /** {@code movsxd reg, rm}: {@code REX.W 63 /r}. reg = sx(lo(rm, 32), 64) */
    void movsxd_r32(int reg, int rm) {
        rex(true, reg, rm, false);
        put(0x63);
        modrm(reg, rm);
    }

    /** {@code movsxd reg, mem}: {@code REX.W 63 /r}. reg = sx(load(mem, 32), 64) */
    void movsxd_m32(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x63);
        modrm(reg, mem);
    }

    /** {@code lea reg, mem}: {@code 8D /r}. reg = lo(address of mem, 32) */
    void lea32(int reg, Mem mem) {
        rex(false, reg, mem, false);
        put(0x8d);
        modrm(reg, mem);
    }

    /** {@code lea reg, mem}: {@code REX.W 8D /r}. reg = lo(address of mem, 64) */
    void lea64(int reg, Mem mem) {
        rex(true, reg, mem, false);
        put(0x8d);
        modrm(reg, mem);
    }

    /** {@code imul reg, rm}: {@code 0F AF /r}. reg = reg * rm */
    void imul32_rr(int reg, int rm) {
        rex(false, reg, rm, false);
        put(0x0f);
        put(0xaf);
        modrm(reg, rm);
    }

    /** {@code imul reg, rm}: {@code REX.W 0F AF /r}. reg = reg * rm */
    void imul64_rr(int reg, int rm) {
        rex(true, reg, rm, false);
        put(0x0f);
        put(0xaf);
        modrm(reg, rm);
    }

    /** {@code imul reg, rm, imm}: {@code 6B /r ib}. reg = rm * sx(imm) */
    void imul32_rri8(int reg, int rm, int imm) {
        rex(false, reg, rm, false);
        put(0x6b);
        modrm(reg, rm);
        signed8(imm);
    }

    /** {@code imul reg, rm, imm}: {@code 69 /r id}. reg = rm * sx(imm) */
    void imul32_rri(int reg, int rm, int imm) {
        rex(false, reg, rm, false);
        put(0x69);
        modrm(reg, rm);
        imm32(imm);
    }

    /** {@code imul reg, rm, imm}: {@code REX.W 6B /r ib}. reg = rm * sx(imm) */
    void imul64_rri8(int reg, int rm, int imm) {
        rex(true, reg, rm, false);
        put(0x6b);
        modrm(reg, rm);
        signed8(imm);
    }

    /** {@code imul reg, rm, imm}: {@code REX.W 69 /r id}. reg = rm * sx(imm) */
    void imul64_rri(int reg, int rm, int imm) {
        rex(true, reg, rm, false);
        put(0x69);
        modrm(reg, rm);
        imm32(imm);
    }

    /** {@code not rm}: {@code F7 /2}. rm = rm xor -1 */
    void not32(int rm) {
        rex(false, 0, rm, false);
        put(0xf7);
        modrm(2, rm);
    }

    /** {@code not rm}: {@code REX.W F7 /2}. rm = rm xor -1 */
    void not64(int rm) {
        rex(true, 0, rm, false);
        put(0xf7);
        modrm(2, rm);
    }

    /** {@code neg rm}: {@code F7 /3}. rm = -rm */
    void neg32(int rm) {
        rex(false, 0, rm, false);
        put(0xf7);
        modrm(3, rm);
    }

    /** {@code neg rm}: {@code REX.W F7 /3}. rm = -rm */
    void neg64(int rm) {
        rex(true, 0, rm, false);
        put(0xf7);
        modrm(3, rm);
    }

    /** {@code mul rm}: {@code F7 /4}. rdx, rax = zx(rax) * zx(rm) */
    void mul32(int rm) {
        rex(false, 0, rm, false);
        put(0xf7);
        modrm(4, rm);
    }

    /** {@code mul rm}: {@code REX.W F7 /4}. rdx, rax = zx(rax) * zx(rm) */
    void mul64(int rm) {
        rex(true, 0, rm, false);
        put(0xf7);
        modrm(4, rm);
    }

    /** {@code div rm}: {@code F7 /6}. rax, rdx = (rdx, rax) /u rm, (rdx, rax) %u rm */
    void div32(int rm) {
        rex(false, 0, rm, false);
        put(0xf7);
        modrm(6, rm);
    }

    /** {@code div rm}: {@code REX.W F7 /6}. rax, rdx = (rdx, rax) /u rm, (rdx, rax) %u rm */
    void div64(int rm) {
        rex(true, 0, rm, false);
        put(0xf7);
        modrm(6, rm);
    }

    /** {@code idiv rm}: {@code F7 /7}. rax, rdx = (rdx, rax) /s rm, (rdx, rax) %s rm */
    void idiv32(int rm) {
        rex(false, 0, rm, false);
        put(0xf7);
        modrm(7, rm);
    }

    /** {@code idiv rm}: {@code REX.W F7 /7}. rax, rdx = (rdx, rax) /s rm, (rdx, rax) %s rm */
    void idiv64(int rm) {
        rex(true, 0, rm, false);
        put(0xf7);
        modrm(7, rm);
    }

    /** {@code cdq}: {@code 99}. edx = eax >>s 31 */
    void cdq() {
        rex(false, 0, 0, false);
        put(0x99);
    }

    /** {@code cqo}: {@code REX.W 99}. rdx = rax >>s 63 */
    void cqo() {
        rex(true, 0, 0, false);
        put(0x99);
    }

    /** {@code rol rm, imm}: {@code C1 /0 ib}. rm rotated left */
    void rol32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0xc1);
        modrm(0, rm);
        unsigned8(imm);
    }

    /** {@code rol rm, imm}: {@code REX.W C1 /0 ib}. rm rotated left */
    void rol64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0xc1);
        modrm(0, rm);
        unsigned8(imm);
    }

    /** {@code ror rm, imm}: {@code C1 /1 ib}. rm rotated right */
    void ror32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0xc1);
        modrm(1, rm);
        unsigned8(imm);
    }

    /** {@code ror rm, imm}: {@code REX.W C1 /1 ib}. rm rotated right */
    void ror64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0xc1);
        modrm(1, rm);
        unsigned8(imm);
    }

    /** {@code shl rm, imm}: {@code C1 /4 ib}. rm = rm << imm */
    void shl32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0xc1);
        modrm(4, rm);
        unsigned8(imm);
    }

    /** {@code shl rm, imm}: {@code REX.W C1 /4 ib}. rm = rm << imm */
    void shl64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0xc1);
        modrm(4, rm);
        unsigned8(imm);
    }

    /** {@code shr rm, imm}: {@code C1 /5 ib}. rm = rm >>u imm */
    void shr32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0xc1);
        modrm(5, rm);
        unsigned8(imm);
    }

    /** {@code shr rm, imm}: {@code REX.W C1 /5 ib}. rm = rm >>u imm */
    void shr64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0xc1);
        modrm(5, rm);
        unsigned8(imm);
    }

    /** {@code sar rm, imm}: {@code C1 /7 ib}. rm = rm >>s imm */
    void sar32_ri(int rm, int imm) {
        rex(false, 0, rm, false);
        put(0xc1);
        modrm(7, rm);
        unsigned8(imm);
    }

    /** {@code sar rm, imm}: {@code REX.W C1 /7 ib}. rm = rm >>s imm */
    void sar64_ri(int rm, int imm) {
        rex(true, 0, rm, false);
        put(0xc1);
        modrm(7, rm);
        unsigned8(imm);
    }

    /** {@code rol rm, imm}: {@code 66 C1 /0 ib}. lo(rm, 16) rotated left */
    void rol16_ri(int rm, int imm) {
        put(0x66);
        rex(false, 0, rm, false);
        put(0xc1);
        modrm(0, rm);
        unsigned8(imm);
    }

    /** {@code shl rm, cl}: {@code D3 /4}. rm = rm << (cl and (32 - 1)) */
    void shl32_cl(int rm) {
        rex(false, 0, rm, false);
        put(0xd3);
        modrm(4, rm);
    }

    /** {@code shl rm, cl}: {@code REX.W D3 /4}. rm = rm << (cl and (64 - 1)) */
    void shl64_cl(int rm) {
        rex(true, 0, rm, false);
        put(0xd3);
        modrm(4, rm);
    }

    /** {@code shr rm, cl}: {@code D3 /5}. rm = rm >>u (cl and (32 - 1)) */
    void shr32_cl(int rm) {
        rex(false, 0, rm, false);
        put(0xd3);
        modrm(5, rm);
    }

    /** {@code shr rm, cl}: {@code REX.W D3 /5}. rm = rm >>u (cl and (64 - 1)) */
    void shr64_cl(int rm) {
        rex(true, 0, rm, false);
        put(0xd3);
        modrm(5, rm);
    }

    /** {@code sar rm, cl}: {@code D3 /7}. rm = rm >>s (cl and (32 - 1)) */
    void sar32_cl(int rm) {
        rex(false, 0, rm, false);
        put(0xd3);
        modrm(7, rm);
    }

    /** {@code sar rm, cl}: {@code REX.W D3 /7}. rm = rm >>s (cl and (64 - 1)) */
    void sar64_cl(int rm) {
        rex(true, 0, rm, false);
        put(0xd3);
        modrm(7, rm);
    }

    /** {@code shlx reg, rm, vvvv}: {@code VEX.LZ.66.0F38.W0 F7 /r}. Needs bmi2. reg = rm << (vvvv and (32 - 1)) */
    void shlx32(int reg, int rm, int vvvv) {
        vex(2, 1, false, reg, vvvv, rm);
        put(0xf7);
        modrm(reg, rm);
    }

    /** {@code shlx reg, rm, vvvv}: {@code VEX.LZ.66.0F38.W1 F7 /r}. Needs bmi2. reg = rm << (vvvv and (64 - 1)) */
    void shlx64(int reg, int rm, int vvvv) {
        vex(2, 1, true, reg, vvvv, rm);
        put(0xf7);
        modrm(reg, rm);
    }

    /** {@code sarx reg, rm, vvvv}: {@code VEX.LZ.F3.0F38.W0 F7 /r}. Needs bmi2. reg = rm >>s (vvvv and (32 - 1)) */
    void sarx32(int reg, int rm, int vvvv) {
        vex(2, 2, false, reg, vvvv, rm);
        put(0xf7);
        modrm(reg, rm);
    }

    /** {@code sarx reg, rm, vvvv}: {@code VEX.LZ.F3.0F38.W1 F7 /r}. Needs bmi2. reg = rm >>s (vvvv and (64 - 1)) */
    void sarx64(int reg, int rm, int vvvv) {
        vex(2, 2, true, reg, vvvv, rm);
        put(0xf7);
        modrm(reg, rm);
    }

    /** {@code shrx reg, rm, vvvv}: {@code VEX.LZ.F2.0F38.W0 F7 /r}. Needs bmi2. reg = rm >>u (vvvv and (32 - 1)) */
    void shrx32(int reg, int rm, int vvvv) {
        vex(2, 3, false, reg, vvvv, rm);
        put(0xf7);
        modrm(reg, rm);
    }

    /** {@code shrx reg, rm, vvvv}: {@code VEX.LZ.F2.0F38.W1 F7 /r}. Needs bmi2. reg = rm >>u (vvvv and (64 - 1)) */
    void shrx64(int reg, int rm, int vvvv) {
        vex(2, 3, true, reg, vvvv, rm);
        put(0xf7);
        modrm(reg, rm);
    }

    /** {@code rorx reg, rm, imm}: {@code VEX.LZ.F2.0F3A.W0 F0 /r ib}. Needs bmi2. reg = rm rotated right */
    void rorx32(int reg, int rm, int imm) {
        vex(3, 3, false, reg, 0, rm);
        put(0xf0);
        modrm(reg, rm);
        unsigned8(imm);
    }

    /** {@code rorx reg, rm, imm}: {@code VEX.LZ.F2.0F3A.W1 F0 /r ib}. Needs bmi2. reg = rm rotated right */
    void rorx64(int reg, int rm, int imm) {
        vex(3, 3, true, reg, 0, rm);
        put(0xf0);
        modrm(reg, rm);
        unsigned8(imm);
    }

    /** {@code mulx reg, vvvv, rm}: {@code VEX.LZ.F2.0F38.W1 F6 /r}. Needs bmi2. reg, vvvv = zx(rdx) * zx(rm) */
    void mulx64(int reg, int vvvv, int rm) {
        vex(2, 3, true, reg, vvvv, rm);
        put(0xf6);
        modrm(reg, rm);
    }

    /** {@code bswap op}: {@code 0F C8+r}. op = bswap(op) */
    void bswap32(int op) {
        rex(false, 0, op, false);
        put(0x0f);
        put(0xc8 + (op & 7));
    }

    /** {@code bswap op}: {@code REX.W 0F C8+r}. op = bswap(op) */
    void bswap64(int op) {
        rex(true, 0, op, false);
        put(0x0f);
        put(0xc8 + (op & 7));
    }

    /** {@code push op}: {@code 50+r}. rsp -= 8, store to rsp */
    void push(int op) {
        rex(false, 0, op, false);
        put(0x50 + (op & 7));
    }

    /** {@code pop op}: {@code 58+r}. load from rsp, rsp += 8 */
    void pop(int op) {
        rex(false, 0, op, false);
        put(0x58 + (op & 7));
    }

    /** {@code jmp rel}: {@code EB cb}. jump(1) */
    void jmp_rel8(int rel) {
        rex(false, 0, 0, false);
        put(0xeb);
        signed8(rel);
    }

    /** {@code jmp rel}: {@code E9 cd}. jump(1) */
    void jmp_rel32(int rel) {
        rex(false, 0, 0, false);
        put(0xe9);
        imm32(rel);
    }

    /** {@code call rel}: {@code E8 cd}. call */
    void call_rel32(int rel) {
        rex(false, 0, 0, false);
        put(0xe8);
        imm32(rel);
    }

    /** {@code jcc rel}: {@code 70+cc cb}. jump(cc) */
    void jcc_rel8(int cc, int rel) {
        rex(false, 0, 0, false);
        put(0x70 + condition(cc));
        signed8(rel);
    }

    /** {@code jcc rel}: {@code 0F 80+cc cd}. jump(cc) */
    void jcc_rel32(int cc, int rel) {
        rex(false, 0, 0, false);
        put(0x0f);
        put(0x80 + condition(cc));
        imm32(rel);
    }

    /** {@code cmovcc reg, rm}: {@code 0F 40+cc /r}. reg = cc ? rm : reg */
    void cmov32_rr(int cc, int reg, int rm) {
        rex(false, reg, rm, false);
        put(0x0f);
        put(0x40 + condition(cc));
        modrm(reg, rm);
    }

    /** {@code cmovcc reg, rm}: {@code REX.W 0F 40+cc /r}. reg = cc ? rm : reg */
    void cmov64_rr(int cc, int reg, int rm) {
        rex(true, reg, rm, false);
        put(0x0f);
        put(0x40 + condition(cc));
        modrm(reg, rm);
    }

    /** {@code call mem}: {@code FF /2}. call of load(mem) */
    void call_m(Mem mem) {
        rex(false, 0, mem, false);
        put(0xff);
        modrm(2, mem);
    }

    /** {@code jmp mem}: {@code FF /4}. jump to load(mem) */
    void jmp_m(Mem mem) {
        rex(false, 0, mem, false);
        put(0xff);
        modrm(4, mem);
    }

    /** {@code push mem}: {@code FF /6}. pushes load(mem) */
    void push_m(Mem mem) {
        rex(false, 0, mem, false);
        put(0xff);
        modrm(6, mem);
    }

    /** {@code pop mem}: {@code 8F /0}. store(mem, popped) */
    void pop_m(Mem mem) {
        rex(false, 0, mem, false);
        put(0x8f);
        modrm(0, mem);
    }

    /** {@code ret}: {@code C3}. return */
    void ret() {
        rex(false, 0, 0, false);
        put(0xc3);
    }

    /** {@code ud2}: {@code 0F 0B}. invalid opcode trap */
    void ud2() {
        rex(false, 0, 0, false);
        put(0x0f);
        put(0x0b);
    }

    /** {@code mfence}: {@code 0F AE F0}. orders memory accesses */
    void mfence() {
        rex(false, 0, 0, false);
        put(0x0f);
        put(0xae);
        put(0xf0);
    }

    /** {@code int3}: {@code CC}. breakpoint trap */
    void int3() {
        rex(false, 0, 0, false);
        put(0xcc);
    }

    /** {@code rdgsbase rm}: {@code F3 REX.W 0F AE /1}. Needs fsgsbase. rm = gs */
    void rdgsbase(int rm) {
        put(0xf3);
        rex(true, 0, rm, false);
        put(0x0f);
        put(0xae);
        modrm(1, rm);
    }

    /** {@code wrgsbase rm}: {@code F3 REX.W 0F AE /3}. Needs fsgsbase. gs = rm */
    void wrgsbase(int rm) {
        put(0xf3);
        rex(true, 0, rm, false);
        put(0x0f);
        put(0xae);
        modrm(3, rm);
    }
}
