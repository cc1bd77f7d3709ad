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
import dev.bpf4j.loader.btf.BtfType.Member;
import dev.bpf4j.loader.btf.BtfType.Placed;
import dev.bpf4j.loader.btf.BtfType.Pointer;
import dev.bpf4j.loader.btf.BtfType.Prototype;
import dev.bpf4j.loader.btf.BtfType.Qualified;
import dev.bpf4j.loader.btf.BtfType.TypeTag;
import dev.bpf4j.loader.btf.BtfType.Typedef;
import dev.bpf4j.loader.btf.BtfType.Variable;
import dev.bpf4j.loader.btf.BtfType.Nothing;
import dev.bpf4j.runtime.LoadException;
import java.util.List;

/**
 * Finds types that contain themselves, or nest too deeply, and computes sizes on the way.
 *
 * <p>
 * A type <em>contains</em> what its bytes or its meaning need: the element of an array, the members of a structure, the target of a typedef or
 * qualifier; not the target of a pointer. The walk keeps its own stack, because a hostile chain may be as long as the section.
 */
final class BtfChecker {
    /** Deepest nesting. Linux (kernel/bpf/btf.c, MAX_RESOLVE_DEPTH) stops at 32. */
    static final int MAX_DEPTH = 64;

    private static final int UNSEEN = 0;
    private static final int OPEN = -1;

    private final List<BtfType> types;
    private final String place;
    private final int[] depth;
    private final long[] size;

    private BtfChecker(List<BtfType> types, String place) {
        this.types = types;
        this.place = place;
        this.depth = new int[types.size()];
        this.size = new long[types.size()];
    }

    /** The size of each type in bytes; -1 where it has none (functions, forward declarations). */
    static long[] sizes(List<BtfType> types, String place) throws LoadException {
        BtfChecker checker = new BtfChecker(types, place);
        for (int id = 0; id < types.size(); id++) {
            checker.visit(id);
        }
        return checker.size;
    }

    private void visit(int root) throws LoadException {
        if (depth[root] != UNSEEN) {
            return;
        }
        // A path longer than the limit is an error anyway, so the stack never grows beyond it.
        int[] path = new int[MAX_DEPTH + 1];
        int[] progress = new int[MAX_DEPTH + 1];
        int top = 0;
        path[0] = root;
        depth[root] = OPEN;
        while (top >= 0) {
            int id = path[top];
            int child = contained(types.get(id), progress[top]);
            if (child < 0) {
                finish(id);
                top--;
                continue;
            }
            progress[top]++;
            if (depth[child] == OPEN) {
                throw error(child, "contains itself");
            }
            if (depth[child] == UNSEEN) {
                if (top == MAX_DEPTH) {
                    throw error(root, "is nested deeper than " + MAX_DEPTH + " types");
                }
                top++;
                path[top] = child;
                progress[top] = 0;
                depth[child] = OPEN;
            }
        }
    }

    /** The {@code index}-th type that a type contains, or -1 behind the last. */
    private static int contained(BtfType type, int index) {
        return switch (type) {
            case Array array -> index == 0 ? array.element() : -1;
            case Composite composite -> index < composite.members().size() ? composite.members().get(index).type() : -1;
            case DataSection section -> index < section.variables().size() ? section.variables().get(index).variable() : -1;
            case Typedef typedef -> index == 0 ? typedef.target() : -1;
            case Qualified qualified -> index == 0 ? qualified.target() : -1;
            case TypeTag tag -> index == 0 ? tag.target() : -1;
            case Variable variable -> index == 0 ? variable.type() : -1;
            case Nothing nothing -> -1;
            case Int number -> -1;
            case Pointer pointer -> -1;
            case Enumeration enumeration -> -1;
            case Forward forward -> -1;
            case Function function -> -1;
            case Prototype prototype -> -1;
            case Floating number -> -1;
            case DeclTag tag -> -1;
        };
    }

