// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an object may ask of its surroundings. Immutable.
 *
 * @param target  types of the kernel that CO-RE relocations are resolved against; null: the object's own, which is what it was compiled with
 * @param kconfig values of {@code extern … __kconfig}, written as in a kernel's {@code .config}: {@code y}, {@code n}, {@code m}, a number, or a
 *                string in double quotes. {@code LINUX_KERNEL_VERSION}, {@code LINUX_HAS_BPF_COOKIE} and {@code LINUX_HAS_SYSCALL_WRAPPER} are taken
 *                from here too
 * @param symbols values of undefined symbols: addresses of kernel variables ({@code extern … __ksym}), constants for the loader to fill in
 * @param kfuncs  kernel functions that exist, for the test of a weak one ({@code bpf_ksym_exists}); calls are left to the machine
 * @param maxEntries capacities of maps by name, in place of those that the object declares
 * @param unsized capacity of maps whose declaration leaves it to the loader; 0: machines refuse such maps
 */
public record LoadOptions(@Nullable Btf target, Map<String, String> kconfig, Map<String, Long> symbols, Set<String> kfuncs,
        Map<String, Integer> maxEntries, int unsized) {
    /** Version of the kernel that objects are told they run on, unless it is said otherwise: 6.12.0. */
    public static final int KERNEL_VERSION = 6 << 16 | 12 << 8;

    /** No target, only the three values that libbpf itself supplies, and the kernel functions that machines have. */
    public static final LoadOptions DEFAULT = new LoadOptions(null, Map.of("LINUX_KERNEL_VERSION", Integer.toString(KERNEL_VERSION),
            "LINUX_HAS_BPF_COOKIE",
            "y", "LINUX_HAS_SYSCALL_WRAPPER", "y"), Map.of(), HelperTable.linux().kfuncs(), Map.of(), 0);

    /** Copies the maps. */
    public LoadOptions {
        kconfig = Map.copyOf(kconfig);
        symbols = Map.copyOf(symbols);
        kfuncs = Set.copyOf(kfuncs);
        maxEntries = Map.copyOf(maxEntries);
    }

    /** These options with a target for CO-RE. */
    public LoadOptions withTarget(Btf types) {
        return new LoadOptions(types, kconfig, symbols, kfuncs, maxEntries, unsized);
    }

    /** These options with more kconfig values. */
    public LoadOptions withKconfig(Map<String, String> values) {
        Map<String, String> more = new TreeMap<>(kconfig);
        more.putAll(values);
        return new LoadOptions(target, more, symbols, kfuncs, maxEntries, unsized);
    }

    /** These options with kernel variables. */
    public LoadOptions withSymbols(Map<String, Long> addresses) {
        return new LoadOptions(target, kconfig, addresses, kfuncs, maxEntries, unsized);
    }

    /** These options with kernel functions. */
    public LoadOptions withKfuncs(Set<String> names) {
        return new LoadOptions(target, kconfig, symbols, names, maxEntries, unsized);
    }

    /** These options with capacities of maps, by name. */
    public LoadOptions withMaxEntries(Map<String, Integer> capacities) {
        return new LoadOptions(target, kconfig, symbols, kfuncs, capacities, unsized);
    }

    /** These options with a capacity for all maps whose declaration leaves it open. */
    public LoadOptions withUnsized(int capacity) {
        return new LoadOptions(target, kconfig, symbols, kfuncs, maxEntries, capacity);
    }
}
