// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import dev.bpf4j.isa.Insn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program made ready for one machine: decoded and checked, wide loads resolved to constants, calls to helpers and to routines, jumps to
 * slots. This is what engines execute; immutable and thread-safe.
 *
 * <p>
 * Slots {@code 0 .. slots()-1} are the program's own. Behind them, up to {@link #totalSlots()}, lie the <em>routines</em>: hot helpers written
 * in eBPF over the maps' layout. A call of such a helper goes to {@link #routine}: the engine calls it as a local function that keeps r10,
 * takes no frame, may touch the whole space without region checks, and takes no budget; after it r1 to r5 are 0. A fault inside a routine has
 * the call's pc.
 */
public final class LinkedProgram {
    private final Machine machine;
    private final int index;
    private final Program source;
    private final @Nullable Insn[] insns;
    private final long[] constants;
    private final int[] targets;
    private final int[] functions;
    private final Map<Integer, Integer> routines;
    private final boolean usesStack;

    /**
     * Made by {@link Linker} only.
     *
     * @param insns     by slot; null for the second slot of a wide load
     * @param constants by slot: the resolved value of a wide load
     * @param targets   by slot: jump or local call target, the routine of a hot helper call, else -1
     * @param functions first slots of all functions, routines included, ascending
     * @param routines  first slot of the routine by helper number
     */
    LinkedProgram(Machine machine, int index, Program source, @Nullable Insn[] insns, long[] constants, int[] targets, int[] functions,
            Map<Integer, Integer> routines, boolean usesStack) {
        this.machine = machine;
        this.index = index;
        this.source = source;
        this.insns = insns;
        this.constants = constants;
        this.targets = targets;
        this.functions = functions;
        this.routines = Map.copyOf(routines);
        this.usesStack = usesStack;
    }

    /** The machine that this program was linked for. */
    public Machine machine() {
        return machine;
    }

    /** The program's index in the machine: what a prog array holds, plus one. */
    public int index() {
        return index;
    }

    /** What was linked. */
    public Program source() {
        return source;
    }

    /** Slots of the program itself. */
    public int slots() {
        return source.slots();
    }

    /** Slots of the program and its routines. */
    public int totalSlots() {
        return insns.length;
    }

    /** The instruction at a slot; null at the second slot of a wide load. */
    public @Nullable Insn insn(int slot) {
        return insns[slot];
    }

    /** The value that the wide load at this slot gives. */
    public long constant(int slot) {
        return constants[slot];
    }

    /** The slot that the jump, local call or hot helper call at this slot goes to; -1 if there is none. */
    public int target(int slot) {
        return targets[slot];
    }

    /** The routine that the helper call at this slot goes to; -1 if the helper is Java code or unknown. */
    public int routine(int slot) {
        int target = targets[slot];
        return target >= slots() && slot < slots() ? target : -1;
    }

    /** The routine of the helper with this number; -1 if it is Java code or unknown. For calls whose target is known only when they run. */
    public int routineOf(long helper) {
        return helper == (int) helper ? routines.getOrDefault((int) helper, -1) : -1;
    }

    /** Whether a function of the program starts at this slot. */
    public boolean isFunction(int slot) {
        return slot < slots() && Arrays.binarySearch(functions, slot) >= 0;
    }

    /** Whether this slot lies in a routine. */
    public boolean inRoutine(int slot) {
        return slot >= slots();
    }

    /** First slots of all functions, routines included, ascending. */
    public List<Integer> functions() {
        return Arrays.stream(functions).boxed().toList();
    }

    /** First slot of the function that a slot belongs to. */
    public int functionOf(int slot) {
        int found = Arrays.binarySearch(functions, slot);
        return functions[found >= 0 ? found : -found - 2];
    }

    /** The slot behind the last one of the function that starts at a slot. */
    public int functionEnd(int start) {
        int next = Arrays.binarySearch(functions, start) + 1;
        return next < functions.length ? functions[next] : insns.length;
    }

    /** Whether the program may see the stack, through r10 or an address of its own making, so that it must be cleared before a run. */
    public boolean usesStack() {
        return usesStack;
    }

    /** The reason why this slot could not be resolved; null if it could. */
    public @Nullable String poison(int slot) {
        return source.poisoned().isEmpty() ? null : source.poisoned().get(slot);
    }
}
