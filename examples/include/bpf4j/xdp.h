// SPDX-License-Identifier: Apache-2.0
// XDP: programs that see a packet before anybody else does.
#pragma once

#include <bpf4j/bpf.h>

struct xdp_md {
	u32 data;      // first byte of the packet
	u32 data_end;  // one past its last byte
	u32 data_meta; // metadata lies between data_meta and data
	u32 ingress_ifindex;
	u32 rx_queue_index;
	u32 egress_ifindex;
};

enum xdp_action {
	XDP_ABORTED = 0,
	XDP_DROP = 1,
	XDP_PASS = 2,
	XDP_TX = 3,
	XDP_REDIRECT = 4,
};

// Each moves one end of the packet by delta bytes; afterwards data, data_end and data_meta must be read again.
static long (*const bpf_xdp_adjust_head)(struct xdp_md *ctx, s32 delta) = (void *)44;
static long (*const bpf_xdp_adjust_meta)(struct xdp_md *ctx, s32 delta) = (void *)54;
static long (*const bpf_xdp_adjust_tail)(struct xdp_md *ctx, s32 delta) = (void *)65;
