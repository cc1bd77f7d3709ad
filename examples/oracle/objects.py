# SPDX-License-Identifier: Apache-2.0
"""Where an object keeps its variables: just enough of ELF (symbol table, section names) to find them."""

import struct

OBJECT = 1  # symbol type


def variables(path):
    """{name: (section, offset, size)} of the data symbols in .rodata, .data and .bss."""
    data = path.read_bytes()
    (table,) = struct.unpack_from("<Q", data, 40)
    entry_size, count, names = struct.unpack_from("<HHH", data, 58)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, table + n * entry_size) for n in range(count)]

    def text(section, at):
        start = sections[section][4] + at
        return data[start : data.index(b"\0", start)].decode()

    section_names = [text(names, section[0]) for section in sections]
    symbols = sections[section_names.index(".symtab")]
    found = {}
    for at in range(symbols[4], symbols[4] + symbols[5], 24):
        name, info, _, section, value, size = struct.unpack_from("<IBBHQQ", data, at)
        if info & 15 == OBJECT and section_names[section % len(section_names)] in (".rodata", ".data", ".bss"):
            found[text(symbols[6], name)] = (section_names[section], value, size)
    return found
