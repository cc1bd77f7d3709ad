// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.context.NetfilterContext;
import dev.bpf4j.runtime.context.NetfilterField;

/** Checks of the memory that helpers are given. */
final class Arguments {
    private Arguments() {
    }

    /**
     * Checks an argument as an access at the call (Ruling 14) and raises the fault if it is not allowed. Under both policies the bytes must lie
     * in the guest space (with its overhang) once the address is confined, since there is nothing else that a helper could touch.
     *
     * @return whether the helper may go on
     */
    static boolean check(Lane lane, long address, long bytes, boolean write) {
        int size = (int) Math.min(bytes, Integer.MAX_VALUE);
        if (bytes > Integer.MAX_VALUE || (address & GuestLayout.ADDRESS_MASK) + bytes > GuestLayout.SPACE_SIZE + GuestLayout.OVERHANG) {
            lane.fault(FaultKind.BAD_ACCESS, address, size, write, "argument of a helper");
            return false;
        }
        return lane.check(address, size, write);
    }

    /** Checks an argument that is the context, all of which is read; a netfilter program's helpers take the socket buffer in it. */
    static boolean context(Lane lane, long address) {
        boolean buffer = lane.environment() instanceof NetfilterContext netfilter && address == netfilter.skb();
        return check(lane, address, buffer ? NetfilterField.SKB_SIZE : lane.regions().size(Regions.CONTEXT), false);
    }

    /** Whether a program may read a range; raises nothing. Under the sandbox policy it may if the range lies in the guest space. */
    static boolean readable(Lane lane, long address, long bytes) {
        if (bytes > Integer.MAX_VALUE || (address & GuestLayout.ADDRESS_MASK) + bytes > GuestLayout.SPACE_SIZE + GuestLayout.OVERHANG) {
            return false;
        }
        return switch (lane.machine().policy()) {
            case STRICT -> lane.regions().find(address, (int) bytes, false) >= 0;
            case SANDBOX -> true;
        };
    }

    /**
     * How many bytes from an address on a program may read in one go; raises nothing.
     *
     * @param most at least 1
     * @return 0 if it may not read the first one
     */
    static long readableFrom(Lane lane, long address, long most) {
        return switch (lane.machine().policy()) {
            case STRICT -> {
                int region = lane.regions().find(address, 1, false);
                yield region < 0 ? 0 : Math.min(most, lane.regions().base(region) + lane.regions().size(region) - address);
            }
            case SANDBOX -> Math.min(most, GuestLayout.SPACE_SIZE - (address & GuestLayout.ADDRESS_MASK));
        };
    }
}
