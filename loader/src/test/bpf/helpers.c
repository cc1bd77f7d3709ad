// SPDX-License-Identifier: Apache-2.0
//
// Calls of each helper of the first release, among them a format string on the stack and one in .rodata.

#include <bpf4j/xdp.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, u64);
} table SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 4);
} jumps SEC(".maps");

static const char format[] = "%u bytes at %llu on %u";

SEC("xdp")
int helpers(struct xdp_md *ctx)
{
	u32 key = bpf_get_smp_processor_id();
	u64 value = bpf_get_prandom_u32();
	be32 words[2] = {1, 2};

	bpf_map_update_elem(&table, &key, &value, BPF_ANY);
	if (!bpf_map_lookup_elem(&table, &key) || bpf_map_delete_elem(&table, &key))
		return XDP_ABORTED;
	bpf_trace_printk(format, sizeof format, ctx->data_end - ctx->data, bpf_ktime_get_ns(), key);
	char text[] = "on the stack";
	bpf_trace_printk(text, sizeof text);
	if (bpf_csum_diff(NULL, 0, words, sizeof words, 0) < 0)
		return XDP_ABORTED;
	if (bpf_xdp_adjust_meta(ctx, -4) || bpf_xdp_adjust_head(ctx, -14) || bpf_xdp_adjust_tail(ctx, 2))
		return XDP_DROP;
	bpf_tail_call(ctx, &jumps, 0);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Apache-2.0";
