// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.HelperFunction;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The helpers that programs of a machine find, by number. Immutable. */
public final class HelperTable {
    /** The number of {@code bpf_tail_call}, which engines do themselves. */
    public static final int TAIL_CALL = 12;
    private static final HelperTable LINUX = new HelperTable(new TreeMap<>());
    private static final HelperTable CONFORMANCE = new HelperTable(new TreeMap<>()).with(5, "unwind", (lane, r1, r2, r3, r4, r5) -> {
        if (r1 == 0) {
            lane.unwind(0);
        }
        return r1;
    });

    private final Map<Integer, Helper> byId;

    private HelperTable(Map<Integer, Helper> byId) {
        this.byId = byId;
    }

    /** Linux's helpers. */
    public static HelperTable linux() {
        return LINUX;
    }

    /** The table of the public conformance suite: helper 5 returns r1, and ends the program if that is 0 (Ruling 17). */
    public static HelperTable conformance() {
        return CONFORMANCE;
    }

    /** The helper with this number, or null. */
    public @Nullable Helper find(int id) {
        return byId.get(id);
    }

    /** All helpers, ascending by number. */
    public Collection<Helper> all() {
        return byId.values();
    }

    /** What is known of a helper that this machine does not have, for the fault's detail. */
    public static String describe(long id) {
        return "helper " + Long.toUnsignedString(id);
    }

    /** This table with one helper more, or another one in its place. */
    public HelperTable with(int id, String name, HelperFunction function) {
        Map<Integer, Helper> more = new TreeMap<>(byId);
        more.put(id, new Helper(id, name, function, null));
        return new HelperTable(more);
    }
}
