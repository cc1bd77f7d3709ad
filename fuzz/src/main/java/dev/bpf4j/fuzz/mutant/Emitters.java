// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.ClassMutant.Place;
import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.runtime.Engine;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** Backends whose emitters are mutated, by changing their class files: what they emit is wrong in one way wherever they emit it. */
public enum Emitters {
    /** Operators to bytecode. */
    JVM("jvm", "jvm", List.of("Expressions", "Memory", "Memory$Cell", "RegisterFile", "Frame")),
    /** What is put into the bytes of x86-64 instructions, and the sequences that are written by hand. */
    X86_64("x86-64", "x86-64-unicorn", List.of("Encoder", "X86Jumps", "Arithmetic", "Lowering", "Compiler")),
    /** What is put into the words of A64 instructions, and the sequences that are written by hand. */
    ARM64("arm64", "arm64", List.of("Encoder", "A64Jumps", "Arithmetic", "Lowering", "Policies", "RegionRegisters", "Compiler"));

    private final String engineName;
    private final String emulatedName;
    private final List<String> types;

    Emitters(String engineName, String emulatedName, List<String> types) {
        this.engineName = engineName;
        this.emulatedName = emulatedName;
        this.types = types;
    }

    /** What can be wrong at an instruction of a class. */
    record Site(Fault fault, String what, Rewrite rewrite) {}

    /** The engine's name. */
    public String engineName() {
        return engineName;
    }

    /**
     * The engine's class.
     *
     * @throws IllegalStateException if it is not there
     */
    Class<? extends Engine> engine() {
        return named(engineName).orElseThrow(() -> new IllegalStateException("there is no engine " + engineName)).getClass();
    }

    private static Optional<Engine> named(String name) {
        return ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(engine -> engine.name().equals(name))
                .findFirst();
    }

    /** The same machine code in emulation, where nothing that it does ends the process, if there is such an engine and it works here. */
    private Optional<Engine> emulation() {
        return named(emulatedName).filter(engine -> !emulatedName.equals(engineName) && engine.unavailable().isEmpty());
    }

    /** Whether what is emitted runs on this processor as it is, and may have written anywhere. */
    boolean unprotected() {
        return this == X86_64 && emulation().isEmpty();
    }

    /** The class of the engine that mutants run in. */
    Class<? extends Engine> runner() {
        Optional<Engine> emulation = emulation();
        return emulation.isPresent() ? emulation.get().getClass() : engine();
    }

    /** Why mutants cannot be run here; empty if they can. */
    Optional<String> unavailable() {
        return emulation().isPresent() ? Optional.empty() : named(engineName).flatMap(Engine::unavailable);
    }

    /** All mutants, in the order of the classes' instructions. */
    public List<ClassMutant> mutants() {
        List<ClassMutant> all = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        Set<String> called = this == JVM ? Set.of() : MachineFaults.formsCalled(engine(), types);
        for (String type : types) {
            List<MethodModel> methods = ClassFile.of().parse(PackageAgain.classFile(engine(), type)).methods();
            for (int index = 0; index < methods.size(); index++) {
                String method = methods.get(index).methodName().stringValue();
                if (type.equals("Encoder") && !called.contains(method)) {
                    continue;
                }
                List<CodeElement> elements = methods.get(index).code().map(code -> code.elementList()).orElse(List.of());
                for (int at = 0; at < elements.size(); at++) {
                    for (Site site : sites(type, method, elements, at)) {
                        String key = type + method + site.what();
                        int number = numbers.merge(key, 1, Integer::sum) - 1;
                        all.add(new ClassMutant(new Place(this, type, method, index, at), site.fault(), site.what(), number, site
                                .rewrite()));
                    }
                }
            }
        }
        return unique(all);
    }

    private List<Site> sites(String type, String method, List<CodeElement> elements, int at) {
        return switch (this) {
            case JVM -> JvmFaults.of(type, method, elements.get(at));
            case X86_64 -> type.equals("Encoder") ? X86Faults.of(method, elements, at) : MachineFaults.of(elements.get(at));
            case ARM64 -> type.equals("Encoder") ? A64Faults.of(method, elements.get(at)) : MachineFaults.of(elements.get(at));
        };
    }

    /** Gives numbers to mutants whose names are alike, which lambdas of a method can be. */
    private static List<ClassMutant> unique(List<ClassMutant> all) {
        Set<String> names = new HashSet<>();
        List<ClassMutant> unique = new ArrayList<>();
        for (ClassMutant mutant : all) {
            ClassMutant one = mutant;
            while (!names.add(one.name())) {
                one = new ClassMutant(one.place(), one.fault(), one.what(), one.number() + 1, one.rewrite());
            }
            unique.add(one);
        }
        return unique;
    }
}
