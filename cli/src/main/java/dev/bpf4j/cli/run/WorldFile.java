// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a description of the surroundings: YAML, as in {@code docs/cli.md}. What it leaves out stays as it is without a description. Whatever is
 * wrong is a {@link dev.bpf4j.cli.UserError} that names the file and the place in it.
 */
final class WorldFile {
    private static final int MOST = 1 << 20;
    private static final int LARGEST_PORT = 65_535;

    private WorldFile() {
    }

    /** The settings with what a file describes. */
    static Machine.Settings apply(Path file, Machine.Settings settings) throws IOException {
        return apply(YamlItem.read(file, MOST, "a description of the surroundings"), settings);
    }

    /** The settings with what a part of a document describes. */
    static Machine.Settings apply(YamlItem top, Machine.Settings before) {
        top.only("clock", "seed", "cpus", "task", "interfaces", "routes", "neighbours", "sockets");
        YamlItem clock = top.at("clock");
        clock.only("start", "step");
        List<World.Interface> interfaces = top.at("interfaces").each(WorldFile::networkInterface);
        once(top.at("interfaces"), interfaces, World.Interface::index, "index");
        List<World.Neighbour> neighbours = top.at("neighbours").each(WorldFile::neighbour);
        once(top.at("neighbours"), neighbours, neighbour -> List.of(neighbour.ifindex(), neighbour.address()), "dev and address");
        List<World.Socket> sockets = top.at("sockets").each(WorldFile::socket);
        once(top.at("sockets"), sockets, World.Socket::cookie, "cookie");
        World world = new World(task(top.at("task")), interfaces, top.at("routes").each(WorldFile::route), neighbours, sockets);
        int cpus = (int) top.at("cpus").number(before.lanes(), 1, GuestLayout.MAX_LANES);
        return new Machine.Settings(before.policy(), before.limits(), cpus, before.helpers(), clock.at("start").number(before.clockStart(),
                0, Long.MAX_VALUE), clock.at("step").number(before.clockStep(), 0, Long.MAX_VALUE), top.at("seed").number(before.seed(),
                        Long.MIN_VALUE, Long.MAX_VALUE), world);
    }

    private static World.Task task(YamlItem item) {
        World.Task standard = World.Task.STANDARD;
        item.only("pid", "tgid", "uid", "gid", "comm", "cgroups", "kernel_stack", "user_stack", "bytes");
        int pid = item.at("pid").integer(standard.pid());
        List<Long> groups = item.at("cgroups").each(id -> id.number(0, Long.MIN_VALUE, Long.MAX_VALUE));
        String bytes = item.at("bytes").text("");
        return new World.Task(pid, item.at("tgid").integer(pid), item.at("uid").integer(standard.uid()), item.at("gid").integer(standard
                .gid()), item.at("comm").text(standard.comm()), groups.isEmpty() ? standard.cgroups() : groups, addresses(item.at(
                        "kernel_stack")), addresses(item.at("user_stack")), bytes.isEmpty() ? List.of() : hex(item.at("bytes"), bytes));
    }

    private static List<Long> addresses(YamlItem item) {
        return item.each(address -> address.number(0, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private static World.Interface networkInterface(YamlItem item) {
        item.only("index", "name", "mac", "mtu");
        int index = (int) item.need("index").number(0, 1, Integer.MAX_VALUE);
        return new World.Interface(index, item.at("name").text("if" + index), mac(item.at("mac")), (int) item.at("mtu").number(1500, 1,
                Integer.MAX_VALUE));
    }

    private static World.Route route(YamlItem item) {
        item.only("to", "dev", "via", "source", "kind", "mtu");
        String to = item.need("to").text("");
        int slash = to.indexOf('/');
        InetAddress network = address(item.at("to"), slash < 0 ? to : to.substring(0, slash));
        int bits = 8 * network.getAddress().length;
        int prefix = slash < 0 ? bits : (int) item.at("to").part("the prefix", to.substring(slash + 1)).number(0, 0, bits);
        String kind = item.at("kind").text("unicast");
        World.Route.Kind known = null;
        for (World.Route.Kind candidate : World.Route.Kind.values()) {
            known = candidate.name().toLowerCase(Locale.ROOT).equals(kind) ? candidate : known;
        }
        if (known == null) {
            throw item.at("kind").wrong("is " + kind + ", expected unicast, local, blackhole, unreachable or prohibit");
        }
        int device = (int) (known == World.Route.Kind.UNICAST ? item.need("dev") : item.at("dev")).number(0, 0, Integer.MAX_VALUE);
        return new World.Route(network, prefix, device, optional(item.at("via")), optional(item.at("source")), known, (int) item.at("mtu")
                .number(0, 0, Integer.MAX_VALUE));
    }

    private static World.Neighbour neighbour(YamlItem item) {
        item.only("dev", "address", "mac");
        return new World.Neighbour((int) item.need("dev").number(0, 1, Integer.MAX_VALUE), address(item, item.need("address").text("")),
                mac(item.need("mac")));
    }

    private static World.Socket socket(YamlItem item) {
        item.only("cookie", "protocol", "state", "local", "port", "remote", "remote_port", "dev", "mark", "priority");
        String protocol = item.need("protocol").text("");
        int number = switch (protocol) {
            case "tcp" -> 6;
            case "udp" -> 17;
            default -> throw item.at("protocol").wrong("is " + protocol + ", expected tcp or udp");
        };
        InetAddress remote = optional(item.at("remote"));
        boolean waits = number == 6 && remote == null;
        return new World.Socket(item.need("cookie").number(0, Long.MIN_VALUE, Long.MAX_VALUE), number, (int) item.at("state").number(waits
                ? World.Socket.LISTEN
                : World.Socket.ESTABLISHED, 1, 255), address(item, item.need("local").text("")), port(item.need(
                        "port")), remote, port(item.at("remote_port")), item.at("dev").integer(0), item.at("mark").integer(0), item.at(
                                "priority").integer(0));
    }

    private static int port(YamlItem item) {
        return (int) item.number(0, 0, LARGEST_PORT);
    }

    private static @Nullable InetAddress optional(YamlItem item) {
        return item.missing() ? null : address(item, item.text(""));
    }

    private static InetAddress address(YamlItem item, String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw item.wrong("is " + text + ", expected an IPv4 or IPv6 address");
        }
    }

    private static List<Byte> mac(YamlItem item) {
        String text = item.text("00:00:00:00:00:00");
        if (!text.matches("([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}")) {
            throw item.wrong("is " + text + ", expected six bytes in hex with colons");
        }
        return hex(item, text.replace(":", ""));
    }

    private static List<Byte> hex(YamlItem item, String text) {
        byte[] parsed;
        try {
            parsed = HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw item.wrong("is no hex: " + e.getMessage());
        }
        List<Byte> bytes = new ArrayList<>();
        for (byte octet : parsed) {
            bytes.add(octet);
        }
        return bytes;
    }

    /** Refuses a second element with the same key: it would never be found. */
    private static <T> void once(YamlItem list, List<T> elements, Function<T, Object> key, String named) {
        Map<Object, Integer> first = new HashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            Integer before = first.putIfAbsent(key.apply(elements.get(i)), i);
            if (before != null) {
                throw list.element(i).wrong("has the same " + named + " as " + list.element(before).place());
            }
        }
    }
}
