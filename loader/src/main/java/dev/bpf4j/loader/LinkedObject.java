// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.ObjectMap.Entry;
import dev.bpf4j.loader.ObjectMap.Pointer;
import dev.bpf4j.loader.ObjectMap.Target;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Programs of an object linked into a machine, with what the object puts into its maps: tail-call targets in program arrays, and addresses in
 * data sections, which exist only now.
 *
 * <p>
 * Only what the wanted programs can reach is linked: their maps, and the programs in their program arrays. If anything was put into a map, the
 * contents are made those that {@link Machine#reset()} returns to.
 */
public final class LinkedObject {
    private final BpfObject object;
    private final Machine machine;
    /** By identity: two programs may be equal, and comparing them means comparing all their lines. */
    private final IdentityHashMap<Program, LinkedProgram> programs = new IdentityHashMap<>();
    private final Set<MapDefinition> reached = new LinkedHashSet<>();

    private LinkedObject(BpfObject object, Machine machine) {
        this.object = object;
        this.machine = machine;
    }

    /**
     * Links programs of an object.
     *
     * @param wanted programs of this object
     * @throws LoadException if the machine refuses one of the programs or maps, or what is to be put into a map
     */
    public static LinkedObject link(BpfObject object, Machine machine, Collection<Program> wanted) throws LoadException {
        LinkedObject linked = new LinkedObject(object, machine);
        linked.linkReachable(wanted);
        boolean filled = false;
        for (MapDefinition map : linked.reached) {
            filled |= linked.fill(map);
        }
        if (filled) {
            machine.maps().checkpoint();
        }
        return linked;
    }

    /** The linked form of a program; null if it was neither wanted nor reached. */
    public @Nullable LinkedProgram program(Program program) {
        return programs.get(program);
    }

    /** All programs that were linked: the wanted ones, and those that they reach. */
    public List<LinkedProgram> programs() {
        return object.programs().stream().map(programs::get).filter(Objects::nonNull).toList();
    }

    private void linkReachable(Collection<Program> wanted) throws LoadException {
        Deque<Program> open = new ArrayDeque<>(wanted);
        while (!open.isEmpty()) {
            Program program = open.poll();
            if (programs.containsKey(program)) {
                continue;
            }
            programs.put(program, machine.link(program));
            for (MapDefinition map : program.maps()) {
                reach(map, open);
            }
        }
    }

    private void reach(MapDefinition map, Deque<Program> open) throws LoadException {
        ObjectMap declared = reached.add(map) ? object.map(map) : null;
        if (declared == null) {
            return;
        }
        for (Entry entry : declared.entries()) {
            switch (entry.target()) {
                case Target.ToFunction(String name) -> open.add(object.program(name));
                case Target.ToMap(MapDefinition inner) -> reach(inner, open);
                case Target.ToData data -> throw cannotHold(declared, entry);
                case Target.ToPlace place -> throw cannotHold(declared, entry);
                case Target.ToExternal external -> throw cannotHold(declared, entry);
            }
        }
        for (Pointer pointer : declared.pointers()) {
            switch (pointer.target()) {
                case Target.ToMap(MapDefinition other) -> reach(other, open);
                case Target.ToData(MapDefinition other, long offset) -> reach(other, open);
                case Target.ToFunction function -> {
                }
                case Target.ToPlace place -> {
                }
                case Target.ToExternal external -> {
                }
            }
        }
    }

    private LoadException cannotHold(ObjectMap map, Entry entry) {
        return new LoadException(object.file() + ": map " + map.name() + ": entry " + entry.index() + " is " + entry.target()
                + ", expected a program or a map");
    }

    /** Puts into a map what the object declares; whether there was anything. */
    private boolean fill(MapDefinition definition) throws LoadException {
        ObjectMap declared = object.map(definition);
        if (declared == null) {
            return false;
        }
        if (definition.type() == MapType.ARENA.number() && declared.extra() >>> Integer.SIZE != 0) {
            machine.arenaHigh(declared.extra() >>> Integer.SIZE << Integer.SIZE);
        }
        boolean filled = false;
        for (Entry entry : declared.entries()) {
            put(declared, machine.map(definition), entry);
            filled = true;
        }
        for (Pointer pointer : declared.pointers()) {
            Long address = address(declared, pointer);
            if (address != null) {
                long at = machine.map(definition).values() + pointer.offset();
                machine.memory().segment().set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(object.order()), at, address);
                filled = true;
            }
        }
        return filled;
    }

    private void put(ObjectMap declared, BpfMap map, Entry entry) throws LoadException {
        if (entry.target() instanceof Target.ToMap(MapDefinition inner)) {
            byte[] key = ByteBuffer.allocate(Integer.BYTES).order(object.order()).putInt(entry.index()).array();
            long error = machine.maps().setMap(map, key, machine.map(inner));
            if (error != 0) {
                throw new LoadException(object.file() + ": map " + declared.name() + ": map " + inner.name() + " cannot be put at index "
                        + entry.index() + " (error " + error + ")");
            }
            return;
        }
        if (!(entry.target() instanceof Target.ToFunction(String name))) {
            throw cannotHold(declared, entry);
        }
        long result = machine.maps().setProgram(map, entry.index(), programs.get(object.program(name)));
        if (result != 0) {
            throw new LoadException(object.file() + ": map " + declared.name() + ": program " + name + " cannot be put at index " + entry
                    .index() + " (error "
                    + result + ")");
        }
    }

    /** The guest address that a pointer stands for; null if it points to nothing that programs can reach, and keeps what is in the file. */
    private @Nullable Long address(ObjectMap map, Pointer pointer) throws LoadException {
        return switch (pointer.target()) {
            case Target.ToMap(MapDefinition other) -> machine.map(other).handle();
            case Target.ToData(MapDefinition other, long offset) -> machine.map(other).values() + offset;
            case Target.ToFunction(String name) -> codePointer(map, name);
            case Target.ToPlace place -> null;
            case Target.ToExternal external -> null;
        };
    }

    /** A function's code pointer, which counts slots from the start of the program: programs that share the data must have it at one place. */
    private @Nullable Long codePointer(ObjectMap map, String name) throws LoadException {
        Long found = null;
        for (Program program : object.programs()) {
            if (!programs.containsKey(program) || !program.maps().contains(map.definition())) {
                continue;
            }
            for (Program.Function function : program.functions()) {
                long pointer = GuestLayout.codePointer(function.slot());
                if (function.name().equals(name) && found != null && found != pointer) {
                    throw new LoadException(object.file() + ": data of " + map.name() + " holds the address of function " + name
                            + ", which lies at different places in the programs that use it; run them in machines of their own");
                }
                found = function.name().equals(name) ? Long.valueOf(pointer) : found;
            }
        }
        return found;
    }
}
