// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfType.Array;
import dev.bpf4j.loader.btf.BtfType.Composite;
import dev.bpf4j.loader.btf.BtfType.DataSection;
import dev.bpf4j.loader.btf.BtfType.Enumeration;
import dev.bpf4j.loader.btf.BtfType.Member;
import dev.bpf4j.loader.btf.BtfType.Placed;
import dev.bpf4j.loader.btf.BtfType.Pointer;
import dev.bpf4j.loader.btf.BtfType.Prototype;
import dev.bpf4j.loader.btf.BtfType.Variable;
import dev.bpf4j.loader.elf.ElfSection;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.MapType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps declared in section {@code .maps}: each is a variable of an anonymous structure whose members carry their values in their types, as the
 * macros of libbpf's {@code bpf_helpers.h} write them:
 *
 * <pre>
 *   __uint(name, n)   int (*name)[n]           a number: the length of the array pointed to
 *   __ulong(name, n)  enum { … = n } name      a number of 64 bits: the only constant of the enumeration
 *   __type(name, T)   typeof(T) *name          a type: what is pointed to
 *   __array(name, T)  typeof(T) *name[]        what the map holds: an inner map's structure, or programs
 * </pre>
 */
final class BtfMaps {
    private static final int INNER_VALUE_SIZE = 4;

    private final Btf btf;
    private final ElfSection section;

    BtfMaps(Btf btf, ElfSection section) {
        this.btf = btf;
        this.section = section;
    }

    /**
     * A map and where in its variable the initial entries begin.
     *
     * @param values byte offset of member {@code values}; 0 if there is none
     */
    record Declared(ObjectMap map, long values) {}

    List<Declared> read(DataSection variables) throws LoadException {
        List<Declared> maps = new ArrayList<>();
        for (Placed placed : variables.variables()) {
            if (!(btf.type(placed.variable()) instanceof Variable variable)) {
                throw error(placed.offset(), "type " + placed.variable() + " of the BTF should be a map's variable, but is none");
            }
            if (placed.offset() >= section.size()) {
                throw error(placed.offset(), "map " + variable.name() + " begins behind the end of the section");
            }
            if (!(btf.resolve(variable.type()) instanceof Composite structure) || structure.union()) {
                throw error(placed.offset(), "map " + variable.name() + " is not a structure");
            }
            Declaration declaration = new Declaration(variable.name(), placed.offset());
            declaration.read(structure, false);
            maps.add(new Declared(declaration.map(), declaration.values));
        }
        return maps;
    }

    /** One structure being read. */
    private final class Declaration {
        private final String name;
        private final long offset;
        private int type;
        private int maxEntries;
        private int flags;
        private int keySize;
        private int valueSize;
        private int keyType;
        private int valueType;
        private int pinning;
        private long extra;
        private long values;
        private @Nullable MapDefinition inner;

        Declaration(String name, long offset) {
            this.name = name;
            this.offset = offset;
        }

        ObjectMap map() {
            return new ObjectMap(definition(), section.name(), offset, keyType, valueType, pinning, extra, List.of(), List.of());
        }

        MapDefinition definition() {
            return new MapDefinition(name, type, keySize, valueSize, maxEntries, flags, inner, new byte[0], section.data().order());
        }

        void read(Composite structure, boolean isInner) throws LoadException {
            for (Member member : structure.members()) {
                switch (member.name()) {
                    case "type" -> type = number(member);
                    case "max_entries" -> maxEntries = number(member);
                    case "map_flags" -> flags = (int) longNumber(member);
                    case "numa_node" -> longNumber(member); // a machine has one node
                    case "key_size" -> keySize = agreed(member, keySize, number(member));
                    case "value_size" -> valueSize = agreed(member, valueSize, number(member));
                    case "key" -> {
                        keyType = pointedTo(member);
                        keySize = agreed(member, keySize, size(member, keyType));
                    }
                    case "value" -> {
                        valueType = pointedTo(member);
                        valueSize = agreed(member, valueSize, size(member, valueType));
                    }
                    case "values" -> readValues(member, isInner);
                    case "pinning" -> pinning = number(member);
                    case "map_extra" -> extra = longNumber(member);
                    default -> throw bad(member, "is not a member that maps have");
                }
            }
            if (type == 0) {
                throw error(offset, "map " + name + " has no type; expected a member made by __uint(type, …)");
            }
        }

        private void readValues(Member member, boolean isInner) throws LoadException {
            if (isInner) {
                throw bad(member, "stands in an inner map; maps nest only once");
            }
            if (!(btf.resolve(member.type()) instanceof Array array) || !(btf.resolve(array.element()) instanceof Pointer pointer)) {
                throw bad(member, "is not an array of pointers");
            }
            values = member.bitOffset() / Byte.SIZE;
            valueSize = agreed(member, valueSize, INNER_VALUE_SIZE);
            switch (btf.resolve(pointer.target())) {
                case Prototype prototype when type == MapType.PROG_ARRAY.number() -> {
                }
                case Composite structure when type == MapType.ARRAY_OF_MAPS.number() || type == MapType.HASH_OF_MAPS.number() -> {
                    Declaration declaration = new Declaration(name + ".inner", offset);
                    declaration.read(structure, true);
                    inner = declaration.definition();
                }
                default -> throw bad(member, "points neither to programs in a prog array nor to maps in a map of maps (map type " + type
                        + ")");
            }
        }

        /** A number as {@code __uint} writes it. */
        private int number(Member member) throws LoadException {
            long value = longNumber(member);
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw bad(member, "is " + Long.toUnsignedString(value) + ", at most " + Integer.MAX_VALUE + " is possible");
            }
            return (int) value;
        }

        /** A number as {@code __uint} or {@code __ulong} writes it. */
        private long longNumber(Member member) throws LoadException {
            return switch (btf.resolve(member.type())) {
                case Pointer pointer when btf.resolve(pointer.target()) instanceof Array array -> array.count();
                case Enumeration enumeration when enumeration.constants().size() == 1 -> enumeration.constants().getFirst().value();
                default -> throw bad(member, "is not a number as __uint or __ulong make it");
            };
        }

        private int pointedTo(Member member) throws LoadException {
            if (btf.resolve(member.type()) instanceof Pointer pointer) {
                return pointer.target();
            }
            throw bad(member, "is not a type as __type makes it");
        }

        private int size(Member member, int id) throws LoadException {
            long size = btf.size(id);
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw bad(member, size < 0 ? "is a type without a size"
                        : "is a type of " + size + " bytes, at most " + Integer.MAX_VALUE + " are possible");
            }
            return (int) size;
        }

        private int agreed(Member member, int before, int now) throws LoadException {
            if (before != 0 && before != now) {
                throw bad(member, "says " + now + " bytes, but another member says " + before);
            }
            return now;
        }

        private LoadException bad(Member member, String what) {
            return error(offset, "map " + name + ": member " + member.name() + " " + what);
        }
    }

    private LoadException error(long offset, String what) {
        return section.data().error(offset, what);
    }
}
