// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.core;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfType;
import dev.bpf4j.loader.btf.BtfType.Array;
import dev.bpf4j.loader.btf.BtfType.Composite;
import dev.bpf4j.loader.btf.BtfType.Constant;
import dev.bpf4j.loader.btf.BtfType.DataSection;
import dev.bpf4j.loader.btf.BtfType.DeclTag;
import dev.bpf4j.loader.btf.BtfType.Enumeration;
import dev.bpf4j.loader.btf.BtfType.Floating;
import dev.bpf4j.loader.btf.BtfType.Forward;
import dev.bpf4j.loader.btf.BtfType.Function;
import dev.bpf4j.loader.btf.BtfType.Int;
import dev.bpf4j.loader.btf.BtfType.Member;
import dev.bpf4j.loader.btf.BtfType.Nothing;
import dev.bpf4j.loader.btf.BtfType.Pointer;
import dev.bpf4j.loader.btf.BtfType.Prototype;
import dev.bpf4j.loader.btf.BtfType.Qualified;
import dev.bpf4j.loader.btf.BtfType.TypeTag;
import dev.bpf4j.loader.btf.BtfType.Typedef;
import dev.bpf4j.loader.btf.BtfType.Variable;
import dev.bpf4j.runtime.LoadException;
import java.util.HashSet;
import java.util.Set;

/**
 * Compares whole types: {@link #compatible} for the questions whether a type exists and how large it is, where only the shape counts, and
 * {@link #match} for TYPE_MATCHES, where names, members and sizes count too.
 */
final class CoreTypes {
    /** Deepest comparison; libbpf stops at 32. */
    private static final int MAX_DEPTH = 32;

    private final Btf local;
    private final Btf target;
    private final Steps steps;

    /** Counts steps. */
    interface Steps {
        void take() throws LoadException;
    }

    CoreTypes(Btf local, Btf target, Steps steps) {
        this.local = local;
        this.target = target;
        this.steps = steps;
    }

    /** Whether two types are of kinds that may stand for each other. */
    static boolean sameKind(BtfType mine, BtfType other) {
        return mine.kind() == other.kind() || mine instanceof Enumeration && other instanceof Enumeration;
    }

    boolean compatible(int localId, int targetId) throws LoadException {
        return sameKind(local.type(localId), target.type(targetId)) && compatible(localId, targetId, MAX_DEPTH);
    }

    private boolean compatible(int localId, int targetId, int depth) throws LoadException {
        steps.take();
        if (depth == 0) {
            return false;
        }
        BtfType mine = local.resolve(localId);
        BtfType other = target.resolve(targetId);
        if (!sameKind(mine, other)) {
            return false;
        }
        return switch (mine) {
            case Nothing nothing -> true;
            case Composite composite -> true;
            case Enumeration enumeration -> true;
            case Forward forward -> true;
            case Int number -> other instanceof Int theirs && number.offset() == 0 && theirs.offset() == 0;
            case Pointer pointer -> other instanceof Pointer theirs && compatible(pointer.target(), theirs.target(), depth - 1);
            case Array array -> other instanceof Array theirs && compatible(array.element(), theirs.element(), depth - 1);
            case Prototype prototype -> other instanceof Prototype theirs && prototypesCompatible(prototype, theirs, depth);
            case Floating number -> false;
            case Typedef typedef -> false;
            case Qualified qualified -> false;
            case TypeTag tag -> false;
            case Function function -> false;
            case Variable variable -> false;
            case DataSection section -> false;
            case DeclTag tag -> false;
        };
    }

    private boolean prototypesCompatible(Prototype mine, Prototype theirs, int depth) throws LoadException {
        if (mine.parameters().size() != theirs.parameters().size()) {
            return false;
        }
        for (int i = 0; i < mine.parameters().size(); i++) {
            if (!compatible(mine.parameters().get(i).type(), theirs.parameters().get(i).type(), depth - 1)) {
                return false;
            }
        }
        return compatible(mine.result(), theirs.result(), depth - 1);
    }

    boolean match(int localId, int targetId) throws LoadException {
        return match(localId, targetId, false, MAX_DEPTH);
    }

    /** Behind a pointer a structure is only a name: its members do not count. */
    private boolean match(int localId, int targetId, boolean behindPointer, int depth) throws LoadException {
        steps.take();
        if (depth == 0) {
            return false;
        }
        BtfType mine = local.resolve(localId);
        BtfType other = target.resolve(targetId);
        if (!CoreMatcher.essential(mine.name()).equals(CoreMatcher.essential(other.name()))) {
            return false;
        }
        return switch (mine) {
            case Nothing nothing -> other instanceof Nothing;
            case Forward forward -> matchForward(forward, other, behindPointer);
            case Enumeration enumeration -> other instanceof Enumeration theirs && matchConstants(enumeration, theirs);
            case Composite composite when behindPointer -> other instanceof Composite theirs && composite.union() == theirs.union()
                    || other instanceof Forward forward && composite.union() == forward.union();
            case Composite composite -> other instanceof Composite theirs && composite.union() == theirs.union() && matchMembers(composite,
                    theirs, depth);
            case Int number -> other instanceof Int theirs && number.size() == theirs.size() && number.signed() == theirs.signed();
            case Pointer pointer -> other instanceof Pointer theirs && match(pointer.target(), theirs.target(), true, depth - 1);
            case Array array -> other instanceof Array theirs && array.count() == theirs.count() && match(array.element(), theirs.element(),
                    behindPointer, depth
                            - 1);
            case Prototype prototype -> other instanceof Prototype theirs && matchPrototypes(prototype, theirs, behindPointer, depth);
            case Floating number -> false;
            case Typedef typedef -> false;
            case Qualified qualified -> false;
            case TypeTag tag -> false;
            case Function function -> false;
            case Variable variable -> false;
            case DataSection section -> false;
            case DeclTag tag -> false;
        };
    }

    private static boolean matchForward(Forward mine, BtfType other, boolean behindPointer) {
        return other instanceof Forward theirs && mine.union() == theirs.union()
                || behindPointer && other instanceof Composite composite && composite.union() == mine.union();
    }

    private boolean matchConstants(Enumeration mine, Enumeration theirs) throws LoadException {
        Set<String> names = new HashSet<>();
        for (Constant constant : theirs.constants()) {
            steps.take();
            names.add(CoreMatcher.essential(constant.name()));
        }
        return mine.constants().size() <= theirs.constants().size() && mine.constants().stream().allMatch(constant -> names.contains(
                CoreMatcher.essential(
                        constant.name())));
    }

    private boolean matchMembers(Composite mine, Composite theirs, int depth) throws LoadException {
        if (mine.members().size() > theirs.members().size()) {
            return false;
        }
        for (Member member : mine.members()) {
            boolean found = false;
            for (Member candidate : theirs.members()) {
                steps.take();
                if (CoreMatcher.essential(member.name()).equals(CoreMatcher.essential(candidate.name())) && match(member.type(), candidate
                        .type(), false, depth
                                - 1)) {
                    found = true;
                    break;
                }
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private boolean matchPrototypes(Prototype mine, Prototype theirs, boolean behindPointer, int depth) throws LoadException {
        if (mine.parameters().size() != theirs.parameters().size()) {
            return false;
        }
        for (int i = 0; i < mine.parameters().size(); i++) {
            if (!match(mine.parameters().get(i).type(), theirs.parameters().get(i).type(), behindPointer, depth - 1)) {
                return false;
            }
        }
        return match(mine.result(), theirs.result(), behindPointer, depth - 1);
    }
}
