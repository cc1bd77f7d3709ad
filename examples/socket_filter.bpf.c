// SPDX-License-Identifier: Apache-2.0
//
// A packet socket's filter, as tcpdump would ask for it:
//
//   whole DNS packets, the headers of TCP packets that open or close a connection, the start of ICMP messages,
//   of IPv4 only those from or to `network`; everything else not at all.
//
// It returns how many bytes the socket gets, 0 for none. It reads the packet with classic BPF's loads (LD_ABS
// at constant, LD_IND at computed offsets): they convert from big-endian, and one beyond the packet's end
// returns 0 from the program.

#include <bpf4j/packet.h>
#include <bpf4j/skb.h>

// Settings: the loader may change them before the program is loaded.
const volatile u32 network = 0xc0000200; // 192.0.2.0
const volatile u32 mask = 0xffffff00;

#define WHOLE_PACKET 0xffffffff
#define NOTHING 0

// Offsets into the packet, which starts with the Ethernet header.
#define ETH_TYPE 12
#define ETH_SIZE 14
#define VLAN_TYPE 16
#define VLAN_SIZE 4
#define IPV4_FRAGMENT 6
#define IPV4_PROTOCOL 9
#define IPV4_SOURCE 12
#define IPV4_DESTINATION 16
#define IPV6_NEXT_HEADER 6
#define IPV6_SIZE 40
#define TCP_FLAGS 13
#define TCP_SIZE 20
#define ICMP_WANTED 64

#define DNS_PORT 53

static __always_inline u32 wanted(struct __sk_buff *skb, u8 protocol, u32 transport)
{
	switch (protocol) {
	case PROTOCOL_UDP:
		if (load_half(skb, transport) == DNS_PORT || load_half(skb, transport + 2) == DNS_PORT)
			return WHOLE_PACKET;
		return NOTHING;
	case PROTOCOL_TCP:
		if (load_byte(skb, transport + TCP_FLAGS) & (TCP_SYN | TCP_FIN | TCP_RST))
			return transport + TCP_SIZE;
		return NOTHING;
	case PROTOCOL_ICMP:
	case PROTOCOL_ICMPV6:
		return transport + ICMP_WANTED;
	default:
		return NOTHING;
	}
}

static __always_inline u32 ipv4(struct __sk_buff *skb, u32 ip)
{
	if ((load_word(skb, ip + IPV4_SOURCE) & mask) != network && (load_word(skb, ip + IPV4_DESTINATION) & mask) != network)
		return NOTHING;
	if (load_half(skb, ip + IPV4_FRAGMENT) & IPV4_FRAGMENT_OFFSET)
		return NOTHING; // no ports in here
	u32 header = (load_byte(skb, ip) & 15) * 4;
	return wanted(skb, load_byte(skb, ip + IPV4_PROTOCOL), ip + header);
}

static __always_inline u32 ipv6(struct __sk_buff *skb, u32 ip)
{
	return wanted(skb, load_byte(skb, ip + IPV6_NEXT_HEADER), ip + IPV6_SIZE);
}

SEC("socket")
int socket_filter(struct __sk_buff *skb)
{
	u32 type = load_half(skb, ETH_TYPE);
	if (type == ETHERTYPE_IPV4)
		return ipv4(skb, ETH_SIZE);
	if (type == ETHERTYPE_IPV6)
		return ipv6(skb, ETH_SIZE);
	if (type != ETHERTYPE_VLAN)
		return NOTHING;
	type = load_half(skb, VLAN_TYPE);
	if (type == ETHERTYPE_IPV4)
		return ipv4(skb, ETH_SIZE + VLAN_SIZE);
	if (type == ETHERTYPE_IPV6)
		return ipv6(skb, ETH_SIZE + VLAN_SIZE);
	return NOTHING;
}

char LICENSE[] SEC("license") = "Apache-2.0";
