// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.ArrayList;
import java.util.HashMap;

import java.util.List;
import java.util.Map;

/**
 * What the kernel holds for one machine: the twins of its maps, and a map for the registers. Shared by all its programs, and closed with the last
 * of them. A run has it for itself: it is the lock of all runs.
 */
final class SharedMachine {
    private static final Map<Machine, SharedMachine> OPEN = new HashMap<>();
    /** Room for r0 to r9 in, and out at {@link Instrumentation#OUTPUT}. */
    private static final int STATE_SIZE = 256;

    private final Machine machine;
    private final KernelMap state;
    private final Map<Integer, SharedMap> maps = new HashMap<>();
    private int users;
    private boolean pinned;

    private SharedMachine(Machine machine) throws KernelRefusal {
        this.machine = machine;
        this.state = KernelMap.array("registers", STATE_SIZE, true);
    }

    /** The one for a machine, for one more user. */
    static SharedMachine acquire(Machine machine) throws KernelRefusal {
        synchronized (OPEN) {
            SharedMachine open = OPEN.get(machine);
            if (open == null) {
                open = new SharedMachine(machine);
                OPEN.put(machine, open);
            }
            open.users++;
            return open;
        }
    }

    /** One user less; the last one closes it. */
    void release() {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(machine);
                maps.values().forEach(SharedMap::close);
                state.close();
            }
        }
    }

    /** The registers' map. */
    KernelMap state() {
        return state;
    }

    /** The kernel's file descriptors of a program's maps, by their index in the program; twins are made where there are none yet. */
    synchronized List<Integer> descriptors(List<MapDefinition> definitions) throws LoadException, KernelRefusal {
        List<Integer> descriptors = new ArrayList<>();
        for (MapDefinition definition : definitions) {
            descriptors.add(descriptor(machine.map(definition)));
        }
        return descriptors;
    }

    private int descriptor(BpfMap map) throws LoadException, KernelRefusal {
        SharedMap shared = maps.get(map.index());
        if (shared == null) {
            shared = SharedMap.of(machine, map);
            maps.put(map.index(), shared);
        }
        return shared.twin.fd();
    }

    /** From now on all runs stay on one CPU, the lane's if that is possible: a program asks for its number. */
    synchronized void pin() {
        pinned = true;
    }

    /** Something to do in the kernel while the machine's maps are there. */
    @FunctionalInterface
    interface Work {
        KernelOutput run() throws KernelRefusal;
    }

    /** Copies the maps in, does the work, copies the maps out. */
    synchronized KernelOutput run(int lane, SharedMap.Programs.Targets targets, Work work) throws KernelRefusal, LoadException {
        for (SharedMap map : List.copyOf(maps.values())) { // inner maps get their twins meanwhile
            if (map instanceof SharedMap.Programs programs) {
                programs.link(targets);
            } else if (map instanceof SharedMapOfMaps outer) {
                outer.link(this::descriptor);
            }
        }
        if (!pinned && maps.values().stream().noneMatch(SharedMap::perCpu)) {
            return run(lane, 0, work);
        }
        try (CpuPin pin = new CpuPin()) {
            return run(lane, pin.cpu(), work);
        }
    }

    private KernelOutput run(int lane, int cpu, Work work) throws KernelRefusal {
        for (SharedMap map : maps.values()) {
            map.copyIn(lane, cpu);
        }
        KernelOutput output = work.run();
        for (SharedMap map : maps.values()) {
            map.copyOut(lane, cpu);
        }
        return output;
    }
}
