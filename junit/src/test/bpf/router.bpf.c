// SPDX-License-Identifier: Apache-2.0
//
// A router: IPv4 packets go where the routing table says, with new link-layer addresses; each is told to user space. Made by
// clang-19 -target bpf -O2 -mcpu=v3 -g -nostdinc -I../../../../examples/include -fno-ident -fdebug-compilation-dir=junit/src/test/bpf
//     -fdebug-prefix-map=$(realpath ../../../../examples/include)=examples/include -c router.bpf.c -o router.bpf.o

#include <bpf4j/packet.h>
#include <bpf4j/xdp.h>

static long (*const bpf_redirect)(u32 ifindex, u64 flags) = (void *)23;
static long (*const bpf_fib_lookup)(void *ctx, void *params, int plen, u32 flags) = (void *)69;
static long (*const bpf_ringbuf_output)(void *ring, void *data, u64 size, u64 flags) = (void *)130;

struct fib_lookup {
	u8 family, protocol;
	u16 source_port, destination_port, length;
	u32 ifindex, tos;
	u32 source[4], destination[4];
	u32 vlan;
	u8 source_mac[6], destination_mac[6];
};

struct event {
	u32 destination; // network order
	u32 result;      // of the lookup
};

struct {
	__uint(type, 27);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, u32);
	__type(value, u64);
} forwarded SEC(".maps");

SEC("xdp")
int router(struct xdp_md *ctx)
{
	u8 *data = (u8 *)(u64)ctx->data, *end = (u8 *)(u64)ctx->data_end;
	struct fib_lookup fib = {};
	struct event event;
	u64 one = 1, *count;

	if (data + 34 > end || data[12] != 8 || data[13] != 0)
		return XDP_PASS;
	fib.family = 2;
	fib.length = data[16] << 8 | data[17];
	fib.ifindex = ctx->ingress_ifindex;
	fib.destination[0] = *(u32 *)(data + 30);
	event.destination = fib.destination[0];
	event.result = bpf_fib_lookup(ctx, &fib, sizeof(fib), 0);
	bpf_ringbuf_output(&events, &event, sizeof(event), 0);
	if (event.result) {
		bpf_trace_printk("no way: %d", 11, event.result);
		return event.result == 4 ? XDP_PASS : XDP_DROP;
	}
	for (int i = 0; i < 6; i++) {
		data[i] = fib.destination_mac[i];
		data[6 + i] = fib.source_mac[i];
	}
	count = bpf_map_lookup_elem(&forwarded, &fib.ifindex);
	if (count)
		*count += 1;
	else
		bpf_map_update_elem(&forwarded, &fib.ifindex, &one, BPF_ANY);
	return bpf_redirect(fib.ifindex, 0);
}

char LICENSE[] SEC("license") = "GPL";
