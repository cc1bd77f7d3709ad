// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.TreeSet;

/**
 * BTF for programs that hand the address of a function to a helper: the verifier wants to know every function of such a program ("missing btf
 * func_info"). All that it wants to know is that they are static functions, so one type serves all of them.
 *
 * <p>
 * Formats: Linux {@code Documentation/bpf/btf.rst}, sections 2 (types) and 3.3 (func_info).
 */
final class FunctionInfo {
    /** Bytes of a record: instruction, type. */
    static final int RECORD = 8;

    private static final int MAGIC = 0xeb9f;
    private static final int HEADER = 24;
    private static final int KIND_INT = 1 << 24;
    private static final int KIND_FUNC = 12 << 24;
    private static final int KIND_FUNC_PROTO = 13 << 24;
    private static final int INT_SIGNED_32 = 1 << 24 | 32;
    private static final int INT_TYPE = 1;
    private static final int PROTO_TYPE = 2;
    private static final int FUNC_TYPE = 3;

    private FunctionInfo() {
    }

    /** First slots of all functions that calls and function pointers name, and 0. */
    static Collection<Integer> functions(byte[] code) {
        TreeSet<Integer> starts = new TreeSet<>();
        starts.add(0);
        KernelCode.forEachFunctionNamed(code, starts::add);
        return starts;
    }

    /** The records for functions at these slots. */
    static MemorySegment records(Collection<Integer> functions, Arena arena) {
        MemorySegment records = arena.allocate((long) functions.size() * RECORD, 8);
        int at = 0;
        for (int function : functions) {
            records.set(ValueLayout.JAVA_INT, at, function);
            records.set(ValueLayout.JAVA_INT, at + 4L, FUNC_TYPE);
            at += RECORD;
        }
        return records;
    }

    /** Loads the types into the kernel. */
    static Fd load() throws KernelRefusal {
        byte[] types = types();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(types.length, 8);
            MemorySegment.copy(types, 0, segment, ValueLayout.JAVA_BYTE, 0, types.length);
            int result = new BpfAttr(arena).pointer(BpfAttr.BTF_BTF, segment).u32(BpfAttr.BTF_SIZE, types.length).call(BpfAttr.BTF_LOAD);
            if (result < 0) {
                throw new KernelRefusal("BPF_BTF_LOAD", result, "");
            }
            return new Fd(result);
        }
    }

    /** {@code int}, {@code int ()}, {@code static int f()}. */
    private static byte[] types() {
        byte[] names = "\0int\0f\0".getBytes(StandardCharsets.US_ASCII);
        int[] words = {1, KIND_INT, 4, INT_SIGNED_32, 0, KIND_FUNC_PROTO, INT_TYPE, 5, KIND_FUNC, PROTO_TYPE};
        ByteBuffer btf = ByteBuffer.allocate(HEADER + 4 * words.length + names.length).order(ByteOrder.nativeOrder());
        btf.putShort((short) MAGIC).put((byte) 1).put((byte) 0).putInt(HEADER);
        btf.putInt(0).putInt(4 * words.length).putInt(4 * words.length).putInt(names.length);
        for (int word : words) {
            btf.putInt(word);
        }
        return btf.put(names).array();
    }
}
