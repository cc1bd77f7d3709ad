// SPDX-License-Identifier: Apache-2.0
//
// A packet parser made of one program per header, chained by tail calls.
//
// Each program takes one header and jumps to the next header's program by way of a program array; what they
// tell each other travels in the packet's metadata, where it stays for whoever gets the packet afterwards. VLAN
// tags and IPv6 extension headers call their own program again. A chain ends when a program is the last one
// (TCP, UDP), when nobody is registered for what comes next (ICMP, ARP, ...), or after 33 tail calls, when the
// machine refuses the next.

#include <bpf4j/parse.h>
#include <bpf4j/xdp.h>

#define MAX_OFFSET 512 // no chain of 33 headers that people send is longer; it also bounds the verifier's worries

// In front of the packet, between data_meta and data.
struct state {
	u16 offset; // of the next header
	u16 end;    // of the IP packet, 0 before it is known; Ethernet padding may follow
	u16 next;   // EtherType or IP protocol of the next header
	u16 zero;
	be16 source_port;
	be16 destination_port;
};

enum parser { PARSE_VLAN, PARSE_IPV4, PARSE_IPV6, PARSE_EXTENSION, PARSE_TCP, PARSE_UDP, PARSE_OTHER, PARSERS };

enum outcome { PARSED, NO_PARSER, MALFORMED, NO_METADATA, OUTCOMES };

int parse_vlan(struct xdp_md *ctx);
int parse_ipv4(struct xdp_md *ctx);
int parse_ipv6(struct xdp_md *ctx);
int parse_extension(struct xdp_md *ctx);
int parse_tcp(struct xdp_md *ctx);
int parse_udp(struct xdp_md *ctx);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, PARSERS);
	__uint(key_size, sizeof(u32));
	__array(values, int(struct xdp_md *));
} parsers SEC(".maps") = {
	.values = {
		[PARSE_VLAN] = parse_vlan,
		[PARSE_IPV4] = parse_ipv4,
		[PARSE_IPV6] = parse_ipv6,
		[PARSE_EXTENSION] = parse_extension,
		[PARSE_TCP] = parse_tcp,
		[PARSE_UDP] = parse_udp,
		// PARSE_OTHER stays empty
	},
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, PARSERS);
	__type(key, u32);
	__type(value, u64);
} runs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, OUTCOMES);
	__type(key, u32);
	__type(value, u64);
} outcomes SEC(".maps");

static __always_inline void count(void *counters, u32 index)
{
	u64 *counter = bpf_map_lookup_elem(counters, &index);
	if (counter)
		++*counter;
}

static __always_inline int finish(enum outcome outcome)
{
	count(&outcomes, outcome);
	return outcome == MALFORMED ? XDP_DROP : outcome == NO_METADATA ? XDP_ABORTED : XDP_PASS;
}

// The state, and the packet from the next header on; NULL if they are not there.
static __always_inline struct state *resume(struct xdp_md *ctx, struct cursor *packet)
{
	struct state *state = (void *)(long)ctx->data_meta;
	*packet = packet_of(ctx);
	if ((void *)(state + 1) > packet->at || state->offset > MAX_OFFSET || !take(packet, state->offset))
		return NULL;
	return state;
}

// The bytes of IP from the next header on.
static __always_inline u32 length_of(struct state *state)
{
	return state->end > state->offset ? state->end - state->offset : 0;
}

// Leaves the rest of the packet, which starts with a header of type `next`, to that header's parser.
static __always_inline int go_on(struct xdp_md *ctx, struct state *state, u32 size, u16 next, enum parser parser)
{
	state->offset += size;
	state->next = next;
	bpf_tail_call(ctx, &parsers, parser);
	return finish(NO_PARSER); // only gets here when there was nothing to call
}

static __always_inline int by_ethertype(struct xdp_md *ctx, struct state *state, u32 size, u16 type)
{
	enum parser parser = type == ETHERTYPE_VLAN || type == ETHERTYPE_QINQ ? PARSE_VLAN
	                   : type == ETHERTYPE_IPV4                          ? PARSE_IPV4
	                   : type == ETHERTYPE_IPV6                          ? PARSE_IPV6
	                                                                     : PARSE_OTHER;
	return go_on(ctx, state, size, type, parser);
}

