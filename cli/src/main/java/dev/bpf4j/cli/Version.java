// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which bpf4j this is, and on what it runs. */
public final class Version {
    private Version() {
    }

    /** One line, for {@code --version} and for reports of errors. */
    static String text() {
        return "bpf4j " + number() + ", Java " + System.getProperty("java.runtime.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    /** The version of the build, from the resource that Maven fills in. */
    public static String number() {
        Properties properties = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
            if (resource == null) {
                throw new IllegalStateException("the resource version.properties is not in the jar");
            }
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
