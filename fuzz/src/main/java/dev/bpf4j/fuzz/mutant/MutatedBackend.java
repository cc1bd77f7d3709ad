// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.runtime.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A backend with another emitter, compiled in memory: its package loaded once more, with one class replaced. Not thread-safe. */
public final class MutatedBackend implements AutoCloseable {
    private final Class<? extends Engine> engine;
    private final JavaCompiler compiler;
    private final StandardJavaFileManager files;

    /**
     * A backend.
     *
     * @param engine its engine, which has a constructor without parameters
     * @throws IllegalStateException if this Java has no compiler
     */
    public MutatedBackend(Class<? extends Engine> engine) {
        this.engine = engine;
        this.compiler = Objects.requireNonNullElseGet(ToolProvider.getSystemJavaCompiler(), () -> {
            throw new IllegalStateException("mutants are compiled: a JDK is needed, this is a JRE");
        });
        this.files = compiler.getStandardFileManager(null, null, null);
    }

    /**
     * The engine of the backend with another source of a class of its package.
     *
     * @param name the class's simple name
     * @throws IllegalArgumentException if the source does not compile, with the first error
     */
    public Engine with(String name, String source) {
        Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
        DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
        String whole = engine.getPackageName() + "." + name;
        boolean good = compiler.getTask(null, new InMemory(files, compiled), errors, List.of("-proc:none", "-nowarn"), null, List.of(
                new Source(whole, source))).call();
        if (!good) {
            throw new IllegalArgumentException(whole + ": " + errors.getDiagnostics().stream().filter(diagnostic -> diagnostic
                    .getKind() == Diagnostic.Kind.ERROR).map(diagnostic -> diagnostic.getLineNumber() + ": " + diagnostic.getMessage(null))
                    .findFirst().orElse("does not compile"));
        }
        Map<String, byte[]> classFiles = new HashMap<>();
        compiled.forEach((type, file) -> classFiles.put(type, file.toByteArray()));
        return PackageAgain.engine(engine, engine, classFiles);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps what is compiled. */
    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> compiled;

        InMemory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> compiled) {
            super(files);
            this.compiled = compiled;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(JavaFileManager.Location location, String name, JavaFileObject.Kind kind,
                @Nullable FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return compiled.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
