#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes traffic.pcap, traffic-ns.pcap and traffic.pcapng: the same packets in three formats.

A small day on a network edge: web and DNS clients, a flood, an attack or two, tunnels, tags, fragments, and
everything that is cut off, too short, too long or contradicts itself. No randomness: the files are the same on
every run. Addresses are those reserved for documentation (RFC 5737, RFC 3849).
"""

import ipaddress
import struct
from pathlib import Path

HERE = Path(__file__).parent
START_NS = 1_700_000_000_000_000_000
STEP_NS = 1_250_123

EDGE, ROUTER = "02:00:00:00:00:01", "02:00:00:00:00:fe"
WEB, DNS, HOST = "192.0.2.80", "192.0.2.53", "192.0.2.10"
HOST6, WEB6 = "2001:db8::10", "2001:db8::80"

FIN, SYN, RST, PSH, ACK, URG = 1, 2, 4, 8, 16, 32
ICMP, IGMP, IPIP, TCP, UDP, GRE, ESP, AH, ICMP6, OSPF, SCTP = 1, 2, 4, 6, 17, 47, 50, 51, 58, 89, 132
HOP_BY_HOP, ROUTING, FRAGMENT, NO_NEXT, DESTINATION = 0, 43, 44, 59, 60
MORE = 0x2000

packets = []  # (captured bytes, length on the wire)


# ---- building blocks -------------------------------------------------------------------------------------------


def checksum(data):
    """RFC 1071."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def ip(text):
    return ipaddress.ip_address(text).packed


def eth(ethertype, payload, tags=(), pad=True, dst=EDGE, src=ROUTER):
    """A frame; tags are (type, VLAN id) from the outside in. Padded to 60 bytes, as on a wire."""
    frame = mac(dst) + mac(src)
    for tag_type, vlan in tags:
        frame += struct.pack(">HH", tag_type, vlan)
    frame += struct.pack(">H", ethertype) + payload
    return frame.ljust(60, b"\0") if pad else frame


def ipv4(src, dst, protocol, payload, options=b"", fragment=0, ttl=64, ident=0, length=None, version_ihl=None, tos=0):
    total = 20 + len(options) + len(payload) if length is None else length
    first = 0x40 | 5 + len(options) // 4 if version_ihl is None else version_ihl
    head = struct.pack(">BBHHHBBH", first, tos, total, ident, fragment, ttl, protocol, 0) + ip(src) + ip(dst) + options
    return head[:10] + struct.pack(">H", checksum(head)) + head[12:] + payload


def ipv6(src, dst, next_header, payload, length=None, version=6, hops=64):
    length = len(payload) if length is None else length
    return struct.pack(">IHBB16s16s", version << 28, length, next_header, hops, ip(src), ip(dst)) + payload


def with_checksum(src, dst, protocol, segment, at):
    """Fills the 16-bit checksum at `at`; both addresses are part of it (RFC 9293, RFC 768, RFC 4443)."""
    pseudo = ip(src) + ip(dst) + struct.pack(">II", len(segment), protocol)
    value = checksum(pseudo + segment) or 0xFFFF
    return segment[:at] + struct.pack(">H", value) + segment[at + 2 :]


def tcp(src, dst, sport, dport, flags, payload=b"", seq=1000, ack=0, offset=None, options=b""):
    offset = 5 + len(options) // 4 if offset is None else offset
    ack_number = ack if flags & ACK else 0
    head = struct.pack(">HHIIBBHHH", sport, dport, seq, ack_number, offset << 4, flags, 64240, 0, 0)
    return with_checksum(src, dst, TCP, head + options + payload, 16)


def udp(src, dst, sport, dport, payload=b"", length=None):
    length = 8 + len(payload) if length is None else length
    return with_checksum(src, dst, UDP, struct.pack(">HHHH", sport, dport, length, 0) + payload, 6)


def icmp(kind, code=0, rest=b"\0\1\0\1", payload=b"abcdefgh"):
    message = struct.pack(">BBH", kind, code, 0) + rest + payload
    return message[:2] + struct.pack(">H", checksum(message)) + message[4:]


