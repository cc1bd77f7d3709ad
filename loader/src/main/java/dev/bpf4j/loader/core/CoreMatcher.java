// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.core;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfType;
import dev.bpf4j.loader.btf.BtfType.Array;
import dev.bpf4j.loader.btf.BtfType.Composite;
import dev.bpf4j.loader.btf.BtfType.Constant;
import dev.bpf4j.loader.btf.BtfType.Enumeration;
import dev.bpf4j.loader.btf.BtfType.Floating;
import dev.bpf4j.loader.btf.BtfType.Forward;
import dev.bpf4j.loader.btf.BtfType.Int;
import dev.bpf4j.loader.btf.BtfType.Member;
import dev.bpf4j.loader.btf.BtfType.Pointer;
import dev.bpf4j.loader.btf.CoreKind;
import dev.bpf4j.runtime.LoadException;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a type of the target what a path means in a type of the object.
 *
 * <p>
 * Types without names may stand in each other so often that a full search takes for ever; the number of steps is limited, which a valid object
 * never meets.
 */
final class CoreMatcher {
    /** Steps of all matching for one object: far more than the largest published objects take against a whole kernel. */
    private static final long MAX_STEPS = 50_000_000;

    private final Btf local;
    private final Btf target;
    private final CoreTypes types;
    private long left = MAX_STEPS;

    CoreMatcher(Btf local, Btf target) {
        this.local = local;
        this.target = target;
        this.types = new CoreTypes(local, target, this::step);
    }

    /** The name without its flavour: what stands before the last {@code ___}, if something stands on both sides of it. */
    static String essential(String name) {
        for (int i = name.length() - 5; i >= 0; i--) {
            if (name.startsWith("___", i + 1) && name.charAt(i) != '_' && name.charAt(i + 4) != '_') {
                return name.substring(0, i + 1);
            }
        }
        return name;
    }

    private void step() throws LoadException {
        if (--left < 0) {
            throw new LoadException("CO-RE relocations of this object take more than " + MAX_STEPS + " steps to match");
        }
    }

    /** The target's counterpart of a question, in the type with the given id; null if it does not have it. */
    @Nullable
    CoreSpec match(CoreSpec question, int id) throws LoadException {
        step();
        CoreSpec found = new CoreSpec(target, question.kind(), id);
        if (question.kind().field()) {
            return fields(question, found, id) ? found : null;
        }
        if (question.kind().enumeration()) {
            return constant(question, found, target.strip(id)) ? found : null;
        }
        boolean fits = question.kind() == CoreKind.TYPE_MATCHES ? types.match(question.root(), id) : types.compatible(question.root(), id);
        return fits ? found : null;
    }

    private boolean constant(CoreSpec question, CoreSpec found, int id) throws LoadException {
        if (!(target.type(id) instanceof Enumeration enumeration)) {
            return false;
        }
        String wanted = essential(String.valueOf(question.steps().getLast().name()));
        for (int i = 0; i < enumeration.constants().size(); i++) {
            step();
            Constant constant = enumeration.constants().get(i);
            if (essential(constant.name()).equals(wanted)) {
                found.steps().add(new CoreSpec.Step(id, i, constant.name()));
                return true;
            }
        }
        return false;
    }

    private boolean fields(CoreSpec question, CoreSpec found, int root) throws LoadException {
        int id = root;
        for (int i = 0; i < question.steps().size(); i++) {
            CoreSpec.Step step = question.steps().get(i);
            id = target.strip(id);
            if (step.name() != null) {
                int member = member(step, found, id);
                if (member < 0) {
                    return false;
                }
                id = member;
                continue;
            }
            // Step 0 stands for an array of the root type itself.
            if (i > 0) {
                if (!(target.type(id) instanceof Array array) || step.index() >= array.count() && !found.flexible(array)) {
                    return false;
                }
                id = target.strip(array.element());
            }
            found.addElement(id, step.index());
        }
        return true;
    }

    /** Steps to the member with the same name, also inside of members without names; gives its type, or -1. */
    private int member(CoreSpec.Step wanted, CoreSpec found, int id) throws LoadException {
        if (!(target.type(id) instanceof Composite composite) || !(local.type(wanted.type()) instanceof Composite original)) {
            return -1;
        }
        int wantedType = original.members().get(wanted.index()).type();
        for (int i = 0; i < composite.members().size(); i++) {
            step();
            Member member = composite.members().get(i);
            if (member.name().isEmpty()) {
                int length = found.steps().size();
                long bits = found.bitOffset();
                found.advance(member.bitOffset());
                int inside = member(wanted, found, target.strip(member.type()));
                if (inside >= 0) {
                    return inside;
                }
                found.reset(length, bits);
            } else if (member.name().equals(wanted.name())) {
                if (!fieldsCompatible(wantedType, member.type())) {
                    return -1;
                }
                found.addMember(id, i, member);
                return member.type();
            }
        }
        return -1;
    }

    /** Whether a field of one type may be read where one of the other type was: structures with each other, integers of any size, … */
    private boolean fieldsCompatible(int localId, int targetId) throws LoadException {
        step();
        BtfType mine = local.resolve(localId);
        BtfType other = target.resolve(targetId);
        return switch (mine) {
            case Composite composite -> other instanceof Composite;
            case Pointer pointer -> other instanceof Pointer;
            case Floating number -> other instanceof Floating;
            case Forward forward -> other instanceof Forward && sameOrNoName(mine, other);
            case Enumeration enumeration -> other instanceof Enumeration && sameOrNoName(mine, other);
            case Int number -> other instanceof Int theirs && number.offset() == 0 && theirs.offset() == 0;
            case Array array -> other instanceof Array theirs && fieldsCompatible(array.element(), theirs.element());
            case BtfType.Nothing nothing -> false;
            case BtfType.Typedef typedef -> false;
            case BtfType.Qualified qualified -> false;
            case BtfType.TypeTag tag -> false;
            case BtfType.Function function -> false;
            case BtfType.Prototype prototype -> false;
            case BtfType.Variable variable -> false;
            case BtfType.DataSection section -> false;
            case BtfType.DeclTag tag -> false;
        };
    }

    private static boolean sameOrNoName(BtfType mine, BtfType other) {
        return mine.name().isEmpty() || other.name().isEmpty() || essential(mine.name()).equals(essential(other.name()));
    }
}
