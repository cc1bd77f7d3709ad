# SPDX-License-Identifier: Apache-2.0
"""tc_ratelimit: a token bucket per source, on a clock that is the same in every run."""

import struct
from dataclasses import dataclass

from . import decode
from .decode import Malformed
from .tables import dump

RATE, BURST, MAX_SOURCES = 100_000_000, 5000, 64  # bytes per second, bytes, sources
CLOCK_START, CLOCK_STEP = 1_000_000_000, 1_000  # ns: the first reading, and what each reading adds


@dataclass
class Bucket:
    tokens: int
    updated: int
    passed: int = 0
    dropped: int = 0


class RateLimit:
    def __init__(self, _):
        self.buckets, self.clock, self.untracked = {}, CLOCK_START, 0

    def __call__(self, data):
        try:
            frame = decode.ethernet(data)
            if frame.type == decode.IPV4:
                source = bytes(10) + b"\xff\xff" + decode.ipv4(frame.payload).source.packed
            elif frame.type == decode.IPV6:
                source = decode.ipv6(frame.payload).source.packed
            else:
                return "OK", f"EtherType {frame.type:#06x}"
        except Malformed as malformed:
            return "OK", str(malformed)

        now, self.clock = self.clock, self.clock + CLOCK_STEP
        if source not in self.buckets:
            if len(self.buckets) == MAX_SOURCES:
                self.untracked += 1
                return "OK", "no room for this source"
            self.buckets[source] = Bucket(BURST, now)
        bucket = self.buckets[source]
        gained = min(now - bucket.updated, 10**9) * RATE // 10**9
        bucket.tokens, bucket.updated = min(bucket.tokens + gained, BURST), now
        why = f"{bucket.tokens} tokens for {len(data)} bytes"
        if bucket.tokens < len(data):
            bucket.dropped += 1
            return "SHOT", why
        bucket.tokens -= len(data)
        bucket.passed += 1
        return "OK", why

    def tables(self):
        rows = self.buckets.items()
        return {"buckets": dump({key: struct.pack("<QQII", *vars(bucket).values()) for key, bucket in rows})}

    def globals(self):
        return {"untracked": struct.pack("<Q", self.untracked)}
