// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

/**
 * An open record of a ring buffer, held by a lane under the guest address of its data. Running it discards the record, which is what happens at
 * the end of a run (Ruling 14).
 */
public interface Reservation extends Runnable {
    /** Makes the record readable. */
    void submit();
}
