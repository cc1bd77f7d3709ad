// SPDX-License-Identifier: Apache-2.0
//
// Programs of several kinds in sections of several names: two in one section, one alone, one in .text, a weak
// one, one whose symbol is local; and a function that is not a program because it is static and in .text.

#include <bpf4j/skb.h>
#include <bpf4j/xdp.h>

static __noinline int helper(u32 x)
{
	return x ^ 0x5555;
}

int in_text(struct xdp_md *ctx)
{
	return helper(ctx->rx_queue_index);
}

SEC("xdp")
int xdp_one(struct xdp_md *ctx)
{
	return helper(ctx->ingress_ifindex);
}

SEC("xdp")
int xdp_two(struct xdp_md *ctx)
{
	return ctx->ingress_ifindex + 2;
}

SEC("xdp.frags/devmap")
int xdp_frags(struct xdp_md *ctx)
{
	return ctx->ingress_ifindex + 3;
}

SEC("tc")
int classify(struct __sk_buff *skb)
{
	return helper(skb->len);
}

SEC("classifier/ingress")
int old_name(struct __sk_buff *skb)
{
	return skb->mark;
}

SEC("socket")
__weak int filter(struct __sk_buff *skb)
{
	return skb->len;
}

SEC("socket1")
static int local_program(struct __sk_buff *skb)
{
	return skb->len - 1;
}

SEC("a section with spaces")
int oddly_placed(struct xdp_md *ctx)
{
	return ctx->rx_queue_index;
}

char LICENSE[] SEC("license") = "Apache-2.0";
u32 VERSION SEC("version") = 0x00060c00;
