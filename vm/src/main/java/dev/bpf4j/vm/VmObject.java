// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import java.util.IdentityHashMap;
import java.util.List;

/** The programs of an object, loaded into a machine. Immutable. */
public final class VmObject {
    private final BpfObject object;
    private final List<VmProgram> programs;
    /** By identity: two programs may be equal. */
    private final IdentityHashMap<Program, VmProgram> bySource = new IdentityHashMap<>();

    VmObject(BpfObject object, List<VmProgram> programs) {
        this.object = object;
        this.programs = List.copyOf(programs);
        programs.forEach(program -> bySource.put(program.source(), program));
    }

    /** All programs, in the order of the object. */
    public List<VmProgram> programs() {
        return programs;
    }

    /**
     * A program.
     *
     * @param nameOrSection its name, or its section if it is the only one there
     * @throws LoadException if there is none; says which there are
     */
    public VmProgram program(String nameOrSection) throws LoadException {
        VmProgram program = bySource.get(object.program(nameOrSection));
        if (program == null) {
            throw new LoadException(object.file() + ": program " + nameOrSection + " was not linked");
        }
        return program;
    }

    /** What was read from the object: maps, types, licence. */
    public BpfObject source() {
        return object;
    }
}
