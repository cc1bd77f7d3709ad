// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import java.lang.classfile.TypeKind;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.helper.Helper;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A class being generated: static methods for functions and parts, the methods of {@link Code} that lead to them from outside, and static final
 * fields for the objects that the code uses, which makes them constants to the JVM's compilers.
 */
final class GeneratedClass {
    /** The field with the guest space. */
    static final String MEMORY = "MEMORY";
    private static final int RUN = 1;
    private static final int REGISTERS = 2;

    private final Compilation compilation;
    private final int index;
    private final List<Unit> functions = new ArrayList<>();
    private final List<Unit> parts = new ArrayList<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private int weight;

    private record Unit(Shape shape, Parts.Part part) {}

    private record Constant(ClassDesc type, Object value) {}

    GeneratedClass(Compilation compilation, int index) {
        this.compilation = compilation;
        this.index = index;
        constants.put(MEMORY, new Constant(Names.SEGMENT, compilation.program().machine().memory().segment()));
    }

    int index() {
        return index;
    }

    boolean takes(int more) {
        return weight + more <= Tuning.CLASS_WEIGHT && parts.size() < Parts.methodsPerClass() && functions.size() < Tuning.CLASS_FUNCTIONS;
    }

    void add(int more) {
        weight += more;
    }

    /** Puts a function here; of one in parts, the method that starts it. */
    void function(Shape shape, Parts.Part first) {
        functions.add(new Unit(shape, first));
    }

    /** Puts a part here; gives its number. */
    int part(Shape shape, Parts.Part part) {
        parts.add(new Unit(shape, part));
        return parts.size() - 1;
    }

    /** The field with a helper's function. */
    String helper(Helper helper) {
        String name = "HELPER_" + helper.id();
        HelperFunction function = Objects.requireNonNull(helper.function(), helper::name);
        constants.putIfAbsent(name, new Constant(Names.of(HelperFunction.class), function));
        return name;
    }

    /** The objects for the static fields, to be given to the class when it is defined; after {@link #bytes()}. */
    List<Object> constants() {
        return constants.values().stream().map(Constant::value).toList();
    }

    /** The first slot of what a method holds; null if it is none for functions or parts of them. */
    @Nullable
    Integer firstSlot(String method) {
        for (Unit unit : functions) {
            if (method.equals(unit.shape().name())) {
                return unit.shape().graph().start();
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            if (method.equals("p" + i)) {
                Unit unit = parts.get(i);
                return unit.shape().graph().blocks().get(unit.part().blocks().getFirst()).first();
            }
        }
        return null;
    }

    // ---- the class file ----

    /** The class file. */
    byte[] bytes() {
        return ClassFile.of().build(Names.GENERATED, this::write);
    }

    /** The size in bytes of a class file's largest method. */
    static int largestMethod(byte[] bytes) {
        int largest = 0;
        for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
            CodeModel code = method.code().orElseThrow();
            largest = Math.max(largest, ((CodeAttribute) code).codeLength());
        }
        return largest;
    }

