// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Loads the classes of a backend's package and an engine itself, some of them from other class files, and all others as the engine's loader does. */
final class PackageAgain extends ClassLoader {
    private final String prefix;
    private final String engine;
    private final Map<String, byte[]> replaced;

    private PackageAgain(Class<?> backend, Class<?> engine, Map<String, byte[]> replaced) {
        super(engine.getClassLoader());
        this.prefix = backend.getPackageName() + ".";
        this.engine = engine.getName();
        this.replaced = Map.copyOf(replaced);
    }

    /**
     * An engine of another copy of a backend.
     *
     * @param backend  a class of the package
     * @param engine   the engine's class, in that package or over it, which has a constructor without parameters
     * @param replaced by the name of a class: its class file
     */
    static Engine engine(Class<?> backend, Class<? extends Engine> engine, Map<String, byte[]> replaced) {
        try {
            return (Engine) new PackageAgain(backend, engine, replaced).loadClass(engine.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(engine.getName() + " cannot be made", e);
        }
    }

    /** The class file of a class of an engine's package, which its loader has. */
    static byte[] classFile(Class<?> engine, String simpleName) {
        String name = engine.getPackageName() + "." + simpleName;
        byte[] file = classFile(engine.getClassLoader(), name);
        if (file.length == 0) {
            throw new IllegalStateException("there is no class " + name);
        }
        return file;
    }

    /** Nothing if there is none. */
    private static byte[] classFile(ClassLoader loader, String name) {
        try (InputStream file = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return file == null ? new byte[0] : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(prefix) && !name.equals(engine)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] own = replaced.get(name);
        byte[] code = own == null ? classFile(getParent(), name) : own;
        if (code.length == 0) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, code, 0, code.length);
    }
}
