// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

/** A field of a structure that programs get, from the kernel's headers. Implemented by one enum per structure, whose constants are the C names. */
public sealed interface ContextField permits FlowKey, LookupField, MsgField, NetfilterField, SkbField, XdpField {
    /** Where the field is. */
    Place place();

    /**
     * Where a field is.
     *
     * @param offset from the structure's start, bytes
     * @param size   bytes: the widest access that Linux allows
     */
    record Place(int offset, int size) {}

    /** Offset in bytes. */
    default int offset() {
        return place().offset();
    }

    /** Size in bytes. */
    default int size() {
        return place().size();
    }
}
