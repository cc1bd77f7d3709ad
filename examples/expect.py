#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes expected/NAME.json: what each example has to do with traffic.pcap.

Nothing here runs a BPF program. The decoders in oracle/ were written from the protocols' standards and from the
comment at the head of each example; the format of the result is described in README.md.
"""

import json
from collections import Counter
from pathlib import Path

from oracle import capture, objects, tables
from oracle.audit import Audit
from oracle.chain import Chain
from oracle.counting import ProtoCounter
from oracle.firewall import Firewall
from oracle.loadbalancer import LoadBalancer
from oracle.packetsocket import SocketFilter
from oracle.ratelimit import RateLimit

HERE = Path(__file__).parent
XDP = {"ABORTED": 0, "DROP": 1, "PASS": 2, "TX": 3}
TC = {"OK": 0, "SHOT": 2}
SOCKET = None  # r0 is the number of bytes to keep

EXAMPLES = {
    "xdp_firewall": (Firewall, XDP),
    "xdp_loadbalancer": (LoadBalancer, XDP),
    "proto_counter": (ProtoCounter, XDP),
    "tc_ratelimit": (RateLimit, TC),
    "socket_filter": (SocketFilter, SOCKET),
    "tail_calls": (Chain, XDP),
    "globals_calls": (Audit, XDP),
}


def read_traffic():
    """All three captures hold the same packets; times agree as far as each format can tell them."""
    micro, nano, blocks = (capture.read(HERE / name) for name in ("traffic.pcap", "traffic-ns.pcap", "traffic.pcapng"))
    assert [data for _, data in micro] == [data for _, data in nano] == [data for _, data in blocks]
    microseconds = [[time // 1000 for time, _ in packets] for packets in (micro, nano, blocks)]
    assert microseconds[0] == microseconds[1] == microseconds[2]
    return [data for _, data in micro]


def verdict_of(result, verdicts):
    """(r0, verdict) of what an oracle answered: a verdict's name, or for a socket filter the number itself."""
    if verdicts is SOCKET:
        return result, "KEEP" if result else "DROP"
    return verdicts[result], result


def expect(name, packets):
    oracle_class, verdicts = EXAMPLES[name]
    oracle = oracle_class(tables.initial(HERE / f"{name}.maps.json"))
    rows = []
    for number, data in enumerate(packets, 1):
        result, why, *changed = oracle(data)
        r0, verdict = verdict_of(result, verdicts)
        rows.append({"packet": number, "r0": r0, "verdict": verdict, "why": why})
        if changed:
            rows[-1].update(changed[0])
    content = {
        "object": f"{name}.bpf.o",
        "program": name,
        "capture": "traffic.pcap",
        "totals": dict(sorted(Counter(row["verdict"] for row in rows).items())),
        "packets": rows,
        "maps": oracle.tables(),
    }
    if hasattr(oracle, "globals"):
        content["globals"] = place(oracle.globals(), objects.variables(HERE / f"{name}.bpf.o"))
    return content


def place(values, variables):
    """The variables with the section and offset at which the object keeps them."""
    rows = []
    for name, value in values.items():
        section, offset, size = variables[name]
        assert size == len(value), f"{name} has {size} bytes"
        rows.append({"name": name, "section": section, "offset": offset, "size": size, "value": value.hex()})
    return rows


def write(path, content):
    """JSON with one packet, one map entry or one variable per line."""
    lines = []
    for key, value in content.items():
        if isinstance(value, list):
            lines.append(f" {json.dumps(key)}: [\n" + ",\n".join("  " + json.dumps(row) for row in value) + "\n ]")
        elif key == "maps" and value:
            maps = [
                f"  {json.dumps(name)}: [\n" + ",\n".join("   " + json.dumps(row) for row in rows) + "\n  ]"
                for name, rows in value.items()
            ]
            lines.append(' "maps": {\n' + ",\n".join(maps) + "\n }")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value)}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def main():
    packets = read_traffic()
    (HERE / "expected").mkdir(exist_ok=True)
    for name in EXAMPLES:
        content = expect(name, packets)
        write(HERE / "expected" / f"{name}.json", content)
        print(f"{name}: {content['totals']}")


if __name__ == "__main__":
    main()
