// SPDX-License-Identifier: Apache-2.0
//
// An arena: memory shared with user space, whose globals lie in section .addr_space.1.

#include <bpf4j/xdp.h>

#define __arena __attribute__((address_space(1)))
#define __ulong(name, value) enum { value_of_##name = value } name

enum { ARENA = 33, BPF_F_MMAPABLE = 1 << 10 };

struct {
	__uint(type, ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 10);
	__ulong(map_extra, 1ull << 44);
} arena SEC(".maps");

u32 __arena shared[4] SEC(".addr_space.1") = {1, 2, 3, 4};
u64 __arena counter SEC(".addr_space.1") = 5;

SEC("syscall")
int counts(struct xdp_md *ctx)
{
	counter += shared[ctx->rx_queue_index & 3];
	return counter;
}

char LICENSE[] SEC("license") = "Apache-2.0";