    private void finish(int id) throws LoadException {
        BtfType type = types.get(id);
        int deepest = 0;
        for (int i = 0, child; (child = contained(type, i)) >= 0; i++) {
            deepest = Math.max(deepest, depth[child]);
        }
        if (deepest >= MAX_DEPTH) {
            throw error(id, "is nested deeper than " + MAX_DEPTH + " types");
        }
        depth[id] = deepest + 1;
        size[id] = sizeOf(id, type);
    }

    private long sizeOf(int id, BtfType type) throws LoadException {
        return switch (type) {
            case Nothing nothing -> -1;
            case Int number -> number.size();
            case Pointer pointer -> 8;
            case Array array -> arraySize(id, array);
            case Composite composite -> checkMembers(id, composite);
            case Enumeration enumeration -> enumeration.size();
            case Forward forward -> -1;
            case Typedef typedef -> size[typedef.target()];
            case Qualified qualified -> size[qualified.target()];
            case TypeTag tag -> size[tag.target()];
            case Function function -> checkFunction(id, function);
            case Prototype prototype -> -1;
            case Variable variable -> size[variable.type()];
            case DataSection section -> checkVariables(id, section);
            case Floating number -> number.size();
            case DeclTag tag -> -1;
        };
    }

    private long arraySize(int id, Array array) throws LoadException {
        long element = size[array.element()];
        if (element < 0) {
            throw error(id, "is an array of type " + array.element() + ", which has no size");
        }
        long bytes = Math.multiplyHigh(element, array.count()) == 0 ? element * array.count() : -1;
        if (bytes < 0 || bytes > Long.MAX_VALUE / 8) {
            throw error(id, "is an array of " + array.count() + " elements of " + element + " bytes, which is too large");
        }
        return bytes;
    }

    private long checkMembers(int id, Composite composite) throws LoadException {
        for (Member member : composite.members()) {
            long bytes = size[member.type()];
            if (bytes < 0) {
                throw error(id, "has member " + member.name() + " of type " + member.type() + ", which has no size");
            }
            long bits = member.bits() != 0 ? member.bits() : bits(member.type(), bytes);
            if (member.bitOffset() + bits > composite.size() * 8) {
                throw error(id, "has member " + member.name() + " of " + bits + " bits at bit " + member.bitOffset() + ", but only "
                        + composite.size()
                        + " bytes");
            }
            if (member.bits() > 64 || member.bits() > bytes * 8) {
                throw error(id, "has bitfield " + member.name() + " of " + member.bits() + " bits in a type of " + bytes + " bytes");
            }
        }
        return composite.size();
    }

    /** Bits of a member that is no bitfield, or one in the old way: an integer with fewer bits than its bytes have. */
    private long bits(int type, long bytes) {
        int at = type;
        while (true) {
            switch (types.get(at)) {
                case Typedef typedef -> at = typedef.target();
                case Qualified qualified -> at = qualified.target();
                case TypeTag tag -> at = tag.target();
                case Int number -> {
                    return (long) number.offset() + number.bits();
                }
                case BtfType other -> {
                    return bytes * 8;
                }
            }
        }
    }

    private long checkFunction(int id, Function function) throws LoadException {
        if (!(types.get(function.prototype()) instanceof Prototype)) {
            throw error(id, "is a function whose prototype is type " + function.prototype() + ", which is none");
        }
        return -1;
    }

    private long checkVariables(int id, DataSection section) throws LoadException {
        for (Placed placed : section.variables()) {
            switch (types.get(placed.variable())) {
                case Variable variable -> {
                }
                case Function function -> {
                } // kfuncs in .ksyms
                default -> throw error(id, "is a section that lists type " + placed.variable()
                        + ", which is neither variable nor function");
            }
        }
        return section.size();
    }

    private LoadException error(int id, String what) {
        String name = types.get(id).name();
        return new LoadException(place + ": type " + id + (name.isEmpty() ? "" : " (" + name + ")") + " " + what);
    }
}
