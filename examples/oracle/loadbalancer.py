# SPDX-License-Identifier: Apache-2.0
"""xdp_loadbalancer: Maglev ring, connection table, IP-in-IP (RFC 2003)."""

import struct
from functools import reduce

from . import decode
from .decode import FIN, RST, SYN, TCP, UDP, Malformed
from .tables import Counters, dump

EVENTS = ("forwarded", "not ours", "fragment", "too big", "no room", "failed")
TUNNEL_SOURCE, MTU, MAX_CONNECTIONS = bytes([192, 0, 2, 1]), 1500, 16
RINGS, RING_SIZE, SERVERS, SERVER_SIZE = 8, 251, 16, 12


def filled(entries, count, size):
    """An array of `count` elements, all zero but for the entries."""
    return {struct.pack("<I", index): entries.get(struct.pack("<I", index), bytes(size)) for index in range(count)}


class LoadBalancer:
    def __init__(self, maps):
        self.services = maps["services"]
        self.rings = filled(maps["rings"], RINGS, RING_SIZE)
        self.servers = filled(maps["servers"], SERVERS, SERVER_SIZE)
        self.connections = dict(maps["connections"])
        self.load = Counters(SERVERS)
        self.events = dict.fromkeys(EVENTS, 0)

    def __call__(self, data):
        try:
            verdict, event, why, *out = self.balance(data)
        except Malformed as malformed:
            verdict, event, why, *out = "PASS", "not ours", str(malformed)
        self.events[event] += 1
        return verdict, why, *({"out": packet.hex()} for packet in out)

    def balance(self, data):
        frame = decode.ethernet(data, max_tags=0)
        if frame.type != decode.IPV4:
            return "PASS", "not ours", f"EtherType {frame.type:#06x}"
        ip = decode.ipv4(frame.payload)
        if ip.offset or ip.more:
            return "PASS", "fragment", "fragment"
        flow = self.flow(ip)
        service = flow and self.services.get(flow[4:8] + flow[10:13] + b"\0")
        if not service:
            return "PASS", "not ours", "no service"
        packet = ip.header + ip.payload
        if len(packet) + 20 > MTU:
            return "DROP", "too big", f"{len(packet)} bytes"

        number = self.choose(flow, ip.payload[13] if ip.protocol == TCP else 0, service)
        server = self.servers[number]
        self.load.count(*number[:1], len(packet))
        outer = struct.pack(">BBHHHBBH", 0x45, packet[1], len(packet) + 20, 0, 0x4000, 64, 4, 0)
        outer += TUNNEL_SOURCE + server[:4]
        outer = outer[:10] + internet_checksum(outer) + outer[12:]
        out = server[4:10] + data[:6] + b"\x08\x00" + outer + packet
        return "TX", "forwarded", f"to server {number[0]}", out

    @staticmethod
    def flow(ip):
        """Addresses, ports, protocol: 13 bytes as they stand in the packet."""
        if ip.protocol not in (TCP, UDP):
            return None
        decode.need(ip.payload, 20 if ip.protocol == TCP else 8, "transport header")
        return ip.source.packed + ip.destination.packed + ip.payload[:4] + bytes([ip.protocol])

    def choose(self, flow, flags, service):
        if flow[12] == TCP and not flags & SYN and flow in self.connections:
            server = self.connections[flow]
        else:
            server = struct.pack("<I", self.rings[service][fnv1a(flow) * RING_SIZE // 2**32])
        if flow[12] == TCP:
            if flags & (FIN | RST):
                self.connections.pop(flow, None)
            elif flow in self.connections or len(self.connections) < MAX_CONNECTIONS:
                self.connections[flow] = server
            else:
                self.events["no room"] += 1
        return server

    def tables(self):
        return {
            "services": dump(self.services),
            "rings": dump(self.rings),
            "servers": dump(self.servers),
            "connections": dump(self.connections),
            "server_load": self.load.dump(),
            "events": dump({struct.pack("<I", i): struct.pack("<Q", n) for i, n in enumerate(self.events.values())}),
        }


def fnv1a(data):
    return reduce(lambda value, byte: (value ^ byte) * 0x01000193 % 2**32, data, 0x811C9DC5)


def internet_checksum(header):
    total = sum(struct.unpack(f">{len(header) // 2}H", header))
    while total > 0xFFFF:
        total = total % 0x10000 + total // 0x10000
    return struct.pack(">H", 0xFFFF - total)
