// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.HelperFunction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The helpers that programs of a machine find, by number. Immutable. */
public final class HelperTable {
    /** The number of {@code bpf_tail_call}, which engines do themselves. */
    public static final int TAIL_CALL = 12;
    /** Helpers from this number on are kernel functions, which programs call by name. */
    public static final int FIRST_KFUNC = 10_001;

    /** More than there are helpers, or kernel functions; those with larger numbers are found more slowly. */
    private static final int FEW = 512;

    private static final Map<Integer, HelperRow> ROWS = HelperRows.read("helpers.tbl");
    private static final Map<Integer, HelperRow> KFUNCS = HelperRows.read("kfuncs.tbl");
    private static final HelperTable LINUX = new HelperTable(implemented());
    private static final HelperTable CONFORMANCE = new HelperTable(new TreeMap<>()).with(5, "unwind", (lane, r1, r2, r3, r4, r5) -> {
        if (r1 == 0) {
            lane.unwind(0);
        }
        return r1;
    });

    private final Map<Integer, Helper> byId;
    /** Helpers by number, and kernel functions by their number behind {@link #FIRST_KFUNC}: engines ask at every call. */
    private final @Nullable Helper[] helpers;
    private final @Nullable Helper[] kfuncs;
    private final List<Helper> hot;

    private HelperTable(Map<Integer, Helper> byId) {
        this.byId = byId;
        this.helpers = from(byId, 0, FEW);
        this.kfuncs = from(byId, FIRST_KFUNC, FEW);
        this.hot = byId.values().stream().filter(helper -> helper.routine() != null).toList();
    }

    private static @Nullable Helper[] from(Map<Integer, Helper> byId, int first, int count) {
        @Nullable Helper[] range = new Helper[count];
        for (int i = 0; i < count; i++) {
            range[i] = byId.get(first + i);
        }
        return range;
    }

    private static Map<Integer, Helper> implemented() {
        Map<Integer, Helper> helpers = new TreeMap<>();
        add(ROWS, JavaHelpers.byName(), helpers);
        add(KFUNCS, KernelFunctions.byName(), helpers);
        return helpers;
    }

    private static void add(Map<Integer, HelperRow> rows, Map<String, HelperFunction> functions, Map<Integer, Helper> helpers) {
        for (HelperRow row : rows.values()) {
            HelperFunction function = functions.remove(row.name());
            if ((function != null) != (row.kind() == HelperRow.Kind.JAVA)) {
                throw new IllegalStateException("helper " + row.name() + (function == null ? " is java in the table but has no code"
                        : " has Java code but is not java in the table"));
            }
            if (row.kind() != HelperRow.Kind.UNKNOWN) {
                helpers.put(row.id(), new Helper(row.id(), row.name(), function == null ? null : new CheckedHelper(row, function), row
                        .routine()));
            }
        }
        if (!functions.isEmpty()) {
            throw new IllegalStateException("these helpers have code but no row: " + functions.keySet());
        }
    }

    /** Linux's helpers. */
    public static HelperTable linux() {
        return LINUX;
    }

    /** The table of the public conformance suite: helper 5 returns r1, and ends the program if that is 0 (Ruling 17). */
    public static HelperTable conformance() {
        return CONFORMANCE;
    }

    /** All helpers of Linux, implemented here or not, ascending by number. */
    public static Collection<HelperRow> rows() {
        return ROWS.values();
    }

    /** The row of Linux's helper, or of the kernel function, with this number; null if there is none. */
    public static @Nullable HelperRow row(long id) {
        return id != (int) id ? null : id >= FIRST_KFUNC ? KFUNCS.get((int) id) : ROWS.get((int) id);
    }

    /** What is known of a helper that this machine does not have, for the fault's detail. */
    public static String describe(long id) {
        HelperRow row = row(id);
        return "helper " + Long.toUnsignedString(id) + (row == null ? ""
                : row.name().startsWith("bpf_") ? " (" + row.name() + ")" : " (bpf_" + row.name() + ")");
    }

    /** The helper with this number, or null. */
    public @Nullable Helper find(int id) {
        int kfunc = id - FIRST_KFUNC;
        return id >= 0 && id < helpers.length ? helpers[id] : kfunc >= 0 && kfunc < kfuncs.length ? kfuncs[kfunc] : byId.get(id);
    }

    /**
     * The kernel function with this name, or null. It is called as the helper with its number; one of the user's own is put in by
     * {@link #withKfunc}.
     */
    public @Nullable Helper kfunc(String name) {
        for (Helper helper : byId.values()) {
            if (helper.id() >= FIRST_KFUNC && helper.name().equals(name)) {
                return helper;
            }
        }
        return null;
    }

    /** Names of the kernel functions that this table has. */
    public Set<String> kfuncs() {
        return byId.values().stream().filter(helper -> helper.id() >= FIRST_KFUNC).map(Helper::name).collect(Collectors
                .toUnmodifiableSet());
    }

    /** This table with a kernel function more, or another one in its place. */
    public HelperTable withKfunc(String name, HelperFunction function) {
        Helper known = kfunc(name);
        int last = byId.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        return with(known != null ? known.id() : Math.max(FIRST_KFUNC, last + 1), name, function);
    }

    /** The kernel functions of Linux that are known here, ascending by number. */
    public static Collection<HelperRow> kfuncRows() {
        return KFUNCS.values();
    }

    /** All helpers and kernel functions, ascending by number. */
    public Collection<Helper> all() {
        return byId.values();
    }

    /** The helpers that are routines, ascending by number. */
    public List<Helper> hot() {
        return hot;
    }

    /** This table with the host's clock for the helpers that tell time, instead of the machine's (Ruling 18). */
    public HelperTable withRealClock() {
        return with(5, "ktime_get_ns", (lane, r1, r2, r3, r4, r5) -> System.nanoTime()).with(125, "ktime_get_boot_ns", (lane, r1, r2, r3,
                r4,
                r5) -> System.nanoTime()).with(160, "ktime_get_coarse_ns", (lane, r1, r2, r3, r4, r5) -> System.nanoTime()).with(208,
                        "ktime_get_tai_ns", (lane, r1, r2, r3, r4, r5) -> System.currentTimeMillis() * 1_000_000L).with(118, "jiffies64", (
                                lane,
                                r1, r2, r3, r4, r5) -> System.nanoTime() / 1_000_000);
    }

    /** This table with unpredictable random numbers instead of the machine's (Ruling 18). */
    public HelperTable withRealRandom() {
        return with(7, "get_prandom_u32", (lane, r1, r2, r3, r4, r5) -> ThreadLocalRandom.current().nextInt() & 0xffff_ffffL);
    }

    /** This table with one helper more, or another one in its place. */
    public HelperTable with(int id, String name, HelperFunction function) {
        Map<Integer, Helper> more = new TreeMap<>(byId);
        more.put(id, new Helper(id, name, function, null));
        return new HelperTable(more);
    }
}
