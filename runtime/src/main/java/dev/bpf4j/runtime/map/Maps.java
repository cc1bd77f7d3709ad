// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;

/** The maps of a machine. */
public final class Maps {
    /** Called by the machine only. */
    public Maps(Machine machine) {
    }

    /** The map made for a definition, making it at the first call. */
    public BpfMap of(MapDefinition definition) throws LoadException {
        throw new LoadException("maps of type " + definition.type() + " are not known");
    }

    /**
     * The target of a tail call (Ruling 11).
     *
     * @return index of the program in the machine; -1 if there is none
     */
    public int tailCall(long handle, long index) {
        return -1;
    }

    /** Brings all maps back to their initial contents; guest memory has been cleared already. */
    public void reset() {
    }
}
