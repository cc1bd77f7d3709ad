# SPDX-License-Identifier: Apache-2.0
"""Takes a packet apart. Every function gets the bytes of its layer and nothing else.

Malformed means: a header is cut off, or a length in it contradicts the bytes that are there.
"""

from dataclasses import dataclass
from ipaddress import ip_address

IPV4, ARP, IPV6 = 0x0800, 0x0806, 0x86DD
TAGS = {0x8100: "802.1Q", 0x88A8: "802.1ad"}
ICMP, TCP, UDP, ICMP6 = 1, 6, 17, 58
HOP_BY_HOP, ROUTING, FRAGMENT, AH, DESTINATION = 0, 43, 44, 51, 60
FIN, SYN, RST, PSH, ACK, URG = 1, 2, 4, 8, 16, 32


class Malformed(Exception):
    pass


def number(data, start, size):
    return int.from_bytes(data[start : start + size], "big")


def need(data, size, what):
    if len(data) < size:
        raise Malformed(f"{what} is cut off: {len(data)} of {size} bytes")


@dataclass
class Frame:
    type: int
    tags: list
    payload: bytes


def ethernet(data, max_tags=2):
    """IEEE 802.3 with up to max_tags 802.1Q or 802.1ad tags."""
    need(data, 14, "Ethernet header")
    kind, at, tags = number(data, 12, 2), 14, []
    while kind in TAGS and max_tags > 0:
        if len(tags) == max_tags:
            raise Malformed(f"more than {max_tags} VLAN tags")
        need(data[at:], 4, "VLAN tag")
        tags.append(number(data, at, 2) & 0xFFF)
        kind, at = number(data, at + 2, 2), at + 4
    return Frame(kind, tags, data[at:])


@dataclass
class Ip:
    version: int
    source: object
    destination: object
    protocol: int  # of the payload
    payload: bytes  # as long as the header says, without padding
    offset: int = 0  # of this fragment, in bytes
    more: bool = False  # fragments follow
    header: bytes = b""


def ipv4(data):
    """RFC 791."""
    need(data, 20, "IPv4 header")
    version, header, total = data[0] >> 4, (data[0] & 15) * 4, number(data, 2, 2)
    if version != 4:
        raise Malformed(f"version {version} in an IPv4 frame")
    if header < 20:
        raise Malformed(f"IPv4 header length {header}")
    if not header <= total <= len(data):
        raise Malformed(f"IPv4 total length {total}, header {header}, {len(data)} bytes present")
    flags = number(data, 6, 2)
    return Ip(
        version=4,
        source=ip_address(data[12:16]),
        destination=ip_address(data[16:20]),
        protocol=data[9],
        payload=data[header:total],
        offset=flags % 0x2000 * 8,
        more=bool(flags & 0x2000),
        header=data[:header],
    )


def ipv6(data):
    """RFC 8200 section 3; extension headers are still in the payload."""
    need(data, 40, "IPv6 header")
    if data[0] >> 4 != 6:
        raise Malformed(f"version {data[0] >> 4} in an IPv6 frame")
    length = number(data, 4, 2)
    need(data[40:], length, "IPv6 payload")
    return Ip(6, ip_address(data[8:24]), ip_address(data[24:40]), data[6], data[40 : 40 + length], header=data[:40])


def skip_extensions(ip, limit=6):
    """RFC 8200 section 4: steps over extension headers, up to the transport header or a later fragment."""
    for _ in range(limit + 1):
        if ip.protocol not in (HOP_BY_HOP, ROUTING, FRAGMENT, AH, DESTINATION):
            return ip
        need(ip.payload, 8, "extension header")
        if ip.protocol == FRAGMENT:
            ip.offset, ip.more, size = number(ip.payload, 2, 2) // 8 * 8, bool(ip.payload[3] & 1), 8
        elif ip.protocol == AH:
            size = (ip.payload[1] + 2) * 4
        else:
            size = (ip.payload[1] + 1) * 8
        need(ip.payload, max(size, 8), "extension header")
        ip.protocol, ip.payload = ip.payload[0], ip.payload[size:]
        if ip.offset:
            return ip
    raise Malformed(f"more than {limit} extension headers")


@dataclass
class Segment:
    source_port: int
    destination_port: int
    flags: int = 0


def tcp(data):
    """RFC 9293 section 3.1."""
    need(data, 20, "TCP header")
    offset = data[12] // 16 * 4
    if offset < 20:
        raise Malformed(f"TCP data offset {offset}")
    need(data, offset, "TCP header")
    return Segment(number(data, 0, 2), number(data, 2, 2), data[13])


def udp(data, partial=False):
    """RFC 768; a first fragment is partial: it need not hold all that its length says."""
    need(data, 8, "UDP header")
    length = number(data, 4, 2)
    if length < 8 or (length > len(data) and not partial):
        raise Malformed(f"UDP length {length}, {len(data)} bytes present")
    return Segment(number(data, 0, 2), number(data, 2, 2))


def icmp_type(data):
    need(data, 4, "ICMP header")
    return data[0]
