// SPDX-License-Identifier: Apache-2.0
//
// A flow dissector, a program on messages, one that looks up sockets, one of netfilter. Made by
// clang-19 -target bpf -O2 -mcpu=v3 -g -nostdinc -I../../../../examples/include -fno-ident -fdebug-compilation-dir=junit/src/test/bpf
//     -fdebug-prefix-map=$(realpath ../../../../examples/include)=examples/include -c contexts.bpf.c -o contexts.bpf.o

#include <bpf4j/bpf.h>

static long (*const bpf_msg_apply_bytes)(void *msg, u32 bytes) = (void *)61;
static long (*const bpf_msg_cork_bytes)(void *msg, u32 bytes) = (void *)62;
static long (*const bpf_msg_pull_data)(void *msg, u32 start, u32 end, u64 flags) = (void *)63;
static long (*const bpf_msg_push_data)(void *msg, u32 start, u32 len, u64 flags) = (void *)90;
static long (*const bpf_msg_pop_data)(void *msg, u32 start, u32 len, u64 flags) = (void *)91;
static long (*const bpf_sk_assign)(void *ctx, void *sk, u64 flags) = (void *)124;

struct flow_keys {
	u16 nhoff, thoff, addr_proto;
	u8 is_frag, is_first_frag, is_encap, ip_proto;
	be16 n_proto, sport, dport;
	u16 zero;
	be32 src[4], dst[4];
	u32 flags;
	be32 flow_label;
};

struct sk_buff_context {
	u32 before[19];
	u32 data, data_end;
	u32 between[15];
	struct flow_keys *flow_keys;
};

// IPv4 with TCP or UDP and no options; all else is left to the kernel.
SEC("flow_dissector")
int dissect(struct sk_buff_context *ctx)
{
	struct flow_keys *keys = ctx->flow_keys;
	u8 *data = (void *)(u64)ctx->data, *end = (void *)(u64)ctx->data_end;
	u8 *ip = data + 14;
	if (keys->n_proto != __builtin_bswap16(0x0800) || data + 14 + 24 > end || ip[0] != 0x45)
		return 129; // BPF_FLOW_DISSECTOR_CONTINUE
	keys->addr_proto = 0x0800;
	keys->ip_proto = ip[9];
	keys->thoff = keys->nhoff + 20;
	*(u32 *)((u8 *)keys + 16) = *(u32 *)(ip + 12);
	*(u32 *)((u8 *)keys + 20) = *(u32 *)(ip + 16);
	keys->sport = *(be16 *)(ip + 20);
	keys->dport = *(be16 *)(ip + 22);
	return ip[9] == 6 || ip[9] == 17 ? 0 : 2; // BPF_OK, BPF_DROP
}

struct message {
	u8 *data, *data_end;
	u32 family;
	be32 remote_ip4, local_ip4, remote_ip6[4], local_ip6[4];
	be32 remote_port;
	u32 local_port, size;
	void *sk;
};

// Puts "len " in front of lines that begin with L, takes the first byte of those with P away, corks what is short.
SEC("sk_msg")
int on_message(struct message *msg)
{
	if (msg->size < 4) {
		bpf_msg_cork_bytes(msg, 4);
		return 1;
	}
	if (msg->data + 1 > msg->data_end)
		return 0;
	switch (msg->data[0]) {
	case 'L':
		if (bpf_msg_push_data(msg, 0, 4, 0) || bpf_msg_pull_data(msg, 0, 4, 0) || msg->data + 4 > msg->data_end)
			return 0;
		__builtin_memcpy(msg->data, "len ", 4);
		return 1;
	case 'P':
		return bpf_msg_pop_data(msg, 0, 1, 0) == 0;
	case 'A':
		bpf_msg_apply_bytes(msg, msg->size + (msg->local_port == 80 && msg->family == 2 ? 1000 : 0));
		return 1;
	default:
		return 0;
	}
}

struct lookup {
	void *sk;
	u32 family, protocol;
	be32 remote_ip4, remote_ip6[4];
	be16 remote_port, zero;
	be32 local_ip4, local_ip6[4];
	u32 local_port, ingress_ifindex;
};

struct {
	__uint(type, 15); // BPF_MAP_TYPE_SOCKMAP
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} servers SEC(".maps");

// Ports from 7000 to 7999 belong to the one server; nobody gets to port 1.
SEC("sk_lookup")
int choose(struct lookup *ctx)
{
	if (ctx->local_port == 1)
		return 0;
	if (ctx->local_port < 7000 || ctx->local_port > 7999)
		return 1;
	u32 zero = 0;
	void *server = bpf_map_lookup_elem(&servers, &zero);
	return server && bpf_sk_assign(ctx, server, 0) == 0 && ctx->sk == server;
}

struct hook_state {
	u8 hook, pf;
};

struct sk_buff {
	u8 before[112];
	u32 len;
};

struct netfilter {
	const struct hook_state *state;
	const struct sk_buff *skb;
};

// Of what this host sends over IPv4, packets of up to 100 bytes pass.
SEC("netfilter")
int filter(struct netfilter *ctx)
{
	return ctx->state->hook == 3 && ctx->state->pf == 2 && ctx->skb->len <= 100;
}

char LICENSE[] SEC("license") = "GPL";
