// SPDX-License-Identifier: Apache-2.0
//
// Programs that ask for what no kernel has: a helper, a map type. One of them asks for nothing. Made by
// clang-19 -target bpf -O2 -mcpu=v3 -g -nostdinc -I../../../../examples/include -fno-ident -fdebug-compilation-dir=cli/src/test/bpf
//     -fdebug-prefix-map=$(realpath ../../../../examples/include)=examples/include -c unknown.c -o unknown.o

#include <bpf4j/xdp.h>

enum { NO_SUCH_TYPE = 99 };

static long (*no_such_helper)(void) = (void *)500;

struct {
	__uint(type, NO_SUCH_TYPE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} strange SEC(".maps");

SEC("xdp")
int content(void)
{
	return XDP_PASS;
}

SEC("xdp")
int calls(void)
{
	return no_such_helper();
}

SEC("tracepoint/sched/sched_switch")
int keeps(void)
{
	u32 key = 0;
	return bpf_map_lookup_elem(&strange, &key) != 0;
}

char LICENSE[] SEC("license") = "Apache-2.0";
