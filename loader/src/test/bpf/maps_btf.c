// SPDX-License-Identifier: Apache-2.0
//
// Maps described by BTF, with each way of giving key and value, and a program array that the object fills.

#include <bpf4j/xdp.h>

struct key {
	u32 network;
	u16 port;
	u8 protocol;
} __attribute__((packed));

struct value {
	u64 packets;
	u64 bytes;
	u32 last[3];
};

typedef struct value value_alias;

enum { TABLE_SIZE = 100 };

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, u64);
} plain_array SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, TABLE_SIZE);
	__type(key, u32);
	__type(value, value_alias);
} percpu_array SEC(".maps");

struct hash_map { // a named type, shared by two maps
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, TABLE_SIZE);
	__type(key, struct key);
	__type(value, struct value);
	__uint(map_flags, BPF_F_NO_PREALLOC);
};
struct hash_map hash_one SEC(".maps");
struct hash_map hash_two SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(key_size, 7); // sizes instead of types
	__uint(value_size, 1);
	__uint(max_entries, 1);
} sizes_only SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(key_size, 20);
	__type(value, u32);
} routes SEC(".maps");

int target(struct xdp_md *ctx);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(key_size, sizeof(u32));
	__uint(max_entries, 8);
	__array(values, int(struct xdp_md *));
} jumps SEC(".maps") = {
	.values = {[5] = target},
};

SEC("xdp")
int target(struct xdp_md *ctx)
{
	return ctx->rx_queue_index;
}

SEC("xdp")
int uses_maps(struct xdp_md *ctx)
{
	u32 index = 1;
	struct key key = {};
	u64 *number = bpf_map_lookup_elem(&plain_array, &index);
	struct value *value = bpf_map_lookup_elem(&percpu_array, &index);
	if (!number || !value)
		return XDP_ABORTED;
	bpf_map_update_elem(&hash_one, &key, value, BPF_ANY);
	bpf_map_update_elem(&hash_two, &key, value, BPF_NOEXIST);
	bpf_map_delete_elem(&sizes_only, &key);
	if (bpf_map_lookup_elem(&routes, value))
		bpf_tail_call(ctx, &jumps, 5);
	return *number;
}

char LICENSE[] SEC("license") = "Apache-2.0";
