// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.runtime.Engine;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.util.Map;

/**
 * A backend with one instruction of one of its classes changed, so that it puts something wrong into the code that it makes.
 *
 * @param place   which instruction
 * @param fault   what is wrong
 * @param what    what is wrong there, in the words of the class
 * @param number  tells apart those that are alike in all that their name says
 * @param rewrite what stands there instead
 */
public record ClassMutant(Place place, Fault fault, String what, int number, Rewrite rewrite) implements Seeded {

    /**
     * An instruction of a backend.
     *
     * @param emitter the backend
     * @param type    simple name of the class
     * @param method  name of the method
     * @param index   the method's position in the class
     * @param element the instruction's position in the method's code
     */
    record Place(Emitters emitter, String type, String method, int index, int element) {}

    @Override
    public String name() {
        return place.type() + "." + place.method().replaceFirst("lambda\\$(.*)\\$[0-9]+", "$1") + " " + what + " " + number;
    }

    @Override
    public Engine engine() {
        Class<? extends Engine> backend = place.emitter().engine();
        ClassFile files = ClassFile.of();
        byte[] file = files.transformClass(files.parse(PackageAgain.classFile(backend, place.type())), transform());
        return PackageAgain.engine(backend, place.emitter().runner(), Map.of(backend.getPackageName() + "." + place.type(), file));
    }

    private ClassTransform transform() {
        int[] method = {-1};
        return (builder, element) -> {
            if (element instanceof MethodModel model && ++method[0] == place.index()) {
                builder.transformMethod(model, MethodTransform.transformingCode(changed()));
            } else {
                builder.with(element);
            }
        };
    }

    private CodeTransform changed() {
        return CodeTransform.ofStateful(() -> new CodeTransform() {
            private int at = -1;

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                if (++at == place.element()) {
                    rewrite.write(code);
                } else {
                    code.with(element);
                }
            }
        });
    }
}
