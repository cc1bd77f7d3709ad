# SPDX-License-Identifier: Apache-2.0
"""Maps as the tests compare them: lists of {key, value} in hex, little-endian, ordered by key."""

import json
import struct


def initial(path):
    """The contents of NAME.maps.json: {map: {key bytes: value bytes}}."""
    if not path.exists():
        return {}
    content = json.loads(path.read_text())
    return {
        name: {bytes.fromhex(row["key"]): bytes.fromhex(row["value"]) for row in rows} for name, rows in content.items()
    }


def dump(table):
    return [{"key": key.hex(), "value": value.hex()} for key, value in sorted(table.items())]


class Counters:
    """An array of {u64 packets; u64 bytes}."""

    def __init__(self, size):
        self.rows = [[0, 0] for _ in range(size)]

    def count(self, index, length):
        self.rows[index][0] += 1
        self.rows[index][1] += length

    def dump(self):
        return dump({struct.pack("<I", index): struct.pack("<QQ", *row) for index, row in enumerate(self.rows)})
