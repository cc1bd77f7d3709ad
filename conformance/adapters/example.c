// SPDX-License-Identifier: Apache-2.0
//
// An example of an adapter, with a runtime small enough to stand beside it: an interpreter of the conformance groups base32 and base64 without
// local calls and byte swaps. It checks nothing but opcodes and jump targets, so it rejects less than it should; that is what the suite then says.
//
//   cc -O2 -o example conformance/adapters/example.c
//   bpf4j conformance --adapter ./example --group base32 --group base64

#include "adapter.h"

struct insn {
    uint8_t opcode;
    uint8_t registers;
    int16_t off;
    int32_t imm;
};

static int compare(int code, uint64_t a, uint64_t b, int64_t sa, int64_t sb)
{
    switch (code) {
    case 0x1: return a == b;
    case 0x2: return a > b;
    case 0x3: return a >= b;
    case 0x4: return (a & b) != 0;
    case 0x5: return a != b;
    case 0x6: return sa > sb;
    case 0x7: return sa >= sb;
    case 0xa: return a < b;
    case 0xb: return a <= b;
    case 0xc: return sa < sb;
    case 0xd: return sa <= sb;
    default: return -1;
    }
}

// RFC 9669 section 4.1; 0 if it is none of the group.
static int arithmetic(int wide, int code, uint64_t *dst, uint64_t src, int off)
{
    uint64_t a = wide ? *dst : (uint32_t) *dst;
    uint64_t b = wide ? src : (uint32_t) src;
    unsigned shift = (unsigned) b & (wide ? 63 : 31);
    switch (code) {
    case 0x0: a += b; break;
    case 0x1: a -= b; break;
    case 0x4: a |= b; break;
    case 0x5: a &= b; break;
    case 0x6: a <<= shift; break;
    case 0x7: a >>= shift; break;
    case 0x8: a = 0 - a; break;
    case 0xa: a ^= b; break;
    case 0xb: a = off == 8 ? (uint64_t) (int8_t) b : off == 16 ? (uint64_t) (int16_t) b : off == 32 ? (uint64_t) (int32_t) b : b; break;
    case 0xc: a = wide ? (uint64_t) ((int64_t) a >> shift) : (uint64_t) ((int32_t) a >> shift); break;
    default: return 0;
    }
    *dst = wide ? a : (uint32_t) a;
    return 1;
}

static int load(int signed_, int size, uint64_t address, uint64_t *to)
{
    uint64_t value = 0;
    int bytes = size == 0x00 ? 4 : size == 0x08 ? 2 : size == 0x10 ? 1 : 8;
    memcpy(&value, (const void *) (uintptr_t) address, (size_t) bytes);
    int rest = 64 - 8 * bytes;
    *to = signed_ ? (uint64_t) ((int64_t) (value << rest) >> rest) : value;
    return !(signed_ && bytes == 8);
}

static void store(int size, uint64_t address, uint64_t value)
{
    int bytes = size == 0x00 ? 4 : size == 0x08 ? 2 : size == 0x10 ? 1 : 8;
    memcpy((void *) (uintptr_t) address, &value, (size_t) bytes);
}

static void unsupported(struct adapter_reply *reply, const struct insn *insn)
{
    reply->status = ADAPTER_UNSUPPORTED;
    snprintf(reply->text, sizeof reply->text, "no such instruction here: opcode 0x%02x", insn->opcode);
}

static int adapter_load(struct adapter_request *request, struct adapter_reply *reply)
{
    if (request->big_endian) {
        snprintf(reply->text, sizeof reply->text, "little-endian programs only");
    }
    return !request->big_endian;
}

static void adapter_unload(void)
{
}

static void adapter_execute(struct adapter_request *request, struct adapter_reply *reply)
{
    static _Alignas(16) uint8_t stack[512];
    uint64_t r[16] = {0};
    const struct insn *code = (const struct insn *) (const void *) request->code;
    long slots = request->code_length / 8;
    uint8_t *top = request->stack != NULL ? request->stack : stack + sizeof stack;
    memset(top - sizeof stack, 0, sizeof stack);
    r[1] = (uint64_t) (uintptr_t) request->memory;
    r[2] = request->memory_length;
    r[10] = (uint64_t) (uintptr_t) top;
    for (long pc = 0; pc >= 0 && pc < slots; pc++) {
        const struct insn *insn = &code[pc];
        uint64_t *dst = &r[insn->registers & 15];
        uint64_t src = r[insn->registers >> 4];
        int class = insn->opcode & 7;
        int mode = insn->opcode & 0xe0;
        uint64_t operand = insn->opcode & 8 ? src : (uint64_t) (int64_t) insn->imm;
        switch (class) {
        case 0: // only LD_IMM64 of a constant
            if (insn->opcode != 0x18 || insn->registers >> 4 != 0 || pc + 1 >= slots) {
                unsupported(reply, insn);
                return;
            }
            *dst = (uint32_t) insn->imm | (uint64_t) (uint32_t) insn[1].imm << 32;
            pc++;
            break;
        case 1:
            if ((mode != 0x60 && mode != 0x80) || !load(mode == 0x80, insn->opcode & 0x18, src + (uint64_t) (int64_t) insn->off, dst)) {
                unsupported(reply, insn);
                return;
            }
            break;
        case 2:
        case 3:
            if (mode != 0x60) {
                unsupported(reply, insn);
                return;
            }
            store(insn->opcode & 0x18, *dst + (uint64_t) (int64_t) insn->off, class == 2 ? (uint64_t) (int64_t) insn->imm : src);
            break;
        case 4:
        case 7:
            if (!arithmetic(class == 7, insn->opcode >> 4, dst, operand, insn->opcode >> 4 == 0xb && insn->opcode & 8 ? insn->off : 0)) {
                unsupported(reply, insn);
                return;
            }
            break;
        default: {
            int wide = class == 5;
            if (insn->opcode == 0x95) {
                reply->status = ADAPTER_RETURNED;
                reply->r0 = r[0];
                reply->has_registers = 1;
                memcpy(reply->registers, r, sizeof reply->registers);
                return;
            }
            int taken = insn->opcode >> 4 == 0 ? 1
                : wide ? compare(insn->opcode >> 4, *dst, operand, (int64_t) *dst, (int64_t) operand)
                       : compare(insn->opcode >> 4, (uint32_t) *dst, (uint32_t) operand, (int32_t) *dst, (int32_t) operand);
            if (taken < 0) {
                unsupported(reply, insn);
                return;
            }
            pc += taken ? insn->opcode == 0x06 ? insn->imm : insn->off : 0;
        }
        }
    }
    reply->status = ADAPTER_FAULT;
    snprintf(reply->text, sizeof reply->text, "execution left the program");
}

int main(void)
{
    return adapter_main("example", "1", "opcodes and jump targets");
}
