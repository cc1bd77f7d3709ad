// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.map.BpfMap;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Values that belong to objects of the kernel, and pointers kept in maps. An object is what its address says, whatever lies there. Linux
 * {@code kernel/bpf/bpf_local_storage.c}.
 */
final class StorageHelpers {
    private static final long CREATE = 1;
    private static final VarHandle POINTER = ValueLayout.JAVA_LONG.varHandle();

    private StorageHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        for (String kind : new String[] {"task", "cgrp", "inode"}) {
            all.put(kind + "_storage_get", (lane, r1, r2, r3, r4, r5) -> get(lane, r1, r2, r3, r4));
            all.put(kind + "_storage_delete", (lane, r1, r2, r3, r4, r5) -> delete(lane, r1, r2));
        }
        all.put("get_local_storage", (lane, r1, r2, r3, r4, r5) -> MapHelpers.map(lane, r1).ofGroup(lane, lane.machine().world().task()
                .cgroup()));
        all.put("kptr_xchg", StorageHelpers::exchange);
    }

    /** The value's address; the initial contents count only if a value is made. */
    static long get(Lane lane, long handle, long object, long initial, long flags) {
        BpfMap map = MapHelpers.map(lane, handle);
        if (object == 0 || (flags & ~CREATE) != 0) {
            return 0;
        }
        if (initial != 0 && (flags & CREATE) != 0 && !Arguments.check(lane, initial, map.definition().valueSize(), false)) {
            return 0;
        }
        return map.ofObject(object, (flags & CREATE) != 0, initial);
    }

    static long delete(Lane lane, long handle, long object) {
        BpfMap map = MapHelpers.map(lane, handle);
        if (object == 0 || map.definition().keySize() != Integer.BYTES) {
            return -Errno.EINVAL;
        }
        return map.delete(ByteBuffer.allocate(Integer.BYTES).order(map.definition().order()).putInt((int) object).array());
    }

    /** Puts a pointer into a map's value and gives the one that was there. */
    private static long exchange(Lane lane, long place, long pointer, long r3, long r4, long r5) {
        long at = place & GuestLayout.ADDRESS_MASK;
        if ((at & 7) != 0) {
            lane.fault(dev.bpf4j.runtime.FaultKind.MISALIGNED, place, Long.BYTES, true, "a pointer in a map is aligned to 8 bytes");
            return 0;
        }
        boolean swapped = lane.order() != ByteOrder.nativeOrder();
        long old = (long) POINTER.getAndSet(lane.memory(), at, swapped ? Long.reverseBytes(pointer) : pointer);
        return swapped ? Long.reverseBytes(old) : old;
    }
}