def icmp6(src, dst, kind, code=0, body=b"\0\0\0\0"):
    return with_checksum(src, dst, ICMP6, struct.pack(">BBH", kind, code, 0) + body, 2)


def extension(next_header, size=8):
    """A hop-by-hop or destination options header of `size` bytes: padding only (RFC 8200 section 4.2)."""
    return struct.pack(">BBBB", next_header, size // 8 - 1, 1, size - 4) + bytes(size - 4)


def dns(name, ident):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"
    return struct.pack(">HHHHHH", ident, 0x0100, 1, 0, 0, 0) + labels + struct.pack(">HH", 1, 1)


def text(length):
    """Payload that is easy to recognise in a hex dump."""
    return bytes(ord("a") + i % 26 for i in range(length))


# ---- sending ---------------------------------------------------------------------------------------------------


def send(frame, captured=None):
    """Records a frame, or only its first `captured` bytes."""
    packets.append((frame[:captured], len(frame)))


def send4(src, dst, protocol, payload, tags=(), captured=None, **fields):
    send(eth(0x0800, ipv4(src, dst, protocol, payload, **fields), tags), captured)


def send6(src, dst, next_header, payload, tags=(), captured=None, **fields):
    send(eth(0x86DD, ipv6(src, dst, next_header, payload, **fields), tags), captured)


def send_tcp(src, dst, sport, dport, flags, payload=b"", tags=(), captured=None, **fields):
    sender = send6 if ":" in src else send4
    sender(src, dst, TCP, tcp(src, dst, sport, dport, flags, payload, **fields), tags, captured)


def send_udp(src, dst, sport, dport, payload=b"", tags=(), captured=None, length=None, **fields):
    sender = send6 if ":" in src else send4
    sender(src, dst, UDP, udp(src, dst, sport, dport, payload, length), tags, captured, **fields)


# ---- scenes ----------------------------------------------------------------------------------------------------


def address_resolution():
    for sender, target in (("192.0.2.1", WEB), ("192.0.2.1", DNS)):
        ask = struct.pack(">HHBBH6s4s6s4s", 1, 0x0800, 6, 4, 1, mac(ROUTER), ip(sender), bytes(6), ip(target))
        send(eth(0x0806, ask, dst="ff:ff:ff:ff:ff:ff"))
        reply = struct.pack(">HHBBH6s4s6s4s", 1, 0x0800, 6, 4, 2, mac(EDGE), ip(target), mac(ROUTER), ip(sender))
        send(eth(0x0806, reply, dst=ROUTER, src=EDGE))
    send(eth(0x0806, ask, tags=[(0x8100, 20)]))
    send(eth(0x0806, ask, pad=False), captured=30)


def web_clients():
    """Twelve clients whose steps are interleaved; every third connection is closed, one is reset."""
    get = b"GET / HTTP/1.1\r\nHost: www.example.org\r\n\r\n"
    timestamps = bytes.fromhex("020405b40402080a0000000100000000" "01030307")
    clients = [(f"198.51.100.{20 + n}", 40000 + 7 * n, 443 if n % 4 == 3 else 80) for n in range(12)]
    for src, sport, dport in clients:
        send_tcp(src, WEB, sport, dport, SYN, options=timestamps)
    for src, sport, dport in clients:
        send_tcp(src, WEB, sport, dport, ACK, seq=1001, ack=5001)
        send_tcp(src, WEB, sport, dport, PSH | ACK, get, seq=1001, ack=5001)
    for n, (src, sport, dport) in enumerate(clients):
        send_tcp(src, WEB, sport, dport, ACK, seq=1001 + len(get), ack=6461)
        if n % 3 == 0:
            send_tcp(src, WEB, sport, dport, FIN | ACK, seq=1001 + len(get), ack=6461)
        if n == 5:
            send_tcp(src, WEB, sport, dport, RST, seq=1001 + len(get))
    send_tcp(WEB, clients[0][0], 80, clients[0][1], SYN | ACK, seq=5000, ack=1001)
    send_tcp(clients[1][0], WEB, 41000, 8080, SYN)  # a port nobody serves
    send_tcp(clients[2][0], HOST, 41001, 22, SYN)
    send_tcp(clients[2][0], WEB, 41002, 80, ACK, text(1448), seq=9, ack=9)  # opened before the capture
    send_tcp(clients[2][0], WEB, 41002, 80, ACK, text(100), seq=1457, ack=9)
    send_tcp(clients[3][0], WEB, 41003, 443, PSH | ACK, text(200), seq=9, ack=9)
    send_tcp(clients[3][0], WEB, 41003, 443, FIN | ACK, seq=209, ack=9)


def names():
    for n in range(20):
        send_udp(f"198.51.100.{60 + n % 5}", DNS, 50000 + 131 * n, 53, dns(f"host{n}.example.org", n))
    send_udp("198.51.100.60", DNS, 50001, 5353, dns("printer.local", 99))
    send_udp(HOST6, WEB6, 50002, 53, dns("six.example.org", 100))
    send_udp("198.51.100.61", DNS, 50003, 53)  # nothing in it


def flood():
    """One source sends much more than its share; two others keep a sensible pace in between."""
    for n in range(60):
        send_udp("198.51.100.99", HOST, 7000 + n % 3, 9, text(958))
        if n % 6 == 0:
            send_udp("198.51.100.98", HOST, 7100, 9, text(200))
        if n % 15 == 0:
            send_udp("2001:db8:cafe::98", HOST6, 7200, 9, text(100))


def control_messages():
    for n in range(4):
        send4("198.51.100.33", HOST, ICMP, icmp(8, rest=struct.pack(">HH", 77, n), payload=text(56)))
        send4(HOST, "198.51.100.33", ICMP, icmp(0, rest=struct.pack(">HH", 77, n), payload=text(56)))
    inner = ipv4(HOST, "198.51.100.34", UDP, udp(HOST, "198.51.100.34", 9, 9))
    send4("198.51.100.34", HOST, ICMP, icmp(3, 3, bytes(4), inner))  # port unreachable
    send4("192.0.2.1", HOST, ICMP, icmp(5, 1, ip("192.0.2.2"), inner))  # redirect
    send4("198.51.100.35", HOST, ICMP, icmp(11, 0, bytes(4), inner))  # time exceeded
    send4("198.51.100.33", WEB, ICMP, icmp(8))
    link = "fe80::1"
    send6(link, "ff02::1:ff00:10", ICMP6, icmp6(link, "ff02::1:ff00:10", 135, 0, bytes(4) + ip(HOST6)), hops=255)
    send6(link, HOST6, ICMP6, icmp6(link, HOST6, 136, 0, b"\x60\0\0\0" + ip(link)), hops=255)
    send6(link, HOST6, ICMP6, icmp6(link, HOST6, 137, 0, bytes(4) + ip(link) + ip(WEB6)), hops=255)  # redirect
    send6("2001:db8:7::1", HOST6, ICMP6, icmp6("2001:db8:7::1", HOST6, 128, 0, b"\0\1\0\1" + text(32)))
    send6("2001:db8:7::1", HOST6, ICMP6, icmp6("2001:db8:7::1", HOST6, 2, 0, struct.pack(">I", 1280)))


def unwelcome():
    """What a firewall is for: bad networks and the exceptions in them, dangerous services, impossible flags."""
    for last in (1, 63, 64, 127, 128, 255):
        send_tcp(f"203.0.113.{last}", WEB, 4000 + last, 80, SYN)
    send_udp("203.0.113.9", DNS, 4001, 53, dns("evil.example.org", 1))
    send_tcp("203.0.113.70", HOST, 4002, 23, SYN)
    send_tcp("198.51.100.7", WEB, 4003, 80, SYN)
    send_tcp("198.51.100.6", HOST, 4004, 23, SYN)
    send_tcp("10.9.8.7", WEB, 4005, 443, SYN)
    send_tcp("11.0.0.1", WEB, 4006, 443, SYN)
    for port in (23, 445, 22, 3389):
        send_tcp("198.51.100.40", HOST, 4100 + port, port, SYN)
    send_udp("198.51.100.41", HOST, 4200, 1900, b"M-SEARCH * HTTP/1.1\r\n\r\n")
    send_udp("198.51.100.41", HOST, 4201, 11211, b"\0\1\0\0\0\1\0\0stats\r\n")
    christmas_tree = FIN | SYN | RST | PSH | ACK | URG
    for flags in (SYN | FIN, 0, FIN | PSH | URG, FIN, SYN | RST, RST, RST | ACK, SYN | ACK | URG, christmas_tree):
        send_tcp("198.51.100.42", HOST, 4300 + flags, 80, flags)
    for source in ("2001:db8:bad::5", "2001:db8:bad:1::5", "2001:db8:bac::5", "2001:db8:cafe::5", "fe80::5", "fec0::5"):
        send_tcp(source, WEB6, 4400, 443, SYN)
    send_tcp("2001:db8:cafe::6", HOST6, 4401, 23, SYN)


def tags():
    c_tag, s_tag = (0x8100, 0x6014), (0x88A8, 100)
    send_tcp("198.51.100.50", WEB, 4500, 80, SYN, tags=[c_tag])
    send_tcp("203.0.113.5", WEB, 4501, 80, SYN, tags=[c_tag])
    send_udp("198.51.100.50", DNS, 4502, 53, dns("tagged.example.org", 7), tags=[s_tag, c_tag])
    send_udp("203.0.113.6", DNS, 4503, 53, dns("tagged.example.org", 8), tags=[s_tag, c_tag])
    send_tcp("2001:db8:bad::6", WEB6, 4504, 80, SYN, tags=[c_tag])
    send_tcp("2001:db8:7::6", WEB6, 4505, 80, SYN, tags=[s_tag, c_tag])
    send_tcp("198.51.100.50", WEB, 4506, 80, SYN, tags=[c_tag, c_tag])
    send_tcp("198.51.100.50", WEB, 4507, 80, SYN, tags=[s_tag, c_tag, c_tag])  # one too many
    send(eth(0x0800, b"", tags=[c_tag], pad=False), captured=16)  # cut in the tag
    send(eth(0x0800, b"", tags=[s_tag, c_tag], pad=False), captured=20)
    send(eth(0x0800, b"", tags=[c_tag], pad=False))  # tagged, then nothing


def fragments():
    src = "198.51.100.51"
    datagram = udp(src, HOST, 4600, 9, text(3000))
    for offset, length in ((0, 1480), (1480, 1480), (2960, 1480)):
        more = MORE if offset + length < len(datagram) else 0
        send4(src, HOST, UDP, datagram[offset : offset + length], fragment=more | offset // 8, ident=1)
    blocked = udp(src, HOST, 4601, 1900, text(1600))  # the first fragment tells the port, the second does not
    send4(src, HOST, UDP, blocked[:1480], fragment=MORE, ident=2)
    send4(src, HOST, UDP, blocked[1480:], fragment=1480 // 8, ident=2)
    query = udp(src, DNS, 4602, 53, text(80))  # to a load-balanced address
    send4(src, DNS, UDP, query[:48], fragment=MORE, ident=3)
    send4(src, DNS, UDP, query[48:], fragment=48 // 8, ident=3)
    segment = tcp(src, WEB, 4603, 80, SYN)
    send4(src, WEB, TCP, segment[:8], fragment=MORE, ident=4)  # ports, but no flags
    send4(src, WEB, TCP, segment[8:], fragment=1, ident=4)  # overwrites the flags (RFC 1858)
    send4(src, WEB, TCP, segment + text(28), fragment=MORE, ident=5)
    send4("203.0.113.8", HOST, UDP, text(64), fragment=185, ident=6)  # from a bad network
    send4(src, HOST, ICMP, icmp(8, payload=text(1472)), fragment=MORE, ident=7)
    send4(src, HOST, UDP, datagram[:16], fragment=0x4000, ident=8, length=36)  # "don't fragment" is not a fragment
    six = "2001:db8:7::51"
    datagram = udp(six, HOST6, 4604, 9, text(1600))
    send6(six, HOST6, FRAGMENT, struct.pack(">BBHI", UDP, 0, 1, 1) + datagram[:1232])
    send6(six, HOST6, FRAGMENT, struct.pack(">BBHI", UDP, 0, 1232, 1) + datagram[1232:])
    send6(six, HOST6, FRAGMENT, struct.pack(">BBHI", TCP, 0, 8, 2) + bytes(16))
    whole = udp(six, HOST6, 4605, 53, dns("atomic.example.org", 9))
    send6(six, HOST6, FRAGMENT, struct.pack(">BBHI", UDP, 0, 0, 3) + whole)  # the only fragment (RFC 6946)
    send6(six, HOST6, FRAGMENT, struct.pack(">BB", UDP, 0), length=2)


def ipv6_extensions():
    src = "2001:db8:7::60"
    segment = tcp(src, HOST6, 4700, 443, SYN)
    telnet = tcp(src, HOST6, 4701, 23, SYN)
    routing = struct.pack(">BBBBI", TCP, 2, 4, 0, 0) + ip(HOST6)
    authentication = struct.pack(">BBHII12s", TCP, 4, 0, 0x100, 1, text(12))
    send6(src, HOST6, HOP_BY_HOP, extension(TCP) + segment)
    send6(src, HOST6, DESTINATION, extension(TCP, 24) + telnet)
    send6(src, HOST6, ROUTING, routing + segment)
    send6(src, HOST6, AH, authentication + segment)
    send6(src, HOST6, HOP_BY_HOP, extension(DESTINATION) + extension(ROUTING, 16) + routing + telnet)
    send6(src, HOST6, DESTINATION, extension(DESTINATION) * 5 + extension(TCP) + segment)
    send6(src, HOST6, DESTINATION, extension(DESTINATION) * 6 + extension(TCP) + segment)  # one too many
    send6(src, HOST6, DESTINATION, extension(DESTINATION) * 39 + extension(TCP) + segment)  # far too many
    send6(src, HOST6, NO_NEXT, b"")
    send6(src, HOST6, HOP_BY_HOP, extension(ICMP6, 16) + icmp6(src, HOST6, 128, 0, b"\0\1\0\1"))
    send6(src, HOST6, DESTINATION, extension(TCP, 256) + segment)
    send6(src, HOST6, DESTINATION, struct.pack(">BB", TCP, 9) + bytes(6) + segment)  # longer than the packet
    send6(src, HOST6, DESTINATION, extension(UDP) + text(4))  # nothing left for UDP
    send6(src, HOST6, AH, struct.pack(">BB", TCP, 0) + bytes(6) + segment)
    send6(src, HOST6, DESTINATION, extension(TCP) + segment, captured=58)


def options():
    src = "198.51.100.52"
    report = b"\x22\0\0\0\0\0\0\1\4\0\0\0" + ip("224.0.0.251")  # IGMPv3
    report = report[:2] + struct.pack(">H", checksum(report)) + report[4:]
    send4("192.0.2.1", "224.0.0.22", IGMP, report, options=b"\x94\4\0\0", ttl=1)  # router alert
    send4(src, WEB, TCP, tcp(src, WEB, 4800, 80, SYN), options=b"\x07\x27\4" + bytes(37))  # record route, the longest
    send4(src, DNS, UDP, udp(src, DNS, 4801, 53, dns("options.example.org", 3)), options=b"\1\1\1\0")
    send4(src, HOST, TCP, tcp(src, HOST, 4802, 23, SYN), options=b"\x44\x0c\5\0" + bytes(8))  # timestamps
    send4(src, WEB, TCP, tcp(src, WEB, 4803, 80, SYN), options=bytes(20), captured=44)  # cut in the options


def other_protocols():
    src = "198.51.100.53"
    send4(src, HOST, GRE, struct.pack(">HH", 0, 0x0800) + ipv4(src, HOST, UDP, udp(src, HOST, 1, 2)))
    send4(src, HOST, IPIP, ipv4("203.0.113.7", HOST, UDP, udp("203.0.113.7", HOST, 1, 2)))
    send4(src, HOST, ESP, struct.pack(">II", 0x200, 1) + text(40))
    send4(src, HOST, OSPF, bytes.fromhex("0201002cc000020100000000") + bytes(32))
    send4(src, HOST, SCTP, struct.pack(">HHII", 4900, 80, 0, 0) + bytes(8))
    send4(src, HOST, 255, b"")
    send6("2001:db8:7::70", HOST6, SCTP, struct.pack(">HHII", 4900, 80, 0, 0))
    lldp = bytes.fromhex("0207040200000000fe040701020000000000060200780000")
    send(eth(0x88CC, lldp, dst="01:80:c2:00:00:0e"))
    send(eth(0x8847, b"\0\x01\x01\x40" + ipv4(src, HOST, UDP, udp(src, HOST, 1, 2))))  # MPLS
    spanning_tree = bytes.fromhex("424203000000000080000200000000fe") + bytes(22)
    send(eth(len(spanning_tree), spanning_tree, dst="01:80:c2:00:00:00"))  # 802.3: a length, then LLC
    send(eth(0x0000, text(46)))
    send_udp("192.0.2.1", "255.255.255.255", 67, 68, bytes(240))


def contradictions():
    src = "198.51.100.54"
    segment, datagram = tcp(src, WEB, 5000, 80, SYN), udp(src, DNS, 5001, 53, dns("bad.example.org", 4))
    send4(src, WEB, TCP, segment, version_ihl=0x65)  # IPv6 in an IPv4 frame
    send4(src, WEB, TCP, segment, version_ihl=0x44)  # a header of 16 bytes
    send4(src, WEB, TCP, segment, version_ihl=0x40)
    send4(src, WEB, TCP, segment, version_ihl=0x4F)  # options that are not there
    send4(src, WEB, TCP, segment, length=1500)  # longer than the frame
    send4(src, WEB, TCP, segment, length=19)  # shorter than its own header
    send4(src, WEB, TCP, segment, length=0)
    send4(src, WEB, TCP, segment, length=39)  # one byte short of a TCP header
    send4(src, WEB, TCP, segment, length=46)  # padding counted as payload: fine
    for offset in (0, 4, 6, 15):
        send4(src, WEB, TCP, tcp(src, WEB, 5002, 80, SYN, offset=offset))
    for length in (0, 7, len(datagram) - 1, len(datagram) + 1, 65535):
        send4(src, DNS, UDP, udp(src, DNS, 5003, 53, dns("bad.example.org", 4), length=length))
    send4(src, HOST, ICMP, b"\x08\0\0")
    broken = bytearray(eth(0x0800, ipv4(src, WEB, TCP, tcp(src, WEB, 5004, 80, SYN))))
    broken[24] ^= 0xFF  # IPv4 checksum: for the receiver to find out
    send(bytes(broken))
    send4("198.51.100.55", "198.51.100.55", TCP, tcp("198.51.100.55", "198.51.100.55", 80, 80, SYN))  # "land"
    six = "2001:db8:7::54"
    send6(six, HOST6, TCP, tcp(six, HOST6, 5005, 80, SYN), version=4)
    send6(six, HOST6, TCP, tcp(six, HOST6, 5006, 80, SYN), length=21)
    send6(six, HOST6, TCP, tcp(six, HOST6, 5007, 80, SYN), length=19)
    send6(six, HOST6, TCP, tcp(six, HOST6, 5008, 80, SYN), length=0)
    send6(six, HOST6, UDP, udp(six, HOST6, 5009, 9, text(10), length=0))


def sizes():
    src = "198.51.100.56"
    syn = eth(0x0800, ipv4(src, WEB, TCP, tcp(src, WEB, 5100, 80, SYN)), pad=False)
    for captured in (1, 6, 13, 14, 15, 33, 34, 35, 53):
        send(syn, captured)
    send(syn)  # not padded
    syn6 = eth(0x86DD, ipv6("2001:db8:7::56", WEB6, TCP, tcp("2001:db8:7::56", WEB6, 5101, 80, SYN)), pad=False)
    for captured in (20, 53, 54, 73):
        send(syn6, captured)
    send(syn6)
    send_udp(src, DNS, 5102, 53, dns("short.example.org", 5), captured=40)
    send_udp(src, HOST, 5103, 9, text(1400), captured=96)
    send_tcp(src, WEB, 5104, 80, PSH | ACK, text(8960))  # jumbo
    send_udp(src, HOST, 5105, 9, text(8972))
    send_udp("2001:db8:7::57", HOST6, 5106, 9, text(8952))


def farewell():
    """The web clients come back; connections that were not closed are still known."""
    for n in range(12):
        src, sport, dport = f"198.51.100.{20 + n}", 40000 + 7 * n, 443 if n % 4 == 3 else 80
        send_tcp(src, WEB, sport, dport, FIN | ACK, seq=2000, ack=6461)


SCENES = (address_resolution, web_clients, names, control_messages, unwelcome, flood, tags, fragments, ipv6_extensions,
          options, other_protocols, contradictions, sizes, farewell)  # fmt: skip


# ---- files -----------------------------------------------------------------------------------------------------


def when(n):
    return START_NS + n * STEP_NS


def pcap(path, magic, order, ticks):
    """The classic format (draft-ietf-opsawg-pcap); `ticks` per second, 65535 bytes at most, Ethernet."""
    with open(path, "wb") as out:
        out.write(struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 65535, 1))
        for n, (data, length) in enumerate(packets):
            seconds, rest = divmod(when(n), 1_000_000_000)
            out.write(struct.pack(order + "IIII", seconds, rest * ticks // 1_000_000_000, len(data), length) + data)


def block(kind, body):
    body += bytes(-len(body) % 4)
    total = len(body) + 12
    return struct.pack("<II", kind, total) + body + struct.pack("<I", total)


def option(code, value):
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)


def pcapng(path):
    """The block format (draft-ietf-opsawg-pcapng): nanoseconds on one interface, microseconds on another."""
    end = option(0, b"")
    with open(path, "wb") as out:
        section = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1) + option(4, b"make_traffic.py") + end
        out.write(block(0x0A0D0D0A, section))
        out.write(block(1, struct.pack("<HHI", 1, 0, 65535) + option(2, b"uplink") + option(9, b"\x09") + end))
        out.write(block(1, struct.pack("<HHI", 1, 0, 65535) + option(2, b"tap") + end))
        for n, (data, length) in enumerate(packets):
            tap = n % 8 == 7
            time = when(n) // 1000 if tap else when(n)
            padded = data + bytes(-len(data) % 4)
            note = option(1, b"captured in part") + end if len(data) < length else b""
            head = struct.pack("<IIIII", tap, time >> 32, time & 0xFFFFFFFF, len(data), length)
            out.write(block(6, head + padded + note))
        received = option(4, struct.pack("<Q", len(packets)))
        out.write(block(5, struct.pack("<III", 0, when(0) >> 32, when(0) & 0xFFFFFFFF) + received + end))


def main():
    for scene in SCENES:
        scene()
    pcap(HERE / "traffic.pcap", 0xA1B2C3D4, "<", 1_000_000)
    pcap(HERE / "traffic-ns.pcap", 0xA1B23C4D, ">", 1_000_000_000)
    pcapng(HERE / "traffic.pcapng")
    print(f"{len(packets)} packets, {sum(len(data) for data, _ in packets)} bytes captured")


if __name__ == "__main__":
    main()
