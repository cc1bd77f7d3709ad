// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.conformance.bpft.BpftCase.Entry;
import dev.bpf4j.conformance.bpft.BpftCase.ProgramEntry;
import dev.bpf4j.conformance.bpft.BpftCase.ValueEntry;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The contents of a case's maps, before and after the run. */
final class MapContents {
    private MapContents() {
    }

    /** How a file writes a map type: its name in lower case, or its number if Linux has none of this number. */
    static String typeName(int number) {
        MapType type = MapType.of(number);
        return type == null ? Integer.toString(number) : type.toString();
    }

    /** The number of the map type that a file writes so. */
    static int type(Token word) {
        for (MapType type : MapType.values()) {
            if (type.toString().equals(word.text())) {
                return type.number();
            }
        }
        return Values.number(word, 0, Integer.MAX_VALUE);
    }

    private static BpfMap map(Machine machine, BpftCase testCase, String name) throws LoadException {
        for (MapDefinition definition : testCase.program().maps()) {
            if (definition.name().equals(name)) {
                return machine.map(definition);
            }
        }
        throw new IllegalArgumentException("case " + testCase.name() + " has no map " + name);
    }

    /** Makes the maps have what the case starts from. */
    static void fill(Machine machine, BpftCase testCase) throws LoadException {
        for (Map.Entry<String, List<Entry>> contents : testCase.start().entries().entrySet()) {
            BpfMap map = map(machine, testCase, contents.getKey());
            for (Entry entry : contents.getValue()) {
                long result;
                try {
                    result = put(machine, testCase, map, entry);
                } catch (IllegalArgumentException e) {
                    throw new LoadException("map " + contents.getKey() + " cannot have the entry " + Values.hex(entry.key()) + ": " + e
                            .getMessage(), e);
                }
                if (result < 0) {
                    throw new LoadException("map " + contents.getKey() + " refuses the entry " + Values.hex(entry.key()) + ": error "
                            + -result);
                }
            }
        }
    }

    private static long put(Machine machine, BpftCase testCase, BpfMap map, Entry entry) {
        return switch (entry) {
            case ValueEntry(byte[] key, byte[] value) -> map.definition().keySize() == 0 ? map.update(new byte[0], value, BpfMap.ANY)
                    : map
                            .update(key, value, BpfMap.ANY);
            case ProgramEntry(byte[] key, String name) -> machine.maps().setProgram(map, index(testCase, key), linked(machine, testCase,
                    name));
        };
    }

    private static int index(BpftCase testCase, byte[] key) {
        if (key.length != Integer.BYTES) {
            throw new IllegalArgumentException("the key of a program array has 4 bytes, not " + key.length);
        }
        return ByteBuffer.wrap(key).order(testCase.program().order()).getInt();
    }

    private static LinkedProgram linked(Machine machine, BpftCase testCase, String name) {
        return machine.programs().get(position(testCase, name));
    }

    /** All maps as they are now, by name. */
    static SortedMap<String, SortedMap<String, String>> of(Machine machine) {
        SortedMap<String, SortedMap<String, String>> all = new TreeMap<>();
        for (BpfMap map : machine.maps().all()) {
            SortedMap<String, String> contents = new TreeMap<>();
            map.forEach((key, value) -> contents.put(Values.hex(key), Values.hex(value)));
            all.put(map.definition().name(), contents);
        }
        return all;
    }

    /** What a case expects of a map, in the form of {@link #of}. */
    static SortedMap<String, String> expected(BpftCase testCase, List<Entry> entries) {
        SortedMap<String, String> expected = new TreeMap<>();
        entries.forEach(entry -> expected.put(Values.hex(entry.key()), switch (entry) {
            case ValueEntry(byte[] key, byte[] value) -> Values.hex(value);
            case ProgramEntry(byte[] key, String name) -> Values.hex(number(testCase, position(testCase, name) + 1));
        }));
        return expected;
    }

    private static int position(BpftCase testCase, String name) {
        for (int i = 0; i < testCase.programs().size(); i++) {
            if (testCase.programs().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("case " + testCase.name() + " has no program " + name);
    }

    private static byte[] number(BpftCase testCase, int value) {
        return ByteBuffer.allocate(Integer.BYTES).order(testCase.program().order()).putInt(value).array();
    }
}
