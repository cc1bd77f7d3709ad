// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What loaders make of declarations (libbpf's src/libbpf.c, cilium/ebpf's map.go), maps in maps, and what is missing. */
final class MapShapesTest {
    private static MapDefinition adjusted(int type, int key, int value, int entries, LoadOptions options) {
        return MapShapes.adjusted(MapDefinition.of("m", type, key, value, entries), options);
    }

    @ParameterizedTest
    @CsvSource({"4,0,0,0, 4,4,0", "12,4,0,2, 4,4,2", "13,8,0,2, 8,4,2", "27,0,16,5000, 0,0,8192", "27,4,4,100, 0,0,4096",
        "27,0,0,536870912, 0,0,536870912", "1,4,8,10, 4,8,10", "99,1,2,3, 1,2,3"})
    void whatHasOnlyOneRightValueIsFilledIn(int type, int key, int value, int entries, int keyMade, int valueMade, int entriesMade) {
        MapDefinition made = adjusted(type, key, value, entries, LoadOptions.DEFAULT);
        assertThat(List.of(made.keySize(), made.valueSize(), made.maxEntries())).isEqualTo(List.of(keyMade, valueMade, entriesMade));
    }

    @Test
    void capacitiesAreTheUsers() {
        LoadOptions options = LoadOptions.DEFAULT.withMaxEntries(Map.of("m", 7));
        assertThat(adjusted(1, 4, 4, 0, options).maxEntries()).isEqualTo(7);
        assertThat(adjusted(1, 4, 4, 3, options).maxEntries()).isEqualTo(7);
        assertThat(adjusted(1, 4, 4, 0, LoadOptions.DEFAULT).maxEntries()).isZero();
        assertThat(adjusted(1, 4, 4, 0, LoadOptions.DEFAULT.withUnsized(9)).maxEntries()).isEqualTo(9);
        assertThat(adjusted(1, 4, 4, 5, LoadOptions.DEFAULT.withUnsized(9)).maxEntries()).isEqualTo(5);
        assertThat(adjusted(29, 4, 4, 0, LoadOptions.DEFAULT.withUnsized(9)).maxEntries()).as("storages have none").isZero();
        assertThat(adjusted(7, 4, 0, 5, LoadOptions.DEFAULT.withUnsized(9)).valueSize()).as("stacks").isEqualTo(127 * 8);
    }

    @ParameterizedTest
    @CsvSource({"maps_nested.o, LITTLE", "maps_nested.be.o, BIG"})
    void mapsThatAnObjectPutsIntoMaps(String file, String order) throws LoadException {
        BpfObject object = BpfObject.load(TestObjects.FOLDER.resolve(file));
        ByteOrder bytes = order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ObjectMap outer = Objects.requireNonNull(object.map("outer"));
        assertThat(outer.entries()).isNotEmpty();
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LinkedObject.link(object, machine, List.of(object.program("nested")));
            BpfMap made = Objects.requireNonNull(machine.maps().find("outer"));
            for (ObjectMap.Entry entry : outer.entries()) {
                byte[] key = ByteBuffer.allocate(4).order(bytes).putInt(entry.index()).array();
                byte[] value = Objects.requireNonNull(made.lookup(key));
                BpfMap inner = machine.maps().all().get(ByteBuffer.wrap(value).order(bytes).getInt() - 1);
                assertThat(entry.target()).isEqualTo(new ObjectMap.Target.ToMap(inner.definition()));
            }
            machine.reset();
            assertThat(made.size()).as("they are what a reset returns to").isEqualTo(outer.entries().size());
        }
    }

    @Test
    void whatIsMissingIsNamedOnce() throws LoadException {
        BpfObject object = BpfObject.load(TestObjects.FOLDER.resolve("externs.o"));
        Program kernel = object.programs().stream().filter(program -> program.kfuncs().containsValue("strong_function")).findFirst()
                .orElseThrow();
        assertThat(Missing.in(kernel, HelperTable.linux())).contains(new Missing(Missing.Kind.KFUNC, "strong_function"))
                .doesNotHaveDuplicates();
        HelperTable more = HelperTable.linux().withKfunc("strong_function", (lane, r1, r2, r3, r4, r5) -> 1);
        assertThat(Missing.in(kernel, more)).doesNotContain(new Missing(Missing.Kind.KFUNC, "strong_function"));
        Program calls = Program.raw("calls", ByteOrder.LITTLE_ENDIAN, new byte[] {(byte) 0x85, 0, 0, 0, (byte) 168, 0, 0, 0, (byte) 0x95,
            0, 0, 0, 0, 0, 0, 0}).withMaps(List.of(MapDefinition.of("s", MapType.STRUCT_OPS.number(), 4, 4, 1)));
        assertThat(Missing.in(calls, HelperTable.linux())).containsExactly(new Missing(Missing.Kind.HELPER, "helper 168 (bpf_sys_close)"),
                new Missing(Missing.Kind.MAP_TYPE, "struct_ops"));
    }
}
