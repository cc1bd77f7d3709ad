// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import dev.bpf4j.loader.btf.BtfType.Function;
import dev.bpf4j.loader.btf.BtfType.Qualified;
import dev.bpf4j.loader.btf.BtfType.TypeTag;
import dev.bpf4j.loader.btf.BtfType.Typedef;
import dev.bpf4j.loader.elf.Bytes;
import dev.bpf4j.runtime.LoadException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Types by id, checked: every id in them exists, no type contains itself, nothing nests deeper than 64. Immutable and thread-safe.
 */
public final class Btf {
    private final List<BtfType> types;
    private final long[] sizes;
    private final ByteOrder order;
    private final String place;
    private final Map<String, List<Integer>> byName = new HashMap<>();

    Btf(List<BtfType> types, ByteOrder order, String place) throws LoadException {
        this.types = List.copyOf(types);
        this.sizes = BtfChecker.sizes(this.types, place);
        this.order = order;
        this.place = place;
        for (int id = 1; id < this.types.size(); id++) {
            String name = this.types.get(id).name();
            if (!name.isEmpty()) {
                byName.computeIfAbsent(name, key -> new ArrayList<>(1)).add(id);
            }
        }
    }

    /**
     * Reads BTF as it stands in section .BTF of an object or in {@code /sys/kernel/btf/vmlinux}, in either byte order.
     *
     * @throws LoadException naming the place and offset of what is wrong
     */
    public static Btf parse(Bytes data) throws LoadException {
        return BtfReader.read(data);
    }

    /**
     * Reads BTF from raw bytes.
     *
     * @param name what to call them in errors
     */
    public static Btf parse(byte[] data, String name) throws LoadException {
        return parse(Bytes.of(data, ByteOrder.LITTLE_ENDIAN, name));
    }

    /**
     * These types with other sections: before an object is linked, its BTF does not know where variables lie.
     *
     * @param sections what to put in place of the type with that id
     */
    public Btf with(Map<Integer, BtfType.DataSection> sections) throws LoadException {
        List<BtfType> changed = new ArrayList<>(types);
        sections.forEach(changed::set);
        return new Btf(changed, order, place);
    }

    /** Number of types, type 0 (void) included. */
    public int count() {
        return types.size();
    }

    /** All types; the index is the id. */
    public List<BtfType> types() {
        return types;
    }

    /** Byte order that the BTF was written in. */
    public ByteOrder order() {
        return order;
    }

    /**
     * The type with this id.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public BtfType type(int id) {
        return types.get(id);
    }

    /** Whether there is a type with this id. */
    public boolean has(int id) {
        return id >= 0 && id < types.size();
    }

    /** Size of a type in bytes; -1 if it has none. */
    public long size(int id) {
        return sizes[id];
    }

    /** What a type is behind typedefs, qualifiers and tags: its id. */
    public int strip(int id) {
        int at = id;
        while (true) {
            switch (types.get(at)) {
                case Typedef typedef -> at = typedef.target();
                case Qualified qualified -> at = qualified.target();
                case TypeTag tag -> at = tag.target();
                case BtfType other -> {
                    return at;
                }
            }
        }
    }

    /** What a type is behind typedefs, qualifiers and tags. */
    public BtfType resolve(int id) {
        return types.get(strip(id));
    }

    /** Ids of the types with this name, ascending. */
    public List<Integer> named(String name) {
        List<Integer> ids = byName.get(name);
        return ids == null ? List.of() : List.copyOf(ids);
    }

    /** The first type of a class with this name; 0 if there is none. */
    public int find(String name, Class<? extends BtfType> kind) {
        List<Integer> ids = byName.get(name);
        if (ids != null) {
            for (int id : ids) {
                if (kind.isInstance(types.get(id))) {
                    return id;
                }
            }
        }
        return 0;
    }

    /** The section's variables, or null if the BTF does not describe this section. */
    public BtfType.@Nullable DataSection dataSection(String name) {
        int id = find(name, BtfType.DataSection.class);
        return id == 0 ? null : (BtfType.DataSection) types.get(id);
    }

    /** The name of a function type, or the empty string if the id is none. */
    public String functionName(int id) {
        return has(id) && types.get(id) instanceof Function function ? function.name() : "";
    }
}
