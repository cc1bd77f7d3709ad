# SPDX-License-Identifier: Apache-2.0
"""globals_calls: IPv4 header checksums, and statistics of sizes."""

import struct

from . import decode
from .decode import Malformed

CLASSES = {1: 0, 2: 0, 89: 0, 6: 1, 132: 1, 17: 2, 4: 3, 41: 3, 47: 3, 50: 3, 51: 3}  # anything else is 4
WEIGHTS = (8, 2, 3, 1, 1)
SAMPLE_EVERY, SAMPLES = 4, 16


class Audit:
    def __init__(self, _):
        self.classes = [[0, 0, 0, 0xFFFF] for _ in WEIGHTS]  # packets, bytes, largest, smallest
        self.average = 512 * 256
        self.bad_checksums = self.not_ipv4 = self.good = self.load = 0
        self.samples = [0] * SAMPLES

    def __call__(self, data):
        try:
            frame = decode.ethernet(data)
        except Malformed as malformed:
            self.not_ipv4 += 1
            return "PASS", str(malformed)
        if frame.type != decode.IPV4:
            self.not_ipv4 += 1
            return "PASS", f"EtherType {frame.type:#06x}"
        header = frame.payload[: (frame.payload[:1] or b"\0")[0] % 16 * 4]
        whole = len(frame.payload) >= 20 and len(header) == frame.payload[0] % 16 * 4
        if not whole or ones_complement_sum(header) != 0xFFFF:
            self.bad_checksums += 1
            return "DROP", "wrong checksum" if whole else "header is cut off"
        return "PASS", self.record(frame.payload[9], len(data))

    def record(self, protocol, size):
        number = CLASSES.get(protocol, 4)
        row = self.classes[number]
        row[:] = row[0] + 1, row[1] + size, max(row[2], size), min(row[3], size)
        self.load += WEIGHTS[number]
        self.average += size * 32 - self.average // 8
        if self.good % SAMPLE_EVERY == 0:
            self.samples[self.good // SAMPLE_EVERY % SAMPLES] = size
        self.good += 1
        return f"class {number}"

    def tables(self):
        return {}

    def globals(self):
        until_sample = SAMPLE_EVERY - (self.good - 1) % SAMPLE_EVERY
        return {
            "classes": b"".join(struct.pack("<QQII", *row) for row in self.classes),
            "average_size": struct.pack("<Q", self.average),
            "until_sample": struct.pack("<I", until_sample),
            "bad_checksums": struct.pack("<Q", self.bad_checksums),
            "not_ipv4": struct.pack("<Q", self.not_ipv4),
            "load": struct.pack("<Q", self.load),
            "samples": struct.pack("<16H", *self.samples),
            "next_sample": struct.pack("<I", -(-self.good // SAMPLE_EVERY)),
        }


def ones_complement_sum(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = total % 0x10000 + total // 0x10000
    return total
