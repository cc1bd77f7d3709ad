#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes NAME.maps.json: what the maps of an example hold before the first packet.

The format is described in README.md; the bytes are laid out as the structs in NAME.bpf.c, little-endian.
"""

import hashlib
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


# ---- xdp_loadbalancer ------------------------------------------------------------------------------------------

RING_SIZE = 251

WEB_SERVERS = ["10.1.0.11", "10.1.0.12", "10.1.0.13", "10.1.0.14", "10.1.0.15"]
DNS_SERVERS = ["10.1.1.11", "10.1.1.12"]
DRAINED_SERVER = "10.1.0.10"  # gets no new connections, keeps the old ones
SERVERS = [DRAINED_SERVER, *WEB_SERVERS, *DNS_SERVERS]

SERVICES = [
    ("192.0.2.80", TCP, 80, WEB_SERVERS),
    ("192.0.2.80", TCP, 443, WEB_SERVERS),
    ("192.0.2.53", UDP, 53, DNS_SERVERS),
]

# Made before the capture starts, to the drained server: source, port, destination, port
OLD_CONNECTIONS = [("198.51.100.22", 41002, "192.0.2.80", 80), ("198.51.100.23", 41003, "192.0.2.80", 443)]


def maglev(names):
    """The lookup table of the Maglev paper (NSDI 2016), section 3.4: each name takes turns at its own permutation."""
    digests = [hashlib.sha256(name.encode()).digest() for name in names]
    offsets = [int.from_bytes(digest[:8], "big") % RING_SIZE for digest in digests]
    skips = [int.from_bytes(digest[8:16], "big") % (RING_SIZE - 1) + 1 for digest in digests]
    steps, table, filled = [0] * len(names), [None] * RING_SIZE, 0
    while True:
        for n, name in enumerate(names):
            while table[slot := (offsets[n] + steps[n] * skips[n]) % RING_SIZE] is not None:
                steps[n] += 1
            table[slot] = name
            filled += 1
            if filled == RING_SIZE:
                return table


def packed(address):
    return ipaddress.ip_address(address).packed


def load_balancer():
    services, rings = [], []
    for number, (address, protocol, port, names) in enumerate(SERVICES):
        services.append((packed(address) + struct.pack(">HBB", port, protocol, 0), struct.pack("<I", number)))
        rings.append((struct.pack("<I", number), bytes(SERVERS.index(name) for name in maglev(names))))
    servers = [
        (struct.pack("<I", number), packed(name) + bytes.fromhex("0200000001") + bytes([number, 0, 0]))
        for number, name in enumerate(SERVERS)
    ]
    drained = struct.pack("<I", SERVERS.index(DRAINED_SERVER))
    connections = [
        (packed(src) + packed(dst) + struct.pack(">HHB", sport, dport, TCP), drained)
        for src, sport, dst, dport in OLD_CONNECTIONS
    ]
    write("xdp_loadbalancer", {"services": services, "rings": rings, "servers": servers, "connections": connections})


if __name__ == "__main__":
    firewall()
    load_balancer()
