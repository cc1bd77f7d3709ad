// SPDX-License-Identifier: Apache-2.0
//
// Maps as iproute2 (tc) had them: numbers that tie inner maps to outer ones, and programs to entries of a program array
// by the name of their section, ID/KEY.

#include <bpf4j/xdp.h>

struct bpf_elf_map {
	u32 type;
	u32 size_key;
	u32 size_value;
	u32 max_elem;
	u32 flags;
	u32 id;
	u32 pinning;
	u32 inner_id;
	u32 inner_idx;
};

enum { ARRAY_OF_MAPS = 12, CALLS = 1, INNER = 42 };

struct bpf_elf_map SEC("maps") calls = {
	.type = BPF_MAP_TYPE_PROG_ARRAY,
	.size_key = 4,
	.size_value = 4,
	.max_elem = 8,
	.id = CALLS,
	.pinning = 2,
};

struct bpf_elf_map SEC("maps") inner_one = {
	.type = BPF_MAP_TYPE_ARRAY,
	.size_key = 4,
	.size_value = 8,
	.max_elem = 2,
	.id = INNER,
	.inner_idx = 1,
};

struct bpf_elf_map SEC("maps") inner_two = {
	.type = BPF_MAP_TYPE_ARRAY,
	.size_key = 4,
	.size_value = 8,
	.max_elem = 2,
	.id = INNER,
	.inner_idx = -1,
};

struct bpf_elf_map SEC("maps") outer = {
	.type = ARRAY_OF_MAPS,
	.size_key = 4,
	.size_value = 4,
	.max_elem = 4,
	.inner_id = INNER,
};

SEC("1/3")
int third(struct xdp_md *ctx)
{
	return ctx->rx_queue_index + 3;
}

SEC("classifier")
int entry(struct xdp_md *ctx)
{
	u32 index = 1;
	bpf_tail_call(ctx, &calls, 3);
	return bpf_map_lookup_elem(&outer, &index) != 0;
}

char LICENSE[] SEC("license") = "Apache-2.0";
