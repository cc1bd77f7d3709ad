// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * {@code union bpf_attr} and the other structures and numbers of bpf(2), as Linux 6.18 has them in {@code include/uapi/linux/bpf.h}. The one
 * place that knows them. They are ABI: offsets never change, new fields come at the end and mean the old behaviour when they are zero, so the
 * whole union is passed zeroed to older kernels as well (these check that what they do not know is zero).
 *
 * <p>
 * Every field is named {@code STRUCT_FIELD}; its value is the offset in bytes. Not thread-safe.
 */
final class BpfAttr {
    // enum bpf_cmd
    static final int MAP_CREATE = 0;
    static final int MAP_LOOKUP_ELEM = 1;
    static final int MAP_UPDATE_ELEM = 2;
    static final int MAP_DELETE_ELEM = 3;
    static final int MAP_GET_NEXT_KEY = 4;
    static final int PROG_LOAD = 5;
    static final int PROG_TEST_RUN = 10;
    static final int OBJ_GET_INFO_BY_FD = 15;
    static final int BTF_LOAD = 18;
    static final int MAP_FREEZE = 22;
    static final int MAP_LOOKUP_BATCH = 24;

    // BPF_MAP_CREATE
    static final int CREATE_TYPE = 0;
    static final int CREATE_KEY_SIZE = 4;
    static final int CREATE_VALUE_SIZE = 8;
    static final int CREATE_MAX_ENTRIES = 12;
    static final int CREATE_FLAGS = 16;
    static final int CREATE_INNER_MAP_FD = 20;
    static final int CREATE_EXTRA = 64;

    // BPF_MAP_*_ELEM, BPF_MAP_GET_NEXT_KEY, BPF_MAP_FREEZE
    static final int ELEM_MAP_FD = 0;
    static final int ELEM_KEY = 8;
    static final int ELEM_VALUE = 16;
    static final int ELEM_NEXT_KEY = 16;
    static final int ELEM_FLAGS = 24;

    // BPF_MAP_LOOKUP_BATCH
    static final int BATCH_OUT = 8;
    static final int BATCH_KEYS = 16;
    static final int BATCH_VALUES = 24;
    static final int BATCH_COUNT = 32;
    static final int BATCH_MAP_FD = 36;

    // BPF_PROG_LOAD
    static final int LOAD_TYPE = 0;
    static final int LOAD_INSN_CNT = 4;
    static final int LOAD_INSNS = 8;
    static final int LOAD_LICENSE = 16;
    static final int LOAD_LOG_LEVEL = 24;
    static final int LOAD_LOG_SIZE = 28;
    static final int LOAD_LOG_BUF = 32;
    static final int LOAD_FLAGS = 44;
    static final int LOAD_EXPECTED_ATTACH_TYPE = 68;
    static final int LOAD_BTF_FD = 72;
    static final int LOAD_FUNC_INFO_REC_SIZE = 76;
    static final int LOAD_FUNC_INFO = 80;
    static final int LOAD_FUNC_INFO_CNT = 88;

    // BPF_PROG_TEST_RUN
    static final int TEST_PROG_FD = 0;
    static final int TEST_RETVAL = 4;
    static final int TEST_DATA_SIZE_IN = 8;
    static final int TEST_DATA_SIZE_OUT = 12;
    static final int TEST_DATA_IN = 16;
    static final int TEST_DATA_OUT = 24;
    static final int TEST_REPEAT = 32;
    static final int TEST_DURATION = 36;
    static final int TEST_CTX_SIZE_IN = 40;
    static final int TEST_CTX_SIZE_OUT = 44;
    static final int TEST_CTX_IN = 48;
    static final int TEST_CTX_OUT = 56;

    // BPF_OBJ_GET_INFO_BY_FD
    static final int INFO_FD = 0;
    static final int INFO_LEN = 4;
    static final int INFO_INFO = 8;

    // BPF_BTF_LOAD
    static final int BTF_BTF = 0;
    static final int BTF_SIZE = 16;

    // struct bpf_prog_info
    static final int PROG_INFO_SIZE = 232;
    static final int PROG_INFO_JITED_LEN = 16;
    static final int PROG_INFO_XLATED_LEN = 20;
    static final int PROG_INFO_JITED_INSNS = 24;
    static final int PROG_INFO_XLATED_INSNS = 32;
    static final int PROG_INFO_NR_JITED_FUNC_LENS = 108;
    static final int PROG_INFO_JITED_FUNC_LENS = 120;

    // flags
    static final int F_NO_PREALLOC = 1;
    static final int F_MMAPABLE = 1 << 10;
    static final int F_RDONLY_PROG = 1 << 7;
    static final int F_SLEEPABLE = 1 << 4;

    private static final int SIZE = 144;

    private final MemorySegment segment;

    BpfAttr(Arena arena) {
        this.segment = arena.allocate(SIZE, 8);
    }

    /** Zeroes everything. */
    BpfAttr clear() {
        segment.fill((byte) 0);
        return this;
    }

    BpfAttr u32(int field, int value) {
        segment.set(ValueLayout.JAVA_INT, field, value);
        return this;
    }

    BpfAttr u64(int field, long value) {
        segment.set(ValueLayout.JAVA_LONG, field, value);
        return this;
    }

    /** A pointer field. The memory must stay alive until the call has returned. */
    BpfAttr pointer(int field, MemorySegment memory) {
        return u64(field, memory.address());
    }

    int u32(int field) {
        return segment.get(ValueLayout.JAVA_INT, field);
    }

    /** Calls bpf(2): what the command returns, or a negative errno. */
    int call(int command) {
        return Libc.bpf(command, segment);
    }

    /** A C string in native memory. */
    static MemorySegment string(SegmentAllocator arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.ISO_8859_1);
    }
}
