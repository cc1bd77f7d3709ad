# SPDX-License-Identifier: Apache-2.0
"""xdp_firewall: rules by source network, rules by service, PASS for the rest."""

from ipaddress import ip_address, ip_network

from . import decode
from .decode import ACK, FIN, ICMP, ICMP6, RST, SYN, TCP, UDP, Malformed
from .tables import Counters, dump

REASONS = ("malformed", "not IP", "network", "later fragment", "tiny fragment", "TCP flags", "service", "default")
ACTIONS = ("DROP", "PASS", "CONTINUE")


class Firewall:
    def __init__(self, maps):
        self.maps = maps
        self.networks = [
            (ip_network((ip_address(key[4:]), int.from_bytes(key[:4], "little"))), self.rule(value))
            for name in ("networks_v4", "networks_v6")
            for key, value in maps[name].items()
        ]
        self.services = {(key[0], key[2] << 8 | key[3]): self.rule(value) for key, value in maps["services"].items()}
        self.hits, self.reasons = Counters(32), Counters(len(REASONS))

    @staticmethod
    def rule(value):
        return int.from_bytes(value[:4], "little"), ACTIONS[value[4]]

    def __call__(self, data):
        try:
            verdict, reason, why = self.judge(data)
        except Malformed as malformed:
            verdict, reason, why = "DROP", "malformed", str(malformed)
        self.reasons.count(REASONS.index(reason), len(data))
        return verdict, why

    def judge(self, data):
        frame = decode.ethernet(data)
        if frame.type not in (decode.IPV4, decode.IPV6):
            return "PASS", "not IP", f"EtherType {frame.type:#06x}"
        ip = decode.ipv4(frame.payload) if frame.type == decode.IPV4 else decode.ipv6(frame.payload)

        matching = [(network.prefixlen, network, rule) for network, rule in self.networks if ip.source in network]
        if matching:
            _, network, (number, action) = max(matching, key=lambda match: match[0])
            self.hits.count(number, len(data))
            if action != "CONTINUE":
                return action, "network", f"{ip.source} in {network}"

        if ip.version == 6:
            ip = decode.skip_extensions(ip)
        if ip.offset == 8 and ip.protocol == TCP:
            return "DROP", "tiny fragment", "TCP flags in a second fragment"
        if ip.offset:
            return "PASS", "later fragment", f"fragment at {ip.offset}"
        return self.service(ip, len(data))

    def service(self, ip, length):
        selector = 0
        if ip.protocol == TCP:
            segment = decode.tcp(ip.payload)
            if not possible(segment.flags & 0x3F):
                return "DROP", "TCP flags", f"TCP flags {segment.flags:#04x}"
            selector = segment.destination_port
        elif ip.protocol == UDP:
            selector = decode.udp(ip.payload, partial=ip.more).destination_port
        elif ip.protocol in (ICMP, ICMP6):
            selector = decode.icmp_type(ip.payload)
        if (ip.protocol, selector) in self.services:
            number, action = self.services[ip.protocol, selector]
            self.hits.count(number, length)
            if action != "CONTINUE":
                return action, "service", f"protocol {ip.protocol}, selector {selector}"
        return "PASS", "default", "no rule"

    def tables(self):
        unchanged = {name: dump(rows) for name, rows in self.maps.items()}
        return unchanged | {"rule_hits": self.hits.dump(), "reasons": self.reasons.dump()}


def possible(flags):
    """RFC 9293: all but a first SYN and a reset carry ACK; SYN stands with neither FIN nor RST."""
    if flags & SYN:
        return not flags & (FIN | RST)
    return bool(flags & (RST | ACK))