    /** Accesses to guest memory of the method that has most. */
    static int mostAccesses(byte[] bytes) {
        int most = 0;
        for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
            CodeModel code = method.code().orElseThrow();
            most = Math.max(most, (int) code.elementStream().filter(GeneratedClass::accesses).count());
        }
        return most;
    }

    private static boolean accesses(CodeElement element) {
        return element instanceof InvokeInstruction call && (call.owner().asSymbol().equals(Names.SEGMENT)
                || call.owner().asSymbol().equals(ConstantDescs.CD_VarHandle));
    }

    private void write(ClassBuilder type) {
        type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withSuperclass(Names.CODE);
        type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, code -> code.aload(0).invokespecial(Names.CODE,
                ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
        type.withMethodBody("call", Names.CALL, ClassFile.ACC_FINAL, this::writeCall);
        type.withMethodBody("part", Names.PART, ClassFile.ACC_FINAL, this::writePart);
        for (Unit unit : functions) {
            type.withMethodBody(unit.shape().name(), unit.shape().type(), ClassFile.ACC_STATIC, code -> {
                if (unit.part().whole()) {
                    new Method(code, compilation, this, unit.shape(), unit.part()).write();
                } else {
                    writeDriver(code, unit.shape());
                }
            });
        }
        for (int i = 0; i < parts.size(); i++) {
            Unit unit = parts.get(i);
            type.withMethodBody("p" + i, Names.PART, ClassFile.ACC_STATIC, code -> new Method(code, compilation, this, unit.shape(), unit
                    .part()).write());
        }
        constants.forEach((name, constant) -> type.withField(name, constant.type(), ClassFile.ACC_STATIC | ClassFile.ACC_FINAL
                | ClassFile.ACC_PRIVATE));
        type.withMethodBody(ConstantDescs.CLASS_INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_STATIC, this::writeInitializer);
    }

    /** Takes the constants out of the class data. */
    private void writeInitializer(CodeBuilder code) {
        ClassDesc handles = Names.of(MethodHandles.class);
        ClassDesc lookup = Names.of(MethodHandles.Lookup.class);
        ClassDesc list = ConstantDescs.CD_List;
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.invokestatic(handles, "lookup", MethodTypeDesc.of(lookup)).ldc(ConstantDescs.DEFAULT_NAME).ldc(list);
        code.invokestatic(handles, "classData", MethodTypeDesc.of(ConstantDescs.CD_Object, lookup, ConstantDescs.CD_String,
                ConstantDescs.CD_Class)).checkcast(list).astore(local);
        int position = 0;
        for (Map.Entry<String, Constant> entry : constants.entrySet()) {
            ClassDesc type = entry.getValue().type();
            code.aload(local).loadConstant(position++).invokeinterface(list, "get", MethodTypeDesc.of(ConstantDescs.CD_Object, Names.INT));
            code.checkcast(type).putstatic(Names.GENERATED, entry.getKey(), type);
        }
        code.return_();
    }

    /** Leads from {@link Code#call} to the functions of this class. */
    private void writeCall(CodeBuilder code) {
        writeSwitch(code, 5, functions.stream().map(unit -> unit.shape().index()).toList(), position -> {
            Shape shape = functions.get(position).shape();
            code.aload(RUN);
            for (int register = 0; register < Shape.registers(); register++) {
                if (shape.reads(register)) {
                    code.aload(REGISTERS).loadConstant(register).laload();
                }
            }
            code.lload(3);
            if (shape.routine()) {
                code.aload(RUN).getfield(Names.RUN, "routinePc", Names.INT);
            }
            code.invokestatic(Names.GENERATED, shape.name(), shape.type()).lreturn();
        });
    }

    /** Leads from {@link Code#part} to the parts in this class. */
    private void writePart(CodeBuilder code) {
        int entry = 3;
        int method = code.allocateLocal(TypeKind.INT);
        code.iload(entry).loadConstant(Parts.entry(0, 1, 0)).idiv().loadConstant(Parts.methodsPerClass() - 1).iand().istore(method);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            numbers.add(i);
        }
        writeSwitch(code, method, numbers, position -> {
            code.aload(RUN).aload(REGISTERS).iload(entry).loadConstant(Parts.entry(0, 1, 0) - 1).iand();
            code.invokestatic(Names.GENERATED, "p" + position, Names.PART).ireturn();
        });
    }

    private interface Case {
        void write(int position);
    }

    /** A switch over ascending numbers; there is no other way out than the cases. */
    private static void writeSwitch(CodeBuilder code, int local, List<Integer> numbers, Case writer) {
        Label unknown = code.newLabel();
        List<SwitchCase> cases = numbers.stream().map(number -> SwitchCase.of(number, code.newLabel())).toList();
        if (cases.isEmpty()) {
            code.goto_(unknown);
        } else {
            code.iload(local).tableswitch(numbers.getFirst(), numbers.getLast(), unknown, cases);
        }
        for (int i = 0; i < cases.size(); i++) {
            code.labelBinding(cases.get(i).target());
            writer.write(i);
        }
        ClassDesc error = Names.of(IllegalStateException.class);
        code.labelBinding(unknown).new_(error).dup().invokespecial(error, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).athrow();
    }

    /** A function in parts: puts what it is given into an array and starts with the first part. */
    private void writeDriver(CodeBuilder code, Shape shape) {
        int array = code.allocateLocal(TypeKind.REFERENCE);
        code.loadConstant(Parts.ARRAY).newarray(TypeKind.LONG).astore(array);
        int local = 1;
        for (int register = 0; register < Shape.registers(); register++) {
            if (shape.reads(register)) {
                code.aload(array).loadConstant(register).lload(local).lastore();
                local += 2;
            }
        }
        code.aload(array).loadConstant(Frame.STACK_POINTER).lload(local).lastore();
        code.aload(array).loadConstant(Parts.ITERATIONS).loadConstant(compilation.mayGoto()).lastore();
        if (shape.routine()) {
            code.aload(array).loadConstant(Parts.CALL).iload(local + 2).i2l().lastore();
        }
        code.aload(0).aload(array).loadConstant(compilation.entry(shape.index(), 0));
        code.invokestatic(Names.CALLS, "drive", MethodTypeDesc.of(Names.VOID, Names.RUN, Names.LONGS, Names.INT));
        code.aload(array).iconst_0().laload().lreturn();
    }
}
