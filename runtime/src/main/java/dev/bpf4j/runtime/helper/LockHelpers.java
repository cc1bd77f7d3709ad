// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Spin locks: a 32-bit word in a map's value, 1 while held. A lane that ends its run gives back what it holds (Ruling 14). What Linux's verifier
 * forbids is a fault here: locking twice, unlocking what is not held, an unaligned lock.
 */
final class LockHelpers {
    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();
    /** How often a lane looks at a lock before it lets other threads run in between. */
    private static final int MOST_SPINS = 1 << 10;
    /** How long a lane waits before it gives up, ns: the thread of the lane that holds the lock may have lost its core for a while. */
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(30);

    private LockHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("spin_lock", LockHelpers::lock);
        all.put("spin_unlock", LockHelpers::unlock);
    }

    private static long lock(Lane lane, long address, long r2, long r3, long r4, long r5) {
        long at = address & GuestLayout.ADDRESS_MASK;
        if ((at & 3) != 0) {
            lane.fault(FaultKind.MISALIGNED, address, 4, true, "a spin lock is aligned to 4 bytes");
            return 0;
        }
        if (lane.holds(at)) {
            lane.fault(FaultKind.HELPER_FAILED, address, 0, false, "the lane holds this lock already");
            return 0;
        }
        if (!WORD.compareAndSet(lane.memory(), at, 0, 1) && !waited(lane, address, at)) {
            return 0;
        }
        lane.hold(at, () -> WORD.setRelease(lane.memory(), at, 0));
        return 0;
    }

    /** Whether the lane has the lock after all; it has a fault otherwise. */
    private static boolean waited(Lane lane, long address, long at) {
        long start = System.nanoTime();
        for (int spins = 0; !WORD.compareAndSet(lane.memory(), at, 0, 1); spins++) {
            if (lane.stopRequested()) {
                lane.fault(FaultKind.STOPPED, 0, 0, false, "while waiting for a lock");
                return false;
            }
            if (lane.machine().lanes() == 1 || System.nanoTime() - start > LONGEST_WAIT) {
                lane.fault(FaultKind.HELPER_FAILED, address, 0, false, "nobody gives this lock back");
                return false;
            }
            if (spins < MOST_SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1_000);
            }
        }
        return true;
    }

    private static long unlock(Lane lane, long address, long r2, long r3, long r4, long r5) {
        Runnable release = lane.drop(address & GuestLayout.ADDRESS_MASK);
        if (release == null) {
            lane.fault(FaultKind.HELPER_FAILED, address, 0, false, "the lane does not hold this lock");
        } else {
            release.run();
        }
        return 0;
    }
}
