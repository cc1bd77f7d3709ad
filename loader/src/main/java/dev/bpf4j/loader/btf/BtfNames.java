// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import dev.bpf4j.loader.btf.BtfType.Array;
import dev.bpf4j.loader.btf.BtfType.Composite;
import dev.bpf4j.loader.btf.BtfType.DataSection;
import dev.bpf4j.loader.btf.BtfType.DeclTag;
import dev.bpf4j.loader.btf.BtfType.Enumeration;
import dev.bpf4j.loader.btf.BtfType.Floating;
import dev.bpf4j.loader.btf.BtfType.Forward;
import dev.bpf4j.loader.btf.BtfType.Function;
import dev.bpf4j.loader.btf.BtfType.Int;
import dev.bpf4j.loader.btf.BtfType.Nothing;
import dev.bpf4j.loader.btf.BtfType.Pointer;
import dev.bpf4j.loader.btf.BtfType.Prototype;
import dev.bpf4j.loader.btf.BtfType.Qualified;
import dev.bpf4j.loader.btf.BtfType.TypeTag;
import dev.bpf4j.loader.btf.BtfType.Typedef;
import dev.bpf4j.loader.btf.BtfType.Variable;
import java.util.Locale;

/** Types as people write them in C, in short: {@code struct flow}, {@code const char *}, {@code u8[16]}. */
public final class BtfNames {
    /** A pointer may point to itself through qualifiers; no name that people write is this deep. */
    private static final int MAX_DEPTH = 16;

    private BtfNames() {
    }

    /** The type's name. */
    public static String of(Btf btf, int id) {
        return of(btf, id, MAX_DEPTH);
    }

    private static String of(Btf btf, int id, int depth) {
        if (depth == 0) {
            return "…";
        }
        return switch (btf.type(id)) {
            case Nothing nothing -> "void";
            case Int number -> number.name();
            case Floating number -> number.name();
            case Typedef typedef -> typedef.name();
            case Pointer pointer -> of(btf, pointer.target(), depth - 1) + " *";
            case Array array -> of(btf, array.element(), depth - 1) + "[" + array.count() + "]";
            case Composite composite -> named(composite.union() ? "union" : "struct", composite.name());
            case Forward forward -> named(forward.union() ? "union" : "struct", forward.name());
            case Enumeration enumeration -> named("enum", enumeration.name());
            case Qualified qualified -> qualified.qualifier().name().toLowerCase(Locale.ROOT) + " " + of(btf, qualified.target(), depth
                    - 1);
            case TypeTag tag -> of(btf, tag.target(), depth - 1);
            case Function function -> function.name() + "()";
            case Prototype prototype -> of(btf, prototype.result(), depth - 1) + " ()";
            case Variable variable -> variable.name();
            case DataSection section -> "section " + section.name();
            case DeclTag tag -> "tag " + tag.name();
        };
    }

    private static String named(String keyword, String name) {
        return name.isEmpty() ? keyword + " {…}" : keyword + " " + name;
    }
}
