# SPDX-License-Identifier: Apache-2.0
"""tail_calls: one parser per header, at most 33 calls, the result in front of the packet."""

import struct

from . import decode
from .decode import AH, DESTINATION, FRAGMENT, HOP_BY_HOP, IPV4, IPV6, ROUTING, TAGS, TCP, UDP, Malformed
from .tables import dump

MAX_TAIL_CALLS = 33
MAX_OFFSET = 512
PARSERS = ("vlan", "ipv4", "ipv6", "extension", "tcp", "udp", "other")
OUTCOMES = ("parsed", "no parser", "malformed", "no metadata")
EXTENSIONS = (HOP_BY_HOP, ROUTING, FRAGMENT, AH, DESTINATION)


class Stopped(Exception):
    """Nobody parses what comes next."""


class Chain:
    def __init__(self, _):
        self.runs, self.outcomes = dict.fromkeys(PARSERS, 0), dict.fromkeys(OUTCOMES, 0)

    def __call__(self, data):
        self.offset, self.end, self.next, self.ports, self.calls = 0, 0, 0, bytes(4), 0
        try:
            self.walk(data)
            outcome, why = "parsed", "parsed"
        except Stopped as stopped:
            outcome, why = "no parser", str(stopped)
        except Malformed as malformed:
            outcome, why = "malformed", str(malformed)
        self.outcomes[outcome] += 1
        metadata = struct.pack("<HHHH", self.offset, self.end, self.next, 0) + self.ports
        return "DROP" if outcome == "malformed" else "PASS", why, {"metadata": metadata.hex()}

    def call(self, parser, offset, following, name):
        """The step from one header to the next."""
        self.offset, self.next = offset, following
        if parser is None:
            raise Stopped(f"no parser for {name} {following}")
        if self.calls == MAX_TAIL_CALLS:
            raise Stopped(f"more than {MAX_TAIL_CALLS} tail calls")
        self.calls += 1
        self.runs[parser] += 1
        if offset > MAX_OFFSET:
            raise Malformed(f"headers longer than {MAX_OFFSET} bytes")

    def walk(self, data):
        decode.need(data, 14, "Ethernet header")
        kind, at = decode.number(data, 12, 2), 14
        while kind in TAGS:
            self.call("vlan", at, kind, "EtherType")
            decode.need(data[at:], 4, "VLAN tag")
            kind, at = decode.number(data, at + 2, 2), at + 4
        self.call({IPV4: "ipv4", IPV6: "ipv6"}.get(kind), at, kind, "EtherType")
        ip = decode.ipv4(data[at:]) if kind == IPV4 else decode.ipv6(data[at:])
        at += len(ip.header)
        self.end = at + len(ip.payload)

        while ip.version == 6 and ip.protocol in EXTENSIONS and not ip.offset:
            self.call("extension", at, ip.protocol, "protocol")
            before = len(ip.payload)
            ip = one_extension(ip)
            at += before - len(ip.payload)
        parser = None if ip.offset else {TCP: "tcp", UDP: "udp"}.get(ip.protocol)
        self.call(parser, at, ip.protocol, "protocol")
        decode.need(ip.payload, 20 if parser == "tcp" else 8, "transport header")
        self.ports = ip.payload[:4]

    def tables(self):
        return {
            name: dump({struct.pack("<I", n): struct.pack("<Q", count) for n, count in enumerate(table.values())})
            for name, table in (("runs", self.runs), ("outcomes", self.outcomes))
        }


def one_extension(ip):
    """decode.skip_extensions, a header at a time."""
    decode.need(ip.payload, 8, "extension header")
    if ip.protocol == FRAGMENT:
        size, ip.offset = 8, decode.number(ip.payload, 2, 2) // 8 * 8
    else:
        size = (ip.payload[1] + 2) * 4 if ip.protocol == AH else (ip.payload[1] + 1) * 8
    decode.need(ip.payload, max(size, 8), "extension header")
    ip.protocol, ip.payload = ip.payload[0], ip.payload[size:]
    return ip
