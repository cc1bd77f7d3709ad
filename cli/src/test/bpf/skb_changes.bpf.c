// SPDX-License-Identifier: Apache-2.0
//
// Programs that change socket buffers and tell what the helpers answered: run here and by the running kernel, they must leave the same packets,
// fields and answers. Made by
// clang-19 -target bpf -O2 -mcpu=v3 -g -nostdinc -I../../../../examples/include -fno-ident -fdebug-compilation-dir=cli/src/test/bpf
//     -fdebug-prefix-map=$(realpath ../../../../examples/include)=examples/include -c skb_changes.bpf.c -o skb_changes.bpf.o

#include <bpf4j/skb.h>

static long (*const skb_vlan_push)(void *, u16 proto, u16 tci) = (void *)18;
static long (*const skb_vlan_pop)(void *) = (void *)19;
static long (*const skb_get_tunnel_key)(void *, void *key, u32 size, u64 flags) = (void *)20;
static long (*const skb_set_tunnel_key)(void *, void *key, u32 size, u64 flags) = (void *)21;
static long (*const skb_get_tunnel_opt)(void *, void *opt, u32 size) = (void *)29;
static long (*const skb_set_tunnel_opt)(void *, void *opt, u32 size) = (void *)30;
static long (*const skb_change_proto)(void *, u16 proto, u64 flags) = (void *)31;
static long (*const skb_change_type)(void *, u32 type) = (void *)32;
static long (*const skb_change_tail)(void *, u32 len, u64 flags) = (void *)38;
static long (*const csum_update)(void *, u32 csum) = (void *)40;
static long (*const skb_change_head)(void *, u32 len, u64 flags) = (void *)43;
static long (*const skb_adjust_room)(void *, s32 diff, u32 mode, u64 flags) = (void *)50;
static long (*const skb_ecn_set_ce)(void *) = (void *)97;
static long (*const csum_level)(void *, u64 level) = (void *)135;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, u32);
	__type(value, u64);
} answers SEC(".maps");

static __always_inline void tell(u32 index, u64 answer)
{
	u64 *place = bpf_map_lookup_elem(&answers, &index);
	if (place)
		*place = answer;
}

static __always_inline void fields(struct __sk_buff *skb, u32 index)
{
	tell(index, skb->len);
	tell(index + 1, skb->protocol);
	tell(index + 2, skb->vlan_present | (u64)skb->vlan_tci << 8 | (u64)skb->vlan_proto << 32);
	tell(index + 3, skb->pkt_type);
}

SEC("tc")
int tail(struct __sk_buff *skb)
{
	u32 len = skb->len;
	tell(0, skb_change_tail(skb, len + 100, 0));
	fields(skb, 1);
	tell(5, skb_change_tail(skb, len - 3, 0));
	tell(6, skb_change_tail(skb, len, 0));
	tell(7, skb_change_tail(skb, len, 1));
	tell(8, skb_change_tail(skb, 13, 0));
	tell(9, skb_change_tail(skb, 14, 0));
	tell(10, skb_change_tail(skb, 16064, 0));
	tell(11, skb_change_tail(skb, 16065, 0));
	tell(12, skb_change_tail(skb, len, 0));
	return 0;
}

SEC("tc")
int head(struct __sk_buff *skb)
{
	tell(0, skb_change_head(skb, 14, 0));
	fields(skb, 1);
	tell(5, skb_change_head(skb, 4, 1));
	tell(6, skb_change_head(skb, 1 << 31, 0));
	return 0;
}

SEC("tc")
int room(struct __sk_buff *skb)
{
	tell(0, skb_adjust_room(skb, 16, 1, 0));
	tell(1, skb_adjust_room(skb, 8, 0, 0));
	fields(skb, 2);
	tell(6, skb_adjust_room(skb, -8, 0, 0));
	tell(7, skb_adjust_room(skb, -12, 1, 0));
	tell(8, skb_adjust_room(skb, 0x1000, 1, 0));
	tell(9, skb_adjust_room(skb, 4, 2, 0));
	tell(10, skb_adjust_room(skb, 4, 1, 1ull << 40));
	tell(11, skb_adjust_room(skb, 4, 1, 1 << 7));
	tell(12, skb_adjust_room(skb, -2000, 1, 0));
	tell(13, skb_adjust_room(skb, 4, 1, 6));
	fields(skb, 14);
	return 0;
}

