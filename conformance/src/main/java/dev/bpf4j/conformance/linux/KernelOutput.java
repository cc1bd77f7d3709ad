// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

/** What a test run leaves. Immutable. */
public final class KernelOutput {
    private final int returned;
    private final int nanos;
    private final byte[] packet;
    private final byte[] context;

    KernelOutput(int returned, int nanos, byte[] packet, byte[] context) {
        this.returned = returned;
        this.nanos = nanos;
        this.packet = packet;
        this.context = context;
    }

    /** The lower 32 bits of r0: more is not told. */
    public int returned() {
        return returned;
    }

    /** Nanoseconds per run as the kernel measured them, an average over a repeated input. */
    public int nanos() {
        return nanos;
    }

    /** The packet afterwards; a copy. */
    public byte[] packet() {
        return packet.clone();
    }

    /** The context afterwards; a copy. */
    public byte[] context() {
        return context.clone();
    }
}
