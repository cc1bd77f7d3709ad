// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.util.List;

/**
 * Which machine registers eBPF registers live in. They never change their places, so that code can be left and entered anywhere.
 *
 * @param ebpf machine registers of r0 to r10, by number
 * @param fuel the machine register that counts the budget; {@link #NONE} if that is one of those that the program leaves
 */
public record RegisterMap(List<Integer> ebpf, int fuel) {
    /** No register. */
    public static final int NONE = -1;

    /** Copies the list. */
    public RegisterMap { ebpf = List.copyOf(ebpf); }

    /** The machine register of an eBPF register. */
    public int of(int register) {
        return ebpf.get(register);
    }
}
