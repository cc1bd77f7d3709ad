#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes NAME.maps.json: what the maps of an example hold before the first packet.

The format is described in README.md; the bytes are laid out as the structs in NAME.bpf.c, little-endian.
"""

import ipaddress
import json
import struct
from pathlib import Path

HERE = Path(__file__).parent
TCP, UDP, ICMP, ICMP6 = 6, 17, 1, 58


def write(name, maps):
    entries = {
        table: [{"key": key.hex(), "value": value.hex()} for key, value in rows] for table, rows in maps.items()
    }
    text = json.dumps(entries, indent=2).replace('{\n      "key"', '{ "key"').replace('",\n      "value"', '", "value"')
    (HERE / f"{name}.maps.json").write_text(text.replace('"\n    }', '" }') + "\n")


# ---- xdp_firewall ----------------------------------------------------------------------------------------------

DROP, PASS, CONTINUE = range(3)

NETWORK_RULES = [
    ("203.0.113.0/24", DROP),  # a bad network
    ("203.0.113.64/26", PASS),  # with a good part
    ("203.0.113.128/32", PASS),
    ("198.51.100.0/24", CONTINUE),  # our customers: counted, then judged by service
    ("198.51.100.7/32", DROP),
    ("10.0.0.0/8", DROP),  # private addresses have no business on the edge
    ("2001:db8:bad::/48", DROP),
    ("2001:db8:bad:1::/64", PASS),
    ("2001:db8:cafe::/48", CONTINUE),
    ("fe80::/10", CONTINUE),
]

SERVICE_RULES = [
    (TCP, 23, DROP),  # telnet
    (TCP, 445, DROP),  # SMB
    (TCP, 22, CONTINUE),
    (TCP, 80, PASS),
    (TCP, 443, PASS),
    (UDP, 53, PASS),
    (UDP, 1900, DROP),  # SSDP
    (UDP, 11211, DROP),  # memcached
    (ICMP, 8, CONTINUE),  # echo request
    (ICMP, 5, DROP),  # redirect
    (ICMP6, 137, DROP),  # redirect
]


def firewall():
    networks = {4: [], 6: []}
    for rule, (text, action) in enumerate(NETWORK_RULES):
        network = ipaddress.ip_network(text)
        key = struct.pack("<I", network.prefixlen) + network.network_address.packed
        networks[network.version].append((key, struct.pack("<II", rule, action)))
    services = [
        (struct.pack(">BBH", protocol, 0, selector), struct.pack("<II", rule, action))
        for rule, (protocol, selector, action) in enumerate(SERVICE_RULES, len(NETWORK_RULES))
    ]
    write("xdp_firewall", {"networks_v4": networks[4], "networks_v6": networks[6], "services": services})


if __name__ == "__main__":
    firewall()
