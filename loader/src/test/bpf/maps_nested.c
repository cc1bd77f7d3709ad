// SPDX-License-Identifier: Apache-2.0
//
// Maps in maps, filled by the object; pinning, map_extra, as a number of 64 bits with -DULONG; a value of many types.

#include <bpf4j/xdp.h>

#define __ulong(name, value) enum { __concat(unique_value, __COUNTER__) = value } name
#define __concat(a, b) __concat_(a, b)
#define __concat_(a, b) a##b

enum { ARRAY_OF_MAPS = 12, HASH_OF_MAPS = 13, BLOOM_FILTER = 30 };

struct inner_map {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, u32);
	__type(value, u64);
} first SEC(".maps"), second SEC(".maps");

struct {
	__uint(type, ARRAY_OF_MAPS);
	__uint(max_entries, 4);
	__type(key, u32);
	__array(values, struct inner_map);
} outer SEC(".maps") = {
	.values = {[0] = &first, [3] = &second},
};

struct {
	__uint(type, HASH_OF_MAPS);
	__uint(max_entries, 8);
	__uint(key_size, 4);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_HASH);
		__uint(max_entries, 16);
		__uint(map_flags, BPF_F_NO_PREALLOC);
		__type(key, u64);
		__type(value, u32);
	});
} unfilled SEC(".maps");

enum state { STATE_NEW, STATE_OLD = 3 };

struct record {
	u32 low : 4, middle : 9;
	s32 high : 7;
	enum state state;
	char name[8];
	union {
		u32 number;
		u8 bytes[4];
	};
	_Bool flag;
	struct record *next;
	signed char small[3];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 100);
	__uint(pinning, 1);
	__type(key, u32);
	__type(value, struct record);
} records SEC(".maps");

struct {
	__uint(type, BLOOM_FILTER);
	__uint(max_entries, 1000);
	__uint(value_size, 8);
#ifdef ULONG
	__ulong(map_extra, 0x100000003);
#else
	__uint(map_extra, 3);
#endif
} bloom SEC(".maps");

SEC("xdp")
int nested(struct xdp_md *ctx)
{
	u32 index = ctx->rx_queue_index;
	void *inner = bpf_map_lookup_elem(&outer, &index);
	u64 *value = inner ? bpf_map_lookup_elem(inner, &index) : 0;
	struct record *record = bpf_map_lookup_elem(&records, &index);
	return (value ? *value : 0) + (record ? record->state : 0) + (bpf_map_lookup_elem(&unfilled, &index) != 0);
}

char LICENSE[] SEC("license") = "Apache-2.0";
