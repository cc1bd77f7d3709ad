// SPDX-License-Identifier: Apache-2.0
//
// A packet filter: rules by source network (IPv4 and IPv6), rules by service, a default for the rest.
//
//   1. A packet whose headers are cut off or contradict each other is dropped.
//   2. The longest source network that matches decides, unless its action is RULE_CONTINUE.
//   3. Later fragments carry no ports; what happens to them is a setting.
//   4. The rule for the service (protocol and port, or ICMP type) decides.
//   5. Otherwise the default verdict.
//
// Every rule that matched is counted under its id, every packet under the reason for its verdict.

#include <bpf4j/parse.h>
#include <bpf4j/xdp.h>

// Settings: the loader may change them before the program is loaded.
const volatile u32 default_verdict = XDP_PASS;
const volatile u32 later_fragment_verdict = XDP_PASS;
const volatile u8 drop_bad_tcp_flags = 1;

#define MAX_RULES 32

enum rule_action { RULE_DROP, RULE_PASS, RULE_CONTINUE };

struct rule {
	u32 id; // index into rule_hits
	enum rule_action action;
};

struct network_v4 {
	u32 prefix_length; // bits
	u8 address[4];
};

struct network_v6 {
	u32 prefix_length; // bits
	u8 address[16];
};

struct service {
	u8 protocol;
	u8 zero;
	be16 selector; // destination port of TCP and UDP, message type of ICMP and ICMPv6, otherwise 0
};

struct counter {
	u64 packets;
	u64 bytes;
};

enum reason {
	MALFORMED,
	NOT_IP,
	NETWORK_RULE,
	LATER_FRAGMENT,
	TINY_FRAGMENT,
	BAD_TCP_FLAGS,
	SERVICE_RULE,
	DEFAULT,
	REASONS,
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, MAX_RULES);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct network_v4);
	__type(value, struct rule);
} networks_v4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, MAX_RULES);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct network_v6);
	__type(value, struct rule);
} networks_v6 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_RULES);
	__type(key, struct service);
	__type(value, struct rule);
} services SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, MAX_RULES);
	__type(key, u32);
	__type(value, struct counter);
} rule_hits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, REASONS);
	__type(key, u32);
	__type(value, struct counter);
} reasons SEC(".maps");

struct inspection {
	struct cursor packet;
	u32 bytes; // length of the whole packet
	enum reason reason;
};

static __always_inline void count(void *counters, u32 index, u32 bytes)
{
	struct counter *counter = bpf_map_lookup_elem(counters, &index);
	if (counter) {
		counter->packets++;
		counter->bytes += bytes;
	}
}

static __always_inline int verdict(struct inspection *in, enum reason reason, int verdict)
{
	in->reason = reason;
	return verdict;
}

static __always_inline int malformed(struct inspection *in)
{
	return verdict(in, MALFORMED, XDP_DROP);
}

// True if a rule by source network decides; it is counted either way.
static __always_inline int decided_by_network(struct inspection *in, void *networks, void *source, int *decision)
{
	struct rule *rule = bpf_map_lookup_elem(networks, source);
	if (!rule)
		return 0;
	count(&rule_hits, rule->id, in->bytes);
	if (rule->action == RULE_CONTINUE)
		return 0;
	*decision = verdict(in, NETWORK_RULE, rule->action == RULE_DROP ? XDP_DROP : XDP_PASS);
	return 1;
}

static __always_inline int later_fragment(struct inspection *in, struct payload *payload)
{
	// A fragment this early would overwrite TCP flags that were already judged (RFC 1858).
	if (payload->protocol == PROTOCOL_TCP && payload->fragment_offset == 8)
		return verdict(in, TINY_FRAGMENT, XDP_DROP);
	return verdict(in, LATER_FRAGMENT, later_fragment_verdict);
}

