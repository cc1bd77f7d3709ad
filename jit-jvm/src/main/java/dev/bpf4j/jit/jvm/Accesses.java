// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;

/**
 * The cold path of memory accesses under the strict policy: it searches all regions, and only it decides a fault. An access whose predicted
 * region does not hold it comes here.
 */
final class Accesses {
    private Accesses() {
    }

    /** The confined address of an access that some region allows. */
    static long find(Run run, long address, int size, boolean write, long r10, int pc) {
        run.frame(r10);
        if (run.lane.regions().find(address, size, write) < 0) {
            throw run.fault(FaultKind.BAD_ACCESS, pc, address, size, write, "");
        }
        return address & GuestLayout.ADDRESS_MASK;
    }
}
