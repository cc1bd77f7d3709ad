// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.cli.doctor.Check.Status;
import dev.bpf4j.emulation.Architecture;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code doctor}, on this machine and on others that a test makes up. */
class DoctorCommandTest {
    /** A machine made up. */
    private static final class MadeUp implements Host {
        private final Map<String, String> files = new HashMap<>();
        private final Map<String, String> outputs = new HashMap<>();
        private final Set<String> commands = new HashSet<>();
        private final Set<Architecture> emulated = new HashSet<>();
        private boolean nativeAccess = true;
        private Optional<String> refusal = Optional.empty();
        private Optional<String> boiler = Optional.of("no boiler");

        @Override
        public String property(String name) {
            return name.equals("os.arch") ? "riscv64" : "<" + name + ">";
        }

        @Override
        public boolean nativeAccess() {
            return nativeAccess;
        }

        @Override
        public Optional<String> text(String file) {
            return Optional.ofNullable(files.get(file));
        }

        @Override
        public Optional<String> command(String name) {
            return commands.contains(name) ? Optional.of("/bin/" + name) : Optional.empty();
        }

        @Override
        public Optional<String> output(String... command) {
            return Optional.ofNullable(outputs.get(String.join(" ", command)));
        }

        @Override
        public Optional<String> unicorn(Architecture architecture) {
            return emulated.contains(architecture) ? Optional.of("Unicorn 2.7") : Optional.empty();
        }

        @Override
        public Optional<String> withoutUnicorn(Architecture architecture) {
            return emulated.contains(architecture) ? Optional.empty() : Optional.of("no horn");
        }

        @Override
        public Optional<String> kernelRefusal() {
            return refusal;
        }

        @Override
        public List<Engine> engines() {
            return List.of(new Engine() {
                @Override
                public String name() {
                    return "steam";
                }

                @Override
                public Optional<String> unavailable() {
                    return boiler;
                }

                @Override
                public Optional<String> limitation() {
                    return Optional.of("no valve");
                }

                @Override
                public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
                    throw new LoadException("no boiler");
                }
            });
        }
    }

    private static Check check(Host host, String name) {
        return new Checks(host).run().stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void thisMachineIsExamined() {
        Invocation seen = Invocation.of("doctor");
        assertThat(seen.code()).isEqualTo(ExitCode.OK);
        assertThat(seen.err()).isEmpty();
        assertThat(seen.out()).containsPattern("(?m)^Java +ok +25").containsPattern("(?m)^guest memory +ok +4 GiB in \\d+ ms$")
                .containsPattern(
                        "(?m)^engine evaluator +ok").containsPattern("(?m)^bpf\\(2\\) ");
    }

    @Test
    void whatIsMissingIsExplained() {
        MadeUp host = new MadeUp();
        host.nativeAccess = false;
        host.refusal = Optional.of("bpf(2) is refused: EPERM");
        StringWriter out = new StringWriter();
        new DoctorCommand(host).run(new Console(InputStream.nullInputStream(), new PrintWriter(out, true), new PrintWriter(out, true)));
        assertThat(out.toString().replace(System.lineSeparator(), "\n")).contains("""
                native access      missing  not enabled: programs run on the JVM only
                    needed for  engines that run machine code, and bpf(2)
                    tried       Module.isNativeAccessEnabled
                    to get it   start with ./bpf4j or java -jar bpf4j.jar, or give Java --enable-native-access=ALL-UNNAMED
                """).contains("""
                engine steam       missing  no boiler
                    needed for  run --engine steam
                """).contains("bpf(2)             missing  bpf(2) is refused: EPERM\n").contains("Unicorn arm64      missing  no horn\n")
                .contains(
                        "CPU                ok       riscv64\n").contains("clang              missing  not on the PATH\n");
    }

    @Test
    void whatAnEngineLacksIsSaid() {
        MadeUp host = new MadeUp();
        host.boiler = Optional.empty();
        assertThat(check(host, "engine steam").found()).isEqualTo("runs here, but: no valve");
    }

    @Test
    void clangWithoutItsBpfTargetIsPassedOver() {
        MadeUp host = new MadeUp();
        host.commands.add("clang");
        host.outputs.put("/bin/clang --print-targets", "  Registered Targets:\n    x86-64  - 64-bit X86");
        assertThat(check(host, "clang").found()).isEqualTo("/bin/clang has no target bpf");
        host.commands.add("clang-18");
        host.outputs.put("/bin/clang-18 --print-targets", "    bpf - BPF (host endian)\n");
        host.outputs.put("/bin/clang-18 --version", "clang version 18.1.8\nTarget: x\n");
        assertThat(check(host, "clang").status()).isEqualTo(Status.OK);
        assertThat(check(host, "clang").found()).isEqualTo("/bin/clang-18, clang version 18.1.8, target bpf");
    }

    @Test
    void featuresAndToolsAreNamed() {
        MadeUp host = new MadeUp();
        host.files.put("/proc/cpuinfo", "model name\t: Pentium\nflags\t\t: fpu bmi2 movbe sse\n");
        host.emulated.add(Architecture.X86_64);
        host.commands.add("as");
        host.outputs.put("/bin/as --version", "GNU assembler (GNU Binutils) 2.40\nCopyright\n");
        assertThat(check(host, "CPU").found()).isEqualTo("riscv64, Pentium, bmi2 movbe");
        assertThat(check(host, "Unicorn x86-64").found()).isEqualTo("Unicorn 2.7");
        assertThat(check(host, "Unicorn arm64").status()).isEqualTo(Status.MISSING);
        assertThat(check(host, "assembler").found()).isEqualTo("/bin/as, GNU assembler (GNU Binutils) 2.40");
        assertThat(check(host, "kernel BTF").status()).isEqualTo(Status.MISSING);
    }

    @Test
    void jsonHasEveryCheck() {
        assertThat(Invocation.of("doctor", "--format", "json").out()).startsWith("""
                {
                  "checks": [
                    {
                      "name": "Java",
                      "status": "ok",
                """).endsWith("    }\n  ]\n}\n");
    }

    @Test
    void commandsThatFailAreNoDisaster() {
        Host here = new Host.Here();
        assertThat(here.output("/no/such/command")).isEmpty();
        assertThat(here.output("sh", "-c", "exit 3")).isEmpty();
        assertThat(here.output("sh", "-c", "echo out; echo err >&2")).hasValue("out\nerr\n");
        assertThat(here.command("no-such-command")).isEmpty();
        assertThat(here.text("/no/such/file")).isEmpty();
    }
}
