// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

/** The map types and flags that the loader itself gives meaning to (Linux {@code include/uapi/linux/bpf.h}). */
final class MapTypes {
    static final int ARRAY = 2;
    static final int PROG_ARRAY = 3;
    static final int ARRAY_OF_MAPS = 12;
    static final int HASH_OF_MAPS = 13;
    static final int STRUCT_OPS = 26;
    static final int ARENA = 33;
    /** {@code BPF_F_LINK}: a table of functions that is attached by a link. */
    static final int LINK = 1 << 13;
    /** {@code BPF_F_RDONLY_PROG}: programs only read. */
    static final int RDONLY_PROG = 1 << 7;

    private MapTypes() {
    }
}
