// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.core;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfExt.CoreRelocation;
import dev.bpf4j.loader.btf.BtfType;
import dev.bpf4j.loader.btf.BtfType.Array;
import dev.bpf4j.loader.btf.BtfType.Composite;
import dev.bpf4j.loader.btf.BtfType.Enumeration;
import dev.bpf4j.loader.btf.BtfType.Member;
import dev.bpf4j.loader.btf.CoreKind;
import dev.bpf4j.runtime.LoadException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type and a path in it, in one set of types: {@code "0:1:3"} is the first element of what is pointed to, member 1 of it, member or element 3
 * of that. Members without a name lead on, but are no step of their own, since another kernel may have them elsewhere.
 */
final class CoreSpec {
    /** Longest path (libbpf, BPF_CORE_SPEC_MAX_LEN). */
    private static final int MAX_STEPS = 64;
    /** Kernel structures are far smaller; the limit keeps bit offsets far from overflow. */
    private static final long MAX_BITS = 1L << 40;

    private final Btf btf;
    private final CoreKind kind;
    private final int root;
    private final List<Step> steps = new ArrayList<>();
    private long bitOffset;

    /**
     * A step of a path.
     *
     * @param type  the type stepped into: for a member its structure, for an element the element's type
     * @param index of the member, element, or constant
     * @param name  of the member or constant; null for an element
     */
    record Step(int type, int index, @Nullable String name) {}

    CoreSpec(Btf btf, CoreKind kind, int root) {
        this.btf = btf;
        this.kind = kind;
        this.root = root;
    }

    /** Reads a relocation's path against the object's own types. */
    static CoreSpec parse(Btf btf, CoreRelocation relocation) throws LoadException {
        CoreSpec spec = new CoreSpec(btf, relocation.kind(), relocation.type());
        int[] path = spec.numbers(relocation.access());
        if (relocation.kind().field()) {
            spec.walk(path);
        } else if (relocation.kind().enumeration()) {
            spec.constant(path);
        } else if (path.length != 1 || path[0] != 0) {
            throw spec.error("path " + relocation.access() + ", expected 0 for a type");
        }
        return spec;
    }

    private int[] numbers(String access) throws LoadException {
        String[] parts = access.split(":", -1);
        if (parts.length > MAX_STEPS) {
            throw error("a path of " + parts.length + " steps, at most " + MAX_STEPS + " are possible");
        }
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() || parts[i].length() > 9 || !parts[i].chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw error("path \"" + access + "\", expected numbers with colons between them");
            }
            numbers[i] = Integer.parseInt(parts[i]);
        }
        return numbers;
    }

    private void constant(int[] path) throws LoadException {
        int id = btf.strip(root);
        if (path.length != 1 || !(btf.type(id) instanceof Enumeration enumeration) || path[0] >= enumeration.constants().size()) {
            throw error("is not a constant of an enumeration");
        }
        steps.add(new Step(id, path[0], enumeration.constants().get(path[0]).name()));
    }

    private void walk(int[] path) throws LoadException {
        int id = btf.strip(root);
        addElement(id, path[0]);
        for (int i = 1; i < path.length; i++) {
            id = stepInto(btf.strip(id), path[i]);
        }
    }

    /** One step into a structure or array; gives the type that it leads to. */
    private int stepInto(int id, int index) throws LoadException {
        switch (btf.type(id)) {
            case Composite composite when index < composite.members().size() -> {
                Member member = composite.members().get(index);
                if (member.name().isEmpty()) {
                    bitOffset += member.bitOffset();
                } else {
                    addMember(id, index, member);
                }
                return member.type();
            }
            case Array array when index < array.count() || flexible(array) -> {
                int element = btf.strip(array.element());
                addElement(element, index);
                return element;
            }
            case BtfType other -> throw error("the path takes step " + index + " in " + nameOf(id) + ", which does not exist");
        }
    }

    void addMember(int type, int index, Member member) {
        bitOffset += member.bitOffset();
        steps.add(new Step(type, index, member.name()));
    }

    void addElement(int type, int index) throws LoadException {
        long size = btf.size(type);
        if (size < 0 && index == 0) {
            size = 0;
        }
        if (size < 0 || size > MAX_BITS || index * size * 8 > MAX_BITS) {
            throw error("element " + index + " of type " + nameOf(type) + (size < 0 ? ", which has no size" : " lies too far away"));
        }
        bitOffset += index * size * 8;
        steps.add(new Step(type, index, null));
    }

    /** An array of any length at the end of a structure: count 0, or 1 in old code, as the last member. */
    boolean flexible(Array array) {
        Step last = steps.getLast();
        return array.count() <= 1 && last.name() != null && btf.type(last.type()) instanceof Composite composite && last
                .index() == composite.members()
                        .size() - 1;
    }

    Btf btf() {
        return btf;
    }

    CoreKind kind() {
        return kind;
    }

    int root() {
        return root;
    }

    List<Step> steps() {
        return steps;
    }

    long bitOffset() {
        return bitOffset;
    }

    /** Goes back to an earlier state, when a member turned out not to lead to what is looked for. */
    void reset(int length, long bits) {
        while (steps.size() > length) {
            steps.removeLast();
        }
        bitOffset = bits;
    }

    /** Passes through a member without a name. */
    void advance(long bits) {
        bitOffset += bits;
    }

    LoadException error(String what) {
        return new LoadException("CO-RE relocation " + kind + " of " + nameOf(root) + ": " + what);
    }

    private String nameOf(int id) {
        return name(btf, id);
    }

    static String name(Btf btf, int id) {
        BtfType type = btf.type(id);
        String name = type.name().isEmpty() ? "type " + id : type.name();
        return switch (type) {
            case Composite composite -> (composite.union() ? "union " : "struct ") + name;
            case Enumeration enumeration -> "enum " + name;
            case BtfType other -> name;
        };
    }

    /** The question for people: {@code struct task_struct.pid}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(nameOf(root));
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.name() != null) {
                text.append(kind.enumeration() ? "::" : ".").append(step.name());
            } else if (i > 0 || step.index() > 0) {
                text.append('[').append(step.index()).append(']');
            }
        }
        return text.toString();
    }
}