static __always_inline int impossible_flags(u8 flags)
{
	if (flags & TCP_SYN)
		return flags & (TCP_FIN | TCP_RST);
	return !(flags & (TCP_RST | TCP_ACK)); // only the first SYN and a reset come without ACK
}

// Judges by the transport header.
static __always_inline int transport(struct inspection *in, struct payload *payload)
{
	struct service service = {.protocol = payload->protocol};

	if (payload->protocol == PROTOCOL_TCP) {
		struct tcp *tcp = take(&in->packet, sizeof *tcp);
		if (!tcp || payload->length < sizeof *tcp)
			return malformed(in);
		u32 header = (tcp->data_offset >> 4) * 4;
		if (header < sizeof *tcp || header > payload->length)
			return malformed(in);
		if (drop_bad_tcp_flags && impossible_flags(tcp->flags))
			return verdict(in, BAD_TCP_FLAGS, XDP_DROP);
		service.selector = tcp->destination_port;
	} else if (payload->protocol == PROTOCOL_UDP) {
		struct udp *udp = take(&in->packet, sizeof *udp);
		if (!udp || payload->length < sizeof *udp)
			return malformed(in);
		u32 claimed = be16_to_cpu(udp->length); // a first fragment rightly claims more than it holds
		if (claimed < sizeof *udp || (claimed > payload->length && !payload->more_fragments))
			return malformed(in);
		service.selector = udp->destination_port;
	} else if (payload->protocol == PROTOCOL_ICMP || payload->protocol == PROTOCOL_ICMPV6) {
		struct icmp *icmp = take(&in->packet, sizeof *icmp);
		if (!icmp || payload->length < sizeof *icmp)
			return malformed(in);
		service.selector = cpu_to_be16(icmp->type);
	}

	struct rule *rule = bpf_map_lookup_elem(&services, &service);
	if (rule) {
		count(&rule_hits, rule->id, in->bytes);
		if (rule->action != RULE_CONTINUE)
			return verdict(in, SERVICE_RULE, rule->action == RULE_DROP ? XDP_DROP : XDP_PASS);
	}
	return verdict(in, DEFAULT, default_verdict);
}

static __always_inline int ipv4(struct inspection *in)
{
	struct payload payload;
	struct ipv4 *ip = take_ipv4(&in->packet, &payload);
	if (!ip)
		return malformed(in);

	struct network_v4 source = {.prefix_length = 32};
	__builtin_memcpy(source.address, &ip->source, sizeof source.address);
	int decision;
	if (decided_by_network(in, &networks_v4, &source, &decision))
		return decision;
	return payload.fragment_offset ? later_fragment(in, &payload) : transport(in, &payload);
}

static __always_inline int ipv6(struct inspection *in)
{
	struct payload payload;
	struct ipv6 *ip = take_ipv6(&in->packet, &payload);
	if (!ip)
		return malformed(in);

	struct network_v6 source = {.prefix_length = 128};
	__builtin_memcpy(source.address, ip->source, sizeof source.address);
	int decision;
	if (decided_by_network(in, &networks_v6, &source, &decision))
		return decision;

	if (!take_extensions(&in->packet, &payload))
		return malformed(in);
	return payload.fragment_offset ? later_fragment(in, &payload) : transport(in, &payload);
}

SEC("xdp")
int xdp_firewall(struct xdp_md *ctx)
{
	struct inspection in = {.packet = packet_of(ctx), .bytes = ctx->data_end - ctx->data};
	int type = take_ethernet(&in.packet);
	int decision;

	if (type < 0)
		decision = malformed(&in);
	else if (type == ETHERTYPE_IPV4)
		decision = ipv4(&in);
	else if (type == ETHERTYPE_IPV6)
		decision = ipv6(&in);
	else
		decision = verdict(&in, NOT_IP, XDP_PASS);

	count(&reasons, in.reason, in.bytes);
	return decision;
}

char LICENSE[] SEC("license") = "Apache-2.0";
