#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes expected.json: what is in each test object, as LLVM's tools tell it, and what its programs return.

Functions, variables and relocations come from LLVM's tools. Maps and refusals are written down here, from the sources.
Results come from a native build of the same source. README.md describes the format.
"""

import ctypes
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

CLANG, READELF, OBJDUMP = os.environ.get("CLANG", "clang-19"), "llvm-readelf-19", "llvm-objdump-19"
INCLUDE = os.environ.get("INCLUDE", "../../../../examples/include")

# ---- written down from the sources -----------------------------------------------------------------------------

HASH, ARRAY, PROG_ARRAY, PERCPU_ARRAY, LPM_TRIE = "hash", "array", "prog_array", "percpu_array", "lpm_trie"
ARRAY_OF_MAPS, HASH_OF_MAPS, BLOOM_FILTER, ARENA = "array_of_maps", "hash_of_maps", "bloom_filter", "arena"
STRUCT_OPS = "struct_ops"
NO_PREALLOC = 1

MAPS = {  # source: {map: (type, key size, value size, entries, flags)}
    "maps_btf": {
        "plain_array": (ARRAY, 4, 8, 4, 0),
        "percpu_array": (PERCPU_ARRAY, 4, 32, 100, 0),
        "hash_one": (HASH, 7, 32, 100, NO_PREALLOC),
        "hash_two": (HASH, 7, 32, 100, NO_PREALLOC),
        "sizes_only": (HASH, 7, 1, 1, 0),
        "routes": (LPM_TRIE, 20, 4, 1024, NO_PREALLOC),
        "jumps": (PROG_ARRAY, 4, 4, 8, 0),
    },
    "maps_legacy": {
        "counters": (ARRAY, 4, 8, 16, 0),
        "flows": (HASH, 13, 24, 1000, NO_PREALLOC),
    },
    "maps_nested": {
        "first": (ARRAY, 4, 8, 2, 0),
        "second": (ARRAY, 4, 8, 2, 0),
        "outer": (ARRAY_OF_MAPS, 4, 4, 4, 0),
        "unfilled": (HASH_OF_MAPS, 4, 4, 8, 0),
        "records": (HASH, 4, 40, 100, 0),
        "bloom": (BLOOM_FILTER, 0, 8, 1000, 0),
    },
    "struct_ops": {
        "first": (STRUCT_OPS, 4, 40, 1, 0),
        "second": (STRUCT_OPS, 4, 40, 1, 1 << 13),
    },
    "arena": {
        "arena": (ARENA, 0, 0, 10, 1024),
    },
    "maps_iproute2": {
        "calls": (PROG_ARRAY, 4, 4, 8, 0),
        "inner_one": (ARRAY, 4, 8, 2, 0),
        "inner_two": (ARRAY, 4, 8, 2, 0),
        "outer": (ARRAY_OF_MAPS, 4, 4, 4, 0),
    },
    "helpers": {
        "table": (HASH, 4, 8, 4, 0),
        "jumps": (PROG_ARRAY, 4, 4, 1, 0),
    },
}

REFUSED = {  # object: what the message has to name
    "common.o": "shared",
    "maps_btf.nobtf.o": ".maps",
    "maps_legacy.extra.o": "flows",
}

UNRESOLVED = {  # object: what is missing where its program needs it
    "extern_function.o": "missing_function",
    "extern_variable.o": "missing_variable",
}


def memory(*words, width=8):
    return b"".join((word % 2 ** (8 * width)).to_bytes(width, "little") for word in words)


def noise(length):
    """Bytes that look random and are always the same."""
    state, out = 0x2545F4914F6CDD1D, bytearray()
    while len(out) < length:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out.append(state >> 56)
    return bytes(out)


BLOCKS = [b"\0", b"\xff", b"123456789", bytes(range(256)), noise(64), noise(1000), b"\x80" * 12, b"\x7f\xff" * 9]
PAIRS_32 = [(7, 2), (-7, 2), (7, -2), (-7, -2), (2**31 - 1, -1), (-(2**31), 1), (-(2**31), 3), (0, -5)]
PAIRS_64 = [*PAIRS_32, (2**63 - 1, -1), (-(2**63), 1), (-(2**63), 3), (-(2**63) + 1, -1)]
TRIPLES = [(1, 2, 3), (5, 5, 9), (-1, 1, 0), (2**31, 2**31, 7), (0x0123456789ABCDEF, 0xFF00FF00FF00FF00, -1)]
WORDS = [0, 1, -1, 0x7E, 0x7F, 0xFF, 0x7FFF, 0x8000, 0x7FFFFFFF, 0x80000000, 0x0123456789ABCDEF, 0xFEDCBA9876543210]

INPUTS = {  # source: {pattern of program names: blocks of memory}
    "compute": {".*": BLOCKS},
    "pointers": {"first_letter": [b"\0", b"\1", b"\2", b"\3\4"], "through_pointers": [b"\0"]},
    "functions": {"chosen": [b"\5", b"\5\0", b"\xff\0\0"]},
    "v4": {
        "(sdiv|smod)32": [memory(*pair, width=4) for pair in PAIRS_32],
        "(sdiv|smod)64": [memory(*pair) for pair in PAIRS_64],
        "sdiv64_imm|movsx.*|bswap.*": [memory(word) for word in WORDS],
        "ldsx.*": [memory(word, ~word) for word in WORDS],
        "stores": [bytes(16)],
    },
    "atomics": {
        ".*_32": [memory(*triple, width=4) for triple in TRIPLES],
        ".*_64": [memory(*triple) for triple in TRIPLES],
    },
}


# ---- what LLVM's tools tell ------------------------------------------------------------------------------------


def tool(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def instructions(path):
    """{section: slots at which an instruction starts}; LD_IMM64 starts one and takes two."""
    starts, section = {}, None
    for line in tool(OBJDUMP, "-d", "--mcpu=v4", "--no-show-raw-insn", path).splitlines():
        if match := re.fullmatch(r"Disassembly of section (.*):", line):
            section = match[1]
        elif match := re.match(r"\s+(\d+):\s", line):
            assert "<unknown>" not in line, line
            starts.setdefault(section, []).append(int(match[1]))
    return starts


def addend(data, kind, at, order):
    """What the relocated field holds before relocation: these are REL sections, so it is the addend."""
    if kind == "R_BPF_64_64":
        low, high = (struct.unpack_from(order + "i", data, at + shift)[0] for shift in (4, 12))
        return high << 32 | low & 0xFFFFFFFF
    if kind == "R_BPF_64_32":
        return struct.unpack_from(order + "i", data, at + 4)[0]
    return struct.unpack_from(order + ("q" if kind == "R_BPF_64_ABS64" else "i"), data, at)[0]


def describe(path):
    report = json.loads(tool(READELF, "--elf-output-style=JSON", "-h", "-S", "-s", "-r", "--expand-relocs", path))[0]
    data, starts = Path(path).read_bytes(), instructions(path)
    order = "<" if report["ElfHeader"]["Ident"]["DataEncoding"]["Name"] == "LittleEndian" else ">"
    sections = [entry["Section"] for entry in report["Sections"]]
    names = {section["Index"]: section["Name"]["Name"] for section in sections}
    flags = {section["Index"]: {flag["Name"] for flag in section["Flags"]["Flags"]} for section in sections}

    functions, variables = [], []
    for entry in report["Symbols"]:
        symbol = entry["Symbol"]
        kind, section = symbol["Type"]["Name"], symbol["Section"]["Name"]
        row = {"name": symbol["Name"]["Name"], "section": section, "binding": symbol["Binding"]["Name"].lower()}
        if kind == "Function":
            first, count = symbol["Value"] // 8, symbol["Size"] // 8
            inside = sum(first <= slot < first + count for slot in starts[section])
            functions.append(row | {"slot": first, "slots": count, "instructions": inside})
        elif kind == "Object":
            variables.append(row | {"offset": symbol["Value"], "size": symbol["Size"]})

    relocations, debug = {}, {}
    for entry in report["Relocations"]:
        group = entry["Relocs"] if "Relocs" in entry else entry["Relocations"]
        table = next(section for section in sections if section["Index"] == entry["SectionIndex"])
        target = next(section for section in sections if section["Index"] == table["Info"])
        if not flags[target["Index"]] & {"SHF_ALLOC"}:
            kinds = Counter(relocation["Relocation"]["Type"]["Name"] for relocation in group)
            debug[target["Name"]["Name"]] = dict(sorted(kinds.items()))
            continue
        rows = []
        for relocation in (r["Relocation"] for r in group):
            at, kind = relocation["Offset"], relocation["Type"]["Name"]
            rows.append({"offset": at, "type": kind, "symbol": relocation["Symbol"]["Name"],
                         "addend": addend(data, kind, target["Offset"] + at, order)})  # fmt: skip
        relocations[target["Name"]["Name"]] = rows

    return {
        "endian": "little" if order == "<" else "big",
        "btf": ".BTF" in names.values(),
        "functions": sorted(functions, key=lambda row: (row["section"], row["slot"])),
        "variables": sorted(variables, key=lambda row: (row["section"], row["offset"])),
        "relocations": relocations,
        "debugRelocations": debug,
    }


def maps_of(source):
    fields = ("type", "keySize", "valueSize", "maxEntries", "flags")
    return [{"name": name} | dict(zip(fields, row)) for name, row in MAPS.get(source, {}).items()]


# ---- what a native build returns -------------------------------------------------------------------------------


def runs(source, programs):
    with tempfile.TemporaryDirectory() as folder:
        library = f"{folder}/{source}.so"
        flags = ["-O1", "-shared", "-fPIC", "-w", "-nostdinc", f"-I{INCLUDE}"]
        subprocess.run([CLANG, *flags, f"{source}.c", "-o", library], check=True)
        native = ctypes.CDLL(library)
        for pattern, blocks in INPUTS[source].items():
            for program in programs:
                if not re.fullmatch(pattern, program):
                    continue
                function = native[program]
                function.restype, function.argtypes = ctypes.c_uint64, (ctypes.c_void_p, ctypes.c_uint64)
                for block in blocks:
                    buffer = (ctypes.c_uint8 * len(block)).from_buffer_copy(block)
                    r0 = function(buffer, len(block))
                    row = {"program": program, "memory": block.hex(), "r0": f"{r0:#x}"}
                    yield row if bytes(buffer) == block else row | {"after": bytes(buffer).hex()}


# ---- writing ---------------------------------------------------------------------------------------------------


def lines(value, depth=0):
    """JSON with a line per object that holds no other."""
    indent = "  " * (depth + 1)
    if isinstance(value, dict) and any(isinstance(item, (dict, list)) for item in value.values()):
        items = [f"{indent}{json.dumps(key)}: {lines(item, depth + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + "\n" + indent[2:] + "}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(indent + lines(item, depth + 1) for item in value) + "\n" + indent[2:] + "]"
    return json.dumps(value)


def main(paths):
    objects = {}
    for path in paths:
        name = path.split(".")[0]
        source = "extern" if name.startswith("extern_") else name
        expected = {"refused": REFUSED[path]} if path in REFUSED else {"maps": maps_of(source)}
        expected |= {"unresolved": UNRESOLVED[path]} if path in UNRESOLVED else {}
        objects[path] = {"source": source} | describe(path) | expected
    results = {}
    for source in INPUTS:
        described = next(entry for entry in objects.values() if entry["source"] == source)
        programs = [row["name"] for row in described["functions"] if row["section"] == "memory"]
        results[source] = list(runs(source, programs))
    Path("expected.json").write_text(lines({"objects": objects, "runs": results}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
