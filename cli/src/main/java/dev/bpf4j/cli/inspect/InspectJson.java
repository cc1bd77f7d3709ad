// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import dev.bpf4j.cli.json.JsonOutput;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.ObjectMap;
import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfExt;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.TreeMap;

/** An object as JSON; the fields are described in {@code docs/cli.md}. */
final class InspectJson {
    private final BpfObject object;

    InspectJson(BpfObject object) {
        this.object = object;
    }

    void print(PrintWriter out) {
        try (JsonOutput json = new JsonOutput(out)) {
            json.object(() -> {
                json.field("object", object.file());
                json.field("byteOrder", object.order() == ByteOrder.BIG_ENDIAN ? "big" : "little");
                json.field("license", object.license());
                json.field("kernelVersion", object.kernelVersion());
                json.array("programs", () -> object.programs().forEach(program -> program(json, program)));
                json.array("maps", () -> object.maps().forEach(map -> map(json, map)));
                json.array("relocations", () -> object.relocations().forEach(relocation -> json.object(() -> {
                    json.field("section", relocation.section());
                    json.field("offset", relocation.offset());
                    json.field("type", relocation.type().name());
                    json.field("symbol", relocation.symbol());
                    json.field("target", relocation.target());
                })));
                json.array("coreRelocations", () -> object.coreRelocations().forEach(core -> json.object(() -> {
                    json.field("section", core.where().section());
                    json.field("offset", core.where().offset());
                    json.field("kind", core.where().kind().name().toLowerCase(Locale.ROOT));
                    json.field("meaning", core.meaning());
                    json.field("result", core.result());
                })));
                types(json);
            });
        }
    }

    private static void program(JsonOutput json, Program program) {
        json.object(() -> {
            json.field("name", program.name());
            json.field("type", program.type().name().toLowerCase(Locale.ROOT));
            json.field("section", program.section());
            json.field("slots", program.slots());
            json.array("functions", () -> program.functions().forEach(function -> json.object(() -> {
                json.field("name", function.name());
                json.field("slot", function.slot());
            })));
            json.array("maps", () -> program.maps().forEach(map -> json.value(map.name())));
            json.array("unresolved", () -> new TreeMap<>(program.poisoned()).forEach((slot, reason) -> json.object(() -> {
                json.field("slot", slot);
                json.field("reason", reason);
            })));
        });
    }

    private void map(JsonOutput json, ObjectMap map) {
        MapDefinition definition = map.definition();
        json.object(() -> {
            json.field("name", map.name());
            json.field("type", ObjectSummary.type(definition));
            json.field("keySize", definition.keySize());
            json.field("keyType", ObjectSummary.typeName(object, map.keyType()));
            json.field("valueSize", definition.valueSize());
            json.field("valueType", ObjectSummary.typeName(object, map.valueType()));
            json.field("maxEntries", definition.maxEntries() & 0xffff_ffffL);
            json.field("flags", definition.flags() & 0xffff_ffffL);
            json.field("section", map.section());
            json.field("global", map.global());
            json.array("entries", () -> map.entries().forEach(entry -> json.object(() -> {
                json.field("index", entry.index());
                json.field("target", ObjectSummary.target(entry.target()));
            })));
        });
    }

    private void types(JsonOutput json) {
        Btf btf = object.btf();
        BtfExt ext = object.btfExt();
        if (btf == null) {
            json.name("btf");
            json.nothing();
            return;
        }
        json.object("btf", () -> {
            json.field("types", btf.count() - 1);
            json.object("kinds", () -> ObjectSummary.kinds(btf).forEach((kind, count) -> json.field(kind, count)));
            json.field("functions", ext == null ? 0 : ext.functions().size());
            json.field("lines", ext == null ? 0 : ext.lines().size());
        });
    }
}
