// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.doctor;

import dev.bpf4j.emulation.Architecture;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The checks, in the order in which they are shown. */
final class Checks {
    /** CPU features that machine code for eBPF can make use of, as {@code /proc/cpuinfo} names them. */
    private static final Set<String> FEATURES = Set.of("abm", "adx", "avx2", "bmi1", "bmi2", "movbe", "popcnt", "sse4_2", // x86-64
            "asimd", "atomics", "crc32", "ilrcpc", "lrcpc", "uscat"); // ARM64
    private static final List<String> CLANGS = List.of("clang", "clang-22", "clang-21", "clang-20", "clang-19", "clang-18", "clang-17",
            "clang-16", "clang-15", "clang-14");
    private static final String BTF = "/sys/kernel/btf/vmlinux";

    private final Host host;

    Checks(Host host) {
        this.host = host;
    }

    /** Runs all checks. None takes longer than seconds, and none changes anything. */
    List<Check> run() {
        List<Check> all = new ArrayList<>(List.of(java(), nativeAccess(), cpu(), guestMemory()));
        host.engines().forEach(engine -> all.add(engine(engine)));
        all.addAll(List.of(kernel(), kernelTypes()));
        for (Architecture architecture : Architecture.values()) {
            all.add(unicorn(architecture));
        }
        all.addAll(List.of(clang(), assembler(), disassembler(), armAssembler()));
        return List.copyOf(all);
    }

    private Check java() {
        return Check.ok("Java", host.property("java.runtime.version") + " (" + host.property("java.vendor") + "), " + host.property(
                "java.home"),
                "the system properties of this JVM", "running bpf4j");
    }

    private Check nativeAccess() {
        String use = "engines that run machine code, and bpf(2)";
        return host.nativeAccess() ? Check.ok("native access", "enabled", "Module.isNativeAccessEnabled", use)
                : Check.missing("native access", "not enabled: programs run on the JVM only", "Module.isNativeAccessEnabled", use,
                        "start with ./bpf4j or java -jar bpf4j.jar, or give Java --enable-native-access=ALL-UNNAMED");
    }

    private Check cpu() {
        String tried = "the system property os.arch, and /proc/cpuinfo";
        Optional<String> info = host.text("/proc/cpuinfo");
        String model = info.flatMap(text -> line(text, "model name")).orElse("");
        Set<String> features = new TreeSet<>();
        info.flatMap(text -> line(text, "flags").or(() -> line(text, "Features"))).ifPresent(flags -> {
            features.addAll(Arrays.asList(flags.split(" ", -1)));
            features.retainAll(FEATURES);
        });
        return Check.ok("CPU", host.property("os.arch") + (model.isEmpty() ? "" : ", " + model) + (features.isEmpty() ? ""
                : ", " + String.join(" ", features)), tried, "choosing instructions in native engines");
    }

    /** The value of the first line {@code key : value}. */
    private static Optional<String> line(String text, String key) {
        return text.lines().filter(line -> line.startsWith(key)).map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst();
    }

    private Check guestMemory() {
        String tried = "made a machine with a 4 GiB address space and closed it";
        long start = System.nanoTime();
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            return Check.ok("guest memory", machine.memory().segment().byteSize() / (1L << 30) + " GiB in " + milliseconds + " ms", tried,
                    "running programs");
        } catch (RuntimeException | OutOfMemoryError e) {
            return Check.missing("guest memory", String.valueOf(e.getMessage()), tried, "running programs",
                    "allow 4 GiB of address space (ulimit -v unlimited) and a writable directory for temporary files");
        }
    }

    private static Check engine(Engine engine) {
        String name = "engine " + engine.name();
        String tried = "asked the engine";
        String use = "run --engine " + engine.name();
        return engine.unavailable().map(reason -> Check.missing(name, reason, tried, use, "see the reason")).orElseGet(() -> Check.ok(name,
                "runs here" + engine.limitation().map(what -> ", but: " + what).orElse(""), tried, use));
    }

    private Check kernel() {
        String tried = "bpf(2): made an array map, loaded a program of two instructions";
        String use = "comparing with the kernel's own JIT";
        return host.kernelRefusal().map(reason -> Check.missing("bpf(2)", reason, tried, use,
                "Linux as root, or with CAP_BPF and CAP_PERFMON; in a container --privileged, or a seccomp profile that allows bpf(2)"))
                .orElseGet(
                        () -> Check.ok("bpf(2)", "works, " + host.property("os.name") + " " + host.property("os.version"), tried, use));
    }

    private Check kernelTypes() {
        String tried = "opened " + BTF;
        String use = "CO-RE relocations against this kernel's types";
        return host.text(BTF).isPresent() ? Check.ok("kernel BTF", BTF, tried, use)
                : Check.missing("kernel BTF", "no " + BTF, tried, use,
                        "a kernel built with CONFIG_DEBUG_INFO_BTF; most distributions' are");
    }

    private Check unicorn(Architecture architecture) {
        String name = "Unicorn " + architecture;
        String tried = "opened the library in the jar unidbg-unicorn2, and libunicorn";
        String use = "running the machine code of engine " + architecture + " in emulation, on any host";
        return host.withoutUnicorn(architecture).map(reason -> Check.missing(name, reason, tried, use, "see the reason")).orElseGet(
                () -> Check.ok(name, host.unicorn(architecture).orElse(""), tried, use));
    }

    private Check clang() {
        String tried = String.join(", ", CLANGS) + " on the PATH, each with --print-targets";
        String use = "rebuilding the examples, compiling programs";
        String remedy = "apt install clang (14 or newer)";
        String without = "";
        for (String name : CLANGS) {
            Optional<String> path = host.command(name);
            if (path.isPresent()) {
                boolean bpf = host.output(path.get(), "--print-targets").orElse("").lines().anyMatch(line -> line.strip().startsWith(
                        "bpf "));
                if (bpf) {
                    return Check.ok("clang", path.get() + ", " + version(path.get()) + ", target bpf", tried, use);
                }
                without = path.get() + " has no target bpf";
            }
        }
        return Check.missing("clang", without.isEmpty() ? "not on the PATH" : without, tried, use, remedy);
    }

    private String version(String command) {
        return host.output(command, "--version").flatMap(text -> text.lines().findFirst()).orElse("version unknown").strip();
    }

    private Check assembler() {
        return tool("assembler", List.of("llvm-mc", "llvm-mc-19", "as"), "checking the encoders of native engines", "apt install llvm");
    }

    private Check disassembler() {
        return tool("disassembler", List.of("llvm-objdump", "llvm-objdump-19", "objdump"), "checking emitted machine code",
                "apt install llvm");
    }

    private Check armAssembler() {
        return tool("ARM64 assembler", List.of("aarch64-linux-gnu-as", "llvm-mc", "llvm-mc-19"), "checking the ARM64 encoder",
                "apt install binutils-aarch64-linux-gnu");
    }

    private Check tool(String what, List<String> names, String use, String remedy) {
        String tried = String.join(", ", names) + " on the PATH";
        for (String name : names) {
            Optional<String> path = host.command(name);
            if (path.isPresent()) {
                return Check.ok(what, path.get() + ", " + toolVersion(path.get()), tried, use);
            }
        }
        return Check.missing(what, "not on the PATH", tried, use, remedy);
    }

    /** LLVM's tools say their version on the second line. */
    private String toolVersion(String command) {
        return host.output(command, "--version").flatMap(text -> text.lines().filter(line -> line.toLowerCase(Locale.ROOT).matches(
                ".*\\d\\.\\d.*")).findFirst()).orElse("version unknown").strip();
    }
}
