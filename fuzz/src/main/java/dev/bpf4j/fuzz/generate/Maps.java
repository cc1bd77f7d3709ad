// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What generated programs refer to: an array, a program array with one target, and a platform variable in the memory. */
public final class Maps {
    /** Index of the array. */
    public static final int VALUES = 0;
    /** Entries of the array. */
    public static final int VALUES_ENTRIES = 2;
    /** Bytes of one of its values. */
    public static final int VALUE_SIZE = 32;
    /** Bytes of all values. */
    public static final int VALUES_SIZE = VALUES_ENTRIES * VALUE_SIZE;
    /** Index of the program array. Place 0 holds the target, place 1 nothing. */
    public static final int PROGRAMS = 1;
    /** Index of the hash table, which stateful programs have. */
    public static final int TABLE = 2;
    /** Most entries of the hash table. */
    public static final int TABLE_ENTRIES = 6;
    /** Bytes of one of its values. */
    public static final int TABLE_VALUE = 16;
    /** The id of the platform variable. */
    public static final int VARIABLE = 1;
    /** Its name. */
    public static final String VARIABLE_NAME = "variable";
    /** Where in the memory it lies. */
    public static final int VARIABLE_DISTANCE = 8;

    private Maps() {
    }

    /** New definitions of both maps, in the order of their indices, for programs of a byte order. */
    public static List<MapDefinition> definitions(ByteOrder order) {
        return List.of(definition("values", MapType.ARRAY, VALUE_SIZE, order), definition("programs", MapType.PROG_ARRAY, Integer.BYTES,
                order));
    }

    /** The same, and behind them the hash table. */
    public static List<MapDefinition> withTable(ByteOrder order) {
        List<MapDefinition> all = new ArrayList<>(definitions(order));
        all.add(new MapDefinition("table", MapType.HASH.number(), Integer.BYTES, TABLE_VALUE, TABLE_ENTRIES, 0, null, new byte[0], order));
        return List.copyOf(all);
    }

    private static MapDefinition definition(String name, MapType type, int valueSize, ByteOrder order) {
        return new MapDefinition(name, type.number(), Integer.BYTES, valueSize, VALUES_ENTRIES, 0, null, new byte[0], order);
    }
}
