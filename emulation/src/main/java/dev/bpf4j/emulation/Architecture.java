// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import java.util.Set;

/** What Unicorn calls an emulated architecture, its mode, and its registers ({@code unicorn.h}, {@code arm64.h}, {@code x86.h} of 2.0.1). */
public enum Architecture {
    /** ARM64 with everything that the emulator knows of ARMv8 (CPU model MAX; the default would be a Cortex-A57, which has no LSE atomics). */
    ARM64("arm64", 2, 0, 3, new int[] {199, 4, 2}, 260, Set.of("atomics", "crc32", "lrcpc")),
    /** x86-64. Its CPUID is fixed in 2.0.1: BMI2 and ADX are there, MOVBE, POPCNT and AVX are not, whatever model is chosen. */
    X86_64("x86-64", 4, 8, -1, new int[] {39, 44}, 41, Set.of("adx", "bmi1", "bmi2"));

    private final String text;
    private final int number;
    private final int mode;
    private final int model;
    private final int[] callRegisters;
    private final int programCounter;
    private final Set<String> features;

    Architecture(String text, int number, int mode, int model, int[] callRegisters, int programCounter,
            Set<String> features) {
        this.text = text;
        this.number = number;
        this.mode = mode;
        this.model = model;
        this.callRegisters = callRegisters;
        this.programCounter = programCounter;
        this.features = features;
    }

    /** The name of the engine for it: {@code arm64}, {@code x86-64}. */
    @Override
    public String toString() {
        return text;
    }

    /** Unicorn's {@code uc_arch}. */
    int number() {
        return number;
    }

    /** Unicorn's {@code uc_mode}: little-endian, 64 bit. */
    int mode() {
        return mode;
    }

    /** Unicorn's number of the CPU model; -1 for the default. */
    int model() {
        return model;
    }

    /** Registers that a call sets: first argument, stack pointer, and the link register if the return address is not on the stack. */
    int[] callRegisters() {
        return callRegisters.clone();
    }

    /** Whether a call leaves its return address in a register. */
    boolean hasLinkRegister() {
        return callRegisters.length == 3;
    }

    /** Unicorn's number of the program counter. */
    int programCounter() {
        return programCounter;
    }

    /** What it has of that which engines may use, in the words of Linux's {@code /proc/cpuinfo}. */
    Set<String> features() {
        return features;
    }
}
