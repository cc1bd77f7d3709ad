// pktparse: parses the 32 Ethernet frames of 64 bytes in pktparse.mem (IPv4, IPv6, one and two VLAN tags, TCP, UDP, ICMP, fragments, ARP,
// frames cut short) with the bounds checks that a kernel program needs, and counts and folds what it found, as an XDP filter would.
#include "corpus.h"

INLINED u16 be16(u16 v) { return __builtin_bswap16(v); }
INLINED u32 be32(u32 v) { return __builtin_bswap32(v); }

struct eth { u8 dst[6]; u8 src[6]; u16 type; };
struct vlan { u16 tci; u16 type; };
struct ipv4 { u8 version_ihl; u8 tos; u16 total; u16 id; u16 fragment; u8 ttl; u8 protocol; u16 check; u32 src; u32 dst; };
struct ipv6 { u32 flow; u16 payload; u8 next; u8 hops; u32 src[4]; u32 dst[4]; };
struct tcp { u16 src; u16 dst; u32 seq; u32 ack; u8 offset; u8 flags; u16 window; u16 check; u16 urgent; };
struct udp { u16 src; u16 dst; u16 length; u16 check; };

// One frame of at most 64 bytes: 0 when it is dropped, otherwise a hash of its flow.
INLINED u64 parse(const u8 *data, const u8 *end) {
  const struct eth *eth = (const struct eth *)data;
  if (data + sizeof *eth > end) return 0;
  const u8 *at = data + sizeof *eth;
  u16 type = be16(eth->type);
#pragma clang loop unroll(full)
  for (int tags = 0; tags < 2; tags++) {
    if (type != 0x8100 && type != 0x88a8) break;
    const struct vlan *vlan = (const struct vlan *)at;
    if (at + sizeof *vlan > end) return 0;
    at += sizeof *vlan;
    type = be16(vlan->type);
  }
  u64 flow;
  u8 protocol;
  if (type == 0x0800) {
    const struct ipv4 *ip = (const struct ipv4 *)at;
    if (at + sizeof *ip > end) return 0;
    u64 header = (ip->version_ihl & 15) * 4;
    if (ip->version_ihl >> 4 != 4 || header < 20) return 0;
    if (be16(ip->fragment) & 0x1fff) return 2;
    if (ip->ttl <= 1) return 3;
    flow = (u64)be32(ip->src) << 32 | be32(ip->dst);
    protocol = ip->protocol;
    at += header;
  } else if (type == 0x86dd) {
    const struct ipv6 *ip = (const struct ipv6 *)at;
    if (at + sizeof *ip > end) return 0;
    if (ip->hops <= 1) return 3;
    flow = ip->src[0] ^ ip->src[1] ^ ip->src[2] ^ ip->src[3];
    flow = flow << 32 | (ip->dst[0] ^ ip->dst[1] ^ ip->dst[2] ^ ip->dst[3]);
    protocol = ip->next;
    at += sizeof *ip;
  } else {
    return 4;
  }
  if (protocol == 6) {
    const struct tcp *tcp = (const struct tcp *)at;
    if (at + sizeof *tcp > end) return 0;
    if ((tcp->flags & 3) == 3) return 5;
    return flow * 31 + ((u32)be16(tcp->src) << 16 | be16(tcp->dst));
  }
  if (protocol == 17) {
    const struct udp *udp = (const struct udp *)at;
    if (at + sizeof *udp > end) return 0;
    if (be16(udp->dst) == 53) return 6;
    return flow * 37 + ((u32)be16(udp->src) << 16 | be16(udp->dst));
  }
  return flow * 41 + protocol;
}

ENTRY u64 run(u8 *mem, u64 len) {
  u64 result = 0;
  for (u64 at = 0; at + 64 <= len; at += 64) {
    u8 *frame = mem + at;
    // The last byte of a slot is the frame's length.
    result = result * 33 + parse(frame, frame + frame[63]);
  }
  return result;
}
