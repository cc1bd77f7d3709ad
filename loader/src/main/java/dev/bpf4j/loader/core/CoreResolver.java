// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.core;

import dev.bpf4j.loader.btf.Btf;
import dev.bpf4j.loader.btf.BtfExt.CoreRelocation;
import dev.bpf4j.loader.btf.BtfType;
import dev.bpf4j.loader.btf.BtfType.Int;
import dev.bpf4j.loader.btf.BtfType.Pointer;
import dev.bpf4j.loader.btf.CoreKind;
import dev.bpf4j.runtime.LoadException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers CO-RE relocations of one object. Without a target the object's own types answer, each type for itself: every field exists and stays
 * where the compiler saw it. Not thread-safe.
 */
public final class CoreResolver {
    private final Btf local;
    private final @Nullable Btf target;
    private final CoreMatcher matcher;
    /** Ids of the target's types by name without flavour. */
    private final Map<String, List<Integer>> candidates = new HashMap<>();
    private final Map<CoreRelocationKey, CoreAnswer> known = new HashMap<>();

    /** The question alone: many instructions ask the same. */
    private record CoreRelocationKey(int type, String access, CoreKind kind) {}

    /**
     * @param local  the object's types
     * @param target the kernel's types; null for the object's own
     */
    public CoreResolver(Btf local, @Nullable Btf target) {
        this.local = local;
        this.target = target;
        this.matcher = new CoreMatcher(local, target == null ? local : target);
        if (target != null) {
            for (int id = 1; id < target.count(); id++) {
                String name = target.type(id).name();
                if (!name.isEmpty()) {
                    candidates.computeIfAbsent(CoreMatcher.essential(name), key -> new ArrayList<>(1)).add(id);
                }
            }
        }
    }

    /**
     * Answers a relocation.
     *
     * @throws LoadException if the relocation does not fit the object's own types
     */
    public CoreAnswer resolve(CoreRelocation relocation) throws LoadException {
        CoreRelocationKey key = new CoreRelocationKey(relocation.type(), relocation.access(), relocation.kind());
        CoreAnswer answer = known.get(key);
        if (answer == null) {
            answer = answer(CoreSpec.parse(local, relocation));
            known.put(key, answer);
        }
        return answer;
    }

    private CoreAnswer answer(CoreSpec question) throws LoadException {
        CoreValue original = CoreValue.of(question);
        if (original.missing() != null) {
            return new CoreAnswer(question.toString(), 0, false, 0, 0, 0, false, original.missing());
        }
        if (target == null || question.kind() == CoreKind.TYPE_ID_LOCAL) {
            return combine(question, original, original, local);
        }
        List<CoreValue> values = new ArrayList<>();
        CoreSpec first = null;
        String name = CoreMatcher.essential(local.type(question.root()).name());
        if (name.isEmpty()) {
            throw question.error("a type without a name cannot be found in another kernel");
        }
        for (int id : candidates.getOrDefault(name, List.of())) {
            CoreSpec found = CoreTypes.sameKind(local.type(question.root()), target.type(id)) ? matcher.match(question, id) : null;
            if (found == null) {
                continue;
            }
            CoreValue value = CoreValue.of(found);
            if (first != null && (first.bitOffset() != found.bitOffset() || values.getFirst().value() != value.value())) {
                return new CoreAnswer(question.toString(), original.value(), original.exact(), 0, 0, 0, false, question
                        + " is ambiguous: types " + first.root() + " and " + id + " of the target answer differently");
            }
            first = first == null ? found : first;
            values.add(value);
        }
        return combine(question, original, values.isEmpty() ? CoreValue.absent(question) : values.getFirst(), target);
    }

    private CoreAnswer combine(CoreSpec question, CoreValue original, CoreValue value, Btf types) {
        boolean resizable = original.bytes() == value.bytes() || plain(local, original.type(), types, value.type());
        return new CoreAnswer(question.toString(), original.value(), original.exact(), value.value(), original.bytes(), value.bytes(),
                resizable, value
                        .missing());
    }

    /** A pointer of another width, or an integer without sign, is zero-extended by a load: its size may change. */
    private static boolean plain(Btf mine, int localId, Btf theirs, int targetId) {
        BtfType one = mine.resolve(localId);
        BtfType other = theirs.resolve(targetId);
        return one instanceof Pointer && other instanceof Pointer || one instanceof Int a && other instanceof Int b && !a.signed() && !b
                .signed();
    }
}
