// SPDX-License-Identifier: Apache-2.0
//
// Weak symbols: defined functions and variables that are weak, and one that is weak and nowhere, which has
// address 0.

#include <bpf4j/xdp.h>

__weak __noinline u32 overridable(u32 x)
{
	return x + 1;
}

__weak u32 limit = 9;
__weak const volatile u32 fixed = 4;

extern u32 nowhere __attribute__((weak));

SEC("xdp")
int weak(struct xdp_md *ctx)
{
	if (&nowhere)
		return nowhere;
	return overridable(ctx->rx_queue_index) + limit + fixed;
}

char LICENSE[] SEC("license") = "Apache-2.0";
