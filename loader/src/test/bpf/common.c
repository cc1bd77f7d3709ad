// SPDX-License-Identifier: Apache-2.0
//
// Must be refused: -fcommon leaves `shared` without a section (SHN_COMMON) for a linker to place.

#include <bpf4j/xdp.h>

u64 shared;

SEC("xdp")
int common(struct xdp_md *ctx)
{
	shared += ctx->rx_queue_index;
	return shared;
}

char LICENSE[] SEC("license") = "Apache-2.0";
