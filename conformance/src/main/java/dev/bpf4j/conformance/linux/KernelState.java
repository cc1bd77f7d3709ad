// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.util.Arrays;

/**
 * Registers r0 to r9 and scratch memory, before or after a run. r10 is not part of it: it holds a kernel address. Immutable.
 */
public final class KernelState {
    private static final int REGISTERS = 10;

    private final long[] registers;
    private final byte[] memory;

    private KernelState(long[] registers, byte[] memory) {
        this.registers = registers;
        this.memory = memory;
    }

    /**
     * A state.
     *
     * @param registers r0 to r9
     * @param memory    the first bytes of the scratch memory; at most {@link KernelRunner#SCRATCH_SIZE}; the rest is zero
     * @throws IllegalArgumentException if there are not 10 registers, or too many bytes
     */
    public static KernelState of(long[] registers, byte[] memory) {
        if (registers.length != REGISTERS) {
            throw new IllegalArgumentException("a state has " + REGISTERS + " registers, not " + registers.length);
        }
        if (memory.length > KernelRunner.SCRATCH_SIZE) {
            throw new IllegalArgumentException("scratch memory has " + KernelRunner.SCRATCH_SIZE + " bytes, not " + memory.length);
        }
        return new KernelState(registers.clone(), memory.clone());
    }

    /** A state of registers alone; the memory is zero. */
    public static KernelState of(long... registers) {
        return of(registers, new byte[0]);
    }

    /** The value of r0 to r9. */
    public long register(int number) {
        return registers[number];
    }

    /** r0 to r9; a copy. */
    public long[] registers() {
        return registers.clone();
    }

    /** The scratch memory; a copy. */
    public byte[] memory() {
        return memory.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KernelState state && Arrays.equals(registers, state.registers) && Arrays.equals(memory, state.memory);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(registers) + Arrays.hashCode(memory);
    }

    /** The registers in hexadecimal, and how many bytes of memory there are. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < REGISTERS; i++) {
            text.append("r").append(i).append("=0x").append(Long.toHexString(registers[i])).append(' ');
        }
        return text.append(memory.length).append(" bytes of memory").toString();
    }
}
