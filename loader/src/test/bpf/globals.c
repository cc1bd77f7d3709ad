// SPDX-License-Identifier: Apache-2.0
//
// Global variables in all the sections clang puts them: .rodata, .data, .bss, string literals in
// .rodata.str1.1, and named sections. Referred to by symbol, by section plus offset, and with a constant offset
// into the variable.

#include <bpf4j/xdp.h>

const volatile u32 setting = 0x11223344;              // .rodata
static const volatile u8 small_table[5] = {1, 2, 4, 8, 16}; // .rodata, static, an odd size
static const u64 big_table[4] = {10, 200, 3000, 40000};

u64 counter = 1000;                      // .data
static volatile u16 half = 0xbeef;       // .data, static
struct { u8 a; u32 b; u64 c; } mixed = {1, 2, 3}; // .data, with padding

u64 zero;                                // .bss
static volatile u8 bytes[3];             // .bss, static
u64 far[600];                            // .bss, offsets larger than a page

const volatile u32 named_setting SEC(".rodata.settings") = 5;
u32 named_counter SEC(".data.counters") = 6;
u32 named_zero SEC(".bss.late");

static __noinline u32 length(const char *text)
{
	u32 n = 0;
	while (n < 64 && text[n])
		n++;
	return n;
}

SEC("xdp")
int globals(struct xdp_md *ctx)
{
	u32 index = ctx->rx_queue_index & 3;
	counter += setting + big_table[index];
	half += small_table[index] + small_table[4];
	mixed.b++;
	mixed.c += mixed.a;
	zero += counter;
	bytes[2] = 7;
	far[599] = far[index] + 1;
	named_counter += named_setting;
	named_zero++;
	return length(index ? "seven.." : "eleven chars");
}

char LICENSE[] SEC("license") = "Apache-2.0";
