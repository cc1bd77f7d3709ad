# SPDX-License-Identifier: Apache-2.0
"""Reads the packets of a capture file: classic pcap of either byte order and precision, or pcapng."""

import struct


def read(path):
    """[(time in ns, captured bytes)]"""
    data = path.read_bytes()
    return list(_pcapng(data) if data[:4] == b"\x0a\x0d\x0d\x0a" else _pcap(data))


def _pcap(data):
    formats = {
        b"\xd4\xc3\xb2\xa1": ("<", 1000),
        b"\xa1\xb2\xc3\xd4": (">", 1000),
        b"\x4d\x3c\xb2\xa1": ("<", 1),
        b"\xa1\xb2\x3c\x4d": (">", 1),
    }
    order, ns_per_tick = formats[data[:4]]
    at = 24
    while at < len(data):
        seconds, ticks, captured, _ = struct.unpack_from(order + "IIII", data, at)
        yield seconds * 10**9 + ticks * ns_per_tick, data[at + 16 : at + 16 + captured]
        at += 16 + captured


def _pcapng(data):
    at, ns_per_tick = 0, []
    while at < len(data):
        kind, length = struct.unpack_from("<II", data, at)
        body = data[at + 8 : at + length - 4]
        if kind == 1:
            resolution = _options(body, 8).get(9, b"\x06")[0]
            ns_per_tick.append(10 ** (9 - resolution))
        elif kind == 6:
            interface, high, low, captured, _ = struct.unpack_from("<IIIII", body)
            yield (high << 32 | low) * ns_per_tick[interface], body[20 : 20 + captured]
        at += length


def _options(body, at):
    found = {}
    while at < len(body):
        code, length = struct.unpack_from("<HH", body, at)
        found[code] = body[at + 4 : at + 4 + length]
        at += 4 + (length + 3) // 4 * 4
    return found
