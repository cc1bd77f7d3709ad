// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.bpf4j.cli.ExitCode;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The layers of the house (docs/design.md): who may know whom. A new module needs a constant in {@link Module}. */
class LayeringTest {
    private static final String ROOT = "dev.bpf4j";

    private static final JavaClasses ALL = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar!")).importPackages(ROOT);

    /** The modules, each with its directory and the modules that it may use. */
    enum Module {
        ISA("isa-spec"), RUNTIME("runtime", ISA), ANALYSIS("analysis", ISA, RUNTIME), JIT_JVM("jit-jvm", ISA, RUNTIME,
                ANALYSIS), JIT_NATIVECODE("jit-native", ISA, RUNTIME, ANALYSIS), JIT_X86_64(
                        "jit-x86_64", ISA, RUNTIME, ANALYSIS, JIT_NATIVECODE), JIT_ARM64("jit-arm64", ISA, RUNTIME, ANALYSIS,
                                JIT_NATIVECODE), EMULATION("emulation", ISA, RUNTIME, JIT_X86_64,
                                        JIT_NATIVECODE), LOADER(
                                                "loader", ISA, RUNTIME), INTERPRETER("interpreter", ISA, RUNTIME), VM("vm", ISA,
                                                        RUNTIME, LOADER), JUNIT("junit", RUNTIME, LOADER, VM), CONFORMANCE("conformance",
                                                                ISA, RUNTIME, LOADER), FUZZ("fuzz",
                                                                        ISA, RUNTIME, ANALYSIS,
                                                                        LOADER, INTERPRETER,
                                                                        CONFORMANCE), BENCH("bench", ISA, RUNTIME, LOADER, INTERPRETER,
                                                                                CONFORMANCE,
                                                                                FUZZ), CLI(
                                                                                        "cli", ISA, RUNTIME,
                                                                                        LOADER,
                                                                                        INTERPRETER, VM, CONFORMANCE, FUZZ, BENCH,
                                                                                        EMULATION);

        final String directory;
        final List<Module> mayUse;

        Module(String directory, Module... mayUse) {
            this.directory = directory;
            this.mayUse = List.of(mayUse);
        }

        String packages() {
            return rootPackage() + "..";
        }

        String rootPackage() {
            return ROOT + "." + name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
        }

        /** Whether this is where a class of the module was loaded from: its class directory or its jar. */
        boolean holds(String location) {
            return location.contains("/" + directory + "/target/classes/")
                    || location.matches(".*/bpf4j-" + directory + "-[0-9][^/]*\\.jar!/.*");
        }
    }

    @ParameterizedTest
    @EnumSource
    void moduleUsesOnlyTheLayersBelow(Module module) {
        layering(module).check(ALL);
    }

    private static ArchRule layering(Module module) {
        String[] allowed = Stream.concat(Stream.of(module), module.mayUse.stream()).map(Module::packages).toArray(String[]::new);
        DescribedPredicate<JavaClass> foreign = resideInAPackage(ROOT + "..").and(resideOutsideOfPackages(allowed))
                .as("in a module that %s may not use", module.directory);
        return noClasses().that().resideInAPackage(module.packages()).should().dependOnClassesThat(foreign);
    }

    /** Every module given a class that uses the command's exit codes: all but the command's own rule must notice. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLI")
    void seededViolationIsFound(Module module, @TempDir Path directory) throws IOException {
        ClassDesc seeded = ClassDesc.of(module.rootPackage(), "Seeded");
        Path file = directory.resolve("Seeded.class");
        ClassFile.of().buildTo(file, seeded, c -> c.withField("code", ClassDesc.of(ExitCode.class.getName()), ClassFile.ACC_STATIC));
        JavaClasses classes = new ClassFileImporter().importPath(file);
        assertThatThrownBy(() -> layering(module).check(classes)).isInstanceOf(AssertionError.class).hasMessageContaining("Seeded.code");
    }

    @Test
    void everyModuleIsSeen() {
        for (Module module : Module.values()) {
            assertThat(ALL.containPackage(module.rootPackage())).as("classes of %s on the class path", module.directory).isTrue();
        }
    }

    @Test
    void everyClassIsInTheModuleOfItsPackage() {
        List<String> astray = new ArrayList<>();
        for (JavaClass type : ALL) {
            String location = type.getSource().orElseThrow().getUri().toString().replace(File.separatorChar, '/');
            boolean home = Stream.of(Module.values())
                    .anyMatch(m -> resideInAPackage(m.packages()).test(type) && m.holds(location));
            if (!home) {
                astray.add(type.getName() + " from " + location);
            }
        }
        assertThat(astray).as("classes of no known module, or in the package of another").isEmpty();
    }

    @Test
    void noPackageIsADrawerForEverything() {
        Set<String> drawers = Set.of("util", "utils", "common", "impl", "internal", "misc");
        Set<String> found = new TreeSet<>();
        for (JavaClass type : ALL) {
            for (String part : type.getPackageName().split("\\.")) {
                if (drawers.contains(part)) {
                    found.add(type.getPackageName());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : ALL) {
            JavaPackage home = type.getPackage();
            boolean marked = home.tryGetPackageInfo().map(info -> info.isAnnotatedWith(NullMarked.class)).orElse(false);
            if (!marked) {
                unmarked.add(home.getName());
            }
        }
        assertThat(unmarked).as("packages without a package-info.java that says @NullMarked").isEmpty();
    }

    @Test
    void nobodyUsesUnsafe() {
        noClasses().should().dependOnClassesThat().haveFullyQualifiedName("sun.misc.Unsafe").check(ALL);
    }

    /** These engines must work without {@code --enable-native-access}: they call no method that Java restricts. */
    @ParameterizedTest
    @EnumSource(names = {"INTERPRETER", "JIT_JVM"})
    void portableEnginesCallNoRestrictedMethod(Module module) {
        noClasses().that().resideInAPackage(module.packages())
                .should().dependOnClassesThat().haveFullyQualifiedName("java.lang.foreign.Linker")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.foreign.SymbolLookup")
                .orShould().callMethodWhere(DescribedPredicate.describe("MemorySegment.reinterpret",
                        call -> call.getTargetOwner().getName().equals("java.lang.foreign.MemorySegment")
                                && call.getTarget().getName().equals("reinterpret")))
                .check(ALL);
    }

    @Test
    void isaSpecUsesNothingButJava() {
        classes().that().resideInAPackage(Module.ISA.packages()).should()
                .onlyDependOnClassesThat(resideInAPackage("java..").or(resideInAPackage(Module.ISA.packages()))
                        .or(resideInAPackage("org.jspecify.annotations..")).or(resideInAPackage("com.google.errorprone.annotations.."))
                        .or(DescribedPredicate.describe("arrays and primitives", type -> type.getPackageName().isEmpty())))
                .check(ALL);
    }
}
