// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

/** What a test run is given. Immutable. */
public final class KernelInput {
    private final byte[] packet;
    private final byte[] context;
    private final int repeat;

    private KernelInput(byte[] packet, byte[] context, int repeat) {
        this.packet = packet.clone();
        this.context = context.clone();
        this.repeat = repeat;
    }

    /** A packet, for XDP, socket filter, tc and their like; of 14 bytes at least. */
    public static KernelInput packet(byte[] bytes) {
        return new KernelInput(bytes, new byte[0], 1);
    }

    /** A context: any bytes for SYSCALL programs, 64-bit arguments for raw tracepoints. No bytes: no context. */
    public static KernelInput context(byte[] bytes) {
        return new KernelInput(new byte[0], bytes, 1);
    }

    /** This input with a context beside the packet, in the form that the kernel's test run takes for the program's type. */
    public KernelInput withContext(byte[] bytes) {
        return new KernelInput(packet, bytes, repeat);
    }

    /** This input for a number of runs, at least 1, whose time is averaged. SYSCALL programs and raw tracepoints run once all the same. */
    public KernelInput repeated(int times) {
        return new KernelInput(packet, context, times);
    }

    byte[] packet() {
        return packet;
    }

    byte[] context() {
        return context;
    }

    int repeat() {
        return repeat;
    }

    @Override
    public String toString() {
        String text = packet.length > 0 ? "a packet of " + packet.length + " bytes" : "no packet";
        return context.length > 0 ? text + " and a context of " + context.length + " bytes" : text;
    }
}
