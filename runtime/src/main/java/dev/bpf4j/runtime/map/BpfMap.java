// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.MapDefinition;

/** A map of a machine: its place in guest space and its operations for the host. */
public interface BpfMap {
    /** What it was made from. */
    MapDefinition definition();

    /** Its index in the machine; its handle is {@link dev.bpf4j.runtime.GuestLayout#mapHandle} of it. */
    int index();

    /** Guest address of the first value; what {@code lddw} with src 2 adds its offset to. */
    long values();
}
