# SPDX-License-Identifier: Apache-2.0
"""socket_filter: DNS whole, heads of TCP connection packets, beginnings of ICMP; as in a tcpdump expression."""

from ipaddress import ip_network

from .decode import FIN, ICMP, ICMP6, IPV4, IPV6, RST, SYN, TCP, UDP

NETWORK = ip_network("192.0.2.0/24")
WHOLE = 2**32 - 1
DNS = 53


class TooShort(Exception):
    pass


class SocketFilter:
    def __init__(self, _):
        pass

    def __call__(self, data):
        try:
            size, why = self.wanted(data)
        except TooShort:
            size, why = 0, "too short for what has to be read"
        return size, why

    def wanted(self, data):
        def at(offset, size):
            if offset + size > len(data):
                raise TooShort
            return int.from_bytes(data[offset : offset + size], "big")

        kind, ip = at(12, 2), 14
        if kind == 0x8100:
            kind, ip = at(16, 2), 18
        if kind == IPV4:
            if not (ours(at(ip + 12, 4)) or ours(at(ip + 16, 4))):
                return 0, f"not {NETWORK}"
            if at(ip + 6, 2) & 0x1FFF:
                return 0, "later fragment"
            protocol, transport = at(ip + 9, 1), ip + at(ip, 1) % 16 * 4
        elif kind == IPV6:
            protocol, transport = at(ip + 6, 1), ip + 40
        else:
            return 0, f"EtherType {kind:#06x}"

        if protocol == UDP:
            dns = at(transport, 2) == DNS or at(transport + 2, 2) == DNS
            return (WHOLE, "DNS") if dns else (0, "UDP, not DNS")
        if protocol == TCP:
            flags = at(transport + 13, 1) & (SYN | FIN | RST)
            return (transport + 20, "TCP opening or closing") if flags else (0, "TCP in between")
        if protocol in (ICMP, ICMP6):
            return transport + 64, "ICMP"
        return 0, f"protocol {protocol}"

    def tables(self):
        return {}


def ours(address):
    return address >> 8 == int(NETWORK.network_address) >> 8
