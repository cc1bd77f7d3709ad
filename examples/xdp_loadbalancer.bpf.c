// SPDX-License-Identifier: Apache-2.0
//
// A layer-4 load balancer: packets to a virtual address go to one of many servers, inside IP-in-IP (RFC 2003).
//
//   1. Only unfragmented TCP and UDP over untagged IPv4 to a known address and port is ours; all else passes.
//   2. A known TCP connection keeps its server. Any other packet asks the ring: a Maglev table, in which a server that
//      comes or goes moves few flows. A new connection is remembered as long as there is room, until FIN or RST.
//   3. What would not fit the servers' network is dropped.
//   4. Ethernet padding is cut off, an outer IPv4 header put in front, the frame addressed to the server and sent back.

#include <bpf4j/parse.h>
#include <bpf4j/xdp.h>

// Settings: the loader may change them before the program is loaded.
const volatile u8 tunnel_source[4] = {192, 0, 2, 1};
const volatile u16 mtu = 1500; // of the way to the servers, in bytes of IP

#define RING_SIZE 251 // a prime, much larger than the number of servers
#define MAX_SERVICES 8
#define MAX_SERVERS 16
#define MAX_CONNECTIONS 16

struct service {
	be32 address;
	be16 port;
	u8 protocol;
	u8 zero;
};

struct ring {
	u8 server[RING_SIZE];
};

struct server {
	be32 address;
	u8 mac[6];
	u8 zero[2];
};

struct flow {
	be32 source;
	be32 destination;
	be16 source_port;
	be16 destination_port;
	u8 protocol;
} __packed;

struct counter {
	u64 packets;
	u64 bytes; // of IP, before encapsulation
};

enum event { FORWARDED, NOT_OURS, FRAGMENT, TOO_BIG, NO_ROOM, FAILED, EVENTS };

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_SERVICES);
	__type(key, struct service);
	__type(value, u32); // index into rings
} services SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_SERVICES);
	__type(key, u32);
	__type(value, struct ring);
} rings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_SERVERS);
	__type(key, u32);
	__type(value, struct server);
} servers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_CONNECTIONS);
	__type(key, struct flow);
	__type(value, u32); // index into servers
} connections SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, MAX_SERVERS);
	__type(key, u32);
	__type(value, struct counter);
} server_load SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, EVENTS);
	__type(key, u32);
	__type(value, u64);
} events SEC(".maps");

static __always_inline int finish(enum event event, int verdict)
{
	u32 index = event;
	u64 *count = bpf_map_lookup_elem(&events, &index);
	if (count)
		__sync_fetch_and_add(count, 1);
	return verdict;
}

// FNV-1a over the flow's 13 bytes.
static __always_inline u32 hash(const struct flow *flow)
{
	const u8 *bytes = (const u8 *)flow;
	u32 hash = 2166136261;
	for (u32 i = 0; i < sizeof *flow; i++)
		hash = (hash ^ bytes[i]) * 16777619;
	return hash;
}

// The flow of a packet that may be ours, and the flags if it is TCP; false if it has no ports.
static __always_inline int flow_of(struct cursor *packet, struct ipv4 *ip, u32 length, struct flow *flow, u8 *flags)
{
	flow->source = ip->source;
	flow->destination = ip->destination;
	flow->protocol = ip->protocol;
	if (ip->protocol == PROTOCOL_TCP) {
		struct tcp *tcp = take(packet, sizeof *tcp);
		if (!tcp || length < sizeof *tcp)
			return 0;
		flow->source_port = tcp->source_port;
		flow->destination_port = tcp->destination_port;
		*flags = tcp->flags;
		return 1;
	}
	if (ip->protocol == PROTOCOL_UDP) {
		struct udp *udp = take(packet, sizeof *udp);
		if (!udp || length < sizeof *udp)
			return 0;
		flow->source_port = udp->source_port;
		flow->destination_port = udp->destination_port;
		return 1;
	}
	return 0;
}

