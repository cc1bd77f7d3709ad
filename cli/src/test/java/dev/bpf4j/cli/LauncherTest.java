// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script {@code bpf4j}, in a checkout of its own with a Maven and JDKs that only write down what they were asked:
 * which JDK it takes, when it builds, and what it starts.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
    private static final String MAVEN = """
            #!/bin/sh
            cat >/dev/null
            echo "$JAVA_HOME|$PWD|$*" >>maven.log
            [ ! -e broken ] || { echo '[ERROR] Firewall.java:[3,7] no such thing'; exit 1; }
            mkdir -p cli/target && echo jar >cli/target/bpf4j.jar
            """;

    /** Makes the AOT cache where it is asked for one, and otherwise prints its arguments, one in brackets per line. */
    private static final String JAVA = """
            #!/bin/sh
            for argument in "$@"; do
                case $argument in
                    -XX:AOTCacheOutput=*)
                        cat >/dev/null
                        echo training >>"$(dirname "$0")/../trainings"
                        [ ! -e "$(dirname "$0")/../no-aot" ] || exit 1
                        echo cache >"${argument#*=}"
                        exit 0
                        ;;
                esac
            done
            echo "home=$(cd "$(dirname "$0")/.." && pwd)"
            for argument in "$@"; do echo "[$argument]"; done
            sed 's/^/input=/'
            exit "${FAKE_EXIT:-0}"
            """;

    @TempDir Path directory;

    private Path root;
    private Path home;
    private Path jdk;
    private Path source;
    private Path input;
    private final Map<String, String> environment = new HashMap<>();

    /** What a start of the launcher came to. */
    private record Start(int exit, List<String> out, String err) {
        List<String> arguments() {
            return out.stream().filter(l -> l.startsWith("[")).map(l -> l.substring(1, l.length() - 1)).toList();
        }

        List<String> afterTheJar() {
            List<String> all = arguments();
            return all.subList(all.indexOf("-jar") + 2, all.size());
        }
    }

    @BeforeEach
    void checkout() throws IOException {
        directory = directory.toRealPath();
        root = Files.createDirectories(directory.resolve("a checkout"));
        home = Files.createDirectories(directory.resolve("home"));
        executable(root.resolve("bpf4j"), Files.readString(Path.of(System.getProperty("bpf4j.root"), "bpf4j")));
        executable(root.resolve("mvnw"), MAVEN);
        source = root.resolve("runtime/src/main/java/Program.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class Program {}");
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(root.resolve("cli/src/main"));
        allOlderThanNow();
        input = Files.createFile(directory.resolve("in"));
        jdk = jdk(directory.resolve("jdk-25"), "25.0.9");
        environment.put("BPF4J_JAVA_HOME", jdk.toString());
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path jdk(Path place, String version) throws IOException {
        executable(place.resolve("bin/java"), JAVA);
        executable(place.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(place.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return place;
    }

    /** Everything an hour old, directories too, so that the order of times does not depend on how fast the test is. */
    private void allOlderThanNow() throws IOException {
        FileTime past = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setLastModifiedTime(file, past);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.setLastModifiedTime(visited, past);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Start start(String... arguments) throws IOException, InterruptedException {
        return startOf(root.resolve("bpf4j"), directory, arguments);
    }

    private Start startOf(Path launcher, Path from, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile()).redirectInput(input.toFile()).redirectOutput(out
                .toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(k -> k.startsWith("JAVA") || k.startsWith("BPF4J"));
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new Start(exit, Files.readAllLines(out), Files.readString(err));
    }

    private List<String> builds() throws IOException {
        Path log = root.resolve("maven.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private int trainings() throws IOException {
        Path log = jdk.resolve("trainings");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    /** The launcher of this checkout, wanting a Java that no machine has, so that only the JDKs of the test count. */
    private void want(int release) throws IOException {
        Path launcher = root.resolve("bpf4j");
        executable(launcher, Files.readString(launcher).replace("\nwanted=25 ", "\nwanted=" + release + " "));
        environment.remove("BPF4J_JAVA_HOME");
    }

    @Test
    void standardInputIsLeftToTheCommandWhenSomethingIsBuiltFirst() throws Exception {
        Files.writeString(input, "b700000001000000 9500000000000000\n");
        Start first = start("plugin");
        assertThat(builds()).hasSize(1);
        assertThat(trainings()).isOne();
        assertThat(first.out()).contains("input=b700000001000000 9500000000000000");
    }

    @Test
    void firstStartBuildsAndTheNextOnesDoNot() throws Exception {
        Start first = start("doctor");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.err()).contains("bpf4j: building");
        assertThat(builds()).singleElement().asString().startsWith(jdk + "|" + root + "|").endsWith("-pl cli -am package");
        Start second = start("doctor");
        assertThat(second.err()).isEmpty();
        assertThat(second.afterTheJar()).containsExactly("doctor");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void changedSourceIsBuilt() throws Exception {
        start("doctor");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        start("doctor");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void deletedSourceIsBuilt() throws Exception {
        start("doctor");
        Files.delete(source);
        Files.setLastModifiedTime(source.getParent(), FileTime.from(Instant.now().plusSeconds(5)));
        start("doctor");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void changedPomIsBuiltAndChangedTargetIsNot() throws Exception {
        start("doctor");
        Path other = Files.createDirectories(root.resolve("runtime/target/classes")).resolve("Program.class");
        Files.writeString(other, "");
        Files.setLastModifiedTime(other, FileTime.from(Instant.now().plusSeconds(5)));
        start("doctor");
        assertThat(builds()).hasSize(1);
        Files.setLastModifiedTime(root.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(5)));
        start("doctor");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void failedBuildShowsItsErrorsAndStartsNothing() throws Exception {
        Files.writeString(root.resolve("broken"), "");
        Start start = start("doctor");
        assertThat(start.exit()).isEqualTo(ExitCode.INTERNAL.code());
        assertThat(start.err()).contains("the build failed").contains("Firewall.java:[3,7] no such thing");
        assertThat(start.out()).isEmpty();
        Files.delete(root.resolve("broken"));
        assertThat(start("doctor").exit()).as("the lock of the failed build is gone").isZero();
    }

    @Test
    void lockOfAKilledBuildIsTakenOver() throws Exception {
        Process ended = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        ended.waitFor();
        Files.createDirectories(root.resolve(".bpf4j/lock"));
        Files.writeString(root.resolve(".bpf4j/lock/pid"), Long.toString(ended.pid()));
        assertThat(start("doctor").exit()).isZero();
        assertThat(root.resolve(".bpf4j/lock")).doesNotExist();
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        String[] arguments = {"run", "a b.o", "", "--hex", "$HOME `id` \"q\" 'r' \\", "*"};
        assertThat(start(arguments).afterTheJar()).containsExactly(arguments);
    }

    @Test
    void exitCodeIsThatOfTheCommand() throws Exception {
        environment.put("FAKE_EXIT", "3");
        assertThat(start("run", "x.o").exit()).isEqualTo(3);
    }

    @Test
    void worksFromAnywhereAndThroughLinks() throws Exception {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), root.resolve("bpf4j"));
        Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));
        Start start = startOf(bin.resolve("second"), home, "doctor");
        assertThat(start.exit()).as(start.err()).isZero();
        assertThat(start.arguments()).contains(root.resolve("cli/target/bpf4j.jar").toString());
    }

    @Test
    void shortCommandsStartWithTheSmallCompilerAndLongOnesDoNot() throws Exception {
        String small = "-XX:TieredStopAtLevel=1";
        assertThat(start("isa", "add").arguments()).contains(small);
        assertThat(start("run", "--help").arguments()).contains(small);
        assertThat(start().arguments()).contains(small);
        assertThat(start("run", "isa").arguments()).doesNotContain(small);
        assertThat(start("--debug", "run", "x.o").arguments()).doesNotContain(small);
    }

    @Test
    void optionsForTheJvmComeBeforeTheJar() throws Exception {
        environment.put("BPF4J_JAVA_OPTS", "-Xmx8g -Dx=y");
        List<String> arguments = start("run", "x.o").arguments();
        assertThat(arguments.subList(0, arguments.indexOf("-jar"))).contains("-Xmx8g", "-Dx=y");
        environment.put("BPF4J_JAVA_OPTS", "-XX:+UseZGC");
        assertThat(start("isa").arguments()).contains("-XX:+UseZGC").doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void aotCacheIsMadeOnceForEachJarAndJdk() throws Exception {
        Start first = start("doctor");
        Path cache = root.resolve("cli/target/bpf4j-25.0.9.aot");
        assertThat(first.arguments()).contains("-XX:AOTCache=" + cache);
        start("doctor");
        assertThat(trainings()).isEqualTo(1);
        Files.setLastModifiedTime(root.resolve("cli/target/bpf4j.jar"), FileTime.from(Instant.now().plusSeconds(5)));
        start("doctor");
        assertThat(trainings()).as("after a build by Maven alone").isEqualTo(2);
        Path other = jdk(directory.resolve("jdk-26"), "26.0.1");
        environment.put("BPF4J_JAVA_HOME", other.toString());
        assertThat(start("doctor").arguments()).contains("-XX:AOTCache=" + root.resolve("cli/target/bpf4j-26.0.1.aot"));
    }

    @Test
    void jvmWithoutAotCacheIsAskedOnce() throws Exception {
        Files.writeString(jdk.resolve("no-aot"), "");
        Start first = start("doctor");
        assertThat(first.exit()).isZero();
        assertThat(first.arguments()).noneMatch(a -> a.startsWith("-XX:AOTCache"));
        start("doctor");
        assertThat(trainings()).isEqualTo(1);
    }

    @Test
    void namedJdkThatIsTooOldIsRefused() throws Exception {
        environment.put("BPF4J_JAVA_HOME", jdk(directory.resolve("jdk-17"), "17.0.1").toString());
        Start start = start("doctor");
        assertThat(start.exit()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(start.err()).contains("BPF4J_JAVA_HOME is " + directory.resolve("jdk-17")).contains("17.0.1");
        assertThat(builds()).isEmpty();
    }

    @Test
    void versionIsAskedOfTheJvmWhereNoReleaseFileTells() throws Exception {
        Files.delete(jdk.resolve("release"));
        executable(jdk.resolve("bin/java"), JAVA.replace("#!/bin/sh\n",
                "#!/bin/sh\n[ \"$1\" != -version ] || { echo 'openjdk version \"25.1\" 2026-01-01' >&2; exit 0; }\n"));
        assertThat(start("doctor").arguments()).contains("-XX:AOTCache=" + root.resolve("cli/target/bpf4j-25.1.aot"));
    }

    @Test
    void missingJdkIsExplained() throws Exception {
        want(99);
        environment.put("JAVA_HOME", jdk.toString());
        Files.delete(jdk(home.resolve(".jdks/runtime-only"), "99").resolve("bin/javac"));
        Start start = start("doctor");
        assertThat(start.exit()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(start.err()).contains("no JDK 99 or newer was found").contains(jdk + " (25.0.9)").contains(
                "runtime-only (99, but without")
                .contains("sdk install java 99-tem").contains("BPF4J_JAVA_HOME=/path/to/jdk");
        assertThat(builds()).isEmpty();
    }

    @Test
    void jdkIsFoundWhereItUsuallyIs() throws Exception {
        want(98);
        environment.put("JAVA_HOME", jdk.toString()); // too old, so it is passed over
        for (String place : List.of(".sdkman/candidates/java/98-tem", ".jdks/temurin-98",
                "Library/Java/JavaVirtualMachines/x.jdk/Contents/Home")) {
            Path found = jdk(home.resolve(place), "98.0.1");
            assertThat(start("doctor").out()).contains("home=" + found);
            Files.delete(found.resolve("release"));
            Files.delete(found.resolve("bin/java"));
        }
    }

    @Test
    void javaOnThePathIsFoundBehindItsLinks() throws Exception {
        want(98);
        Path found = jdk(directory.resolve("jdk-98"), "98.0.1");
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), found.resolve("bin/java"));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        assertThat(start("doctor").out()).contains("home=" + found);
    }
}