static __always_inline int by_protocol(struct xdp_md *ctx, struct state *state, u32 size, struct payload *payload)
{
	enum parser parser = payload->fragment_offset           ? PARSE_OTHER
	                   : payload->protocol == PROTOCOL_TCP  ? PARSE_TCP
	                   : payload->protocol == PROTOCOL_UDP  ? PARSE_UDP
	                   : is_extension(payload->protocol)    ? PARSE_EXTENSION
	                                                        : PARSE_OTHER;
	return go_on(ctx, state, size, payload->protocol, parser);
}

SEC("xdp")
int tail_calls(struct xdp_md *ctx)
{
	if (bpf_xdp_adjust_meta(ctx, -(int)sizeof(struct state)))
		return finish(NO_METADATA);
	struct cursor packet = packet_of(ctx);
	struct state *state = (void *)(long)ctx->data_meta;
	if ((void *)(state + 1) > packet.at)
		return finish(NO_METADATA);
	*state = (struct state){};

	struct eth *eth = take(&packet, sizeof *eth);
	if (!eth)
		return finish(MALFORMED);
	return by_ethertype(ctx, state, sizeof *eth, be16_to_cpu(eth->type));
}

SEC("xdp")
int parse_vlan(struct xdp_md *ctx)
{
	struct cursor packet;
	struct state *state = resume(ctx, &packet);
	count(&runs, PARSE_VLAN);
	struct vlan *vlan = take(&packet, sizeof *vlan);
	if (!state || !vlan)
		return finish(MALFORMED);
	return by_ethertype(ctx, state, sizeof *vlan, be16_to_cpu(vlan->type));
}

SEC("xdp")
int parse_ipv4(struct xdp_md *ctx)
{
	struct cursor packet;
	struct payload payload;
	struct state *state = resume(ctx, &packet);
	count(&runs, PARSE_IPV4);
	struct ipv4 *ip = take_ipv4(&packet, &payload);
	if (!state || !ip)
		return finish(MALFORMED);
	u32 header = packet.at - (void *)ip;
	state->end = state->offset + header + payload.length;
	if (is_extension(payload.protocol))
		return go_on(ctx, state, header, payload.protocol, PARSE_OTHER); // they are IPv6's
	return by_protocol(ctx, state, header, &payload);
}

SEC("xdp")
int parse_ipv6(struct xdp_md *ctx)
{
	struct cursor packet;
	struct payload payload;
	struct state *state = resume(ctx, &packet);
	count(&runs, PARSE_IPV6);
	struct ipv6 *ip = take_ipv6(&packet, &payload);
	if (!state || !ip)
		return finish(MALFORMED);
	state->end = state->offset + sizeof *ip + payload.length;
	return by_protocol(ctx, state, sizeof *ip, &payload);
}

SEC("xdp")
int parse_extension(struct xdp_md *ctx)
{
	struct cursor packet;
	struct state *state = resume(ctx, &packet);
	count(&runs, PARSE_EXTENSION);
	if (!state)
		return finish(MALFORMED);
	void *header = packet.at;
	struct payload payload = {.protocol = state->next, .length = length_of(state)};
	if (!take_extension(&packet, &payload))
		return finish(MALFORMED);
	return by_protocol(ctx, state, packet.at - header, &payload);
}

SEC("xdp")
int parse_tcp(struct xdp_md *ctx)
{
	struct cursor packet;
	struct state *state = resume(ctx, &packet);
	count(&runs, PARSE_TCP);
	struct tcp *tcp = take(&packet, sizeof *tcp);
	if (!state || !tcp || length_of(state) < sizeof *tcp)
		return finish(MALFORMED);
	state->source_port = tcp->source_port;
	state->destination_port = tcp->destination_port;
	return finish(PARSED);
}

SEC("xdp")
int parse_udp(struct xdp_md *ctx)
{
	struct cursor packet;
	struct state *state = resume(ctx, &packet);
	count(&runs, PARSE_UDP);
	struct udp *udp = take(&packet, sizeof *udp);
	if (!state || !udp || length_of(state) < sizeof *udp)
		return finish(MALFORMED);
	state->source_port = udp->source_port;
	state->destination_port = udp->destination_port;
	return finish(PARSED);
}

char LICENSE[] SEC("license") = "Apache-2.0";