// The server for a flow, by connection or by ring; negative if the service has no ring.
static __always_inline int choose(struct flow *flow, u8 flags, u32 service)
{
	u32 *known = NULL;
	if (flow->protocol == PROTOCOL_TCP && !(flags & TCP_SYN))
		known = bpf_map_lookup_elem(&connections, flow);

	u32 server;
	if (known) {
		server = *known;
	} else {
		struct ring *ring = bpf_map_lookup_elem(&rings, &service);
		if (!ring)
			return -1;
		server = ring->server[(u64)hash(flow) * RING_SIZE >> 32]; // scaled: the verifier sees that it is in bounds
	}

	if (flow->protocol == PROTOCOL_TCP) {
		if (flags & (TCP_FIN | TCP_RST))
			bpf_map_delete_elem(&connections, flow);
		else if (!known && bpf_map_update_elem(&connections, flow, &server, BPF_ANY))
			finish(NO_ROOM, 0); // no harm: the ring says the same until servers change
	}
	return server;
}

// One's complement of the one's complement sum (RFC 1071).
static __always_inline u16 checksum(struct ipv4 *ip)
{
	u64 sum = (u32)bpf_csum_diff(NULL, 0, (be32 *)ip, sizeof *ip, 0);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

// Puts an outer IPv4 header in front of the inner one; false if there is no room.
static __always_inline int encapsulate(struct xdp_md *ctx, const struct server *server, u8 tos, u16 inner_length)
{
	if (bpf_xdp_adjust_head(ctx, -(int)sizeof(struct ipv4)))
		return 0;

	struct cursor packet = packet_of(ctx);
	struct eth *eth = take(&packet, sizeof *eth);
	struct ipv4 *outer = take(&packet, sizeof *outer);
	struct eth *old = packet.at - sizeof *old; // where the Ethernet header was
	if (!eth || !outer)
		return 0;

	__builtin_memcpy(eth->source, old->destination, sizeof eth->source);
	__builtin_memcpy(eth->destination, server->mac, sizeof eth->destination);
	eth->type = cpu_to_be16(ETHERTYPE_IPV4);

	outer->version_ihl = 4 << 4 | sizeof *outer / 4;
	outer->tos = tos;
	outer->total_length = cpu_to_be16(inner_length + sizeof *outer);
	outer->id = 0;
	outer->fragment = cpu_to_be16(IPV4_DONT_FRAGMENT);
	outer->ttl = 64;
	outer->protocol = PROTOCOL_IPIP;
	outer->checksum = 0;
	__builtin_memcpy(&outer->source, (const void *)tunnel_source, sizeof outer->source);
	outer->destination = server->address;
	outer->checksum = checksum(outer);
	return 1;
}

SEC("xdp")
int xdp_loadbalancer(struct xdp_md *ctx)
{
	struct cursor packet = packet_of(ctx);
	u32 length = packet.end - packet.at;
	struct eth *eth = take(&packet, sizeof *eth);
	if (!eth || eth->type != cpu_to_be16(ETHERTYPE_IPV4))
		return finish(NOT_OURS, XDP_PASS);

	struct payload payload;
	struct ipv4 *ip = take_ipv4(&packet, &payload);
	if (!ip)
		return finish(NOT_OURS, XDP_PASS);
	if (payload.fragment_offset || payload.more_fragments)
		return finish(FRAGMENT, XDP_PASS);

	struct flow flow = {};
	u8 flags = 0;
	if (!flow_of(&packet, ip, payload.length, &flow, &flags))
		return finish(NOT_OURS, XDP_PASS);
	struct service key = {.address = flow.destination, .port = flow.destination_port, .protocol = flow.protocol};
	u32 *service = bpf_map_lookup_elem(&services, &key);
	if (!service)
		return finish(NOT_OURS, XDP_PASS);

	u32 total = be16_to_cpu(ip->total_length);
	if (total + sizeof(struct ipv4) > mtu)
		return finish(TOO_BIG, XDP_DROP);
	u32 index = choose(&flow, flags, *service);
	struct server *server = bpf_map_lookup_elem(&servers, &index);
	if (!server)
		return finish(FAILED, XDP_DROP);

	u8 tos = ip->tos;
	s32 padding = length - sizeof *eth - total;
	if (padding && bpf_xdp_adjust_tail(ctx, -padding))
		return finish(FAILED, XDP_DROP);
	if (!encapsulate(ctx, server, tos, total))
		return finish(FAILED, XDP_DROP);

	struct counter *load = bpf_map_lookup_elem(&server_load, &index);
	if (load) {
		load->packets++;
		load->bytes += total;
	}
	return finish(FORWARDED, XDP_TX);
}

char LICENSE[] SEC("license") = "Apache-2.0";
