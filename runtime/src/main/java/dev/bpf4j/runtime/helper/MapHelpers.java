// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.Map;
import java.util.Objects;

/** Changes to maps; lookups are a routine. */
final class MapHelpers {
    private MapHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("map_update_elem", (lane, r1, r2, r3, r4, r5) -> map(lane, r1).update(lane, key(lane, r1, r2), r3, r4));
        all.put("map_delete_elem", (lane, r1, r2, r3, r4, r5) -> map(lane, r1).delete(lane, key(lane, r1, r2)));
        all.put("map_push_elem", (lane, r1, r2, r3, r4, r5) -> map(lane, r1).push(lane, r2, r3));
        all.put("map_pop_elem", (lane, r1, r2, r3, r4, r5) -> map(lane, r1).pop(lane, r2, true));
        all.put("map_peek_elem", (lane, r1, r2, r3, r4, r5) -> map(lane, r1).pop(lane, r2, false));
        all.put("map_lookup_percpu_elem", MapHelpers::lookupPerCpu);
        all.put("get_numa_node_id", (lane, r1, r2, r3, r4, r5) -> 0);
    }

    /** The map that an argument names; the check before the call has made sure that there is one. */
    static BpfMap map(Lane lane, long handle) {
        return Objects.requireNonNull(lane.machine().maps().byHandle(handle));
    }

    private static byte[] key(Lane lane, long handle, long address) {
        return lane.read(address, map(lane, handle).definition().keySize());
    }

    /** Linux gives null for a CPU that does not exist, and for maps whose values are shared by all CPUs. */
    private static long lookupPerCpu(Lane lane, long handle, long key, long cpu, long r4, long r5) {
        BpfMap map = map(lane, handle);
        long lanes = lane.machine().lanes();
        if (!map.type().storage().perCpu() || (cpu & 0xffff_ffffL) >= lanes) {
            return 0;
        }
        return map.lookup(lane.machine().lane((int) cpu), key(lane, handle, key));
    }
}
