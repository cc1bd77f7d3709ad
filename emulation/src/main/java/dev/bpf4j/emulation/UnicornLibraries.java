// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The libraries that this host has: the one in the jar {@code unidbg-unicorn2}, which knows ARM only, and one that is installed, which usually
 * knows all. Each is opened when it is first asked for, and stays open. Thread-safe.
 */
public final class UnicornLibraries {
    private static final List<String> INSTALLED = List.of("libunicorn.so.2", "libunicorn.so", "libunicorn.2.dylib", "libunicorn.dylib",
            "unicorn.dll");
    private static final String JAR = "the jar unidbg-unicorn2";
    /** How to get one that knows all architectures. */
    private static final String REMEDY = "install Unicorn 2 (Debian: apt install libunicorn2)";

    /** A library, or why there is none. */
    private record Found(@Nullable Unicorn unicorn, String reason) {}

    private static final class Bundled {
        static final Found FOUND = attempt(UnicornLibraries::bundled);
    }

    private static final class Installed {
        static final Found FOUND = attempt(UnicornLibraries::installed);
    }

    private UnicornLibraries() {
    }

    /** Why an architecture cannot be emulated here, with what would mend it; empty if it can. */
    public static Optional<String> unavailable(Architecture architecture) {
        if (!Unicorn.class.getModule().isNativeAccessEnabled()) {
            return Optional.of("needs native access: start Java with --enable-native-access=ALL-UNNAMED");
        }
        return find(architecture) == null ? Optional.of("no Unicorn that knows " + architecture + ": " + reasons(architecture) + "; "
                + REMEDY)
                : Optional.empty();
    }

    /** The Unicorn for an architecture, for people: version and where it comes from; empty if there is none. */
    public static Optional<String> describe(Architecture architecture) {
        if (unavailable(architecture).isPresent()) {
            return Optional.empty();
        }
        Unicorn unicorn = of(architecture);
        return Optional.of("Unicorn " + unicorn.version() + " from " + unicorn.origin());
    }

    /**
     * The library for an architecture: the jar's if it knows it, for that is the one that was tested, else the installed one.
     *
     * @throws UnicornException if there is none, with the reasons
     */
    static Unicorn of(Architecture architecture) {
        Unicorn found = find(architecture);
        if (found == null) {
            throw new UnicornException(unavailable(architecture).orElse(""));
        }
        return found;
    }

    private static @Nullable Unicorn find(Architecture architecture) {
        Unicorn bundled = Bundled.FOUND.unicorn();
        if (bundled != null && bundled.supports(architecture)) {
            return bundled;
        }
        Unicorn installed = Installed.FOUND.unicorn();
        return installed != null && installed.supports(architecture) ? installed : null;
    }

    private static String reasons(Architecture architecture) {
        List<String> reasons = new ArrayList<>();
        for (Found found : List.of(Bundled.FOUND, Installed.FOUND)) {
            Unicorn unicorn = found.unicorn();
            reasons.add(unicorn == null ? found.reason() : unicorn.origin() + " does not know " + architecture);
        }
        return String.join("; ", reasons);
    }

    private static Found attempt(Supplier<Unicorn> supplier) {
        try {
            return new Found(supplier.get(), "");
        } catch (UnicornException e) {
            return new Found(null, String.valueOf(e.getMessage()));
        }
    }

    private static Unicorn installed() {
        for (String name : INSTALLED) {
            Optional<SymbolLookup> library = open(name);
            if (library.isPresent()) {
                return new Unicorn(library.get(), name);
            }
        }
        throw new UnicornException("no library " + String.join(", ", INSTALLED) + " is installed");
    }

    private static Optional<SymbolLookup> open(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Unicorn bundled() {
        String resource = resource(System.getProperty("os.name", ""), System.getProperty("os.arch", "")).orElseThrow(
                () -> new UnicornException(JAR + " has no library for " + System.getProperty("os.name") + " on " + System.getProperty(
                        "os.arch")));
        try (InputStream stream = UnicornLibraries.class.getResourceAsStream("/" + resource)) {
            if (stream == null) {
                throw new UnicornException(JAR + " is not on the class path (no " + resource + ")");
            }
            return new Unicorn(extracted(stream, resource), JAR);
        } catch (IOException e) {
            throw new UnicornException(JAR + ": cannot write its library to a temporary file: " + e.getMessage());
        }
    }

    /** Writes the library to a file, opens it, and deletes the file: what is open stays, save on Windows, which deletes it at the JVM's end. */
    private static SymbolLookup extracted(InputStream stream, String resource) throws IOException {
        Path file = Files.createTempFile("bpf4j-", "-" + Path.of(resource).getFileName());
        try {
            Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
            return open(file.toString()).orElseThrow(() -> new UnicornException(JAR + ": cannot open its library as " + file
                    + "; is that folder mounted noexec? -Djava.io.tmpdir chooses another, and " + REMEDY + " is the other way"));
        } finally {
            if (!file.toFile().delete()) {
                file.toFile().deleteOnExit();
            }
        }
    }

    /** The library's place in the jar for a system and a processor, as Java names them; empty if the jar has none. */
    static Optional<String> resource(String system, String processor) {
        boolean arm = processor.equals("aarch64");
        if (!arm && !processor.equals("amd64") && !processor.equals("x86_64")) {
            return Optional.empty();
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return Optional.of("natives/linux_" + (arm ? "arm64" : "64") + "/libunicorn.so");
        }
        if (name.startsWith("mac")) {
            return Optional.of("natives/osx_" + (arm ? "arm64" : "64") + "/libunicorn.dylib");
        }
        return name.startsWith("windows") && !arm ? Optional.of("natives/windows_64/unicorn.dll") : Optional.empty();
    }
}
