// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;

/** Writes something in the place of one instruction of a class file, which takes and leaves on the operand stack what that one does. */
@FunctionalInterface
interface Rewrite {
    /** Writes what stands there instead. */
    void write(CodeBuilder code);

    /** Calls another method of the same type. */
    static Rewrite renamed(InvokeInstruction call, String name) {
        return code -> code.invoke(call.opcode(), call.owner().asSymbol(), name, call.typeSymbol(), call.isInterface());
    }

    /** Calls nothing: of a method that returns its receiver, or nothing. */
    static Rewrite dropped(InvokeInstruction call) {
        return code -> {
            List<ClassDesc> parameters = call.typeSymbol().parameterList();
            for (int i = parameters.size() - 1; i >= 0; i--) {
                pop(code, TypeKind.from(parameters.get(i)));
            }
            if (TypeKind.from(call.typeSymbol().returnType()) == TypeKind.VOID) {
                code.pop();
            }
        };
    }

    private static void pop(CodeBuilder code, TypeKind kind) {
        if (kind.slotSize() == 2) {
            code.pop2();
        } else {
            code.pop();
        }
    }

    /** Calls with one argument changed: the change finds it on the stack and leaves another one. */
    static Rewrite argument(InvokeInstruction call, int number, Consumer<CodeBuilder> change) {
        return code -> {
            MethodTypeDesc type = call.typeSymbol();
            int[] locals = new int[type.parameterCount()];
            for (int i = locals.length - 1; i > number; i--) {
                TypeKind kind = TypeKind.from(type.parameterType(i));
                locals[i] = code.allocateLocal(kind);
                code.storeLocal(kind, locals[i]);
            }
            change.accept(code);
            for (int i = number + 1; i < locals.length; i++) {
                code.loadLocal(TypeKind.from(type.parameterType(i)), locals[i]);
            }
            code.with(call);
        };
    }

    /** Calls with two neighbouring arguments of type {@code int} exchanged, of which the first one is named. */
    static Rewrite exchanged(InvokeInstruction call, int number) {
        return argument(call, number + 1, CodeBuilder::swap);
    }

    /** Changes the {@code int} that a call gives. */
    static Rewrite result(InvokeInstruction call, Consumer<CodeBuilder> change) {
        return code -> {
            code.with(call);
            change.accept(code);
        };
    }

    /** Changes some bits of the {@code int} on the stack. */
    static Consumer<CodeBuilder> bits(int bits) {
        return code -> code.loadConstant(bits).ixor();
    }

    /** Adds to the {@code int} on the stack. */
    static Consumer<CodeBuilder> more(int more) {
        return code -> code.loadConstant(more).iadd();
    }
}