SEC("tc")
int encapsulation(struct __sk_buff *skb)
{
	tell(0, skb_adjust_room(skb, 28, 1, 1 << 1 | 1 << 4));
	fields(skb, 1);
	return 0;
}

SEC("tc")
int decapsulation(struct __sk_buff *skb)
{
	tell(0, skb_adjust_room(skb, 40, 1, 1 << 2));
	fields(skb, 1);
	tell(5, skb_adjust_room(skb, -40, 1, 1 << 7));
	fields(skb, 6);
	tell(10, skb_adjust_room(skb, -1, 1, 1 << 7 | 1 << 8));
	return 0;
}

SEC("tc")
int protocol(struct __sk_buff *skb)
{
	tell(0, skb_change_proto(skb, 0xdd86, 0));
	fields(skb, 1);
	tell(5, skb_change_proto(skb, 0x0008, 0));
	fields(skb, 6);
	tell(10, skb_change_proto(skb, 0x0008, 1));
	tell(11, skb_change_proto(skb, 0x0608, 0));
	return 0;
}

SEC("tc")
int tags(struct __sk_buff *skb)
{
	tell(0, skb_vlan_push(skb, 0x0081, 0x123));
	fields(skb, 1);
	tell(5, skb_vlan_push(skb, 0xa888, 0x456));
	fields(skb, 6);
	tell(10, skb_vlan_push(skb, 0x1234, 0x789));
	fields(skb, 11);
	tell(15, skb_vlan_pop(skb));
	fields(skb, 16);
	tell(20, skb_vlan_pop(skb));
	fields(skb, 21);
	return 0;
}

SEC("tc")
int untag(struct __sk_buff *skb)
{
	tell(0, skb_vlan_pop(skb));
	fields(skb, 1);
	tell(5, skb_vlan_pop(skb));
	fields(skb, 6);
	tell(10, skb_vlan_pop(skb));
	fields(skb, 11);
	return 0;
}

SEC("tc")
int small_things(struct __sk_buff *skb)
{
	tell(0, skb_change_type(skb, 3));
	tell(1, skb->pkt_type);
	tell(2, skb_change_type(skb, 4));
	tell(3, skb_change_type(skb, 0));
	tell(4, csum_level(skb, 0));
	tell(5, csum_level(skb, 3));
	tell(6, csum_level(skb, 9));
	tell(7, csum_update(skb, 1));
	tell(8, skb_ecn_set_ce(skb));
	return 0;
}

struct tunnel_key {
	u32 id;
	u32 remote[4];
	u8 tos, ttl;
	u16 flags;
	u32 label;
	u32 local[4];
};

SEC("tc")
int tunnel(struct __sk_buff *skb)
{
	struct tunnel_key key = {.id = 7, .remote = {0x0a000001}, .tos = 1, .ttl = 64, .local = {0x0a000002}};
	u32 options[2] = {1, 2};
	tell(0, skb_get_tunnel_key(skb, &key, sizeof(key), 0));
	tell(1, key.id);
	key.id = 7, key.remote[0] = 0x0a000001, key.ttl = 64;
	tell(2, skb_set_tunnel_opt(skb, options, 8));
	tell(3, skb_set_tunnel_key(skb, &key, 20, 0));
	tell(4, skb_set_tunnel_key(skb, &key, sizeof(key), 1 << 9));
	tell(5, skb_set_tunnel_key(skb, &key, sizeof(key), 0));
	key.id = 0;
	tell(6, skb_get_tunnel_key(skb, &key, sizeof(key), 0));
	tell(7, key.id | (u64)key.remote[0] << 32);
	tell(8, key.ttl);
	tell(9, skb_get_tunnel_key(skb, &key, sizeof(key), 1));
	tell(10, skb_get_tunnel_opt(skb, options, 8));
	tell(11, skb_set_tunnel_opt(skb, options, 8));
	options[1] = 9;
	tell(12, skb_get_tunnel_opt(skb, options, 8));
	tell(13, options[1]);
	tell(14, skb_get_tunnel_opt(skb, options, 4));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
