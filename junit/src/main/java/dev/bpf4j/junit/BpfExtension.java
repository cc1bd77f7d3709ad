// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.LoadOptions;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.vm.Vm;
import dev.bpf4j.vm.VmObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The JUnit extension: resolves parameters of type {@link BpfMachine}. A machine lives as long as its test. Registered by {@link BpfTest}, or
 * with more settings as a field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final BpfExtension BPF = BpfExtension.of("build/router.bpf.o").machine(builder -> builder.engine("interpreter").world(WORLD));
 * }</pre>
 *
 * <p>
 * Immutable.
 */
public final class BpfExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(BpfExtension.class);
    private static final String CLASSPATH = "classpath:";

    private final @Nullable String object;
    private final LoadOptions options;
    private final UnaryOperator<Vm.Builder> settings;

    /** For JUnit, which finds the object in {@link BpfTest}. */
    public BpfExtension() {
        this(null, LoadOptions.DEFAULT, UnaryOperator.identity());
    }

    private BpfExtension(@Nullable String object, LoadOptions options, UnaryOperator<Vm.Builder> settings) {
        this.object = object;
        this.options = options;
        this.settings = settings;
    }

    /**
     * An extension for an object.
     *
     * @param object a file, relative to the working directory of the tests, or {@code classpath:} and the name of a resource
     */
    public static BpfExtension of(String object) {
        return new BpfExtension(object, LoadOptions.DEFAULT, UnaryOperator.identity());
    }

    /** This extension with other settings of the machine: engine, limits, lanes, helpers, surroundings. */
    public BpfExtension machine(UnaryOperator<Vm.Builder> change) {
        return new BpfExtension(object, options, builder -> change.apply(settings.apply(builder)));
    }

    /** This extension with other things that the object is told: kernel configuration, capacities of maps, a target for CO-RE. */
    public BpfExtension object(UnaryOperator<LoadOptions> change) {
        return new BpfExtension(object, change.apply(options), settings);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BpfMachine.class;
    }

    @Override
    public BpfMachine resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(BpfMachine.class, key -> make(context), BpfMachine.class);
    }

    private BpfMachine make(ExtensionContext context) {
        String name = object;
        UnaryOperator<Vm.Builder> all = settings;
        if (name == null) {
            BpfTest test = AnnotationSupport.findAnnotation(context.getElement(), BpfTest.class).or(() -> AnnotationSupport.findAnnotation(
                    context.getTestClass(), BpfTest.class)).orElseThrow(() -> new ExtensionConfigurationException(
                            "no object to load: neither the test nor its class has @BpfTest"));
            name = test.value();
            all = builder -> settings.apply(builder.engine(test.engine()).lanes(test.lanes()));
        }
        return make(name, all, context.getRequiredTestClass());
    }

    /**
     * Makes a machine outside of JUnit's care, for whoever closes it.
     *
     * @param user the class whose class loader finds {@code classpath:} objects
     * @throws ExtensionConfigurationException if the object cannot be loaded, or none was given
     */
    public BpfMachine start(Class<?> user) {
        if (object == null) {
            throw new ExtensionConfigurationException("no object to load; make the extension with BpfExtension.of");
        }
        return make(object, settings, user);
    }

    private BpfMachine make(String name, UnaryOperator<Vm.Builder> all, Class<?> user) {
        BpfMachine.Records records = new BpfMachine.Records();
        Vm vm = all.apply(Vm.builder().trace(records::printed)).build();
        try {
            vm.onEvent(records::sent);
            VmObject loaded = vm.load(read(name, user));
            return new BpfMachine(vm, loaded, records);
        } catch (LoadException | IOException e) {
            vm.close();
            throw new ExtensionConfigurationException("the object " + name + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    private BpfObject read(String name, Class<?> user) throws LoadException, IOException {
        if (!name.startsWith(CLASSPATH)) {
            return BpfObject.load(Path.of(name), options);
        }
        String resource = name.substring(CLASSPATH.length());
        ClassLoader loader = user.getClassLoader();
        try (InputStream stream = loader.getResourceAsStream(resource.startsWith("/") ? resource.substring(1) : resource)) {
            if (stream == null) {
                throw new IOException("there is no such resource on the class path");
            }
            return BpfObject.parse(stream.readAllBytes(), name, options);
        }
    }
}
