// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.loader.ObjectMap.Target;
import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfNames;
import dev.bpf4j.loader.btf.BtfType;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** What is in an object, as text for people and for comparing: programs, maps, relocations, types. One fact per line, in a fixed order. */
public final class ObjectReport {
    private final BpfObject object;
    private final StringBuilder text = new StringBuilder();

    private ObjectReport(BpfObject object) {
        this.object = object;
    }

    /** The report, lines ended by {@code \n}. */
    public static String of(BpfObject object) {
        ObjectReport report = new ObjectReport(object);
        report.head();
        object.programs().forEach(report::program);
        object.maps().forEach(report::map);
        object.relocations().forEach(report::relocation);
        object.coreRelocations().forEach(result -> report.line("core " + result.where().section() + "+0x" + Long.toHexString(result.where()
                .offset()) + " "
                + result.where().kind() + " " + result.meaning() + " = " + result.result()));
        return report.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void head() {
        line("byte order " + (object.order() == ByteOrder.LITTLE_ENDIAN ? "little" : "big") + ", licence \"" + object.license()
                + "\", kernel version " + object
                        .kernelVersion());
        Btf btf = object.btf();
        if (btf != null) {
            Map<String, Integer> kinds = new TreeMap<>();
            btf.types().stream().skip(1).map(BtfType::getClass).map(Class::getSimpleName).forEach(kind -> kinds.merge(kind, 1,
                    Integer::sum));
            line("BTF " + (btf.count() - 1) + " types " + kinds);
        }
    }

    private void program(Program program) {
        line("program " + program.name() + " section " + program.section() + " type " + program.type() + " slots " + program.slots());
        program.functions().forEach(function -> line("  function " + function.name() + " slot " + function.slot()));
        for (int i = 0; i < program.maps().size(); i++) {
            line("  map " + i + " " + program.maps().get(i).name());
        }
        new TreeMap<>(program.kfuncs()).forEach((id, name) -> line("  kfunc " + id + " " + name));
        new TreeMap<>(program.poisoned()).forEach((slot, reason) -> line("  poisoned slot " + slot + ": " + reason));
    }

    private void map(ObjectMap map) {
        MapDefinition definition = map.definition();
        line("map " + shape(definition) + " section " + map.section() + "+0x" + Long.toHexString(map.offset()) + types(map) + (map
                .pinning() != 0 ? " pinning "
                        + map.pinning() : "") + (map.extra() != 0 ? " extra 0x" + Long.toHexString(map.extra()) : ""));
        MapDefinition inner = definition.inner();
        if (inner != null) {
            line("  inner " + shape(inner));
        }
        map.entries().forEach(entry -> line("  entry " + entry.index() + " " + target(entry.target())));
        map.pointers().forEach(pointer -> line("  pointer at 0x" + Long.toHexString(pointer.offset()) + " to " + target(pointer.target())));
    }

    private static String shape(MapDefinition map) {
        return map.name() + " type " + map.type() + " key " + map.keySize() + " value " + map.valueSize() + " entries " + map.maxEntries()
                + " flags 0x"
                + Integer.toHexString(map.flags());
    }

    private String types(ObjectMap map) {
        Btf btf = object.btf();
        if (btf == null) {
            return "";
        }
        return (map.keyType() != 0 ? " key type " + BtfNames.of(btf, map.keyType()) : "") + (map.valueType() != 0 ? " value type "
                + BtfNames.of(btf, map
                        .valueType()) : "");
    }

    private static String target(Target target) {
        return switch (target) {
            case Target.ToFunction(String name) -> "function " + name;
            case Target.ToMap(MapDefinition map) -> "map " + map.name();
            case Target.ToData(MapDefinition map, long offset) -> map.name() + "+0x" + Long.toHexString(offset);
            case Target.ToPlace(String section, long offset) -> "section " + section + "+0x" + Long.toHexString(offset);
            case Target.ToExternal(String name) -> "external " + name;
        };
    }

    private void relocation(BpfObject.Relocation relocation) {
        line("relocation " + relocation.section() + "+0x" + Long.toHexString(relocation.offset()) + " " + relocation.type() + " "
                + relocation.symbol() + " = "
                + relocation.target());
    }
}
