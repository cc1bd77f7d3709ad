// SPDX-License-Identifier: Apache-2.0
//
// Tables of functions for the kernel to call, and tables of our own: addresses of functions in data.

#include <bpf4j/xdp.h>

struct congestion_ops {
	void (*init)(void *socket);
	u32 (*threshold)(void *socket);
	u32 flags;
	char name[16];
};

SEC("struct_ops/init")
void init(void *socket)
{
	*(volatile u32 *)socket = 1;
}

SEC("struct_ops")
u32 threshold(void *socket)
{
	return *(u32 *)socket * 2;
}

SEC(".struct_ops")
struct congestion_ops first = {
	.init = init,
	.threshold = threshold,
	.flags = 3,
	.name = "first",
};

SEC(".struct_ops.link")
struct congestion_ops second = {
	.threshold = threshold,
	.name = "second",
};

static __noinline u64 plus(u64 a, u64 b)
{
	return a + b;
}

static __noinline u64 minus(u64 a, u64 b)
{
	return a - b;
}

u64 (*volatile const table[2])(u64, u64) = {plus, minus};

SEC("memory")
u64 through_table(u8 *memory, u64 length)
{
	return table[memory[0] & 1](memory[0], length);
}

char LICENSE[] SEC("license") = "Apache-2.0";
