# SPDX-License-Identifier: Apache-2.0
"""proto_counter: packets and bytes by EtherType and by IP protocol."""

import struct

from . import decode
from .decode import Malformed
from .tables import Counters, dump

MAX_ETHERTYPES = 7


class ProtoCounter:
    def __init__(self, _):
        self.by_protocol = Counters(256)
        self.by_ethertype = {}
        self.others = {name: [0, 0] for name in ("runts", "bad_headers", "more_ethertypes")}

    def __call__(self, data):
        if len(data) < 14:
            self.count(self.others["runts"], data)
            return "PASS", "no Ethernet header"
        ethertype = decode.number(data, 12, 2)
        ethertype = ethertype if ethertype >= 1536 else 0
        if ethertype in self.by_ethertype or len(self.by_ethertype) < MAX_ETHERTYPES:
            self.count(self.by_ethertype.setdefault(ethertype, [0, 0]), data)
        else:
            self.count(self.others["more_ethertypes"], data)
        try:
            frame = decode.ethernet(data)
            if frame.type == decode.IPV4:
                ip = decode.ipv4(frame.payload)
            elif frame.type == decode.IPV6:
                ip = decode.skip_extensions(decode.ipv6(frame.payload))
            else:
                return "PASS", f"EtherType {frame.type:#06x}"
        except Malformed as malformed:
            self.count(self.others["bad_headers"], data)
            return "PASS", str(malformed)
        self.by_protocol.count(ip.protocol, len(data))
        return "PASS", f"IPv{ip.version} protocol {ip.protocol}"

    @staticmethod
    def count(row, data):
        row[0] += 1
        row[1] += len(data)

    def tables(self):
        by_ethertype = {struct.pack("<H", key): struct.pack("<QQ", *row) for key, row in self.by_ethertype.items()}
        return {"by_protocol": self.by_protocol.dump(), "by_ethertype": dump(by_ethertype)}

    def globals(self):
        return {name: struct.pack("<QQ", *row) for name, row in self.others.items()}
