// SPDX-License-Identifier: Apache-2.0
// Stepping through a packet, header by header, never beyond its end.
#pragma once

#include <bpf4j/bpf.h>
#include <bpf4j/packet.h>

#define MAX_VLAN_TAGS 2
#define MAX_IPV6_EXTENSIONS 6

// Where we are in the packet, and where it ends.
struct cursor {
	void *at;
	void *end;
};

// The cursor at the first byte of a context's packet. The context holds 32-bit addresses.
#define packet_of(ctx) ((struct cursor){(void *)(long)(ctx)->data, (void *)(long)(ctx)->data_end})

// The next `size` bytes, stepping over them; NULL, without a step, when the packet is shorter.
static __always_inline void *take(struct cursor *packet, u32 size)
{
	void *header = packet->at;
	if (header + size > packet->end)
		return NULL;
	packet->at = header + size;
	return header;
}

// The type of what follows the Ethernet header and up to two VLAN tags; negative if they are malformed.
static __always_inline int take_ethernet(struct cursor *packet)
{
	struct eth *eth = take(packet, sizeof *eth);
	if (!eth)
		return -1;
	u16 type = be16_to_cpu(eth->type);
	for (int tags = 0; type == ETHERTYPE_VLAN || type == ETHERTYPE_QINQ; tags++) {
		struct vlan *vlan = take(packet, sizeof *vlan);
		if (!vlan || tags == MAX_VLAN_TAGS)
			return -1;
		type = be16_to_cpu(vlan->type);
	}
	return type;
}

// What an IP header says about the bytes behind it.
struct payload {
	u8 protocol;
	u32 length;          // bytes; Ethernet padding is not among them
	u32 fragment_offset; // bytes
	u32 more_fragments;  // not zero if this is not the last one
};

// An IPv4 header with its options; NULL if it is malformed.
static __always_inline struct ipv4 *take_ipv4(struct cursor *packet, struct payload *payload)
{
	u32 available = packet->end - packet->at;
	struct ipv4 *ip = take(packet, sizeof *ip);
	if (!ip || ip->version_ihl >> 4 != 4)
		return NULL;
	u32 header = (ip->version_ihl & 15) * 4;
	u32 total = be16_to_cpu(ip->total_length);
	if (header < sizeof *ip || header > total || total > available)
		return NULL;
	if (!take(packet, header - sizeof *ip))
		return NULL;
	u32 fragment = be16_to_cpu(ip->fragment);
	payload->protocol = ip->protocol;
	payload->length = total - header;
	payload->fragment_offset = (fragment & IPV4_FRAGMENT_OFFSET) * 8;
	payload->more_fragments = fragment & IPV4_MORE_FRAGMENTS;
	return ip;
}

// An IPv6 header without its extensions; NULL if it is malformed.
static __always_inline struct ipv6 *take_ipv6(struct cursor *packet, struct payload *payload)
{
	struct ipv6 *ip = take(packet, sizeof *ip);
	if (!ip || be32_to_cpu(ip->version_class_flow) >> 28 != 6)
		return NULL;
	u32 available = packet->end - packet->at;
	payload->protocol = ip->next_header;
	payload->length = be16_to_cpu(ip->payload_length);
	payload->fragment_offset = payload->more_fragments = 0;
	return payload->length <= available ? ip : NULL;
}

// Steps over one IPv6 extension header; false if it is malformed.
static __always_inline int take_extension(struct cursor *packet, struct payload *payload)
{
	struct ipv6_extension *header = take(packet, sizeof *header);
	if (!header)
		return 0;
	u32 size = (header->length + 1) * 8;
	if (payload->protocol == PROTOCOL_AH)
		size = (header->length + 2) * 4;
	if (payload->protocol == PROTOCOL_FRAGMENT) {
		u32 fragment = be16_to_cpu(((struct ipv6_fragment *)header)->fragment);
		payload->fragment_offset = fragment & IPV6_FRAGMENT_OFFSET;
		payload->more_fragments = fragment & IPV6_MORE_FRAGMENTS;
		size = sizeof *header;
	}
	payload->protocol = header->next_header;
	if (size < sizeof *header || size > payload->length || !take(packet, size - sizeof *header))
		return 0;
	payload->length -= size;
	return 1;
}

static __always_inline int is_extension(u8 protocol)
{
	return protocol == PROTOCOL_HOP_BY_HOP || protocol == PROTOCOL_ROUTING || protocol == PROTOCOL_FRAGMENT ||
	       protocol == PROTOCOL_AH || protocol == PROTOCOL_DESTINATION;
}

// Steps over IPv6 extension headers, up to the transport header or the data of a later fragment; false if there are
// more than MAX_IPV6_EXTENSIONS or one is malformed.
static __always_inline int take_extensions(struct cursor *packet, struct payload *payload)
{
	for (int extensions = 0; extensions < MAX_IPV6_EXTENSIONS; extensions++) {
		if (payload->fragment_offset || !is_extension(payload->protocol))
			return 1;
		if (!take_extension(packet, payload))
			return 0;
	}
	return payload->fragment_offset || !is_extension(payload->protocol);
}
