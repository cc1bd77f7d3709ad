// SPDX-License-Identifier: Apache-2.0
//
// Local calls, all the ways there are: within .text, from a program into .text by name and by section, within a
// program's own section, into another section, three deep, and to the same function from two programs.

#include <bpf4j/xdp.h>

// .text, static: callers in another section refer to it by section and offset.
static __noinline u32 twice(u32 x)
{
	return x + x;
}

// .text, global: callers refer to it by name. Calls twice() within the section.
__noinline u32 four_times(u32 x)
{
	return twice(twice(x));
}

// A section of its own that no program lives in.
__attribute__((section("library"), noinline)) u32 seven_times(u32 x)
{
	return four_times(x) + twice(x) + x;
}

// In a program's section, static: the assembler may resolve the call without a relocation.
__attribute__((section("xdp"), noinline)) static u32 next(u32 x)
{
	return x * 3 + 1;
}

SEC("xdp")
int first(struct xdp_md *ctx)
{
	return next(ctx->ingress_ifindex) + seven_times(ctx->rx_queue_index);
}

SEC("xdp")
int second(struct xdp_md *ctx)
{
	return four_times(next(ctx->rx_queue_index));
}

SEC("xdp/other")
int third(struct xdp_md *ctx)
{
	return twice(ctx->ingress_ifindex) + seven_times(7);
}

char LICENSE[] SEC("license") = "Apache-2.0";
