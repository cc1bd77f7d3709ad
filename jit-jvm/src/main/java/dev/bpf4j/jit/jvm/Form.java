// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Functions;
import dev.bpf4j.runtime.LinkedProgram;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A program compiled in one of its two forms: the observed one leaves r0 to r9 in {@link Run#registers} at the end, the other one only returns
 * r0. Immutable and thread-safe; its classes go when it does.
 */
final class Form {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final JvmEngine engine;
    private final LinkedProgram program;
    private final boolean observed;
    private final boolean passesRegisters;
    private final Code[] classes;
    private final int[] classOf;
    private final Map<Integer, Integer> entriesBySlot;
    private final Functions functions;
    private final int largestMethod;
    private final VisibleStack stack;

    private Form(JvmEngine engine, Compilation compilation, Code[] classes, int largestMethod) {
        this.engine = engine;
        this.largestMethod = largestMethod;
        this.stack = VisibleStack.of(compilation.functions());
        this.program = compilation.program();
        this.observed = compilation.observed();
        this.passesRegisters = compilation.passesRegisters();
        this.functions = compilation.functions();
        this.classes = classes;
        this.classOf = new int[functions.graphs().size()];
        Arrays.setAll(classOf, compilation::classOf);
        this.entriesBySlot = compilation.entriesBySlot();
    }

    /** A compilation whose methods HotSpot will compile, and its class files. */
    record Files(Compilation compilation, List<byte[]> files, int largestMethod) {
        /**
         * Cuts a program into methods that are small enough, and writes them.
         *
         * @param slots whether the slots of instructions are to be put in as line numbers
         */
        static Files of(Functions functions, boolean observed, boolean slots) {
            int limit = Tuning.FIRST_WEIGHT;
            while (true) {
                Compilation compilation = new Compilation(functions, observed, slots, limit);
                List<byte[]> files = compilation.classes().stream().map(GeneratedClass::bytes).toList();
                int largest = files.stream().mapToInt(GeneratedClass::largestMethod).max().orElseThrow();
                int accesses = files.stream().mapToInt(GeneratedClass::mostAccesses).max().orElseThrow();
                boolean fits = largest < Tuning.HUGE_METHOD && accesses <= Tuning.METHOD_ACCESSES;
                if (fits || limit < Tuning.METHOD_WEIGHT / 8) {
                    return new Files(compilation, files, largest);
                }
                limit = limit * 2 / 3;
            }
        }
    }

    /** Compiles a program. */
    static Form compile(JvmEngine engine, Functions functions, boolean observed) {
        Files files = Files.of(functions, observed, false);
        return new Form(engine, files.compilation(), define(files.compilation(), files.files()), files.largestMethod());
    }

    private static Code[] define(Compilation compilation, List<byte[]> files) {
        Code[] classes = new Code[files.size()];
        for (int i = 0; i < classes.length; i++) {
            List<Object> constants = compilation.classes().get(i).constants();
            try {
                MethodHandles.Lookup hidden = LOOKUP.defineHiddenClassWithClassData(files.get(i), constants, true);
                classes[i] = (Code) hidden.lookupClass().getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the generated class was refused", e);
            }
        }
        return classes;
    }

    /** How much of the stack a run has to clear. */
    VisibleStack stack() {
        return stack;
    }

    /** Bytes of the largest method. */
    int largestMethod() {
        return largestMethod;
    }

    JvmEngine engine() {
        return engine;
    }

    LinkedProgram program() {
        return program;
    }

    /** Whether this form leaves r0 to r9 at the end. */
    boolean observed() {
        return observed;
    }

    /** Whether some caller reads r1 to r5 after a function, so that a program that goes on in its place must leave them. */
    boolean passesRegisters() {
        return passesRegisters;
    }

    /** The position of the function that starts at a slot. */
    int functionAt(int slot) {
        return functions.at(slot);
    }

    /** Runs main. */
    long main(Run run, long[] registers, long r10) {
        run.form = this;
        return classes[0].call(run, registers, r10, 0);
    }

    /** Calls a function by its position. */
    long call(Run run, int function, long[] registers, long r10) {
        return classes[classOf[function]].call(run, registers, r10, function);
    }

    /** Runs a part of a function. */
    int part(Run run, long[] registers, int entry) {
        return classes[Parts.classOf(entry)].part(run, registers, entry);
    }

    /** The entry of the block that starts at a slot, which an indirect jump goes to. */
    int entryAt(int slot) {
        Integer entry = entriesBySlot.get(slot);
        if (entry == null) {
            throw new IllegalStateException("slot " + slot + " is no entry");
        }
        return entry;
    }
}
