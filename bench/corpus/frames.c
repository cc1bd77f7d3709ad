// frames: a parser over captured traffic, one run per frame: Ethernet with VLAN tags, IPv4, IPv6 with extension headers, TCP, UDP, ICMP. It
// returns a hash over the flow and what is known of the packet, as a steering program would; frames that contradict themselves return 0.
#include "machine.h"

INLINED u32 fold(u32 hash, u32 value) { return (hash ^ value) * 0x01000193; }

INLINED u32 address(u32 hash, const u8 *bytes) {
  for (int i = 0; i < 16; i += 4) hash = fold(hash, *(const u32 *)(bytes + i));
  return hash;
}

INLINED u32 transport(struct cursor *packet, struct payload *payload, u32 hash) {
  hash = fold(hash, payload->protocol);
  if (payload->fragment_offset) return hash;
  if (payload->protocol == PROTOCOL_TCP) {
    struct tcp *tcp = take(packet, sizeof *tcp);
    if (!tcp || payload->length < sizeof *tcp) return 0;
    u32 ports = (u32)be16_to_cpu(tcp->source_port) << 16 | be16_to_cpu(tcp->destination_port);
    return fold(fold(hash, ports), tcp->flags & (TCP_SYN | TCP_FIN | TCP_RST));
  }
  if (payload->protocol == PROTOCOL_UDP) {
    struct udp *udp = take(packet, sizeof *udp);
    if (!udp || payload->length < sizeof *udp || be16_to_cpu(udp->length) > payload->length) return 0;
    return fold(hash, (u32)be16_to_cpu(udp->source_port) << 16 | be16_to_cpu(udp->destination_port));
  }
  if (payload->protocol == PROTOCOL_ICMP || payload->protocol == PROTOCOL_ICMPV6) {
    struct icmp *icmp = take(packet, sizeof *icmp);
    return icmp ? fold(hash, icmp->type << 8 | icmp->code) : 0;
  }
  return hash;
}

PACKET_ENTRY(frames) {
  struct cursor packet = packet_of(ctx);
  struct payload payload;
  u32 hash = 0x811c9dc5;
  int type = take_ethernet(&packet);
  if (type < 0) return 0;
  if (type == ETHERTYPE_IPV4) {
    struct ipv4 *ip = take_ipv4(&packet, &payload);
    if (!ip) return 0;
    hash = fold(fold(hash, ip->source), ip->destination);
  } else if (type == ETHERTYPE_IPV6) {
    struct ipv6 *ip = take_ipv6(&packet, &payload);
    if (!ip) return 0;
    hash = address(address(hash, ip->source), ip->destination);
    if (!take_extensions(&packet, &payload)) return 0;
  } else {
    return type;
  }
  return (int)transport(&packet, &payload, hash);
}
