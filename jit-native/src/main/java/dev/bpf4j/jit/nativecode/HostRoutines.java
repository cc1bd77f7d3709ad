// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

/** Machine code of one architecture that a host needs beside programs. It is position-independent, and stays for ever. */
public interface HostRoutines {
    /**
     * Code of a C function {@code (start, end)} that makes instruction caches see what has been written between two addresses; empty if the
     * architecture needs none.
     */
    byte[] synchronise();

    /**
     * Code of a signal handler {@code (signal, siginfo, ucontext)}. A fault whose instruction is in {@code [first, first + size)} is told to the
     * {@link NativeContext} that the context register points to: {@link NativeContext#SITE} becomes the signal's number, negated,
     * {@link NativeContext#VALUE} the address of the instruction, {@link NativeContext#FAULT_ADDRESS} what the kernel says was accessed; and the
     * thread goes on at {@link NativeContext#RECOVER}. Everything else goes to another handler, as if that had been called: a fault elsewhere, or
     * a signal that somebody has sent (si_code is not above 0).
     *
     * @param first     address of the first byte of code
     * @param size      bytes of code, below 2^31
     * @param otherwise address of the address of the other handler
     */
    byte[] faultHandler(long first, long size, long otherwise);
}
