// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.ObjectMap;
import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfPrinter;
import dev.bpf4j.loader.btf.BtfValue;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the bytes in maps mean, as far as the object says: its types, and the programs of program arrays. */
final class MapNames {
    private final Machine machine;
    private final @Nullable BpfObject object;
    private final @Nullable BtfPrinter printer;

    /** @param object where the maps come from; null if there is none */
    MapNames(Machine machine, @Nullable BpfObject object) {
        this.machine = machine;
        this.object = object;
        Btf btf = object == null ? null : object.btf();
        this.printer = object == null || btf == null ? null : new BtfPrinter(btf, object.order());
    }

    /** Whether the map is a data section, whose value is its variables. */
    boolean global(BpfMap map) {
        ObjectMap declared = declared(map);
        return declared != null && declared.global();
    }

    private @Nullable ObjectMap declared(BpfMap map) {
        return object == null ? null : object.map(map.definition());
    }

    /** What a key means; null if nobody knows. */
    @Nullable
    BtfValue key(BpfMap map, byte[] key) {
        ObjectMap declared = declared(map);
        return declared == null || declared.keyType() == 0 || printer == null ? null : printer.read(declared.keyType(), key);
    }

    /** What a value means; of a per-CPU map with several CPUs a list. Null if nobody knows. */
    @Nullable
    BtfValue value(BpfMap map, byte[] value) {
        ObjectMap declared = declared(map);
        if (map.type() == MapType.PROG_ARRAY) {
            return program(value);
        }
        if (declared == null || declared.valueType() == 0 || printer == null) {
            return null;
        }
        List<byte[]> values = perCpu(map, value);
        if (values.size() == 1) {
            return printer.read(declared.valueType(), values.getFirst());
        }
        List<BtfValue> all = new ArrayList<>();
        values.forEach(each -> all.add(printer.read(declared.valueType(), each)));
        return new BtfValue.Items(all);
    }

    /** The values of the CPUs, without the padding between them; one value for maps that are not per CPU. */
    static List<byte[]> perCpu(BpfMap map, byte[] value) {
        int size = map.definition().valueSize();
        if (!map.type().storage().perCpu() || size == 0) {
            return List.of(value);
        }
        List<byte[]> all = new ArrayList<>();
        for (int at = 0; at + size <= value.length; at += size + 7 & ~7) {
            all.add(Arrays.copyOfRange(value, at, at + size));
        }
        return all;
    }

    private @Nullable BtfValue program(byte[] value) {
        ByteOrder order = object == null ? ByteOrder.LITTLE_ENDIAN : object.order();
        int index = value.length == 4 ? ByteBuffer.wrap(value).order(order).getInt() - 1 : -1;
        List<LinkedProgram> programs = machine.programs();
        return index >= 0 && index < programs.size() ? new BtfValue.Text(programs.get(index).source().name()) : null;
    }
}
