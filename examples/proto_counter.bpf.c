// SPDX-License-Identifier: Apache-2.0
//
// Counts packets and bytes, per EtherType and per IP protocol, and lets everything pass.
//
// A packet is counted once under its outermost EtherType (an 802.3 length counts as type 0), and once under the
// protocol its IP header, after any VLAN tags and IPv6 extension headers, says it carries. The bytes are those
// of the whole packet.

#include <bpf4j/parse.h>
#include <bpf4j/xdp.h>

#define LOWEST_ETHERTYPE 0x0600 // below it is a length (IEEE 802.3 section 3.2.6)
#define MAX_ETHERTYPES 7        // more are not counted one by one

struct counter {
	u64 packets;
	u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 256);
	__type(key, u32);
	__type(value, struct counter);
} by_protocol SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_ETHERTYPES);
	__type(key, u16); // in the order of the machine
	__type(value, struct counter);
} by_ethertype SEC(".maps");

struct counter runts;           // too short to have a type
struct counter bad_headers;     // tags or IP headers that are cut off or contradict themselves
struct counter more_ethertypes; // the table was full

static __always_inline void add(struct counter *counter, u32 bytes)
{
	__sync_fetch_and_add(&counter->packets, 1);
	__sync_fetch_and_add(&counter->bytes, bytes);
}

static __always_inline void count_ethertype(u16 type, u32 bytes)
{
	if (type < LOWEST_ETHERTYPE)
		type = 0;
	struct counter *counter = bpf_map_lookup_elem(&by_ethertype, &type);
	if (!counter) {
		struct counter zero = {};
		bpf_map_update_elem(&by_ethertype, &type, &zero, BPF_NOEXIST);
		counter = bpf_map_lookup_elem(&by_ethertype, &type); // perhaps another CPU was faster: all the same
	}
	add(counter ? counter : &more_ethertypes, bytes);
}

static __always_inline void count_protocol(u8 protocol, u32 bytes)
{
	u32 index = protocol;
	struct counter *counter = bpf_map_lookup_elem(&by_protocol, &index);
	if (counter) { // this CPU's own: no atomics needed
		counter->packets++;
		counter->bytes += bytes;
	}
}

#define NOT_IP -1
#define BAD_HEADERS -2

// The protocol that IP carries; NOT_IP, or BAD_HEADERS.
static __always_inline int protocol_of(struct cursor *packet)
{
	struct payload payload;
	int type = take_ethernet(packet);
	if (type < 0)
		return BAD_HEADERS;
	if (type == ETHERTYPE_IPV4)
		return take_ipv4(packet, &payload) ? payload.protocol : BAD_HEADERS;
	if (type == ETHERTYPE_IPV6)
		return take_ipv6(packet, &payload) && take_extensions(packet, &payload) ? payload.protocol : BAD_HEADERS;
	return NOT_IP;
}

SEC("xdp")
int proto_counter(struct xdp_md *ctx)
{
	struct cursor packet = packet_of(ctx);
	u32 bytes = packet.end - packet.at;
	struct eth *eth = packet.at;
	if ((void *)(eth + 1) > packet.end) {
		add(&runts, bytes);
		return XDP_PASS;
	}
	count_ethertype(be16_to_cpu(eth->type), bytes);

	int protocol = protocol_of(&packet);
	if (protocol == BAD_HEADERS)
		add(&bad_headers, bytes);
	else if (protocol != NOT_IP)
		count_protocol(protocol, bytes);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Apache-2.0";
