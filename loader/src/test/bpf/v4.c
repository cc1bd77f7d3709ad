// SPDX-License-Identifier: Apache-2.0
//
// The instructions of cpu version 4, each in a program of its own: sdiv, smod, movsx, ldsx, bswap, gotol.

#include <bpf4j/bpf.h>

SEC("memory") u64 sdiv32(const s32 *memory) { return (u32)(memory[0] / memory[1]); }
SEC("memory") u64 sdiv64(const s64 *memory) { return memory[0] / memory[1]; }
SEC("memory") u64 sdiv64_imm(const s64 *memory) { return memory[0] / -7; }
SEC("memory") u64 smod32(const s32 *memory) { return (u32)(memory[0] % memory[1]); }
SEC("memory") u64 smod64(const s64 *memory) { return memory[0] % memory[1]; }

SEC("memory") u64 movsx8(const u64 *memory) { return (signed char)(memory[0] + 1); }
SEC("memory") u64 movsx16(const u64 *memory) { return (short)(memory[0] + 1); }
SEC("memory") u64 movsx32(const u64 *memory) { return (s32)(memory[0] + 1); }
SEC("memory") u64 movsx8_32(const u32 *memory) { return (u32)(signed char)(memory[0] + 1); }

SEC("memory") u64 ldsx8(const signed char *memory) { return memory[1]; }
SEC("memory") u64 ldsx16(const short *memory) { return memory[1]; }
SEC("memory") u64 ldsx32(const s32 *memory) { return memory[1]; }

SEC("memory") u64 bswap16(const u64 *memory) { return __builtin_bswap16(memory[0]); }
SEC("memory") u64 bswap32(const u64 *memory) { return __builtin_bswap32(memory[0]); }
SEC("memory") u64 bswap64(const u64 *memory) { return __builtin_bswap64(memory[0]); }

#ifdef __bpf__
SEC("memory") u64 gotol(void)
{
	u64 result = 1; // the label becomes a symbol in the middle of the function, without a type
	asm volatile("gotol over_%=\n\t"
	             "%0 = 2\n"
	             "over_%=:"
	             : "+r"(result));
	return result;
}
#endif

SEC("memory") u64 stores(u64 *memory) // store-immediate came with v4, too
{
	memory[0] = 0x1234;
	((u8 *)memory)[9] = 0x56;
	return memory[0];
}
