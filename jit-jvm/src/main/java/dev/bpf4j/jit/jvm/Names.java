// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Names of classes and method types that generated code refers to. */
final class Names {
    static final ClassDesc GENERATED = ClassDesc.of("dev.bpf4j.jit.jvm.Generated");
    static final ClassDesc CODE = of(Code.class);
    static final ClassDesc RUN = of(Run.class);
    static final ClassDesc CALLS = of(Calls.class);
    static final ClassDesc ACCESSES = of(Accesses.class);
    static final ClassDesc LAYOUTS = of(Layouts.class);
    static final ClassDesc ENDED = of(Ended.class);
    static final ClassDesc FORM = of(Form.class);
    static final ClassDesc SEGMENT = of(MemorySegment.class);
    static final ClassDesc LONG_BOX = of(Long.class);
    static final ClassDesc INT_BOX = of(Integer.class);
    static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();
    static final ClassDesc LONG = ConstantDescs.CD_long;
    static final ClassDesc INT = ConstantDescs.CD_int;
    static final ClassDesc BOOLEAN = ConstantDescs.CD_boolean;
    static final ClassDesc VOID = ConstantDescs.CD_void;

    /** Type of {@link Code#call}. */
    static final MethodTypeDesc CALL = MethodTypeDesc.of(LONG, RUN, LONGS, LONG, INT);
    /** Type of {@link Code#part}, and of each part. */
    static final MethodTypeDesc PART = MethodTypeDesc.of(INT, RUN, LONGS, INT);

    private Names() {
    }

    static ClassDesc of(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /** A method type with some longs in the middle. */
    static MethodTypeDesc type(ClassDesc result, List<ClassDesc> before, int longs, List<ClassDesc> after) {
        List<ClassDesc> all = new ArrayList<>(before);
        all.addAll(Collections.nCopies(longs, LONG));
        all.addAll(after);
        return MethodTypeDesc.of(result, all);
    }
}
