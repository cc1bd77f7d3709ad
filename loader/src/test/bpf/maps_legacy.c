// SPDX-License-Identifier: Apache-2.0
//
// Maps in the old way, as structs in section "maps" that need no BTF. EXTRA appends fields, as some loaders had
// them.

#include <bpf4j/xdp.h>

#ifndef FIELDS
#define FIELDS 2
#endif

struct bpf_map_def {
	u32 type;
	u32 key_size;
	u32 value_size;
	u32 max_entries;
	u32 map_flags;
#ifdef EXTRA
	u32 extra[FIELDS];
#endif
};

struct bpf_map_def SEC("maps") counters = {
	.type = BPF_MAP_TYPE_ARRAY,
	.key_size = 4,
	.value_size = 8,
	.max_entries = 16,
};

struct bpf_map_def SEC("maps") flows = {
	.type = BPF_MAP_TYPE_HASH,
	.key_size = 13,
	.value_size = 24,
	.max_entries = 1000,
	.map_flags = BPF_F_NO_PREALLOC,
#ifdef EXTRA
	.extra = {EXTRA},
#endif
};

SEC("xdp")
int legacy(struct xdp_md *ctx)
{
	u32 index = ctx->rx_queue_index;
	u8 flow[16] = {};
	u64 *counter = bpf_map_lookup_elem(&counters, &index);
	if (counter)
		__sync_fetch_and_add(counter, 1);
	return bpf_map_lookup_elem(&flows, flow) ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "Apache-2.0";
