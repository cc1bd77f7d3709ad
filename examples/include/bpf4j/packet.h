// SPDX-License-Identifier: Apache-2.0
// Packet headers, field by field as their standards draw them.
#pragma once

#include <bpf4j/types.h>

#define __packed __attribute__((packed))

enum ethertype {
	ETHERTYPE_IPV4 = 0x0800,
	ETHERTYPE_ARP = 0x0806,
	ETHERTYPE_VLAN = 0x8100, // IEEE 802.1Q
	ETHERTYPE_IPV6 = 0x86dd,
	ETHERTYPE_QINQ = 0x88a8, // IEEE 802.1ad, the outer tag of two
};

struct eth { // IEEE 802.3
	u8 destination[6];
	u8 source[6];
	be16 type;
} __packed;

struct vlan { // IEEE 802.1Q; stands after the type field that announced it
	be16 tag; // priority 3, drop eligible 1, VLAN id 12 bits
	be16 type;
} __packed;

enum ip_protocol {
	PROTOCOL_HOP_BY_HOP = 0,
	PROTOCOL_ICMP = 1,
	PROTOCOL_IPIP = 4,
	PROTOCOL_TCP = 6,
	PROTOCOL_UDP = 17,
	PROTOCOL_ROUTING = 43,
	PROTOCOL_FRAGMENT = 44,
	PROTOCOL_AH = 51,
	PROTOCOL_ICMPV6 = 58,
	PROTOCOL_NONE = 59,
	PROTOCOL_DESTINATION = 60,
};

enum {
	IPV4_DONT_FRAGMENT = 0x4000, // in ipv4.fragment
	IPV4_MORE_FRAGMENTS = 0x2000,
	IPV4_FRAGMENT_OFFSET = 0x1fff, // in units of 8 bytes

	IPV6_MORE_FRAGMENTS = 0x0001, // in ipv6_fragment.fragment
	IPV6_FRAGMENT_OFFSET = 0xfff8,
};

struct ipv4 { // RFC 791
	u8 version_ihl; // version 4 bits, header length in words 4 bits
	u8 tos;
	be16 total_length;
	be16 id;
	be16 fragment;
	u8 ttl;
	u8 protocol;
	be16 checksum;
	be32 source;
	be32 destination;
} __packed;

struct ipv6 { // RFC 8200
	be32 version_class_flow;
	be16 payload_length;
	u8 next_header;
	u8 hop_limit;
	u8 source[16];
	u8 destination[16];
} __packed;

struct ipv6_extension { // RFC 8200 section 4: what all of them start with
	u8 next_header;
	u8 length; // in units of 8 bytes, not counting the first 8 (AH: units of 4, not counting the first two)
	u8 body[6];
} __packed;

struct ipv6_fragment { // RFC 8200 section 4.5
	u8 next_header;
	u8 reserved;
	be16 fragment;
	be32 id;
} __packed;

enum {
	TCP_FIN = 0x01,
	TCP_SYN = 0x02,
	TCP_RST = 0x04,
	TCP_PSH = 0x08,
	TCP_ACK = 0x10,
	TCP_URG = 0x20,
};

struct tcp { // RFC 9293
	be16 source_port;
	be16 destination_port;
	be32 sequence;
	be32 acknowledgment;
	u8 data_offset; // header length in words, in the upper 4 bits
	u8 flags;
	be16 window;
	be16 checksum;
	be16 urgent;
} __packed;

struct udp { // RFC 768
	be16 source_port;
	be16 destination_port;
	be16 length; // header and data
	be16 checksum;
} __packed;

struct icmp { // RFC 792 and RFC 4443: what all messages start with
	u8 type;
	u8 code;
	be16 checksum;
} __packed;
