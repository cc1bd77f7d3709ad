// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.runtime.MapDefinition;
import java.util.List;

/**
 * A map as an object declares it, with what the object says beyond {@link MapDefinition}.
 *
 * @param definition what a machine makes; the same object that programs refer to
 * @param section    the section that declares it: {@code .maps}, {@code maps}, or a data section
 * @param offset     byte offset in that section
 * @param keyType    BTF id of the key; 0 if it is not known
 * @param valueType  BTF id of the value (for a data section, of its DATASEC); 0 if it is not known
 * @param pinning    {@code LIBBPF_PIN_*}: 0 none, 1 by name
 * @param extra      {@code map_extra}
 * @param entries    what the object puts into the map: programs and inner maps
 * @param pointers   addresses in the initial bytes of a data section, which are not known before programs and maps have their places
 */
public record ObjectMap(MapDefinition definition, String section, long offset, int keyType, int valueType, int pinning, long extra,
        List<Entry> entries, List<Pointer> pointers) {

    /** What an entry or pointer refers to. */
    public sealed interface Target {
        /** A function of the object; a program if it is an entry of a prog array. */
        record ToFunction(String name) implements Target {}

        /** A map of the object. */
        record ToMap(MapDefinition map) implements Target {}

        /** An address in the value of a data section. */
        record ToData(MapDefinition map, long offset) implements Target {}

        /** A place in a section that is neither the start of a function, nor a map, nor data: a label, for instance. */
        record ToPlace(String section, long offset) implements Target {}

        /** Something outside the object. */
        record ToExternal(String name) implements Target {}
    }

    /** An entry that the declaration initialises; {@code index} is the array index. */
    public record Entry(int index, Target target) {}

    /** A 64-bit address at a byte offset of the initial bytes. */
    public record Pointer(long offset, Target target) {}

    /** Copies the lists. */
    public ObjectMap {
        entries = List.copyOf(entries);
        pointers = List.copyOf(pointers);
    }

    /** The map's name. */
    public String name() {
        return definition.name();
    }

    /** Whether it is a data section ({@code .rodata}, {@code .data}, {@code .bss}, …), not a declared map or table of functions. */
    public boolean global() {
        return !MapSections.declaresMaps(section) && !MapSections.declaresStructOps(section);
    }

    ObjectMap with(MapDefinition other) {
        return other == definition ? this
                : new ObjectMap(other, section, offset, keyType, valueType, pinning, extra, entries, pointers);
    }

    ObjectMap with(List<Entry> newEntries, List<Pointer> newPointers) {
        return new ObjectMap(definition, section, offset, keyType, valueType, pinning, extra, newEntries, newPointers);
    }
}
