// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * HotSpot never compiles a method of 8,000 bytes of bytecode or more (HugeMethodLimit): such a method runs in its interpreter for
 * ever, several times slower, and nothing says so. So code that has to be fast is held below the limit here.
 */
class MethodSizeTest {
    /** HotSpot's HugeMethodLimit: the first size that is not compiled. */
    private static final int LIMIT = 8_000;

    /** Packages whose methods must all be compiled, sub-packages included. */
    static final List<String> FAST_PACKAGES = List.of("dev.bpf4j.interpreter", "dev.bpf4j.jit.nativecode", "dev.bpf4j.jit.x86_64",
            "dev.bpf4j.jit.arm64");

    @ParameterizedTest
    @FieldSource("FAST_PACKAGES")
    void everyMethodIsBelowTheLimit(String fastPackage) throws IOException {
        List<ClassModel> classes = classesOf(fastPackage);
        assertThat(classes).as("classes of %s on the class path", fastPackage).isNotEmpty();
        assertThat(classes.stream().flatMap(c -> tooLarge(c).stream()).toList()).isEmpty();
    }

    @Test
    void methodAtTheLimitIsFound() {
        assertThat(tooLarge(classWithMethodOf(LIMIT))).containsExactly("Seeded.large: 8000 bytes");
        assertThat(tooLarge(classWithMethodOf(LIMIT - 1))).isEmpty();
    }

    private static List<String> tooLarge(ClassModel type) {
        List<String> found = new ArrayList<>();
        for (MethodModel method : type.methods()) {
            int size = method.code().map(MethodSizeTest::length).orElse(0);
            if (size >= LIMIT) {
                found.add(type.thisClass().asInternalName() + "." + method.methodName().stringValue() + ": " + size + " bytes");
            }
        }
        return found;
    }

    private static int length(CodeModel code) {
        return ((CodeAttribute) code).codeLength();
    }

    /** A parsed class whose only method has exactly so many bytes of bytecode. */
    private static ClassModel classWithMethodOf(int size) {
        byte[] bytes = ClassFile.of().build(ClassDesc.of("Seeded"),
                c -> c.withMethodBody("large", MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_STATIC, code -> {
                    for (int i = 1; i < size; i++) {
                        code.nop();
                    }
                    code.return_();
                }));
        return ClassFile.of().parse(bytes);
    }

    /** All classes of a package and those below it, from wherever the class path has them: directories or jars. */
    private static List<ClassModel> classesOf(String packageName) throws IOException {
        String directory = packageName.replace('.', '/');
        List<ClassModel> classes = new ArrayList<>();
        for (URL place : Collections.list(MethodSizeTest.class.getClassLoader().getResources(directory))) {
            URI uri = uri(place);
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    addClasses(jar.getPath(directory), classes);
                }
            } else {
                addClasses(Path.of(uri), classes);
            }
        }
        return classes;
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addClasses(Path directory, List<ClassModel> classes) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(f -> f.toString().endsWith(".class")).map(MethodSizeTest::parse).forEach(classes::add);
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
