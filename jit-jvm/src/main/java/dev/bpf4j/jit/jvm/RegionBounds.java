// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Origin;
import dev.bpf4j.analysis.Provenance;
import dev.bpf4j.analysis.Step;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Bounds of context and packet in local variables of a generated method: HotSpot would read fields again after every access, because the cold path of
 * an access is a call. The context stays where it is during a run; the packet may move in a helper, so its bounds are read again after calls.
 */
final class RegionBounds {
    private static final int[] SIZES = {1, 2, 4, 8};

    private final CodeBuilder code;
    private final Frame frame;
    private final List<Local> locals = new ArrayList<>();

    /**
     * A variable.
     *
     * @param field of {@link Run}, that it is a copy of
     * @param moves whether calls may change it
     */
    private record Local(String field, int variable, boolean moves) {}

    /** Variables for the regions that accesses of some blocks are expected in. */
    RegionBounds(CodeBuilder code, Frame frame, Provenance provenance, List<Step> steps) {
        this.code = code;
        this.frame = frame;
        if (steps.stream().anyMatch(step -> provenance.at(step.slot()) instanceof Origin.Context)) {
            allocate("context", false);
        }
        if (steps.stream().anyMatch(step -> provenance.at(step.slot()) instanceof Origin.Packet)) {
            allocate("packet", true);
        }
    }

    private void allocate(String region, boolean moves) {
        locals.add(new Local(region + "Base", code.allocateLocal(TypeKind.LONG), moves));
        for (int size : SIZES) {
            locals.add(new Local(region + "Limit" + size, code.allocateLocal(TypeKind.LONG), moves));
        }
    }

    /** Reads all bounds: at the start of the method. */
    void load() {
        locals.forEach(this::load);
    }

    /** Reads those again that a call may have changed. */
    void reload() {
        locals.stream().filter(Local::moves).forEach(this::load);
    }

    private void load(Local local) {
        frame.pushRun();
        code.getfield(Names.RUN, local.field(), Names.LONG).lstore(local.variable());
    }

    /** Pushes a field of {@link Run}, from its variable if it has one. */
    void push(String field) {
        for (Local local : locals) {
            if (local.field().equals(field)) {
                code.lload(local.variable());
                return;
            }
        }
        frame.pushRun();
        code.getfield(Names.RUN, field, Names.LONG);
    }
}
