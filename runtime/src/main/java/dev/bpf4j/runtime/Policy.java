// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/** What is checked when a program touches memory. Fixed when a machine is created; every engine gives the same result. */
public enum Policy {
    /**
     * An access that does not lie inside <em>one</em> live region with the right permission is a fault, byte-exact; an address whose upper
     * half is not zero lies outside every region.
     */
    STRICT,
    /** Addresses are confined to the guest space by taking their low 32 bits; nothing else is checked. */
    SANDBOX
}
