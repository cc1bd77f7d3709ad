// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.ObjectMap;
import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfNames;
import dev.bpf4j.loader.btf.BtfType;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.MapType;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Facts of an object that text and JSON both show. */
final class ObjectSummary {
    private ObjectSummary() {
    }

    /** A map type's name as {@code bpftool} writes it, or its number. */
    static String type(MapDefinition map) {
        MapType type = MapType.of(map.type());
        return type == null ? "type " + map.type() : type.toString();
    }

    /** A type's name in C; empty if it is not known. */
    static String typeName(BpfObject object, int id) {
        Btf btf = object.btf();
        return btf == null || id == 0 ? "" : BtfNames.of(btf, id);
    }

    /** What an entry of a map refers to. */
    static String target(ObjectMap.Target target) {
        return switch (target) {
            case ObjectMap.Target.ToFunction(String name) -> name;
            case ObjectMap.Target.ToMap(MapDefinition map) -> map.name();
            case ObjectMap.Target.ToData(MapDefinition map, long offset) -> map.name() + "+" + offset;
            case ObjectMap.Target.ToPlace(String section, long offset) -> section + "+" + offset;
            case ObjectMap.Target.ToExternal(String name) -> name;
        };
    }

    /** Number of types by kind. */
    static Map<String, Integer> kinds(Btf btf) {
        Map<String, Integer> kinds = new TreeMap<>();
        for (int id = 1; id < btf.count(); id++) {
            kinds.merge(kind(btf.type(id)), 1, Integer::sum);
        }
        return kinds;
    }

    private static String kind(BtfType type) {
        return switch (type) {
            case BtfType.Nothing t -> "void";
            case BtfType.Int t -> "int";
            case BtfType.Pointer t -> "pointer";
            case BtfType.Array t -> "array";
            case BtfType.Composite t -> t.union() ? "union" : "struct";
            case BtfType.Enumeration t -> "enum";
            case BtfType.Forward t -> "forward";
            case BtfType.Typedef t -> "typedef";
            case BtfType.Qualified t -> t.qualifier().name().toLowerCase(Locale.ROOT);
            case BtfType.Function t -> "function";
            case BtfType.Prototype t -> "prototype";
            case BtfType.Variable t -> "variable";
            case BtfType.DataSection t -> "section";
            case BtfType.Floating t -> "float";
            case BtfType.DeclTag t -> "decl tag";
            case BtfType.TypeTag t -> "type tag";
        };
    }

    /** A kernel version number as people write it. */
    static String version(long number) {
        return (number >>> 16) + "." + (number >>> 8 & 0xff) + "." + (number & 0xff);
    }
}
