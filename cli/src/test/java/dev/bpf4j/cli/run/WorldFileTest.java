// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldFileTest {
    @TempDir private Path folder;

    private static final String EVERYTHING = """
            clock: {start: 5, step: 7}
            seed: 0xffffffffffffffff
            cpus: 3
            task: {pid: 12, uid: 1000, comm: curl, cgroups: [1, 42], kernel_stack: [0xffffffff81000000], bytes: "0102"}
            interfaces:
              - {index: 2, name: eth0, mac: "02:00:00:00:00:02", mtu: 9000}
            routes:
              - {to: 10.0.0.0/8, dev: 2, via: 10.0.0.1}
              - {to: "2001:db8::/32", kind: blackhole}
            neighbours:
              - {dev: 2, address: 10.0.0.1, mac: "02:00:00:00:00:09"}
            sockets:
              - {cookie: 7, protocol: tcp, local: 0.0.0.0, port: 80}
              - {cookie: 8, protocol: udp, local: "::1", port: 53, remote: "::2", remote_port: 1053, mark: 3}
            """;

    private Machine.Settings read(String text) throws IOException {
        Path file = folder.resolve("world.yaml");
        Files.writeString(file, text);
        return WorldFile.apply(file, Machine.Settings.standard());
    }

    @Test
    void everything() throws IOException {
        Machine.Settings settings = read(EVERYTHING);
        assertThat(settings.clockStart()).isEqualTo(5);
        assertThat(settings.clockStep()).isEqualTo(7);
        assertThat(settings.seed()).isEqualTo(-1);
        assertThat(settings.lanes()).isEqualTo(3);
        World world = settings.world();
        assertThat(world.task()).isEqualTo(new World.Task(12, 12, 1000, 0, "curl", List.of(1L, 42L), List.of(0xffff_ffff_8100_0000L), List
                .of(), List.of((byte) 1, (byte) 2)));
        assertThat(world.interfaces()).containsExactly(new World.Interface(2, "eth0", List.of((byte) 2, (byte) 0, (byte) 0, (byte) 0,
                (byte) 0, (byte) 2), 9000));
        assertThat(world.routes().getFirst().via()).isEqualTo(InetAddress.ofLiteral("10.0.0.1"));
        assertThat(world.routes().getLast().kind()).isEqualTo(World.Route.Kind.BLACKHOLE);
        assertThat(world.routes().getLast().prefix()).isEqualTo(32);
        assertThat(world.neighbours()).hasSize(1);
        assertThat(world.sockets().getFirst()).isEqualTo(World.Socket.listening(7, 6, InetAddress.ofLiteral("0.0.0.0"), 80));
        assertThat(world.sockets().getLast().remotePort()).isEqualTo(1053);
    }

    @Test
    void nothingLeavesEverythingAsItIs() throws IOException {
        assertThat(read("{}")).isEqualTo(Machine.Settings.standard());
        assertThat(read("# only a comment\n").world()).isEqualTo(World.STANDARD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"a: 1|the document has a field a, expected one of: clock",
        "clock: 5|clock is 5, expected fields: start, step", "cpus: 65|cpus is 65, expected 1 to 64",
        "cpus: many|cpus is many, expected a number",
        "interfaces: 3|interfaces is 3, expected a list", "interfaces: [{name: a}]|interfaces[0] has no field index",
        "`interfaces: [{index: 1, mac: 02:00}]`|interfaces[0].mac is",
        "routes: [{to: 10.0.0.0/33, dev: 1}]|routes[0].to, the prefix, is 33, expected 0 to 32",
        "routes: [{to: 10.0.0.0/8}]|routes[0] has no field dev",
        "routes: [{to: x, dev: 1}]|routes[0].to is x, expected an IPv4 or IPv6 address",
        "`routes: [{to: 10.0.0.0/8, dev: 1, kind: odd}]`|routes[0].kind is odd",
        "sockets: [{cookie: 1, protocol: icmp}]|sockets[0].protocol is icmp",
        "`sockets: [{cookie: 0, protocol: udp, local: 1.2.3.4, port: 1}]`|sockets[0] is wrong: a socket has a cookie other than 0",
        "`interfaces: [{index: 1}, {index: 2}, {index: 1}]`|interfaces[2] has the same index as interfaces[0]",
        "`neighbours: [{dev: 1, address: '::1', mac: '00:00:00:00:00:01'}, {dev: 1, address: '0::1', mac: '00:00:00:00:00:02'}]`|neighbours[1] has the same dev and address as neighbours[0]",
        "`sockets: [{cookie: 7, protocol: udp, local: 1.2.3.4, port: 1}, {cookie: 7, protocol: udp, local: 1.2.3.4, port: 2}]`|sockets[1] has the same cookie as sockets[0]",
        "task: {bytes: 0xyz}|task.bytes is no hex"})
    void wrongDescriptionsAreRefusedWithTheirPlace(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UserError.class).hasMessageStartingWith(folder.resolve("world.yaml") + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void brokenTextIsRefusedWithItsLineAndColumn() {
        assertThatThrownBy(() -> read("seed: 1\nclock: [")).isInstanceOf(UserError.class).hasMessageStartingWith(folder.resolve(
                "world.yaml")
                + ":2:9: is no YAML: ");
        assertThatThrownBy(() -> read("[".repeat(300_000))).isInstanceOf(UserError.class).hasMessageEndingWith(
                ":1:17: more than 16 lists and mappings in each other");
        assertThatThrownBy(() -> read("{a: ".repeat(50_000))).isInstanceOf(UserError.class).hasMessageContaining("more than 16");
    }

    @Test
    void runUsesIt() throws IOException {
        Path file = folder.resolve("world.yaml");
        Files.writeString(file, EVERYTHING);
        Path program = folder.resolve("pid.bpfasm");
        Files.writeString(program, "call 14\nexit\n");
        Invocation ran = Invocation.of("run", program, "--world", file, "--engine", "interpreter", "--engine", "jvm");
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).contains("r0 = 0xc0000000c");
        assertThat(Invocation.of("run", program, "--world", folder.resolve("none.yaml")).code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void objectsAreToldWhatTheyLeaveOpen() {
        Path externs = Invocation.ROOT.resolve("loader/src/test/bpf/externs.o");
        assertThat(Invocation.of("inspect", externs).out()).contains("CONFIG_HZ was not given");
        assertThat(Invocation.of("inspect", externs, "--kconfig", "CONFIG_HZ=250", "--symbol", "init_task=0x1000").out()).doesNotContain(
                "CONFIG_HZ was not given").doesNotContain("symbol init_task");
        assertThat(Invocation.of("inspect", externs, "--symbol", "init_task=much").err()).contains(
                "--symbol init_task=much: expected a number of 64 bits");
        assertThat(Invocation.of("inspect", externs, "--symbol", "init_tusk=1").err()).contains(
                "--symbol init_tusk=1: there is no undefined symbol of that name; there is ").contains("init_task");
        assertThat(Invocation.of("inspect", externs, "--kconfig", "CONFIG_NOPE=y").err()).contains(
                "--kconfig CONFIG_NOPE=y: there is no undefined symbol of that name");
        Path firewall = Invocation.example("xdp_firewall.bpf.o");
        assertThat(Invocation.of("run", firewall, "--max-entries", "service=5").err()).contains(
                "--max-entries service=5: there is no map of that name; there is ").contains("services");
        for (String wrong : List.of("0", "99999999999", "-1", "many")) {
            assertThat(Invocation.of("inspect", firewall, "--max-entries", "services=" + wrong).err()).contains("--max-entries services="
                    + wrong + ": expected a number from 1 to 2147483647");
        }
        assertThat(Invocation.of("inspect", Invocation.example("xdp_firewall.bpf.o"), "--max-entries", "services=77").out())
                .containsPattern(
                        "services +hash +77 ");
    }
}
