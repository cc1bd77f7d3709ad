// SPDX-License-Identifier: Apache-2.0
//
// Addresses of functions: as a helper's callback (LD_IMM64 of a .text function), and called through a register
// (callx).

#include <bpf4j/bpf.h>

static long (*const bpf_loop)(u32 iterations, void *callback, void *context, u64 flags) = (void *)181;

static long accumulate(u64 index, u64 *sum)
{
	*sum += index * index;
	return 0;
}

SEC("memory")
u64 sum_of_squares(const u8 *memory, u64 length)
{
	u64 sum = memory ? length : 0;
	bpf_loop(10, accumulate, &sum, 0);
	return sum;
}

static __noinline u64 plus(u64 a, u64 b) { return a + b; }
static __noinline u64 minus(u64 a, u64 b) { return a - b; }

SEC("memory")
u64 chosen(const u8 *memory, u64 length)
{
	u64 (*operation)(u64, u64) = length & 1 ? plus : minus;
	return operation(length, memory[0]);
}
