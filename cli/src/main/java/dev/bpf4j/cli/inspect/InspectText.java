// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.TextTable;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.ObjectMap;
import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfExt;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An object as text for people. */
final class InspectText {
    private static final String INDENT = "  ";

    private final BpfObject object;
    private final boolean everyRelocation;

    InspectText(BpfObject object, boolean everyRelocation) {
        this.object = object;
        this.everyRelocation = everyRelocation;
    }

    void print(PrintWriter out) {
        out.println(Printable.line(object.file() + ": eBPF object, " + (object.order() == ByteOrder.BIG_ENDIAN ? "big" : "little")
                + "-endian" + (object.license().isEmpty() ? ", no licence" : ", licence \"" + object.license() + "\"")
                + (object.kernelVersion() == 0 ? "" : ", kernel version " + ObjectSummary.version(object.kernelVersion()))));
        out.println();
        programs(out);
        out.println();
        maps(out);
        out.println();
        relocations(out);
        out.println();
        types(out);
    }

    private void programs(PrintWriter out) {
        out.println("Programs: " + object.programs().size());
        TextTable table = new TextTable("NAME", "TYPE", "SECTION", " SLOTS", "FUNCTIONS", "MAPS");
        for (Program program : object.programs()) {
            table.row(program.name(), program.type().name().toLowerCase(Locale.ROOT), program.section(), program.slots(),
                    program.functions().stream().skip(1).map(Program.Function::name).collect(Collectors.joining(", ")),
                    program.maps().stream().map(MapDefinition::name).collect(Collectors.joining(", ")));
        }
        if (!object.programs().isEmpty()) {
            table.print(out, INDENT);
        }
        for (Program program : object.programs()) {
            new TreeMap<>(program.poisoned()).forEach((slot, reason) -> out.println(Printable.line(INDENT + program.name() + " slot " + slot
                    + " cannot run: " + reason)));
        }
    }

    private void maps(PrintWriter out) {
        out.println("Maps: " + object.maps().size());
        TextTable table = new TextTable("NAME", "TYPE", " ENTRIES", " KEY", "", " VALUE", "", "FLAGS", "SECTION");
        for (ObjectMap map : object.maps()) {
            MapDefinition definition = map.definition();
            table.row(map.name(), ObjectSummary.type(definition), Integer.toUnsignedString(definition.maxEntries()), definition.keySize(),
                    ObjectSummary.typeName(object,
                            map.keyType()), definition.valueSize(), map.global() ? "" : ObjectSummary.typeName(object, map.valueType()),
                    definition
                            .flags() == 0 ? "" : "0x" + Integer.toHexString(definition.flags()), map.section());
        }
        if (!object.maps().isEmpty()) {
            table.print(out, INDENT);
        }
        for (ObjectMap map : object.maps()) {
            map.entries().forEach(entry -> out.println(Printable.line(INDENT + map.name() + "[" + entry.index() + "] = "
                    + ObjectSummary.target(entry.target()))));
        }
    }

    private void relocations(PrintWriter out) {
        out.println("Relocations: " + object.relocations().size() + ", CO-RE: " + object.coreRelocations().size());
        if (!everyRelocation) {
            Map<String, Map<String, Integer>> counts = new TreeMap<>();
            object.relocations().forEach(relocation -> counts.computeIfAbsent(relocation.section(), key -> new TreeMap<>()).merge(
                    relocation.target(), 1, Integer::sum));
            TextTable table = new TextTable("", "", "");
            counts.forEach((section, targets) -> targets.forEach((target, count) -> table.row(section, count + " x", target)));
            table.print(out, INDENT);
            return;
        }
        TextTable table = new TextTable("SECTION", " OFFSET", "TYPE", "SYMBOL", "TARGET");
        object.relocations().forEach(relocation -> table.row(relocation.section(), "0x" + Long.toHexString(relocation.offset()),
                relocation.type(), relocation.symbol(), relocation.target()));
        if (!object.relocations().isEmpty()) {
            table.print(out, INDENT);
        }
        object.coreRelocations().forEach(core -> out.println(Printable.line(INDENT + core.where().section() + "+0x" + Long.toHexString(
                core.where().offset()) + " CO-RE " + core.meaning() + ": " + core.result())));
    }

    private void types(PrintWriter out) {
        Btf btf = object.btf();
        BtfExt ext = object.btfExt();
        if (btf == null) {
            out.println("BTF: none; compile with -g to have names of types and source lines");
            return;
        }
        out.println("BTF: " + (btf.count() - 1) + " types: " + ObjectSummary.kinds(btf).entrySet().stream().map(kind -> kind.getValue()
                + " "
                + kind.getKey()).collect(Collectors.joining(", ")));
        if (ext != null) {
            out.println(INDENT + Printable.count(ext.functions().size(), "function") + ", " + Printable.count(ext.lines().size(),
                    "source line") + " of " + Printable.count(ext.lines().stream()
                            .map(
                                    BtfExt.LineInfo::file).distinct().count(), "file"));
        }
    }
}
